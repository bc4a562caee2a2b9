"""Characters of the other Chinese script put into clean text: recall and false alarms."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor.bench.bounds import share_interval
from auditor.bench.corruption import Parallel, Row
from auditor.core import Finding, Story, Tier
from auditor.pipeline import Run, all_rules, audit_story
from auditor.read import document_from_text
from auditor.text.chinese import simplified_only, traditional_only

RULE = "variant/mixed-chinese"
LANGUAGES = ("zh-Hant", "zh-Hans")
PLANTED = 5
"""Characters put into each document, each in another place."""
KINDS = ("that only the other script has", "that both have, in another word")


@dataclass(frozen=True, slots=True)
class Planted:
    """A text with characters of the other script.

    Attributes:
        text: the whole.
        places: of what was put in; for each what stood there.
    """

    text: str
    places: Mapping[int, str]


def rows(
    documents: Sequence[Parallel],
    run: Run,
    seed: int,
    languages: Sequence[str] = LANGUAGES,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The figures of mixed variants.

    Args:
        documents: clean ones.
        run: cache; only the rule of mixed variants is run.
        seed: of every draw.
        languages: tags of `LANGUAGES` that are measured.
        progress: told each step.
    """
    run = replace(run, rules=tuple(rule for rule in all_rules() if rule.id == RULE))
    for tag in languages:
        having = [document for document in documents if tag in document.texts]
        if not having:
            continue
        progress(f"variant {tag}")
        yield from _clean_rows(having, tag, run)
        for kind in KINDS:
            yield _planted_row(having, tag, kind, run, seed)


def plant(text: str, lang: str, kind: str, seed: int) -> Planted:
    """The text with a few of its characters written in the other script.

    Args:
        text: in the script of `lang`.
        lang: `zh-Hant` or `zh-Hans`.
        kind: one of `KINDS`.
        seed: of the draw.
    """
    only = simplified_only() if lang == "zh-Hant" else traditional_only()
    other = _in_other_script(text, lang)
    sites = [
        at
        for at, (here, there) in enumerate(zip(text, other, strict=True))
        if here != there and (there in only) == (kind == KINDS[0])
    ]
    draw = random.Random(seed)  # noqa: S311 (a benchmark wants draws that repeat)
    chosen = sorted(draw.sample(sites, min(PLANTED, len(sites))))
    made = list(text)
    for at in chosen:
        made[at] = other[at]
    return Planted("".join(made), {at: text[at] for at in chosen})


@cache
def _converter(config: str) -> object:
    import opencc

    return opencc.OpenCC(config)


def _in_other_script(text: str, lang: str) -> str:
    """Each character alone, so that the places stay: a phrase may change its length."""
    convert = _converter("t2s" if lang == "zh-Hant" else "s2t").convert  # type: ignore[attr-defined]
    forms = {char: str(convert(char)) for char in set(text)}
    return "".join(forms[c] if len(forms[c]) == 1 else c for c in text)


def _findings(name: str, tag: str, text: str, run: Run) -> tuple[list[Finding], int]:
    audit = audit_story(Story(name, (document_from_text(text, tag, lang=tag),)), run)
    return [f for f in audit.findings if f.rule == RULE], len(audit.segments[tag])


def _clean_rows(documents: Sequence[Parallel], tag: str, run: Run) -> Iterator[Row]:
    segments, found = 0, []
    for document in documents:
        own, length = _findings(document.name, tag, document.text(tag), run)
        segments += length
        found += own
    for tier in Tier:
        count = sum(f.tier is tier for f in found)
        name = f"variant {tag}: clean flags per 1,000 segments, {tier}"
        yield Row(name, f"{1000 * count / max(segments, 1):.2f}", f"{count} in {segments}")


def _planted_row(documents: Sequence[Parallel], tag: str, kind: str, run: Run, seed: int) -> Row:
    planted = found = repaired = 0
    for document in documents:
        # A draw of its own for each document, so that a sample of them gives the same texts.
        own = zlib.crc32(f"{seed} {tag} {kind} {document.name}".encode())
        made = plant(document.text(tag), tag, kind, own)
        findings, _ = _findings(document.name, tag, made.text, run)
        for at, was in made.places.items():
            hit = next((f for f in findings if f.spans[0].start <= at < f.spans[0].end), None)
            planted += 1
            found += hit is not None
            repaired += bool(hit and (hit.repair or "")[at - hit.spans[0].start :][:1] == was)
    low, high = share_interval(found, max(planted, 1))
    right = repaired / max(found, 1)
    note = f"{low:.2f}-{high:.2f} of {planted}; repair as it was {right:.2f}"
    return Row(f"variant {tag}: characters {kind}", f"{found / max(planted, 1):.2f}", note)
