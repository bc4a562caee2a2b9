"""Injected spam: terms known and unknown, found or not, and clean text flagged."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.bench.bounds import share_interval
from auditor.bench.corruption import Parallel, Row
from auditor.bench.injector import Injected, Mode, inject, known_terms, unseen_terms
from auditor.core import Finding, Story, Tier
from auditor.pipeline import Run, all_rules, audit_story
from auditor.read import document_from_text

LANGUAGES = ("en", "fr", "it", "zh-Hans", "zh-Hant")
BESIDE = {"en": "it", "zh-Hans": "en", "zh-Hant": "en", "fr": "en", "it": "en"}
"""The sound version that is laid beside the injected one."""
RULES = ("spam/injected", "fidelity/code-mixed")
RULE = "spam/injected"


@dataclass(slots=True)
class _Count:
    """What was found of one kind of injection."""

    injected: int = 0
    found: int = 0
    shown: int = 0
    overlap: float = 0.0


def rows(
    documents: Sequence[Parallel],
    run: Run,
    seed: int,
    languages: Sequence[str] = LANGUAGES,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Row]:
    """The figures of injected spam.

    Args:
        documents: clean ones.
        run: encoder and cache; only the rule of spam and those that it wins against are run.
        seed: of every draw.
        languages: tags of `LANGUAGES` that are measured.
        progress: told each step.
    """
    run = replace(run, rules=tuple(rule for rule in all_rules() if rule.id in RULES))
    for tag in languages:
        having = [document for document in documents if tag in document.texts]
        for beside in (None, BESIDE[tag]):
            if not having or (beside and any(beside not in d.texts for d in having)):
                continue
            progress(f"{tag}, clean")
            yield from _clean_rows(having, tag, beside, run)
            for kind, terms in _term_lists(tag):
                pooled = _Count()
                for mode in Mode:
                    progress(f"{tag}, {kind}, {mode}")
                    count = _Count()
                    for document in having:
                        _add(count, document, tag, beside, run, terms, mode, seed)
                    name = f"{_name(tag, beside)}: {kind} terms {mode}"
                    yield _row(name, count)
                    pooled.injected += count.injected
                    pooled.found += count.found
                    pooled.shown += count.shown
                    pooled.overlap += count.overlap
                yield _row(f"{_name(tag, beside)}: {kind} terms, all", pooled)


def _term_lists(tag: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "unseen", unseen_terms(tag)
    yield "known", known_terms(tag)


def _name(tag: str, beside: str | None) -> str:
    return f"spam {tag}, {f'beside {beside}' if beside else 'alone'}"


def _findings(
    document: Parallel, tag: str, text: str, beside: str | None, run: Run
) -> tuple[list[Finding], int]:
    versions = [document_from_text(text, tag, lang=tag)]
    versions += [document_from_text(document.text(beside), beside, lang=beside)] if beside else []
    audit = audit_story(Story(document.name, tuple(versions)), run)
    own = [f for f in audit.findings if f.rule == RULE and f.spans[0].document == tag]
    return own, len(audit.segments[tag])


def _clean_rows(
    documents: Sequence[Parallel], tag: str, beside: str | None, run: Run
) -> Iterator[Row]:
    segments, found = 0, []
    for document in documents:
        own, length = _findings(document, tag, document.text(tag), beside, run)
        segments += length
        found += own
    for tier in Tier:
        count = sum(f.tier is tier for f in found)
        name = f"{_name(tag, beside)}: clean flags per 1,000 segments, {tier}"
        yield Row(name, f"{1000 * count / max(segments, 1):.2f}", f"{count} in {segments}")


def _add(
    count: _Count,
    document: Parallel,
    tag: str,
    beside: str | None,
    run: Run,
    terms: Sequence[str],
    mode: Mode,
    seed: int,
) -> None:
    # A draw of its own for each document, so that a sample of them gives the same texts.
    own = zlib.crc32(f"{seed} {tag} {mode} {len(terms)} {document.name}".encode())
    made = inject(document.text(tag), tag, terms, mode, own)
    if made is None:
        return
    found, _ = _findings(document, tag, made.text, beside, run)
    hits = [f for f in found if _overlap(f, made) > 0]
    count.injected += 1
    if hits:
        count.found += 1
        count.shown += any(f.tier is Tier.STABLE for f in hits)
        count.overlap += max(_overlap(f, made) for f in hits)


def _overlap(finding: Finding, made: Injected) -> float:
    """Intersection over union of the places of a finding and of what was put in."""
    place = finding.spans[0]
    both = min(place.end, made.end) - max(place.start, made.start)
    either = max(place.end, made.end) - min(place.start, made.start)
    return max(0.0, both / either)


def _row(name: str, count: _Count) -> Row:
    low, high = share_interval(count.found, max(count.injected, 1))
    overlap = count.overlap / max(count.found, 1)
    note = (
        f"{low:.2f}-{high:.2f} of {count.injected}; shown by default"
        f" {count.shown / max(count.injected, 1):.2f}; overlap (IoU) {overlap:.2f}"
    )
    return Row(name, f"{count.found / max(count.injected, 1):.2f}", note)
