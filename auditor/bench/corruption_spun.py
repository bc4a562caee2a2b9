"""Spun text: documents told from clean ones, clean spans flagged, months found."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from auditor.bench.corruption import Parallel, Row
from auditor.bench.ranking import auc, auc_interval
from auditor.bench.spinner import Spun, spin
from auditor.bench.thesaurus import Thesaurus
from auditor.core import Audit, AuditorError, Finding, Story, Tier
from auditor.lang import base
from auditor.pipeline import Run, all_rules, audit_story
from auditor.read import document_from_text
from auditor.text.english_lm import tokenise
from auditor.text.spun_months import misnamed_months
from auditor.text.substitution import Substitution

SHARES = (0.1, 0.2, 0.4)
"""Of the words replaced."""
LANGUAGES = ("en", "zh-Hans", "zh-Hant", "fr", "it")
BESIDE = {"en": "it", "zh-Hans": "en", "zh-Hant": "en", "fr": "en", "it": "en"}
"""The sound version that is laid beside the spun one."""
HOMOGRAPHS = ("Could", "Might", "Stroll", "Walk", "Majestic")
"""What stands for May, March and August."""
_DATE = re.compile(
    r"\b(?:[Ii]n|[Oo]n|[Ss]ince|[Bb]y|[Uu]ntil|[Bb]etween|and|\d{1,2}) "
    r"(?P<month>(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Novem|Decem)ber|October)"
    r"(?= \d{1,2}\b| \d{4}\b|, \d{4}\b| and (?:January|April|June|July|September|October))"
)
"""A month with its day or year, or beside another: `on May 31`, `in May and June`."""
RULES = ("spun/document", "spun/phrase")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the auditor said of one version: its probability, findings and length."""

    probability: float
    findings: tuple[Finding, ...]
    segments: int


def rows(
    documents: Sequence[Parallel],
    run: Run,
    seed: int,
    thesauri: Mapping[str, Thesaurus],
    languages: Sequence[str] = LANGUAGES,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The figures of spun text.

    Args:
        documents: clean ones.
        run: encoder and cache; only the spun rules are run.
        seed: of every draw.
        thesauri: by base tag; a language without one gets its clean rows alone.
        languages: tags of `LANGUAGES` that are measured.
        progress: told each step.
    """
    if "en" in languages:
        yield from _month_rows(documents, seed)
    run = replace(run, rules=tuple(rule for rule in all_rules() if rule.id in RULES))
    for tag in languages:
        having = [document for document in documents if tag in document.texts]
        if not having:
            continue
        for beside in (None, BESIDE[tag]):
            if beside and any(beside not in document.texts for document in having):
                continue
            progress(f"{tag}, clean")
            clean = [_seen(d, tag, d.text(tag), beside, run) for d in having]
            yield from _clean_rows(clean, tag, beside)
            thesaurus = thesauri.get(base(tag))
            for share in SHARES if thesaurus else ():
                progress(f"{tag}, {share:.0%}")
                spun = [_spun(d, tag, share, thesaurus or {}, seed) for d in having]
                seen = [
                    _seen(d, tag, s.text, beside, run) for d, s in zip(having, spun, strict=True)
                ]
                yield _area_row(clean, seen, spun, tag, beside, share)


def _spun(document: Parallel, tag: str, share: float, thesaurus: Thesaurus, seed: int) -> Spun:
    # A draw of its own for each document, so that a sample of them gives the same texts.
    own = zlib.crc32(f"{seed} {tag} {share} {document.name}".encode())
    return spin(document.text(tag), tag, share, thesaurus, own)


def _seen(document: Parallel, tag: str, text: str, beside: str | None, run: Run) -> _Seen:
    # Declared: what language detection makes of spun text is another question.
    versions = [document_from_text(text, tag, lang=tag)]
    if beside:
        versions.append(document_from_text(document.text(beside), beside, lang=beside))
    audit = _checked(audit_story(Story(document.name, tuple(versions)), run))
    findings = tuple(f for f in audit.findings if f.spans[0].document == tag)
    return _Seen(_probability(audit, tag), findings, len(audit.segments[tag]))


def _checked(audit: Audit) -> Audit:
    """The audit, once no check has crashed: what was not judged is not clean.

    Raises:
        AuditorError: one has.
    """
    if audit.errors:
        raise AuditorError(str(audit.errors[0]), "a check crashed", "report it as a bug")
    return audit


def _probability(audit: Audit, tag: str) -> float:
    result = next(r for r in audit.documents if r.document == tag)
    return next((v.probability for v in result.verdicts if v.name == "spun"), 0.0)


def _name(tag: str, beside: str | None) -> str:
    return f"spun {tag}, {f'beside {beside}' if beside else 'alone'}"


def _clean_rows(clean: Sequence[_Seen], tag: str, beside: str | None) -> Iterator[Row]:
    segments = sum(seen.segments for seen in clean)
    for tier in Tier:
        count = sum(_phrases(clean, tier))
        name = f"{_name(tag, beside)}: clean spans flagged per 1,000 segments, {tier}"
        yield Row(name, f"{1000 * count / segments:.2f}", f"{count} in {segments}")
    called = sum(any(f.rule == "spun/document" for f in seen.findings) for seen in clean)
    highest = max(seen.probability for seen in clean)
    name = f"{_name(tag, beside)}: clean documents called spun"
    yield Row(name, str(called), f"of {len(clean)}; highest probability {highest:.3f}")


def _phrases(seen: Iterable[_Seen], tier: Tier) -> Iterator[int]:
    for one in seen:
        yield sum(f.rule == "spun/phrase" and f.tier is tier for f in one.findings)


def _area_row(
    clean: Sequence[_Seen],
    seen: Sequence[_Seen],
    spun: Sequence[Spun],
    tag: str,
    beside: str | None,
    share: float,
) -> Row:
    area = auc([s.probability for s in seen], [s.probability for s in clean])
    low, high = auc_interval(area, len(seen), len(clean))
    called = sum(any(f.rule == "spun/document" for f in s.findings) for s in seen)
    reached = sum(len(s.swaps) for s in spun) / max(sum(s.words for s in spun), 1)
    note = f"{low:.3f}-{high:.3f}; called spun {called} of {len(seen)}; {reached:.1%} replaced"
    return Row(f"{_name(tag, beside)}: AUC at {share:.0%}", f"{area:.3f}", note)


def _month_rows(documents: Sequence[Parallel], seed: int) -> Iterator[Row]:
    """Names of months put through the homographs that rewriters leave: `Could 31`."""
    lines = [line for document in documents for line in document.texts.get("en", ())]
    # Reproducible draws are the point: nothing here is secret.
    random = Random(seed)  # noqa: S311
    sites = found = 0
    for line in lines:
        for match in _DATE.finditer(line):
            word = random.choice(HOMOGRAPHS)
            start = match.start("month")
            spun = line[:start] + word + line[match.end("month") :]
            sites += 1
            found += any(s.start <= start < s.end for s in _months(spun))
    wrong = sum(1 for line in lines for _ in _months(line))
    if lines:
        note = f"{found} of {sites} dates"
        yield Row("months: homographs beside a date, found", f"{found / max(sites, 1):.2f}", note)
        yield Row("months: flags on clean sentences", str(wrong), f"in {len(lines)}")


def _months(text: str) -> list[Substitution]:
    return [found for _, _, found in misnamed_months(tokenise(text))]
