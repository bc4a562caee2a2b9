"""A version whose words were replaced one by one.

What it finds: a whole English or Chinese text that reads as if a program had put a synonym in the
place of word after word, or had sent the words through another language and back.

Why it matters: such a text says what nobody said. Names, dates and numbers are replaced like any
word, so that nothing in it can be quoted, and no comparison with other versions is fair to it.

Example: "The Chinese language Communist Get together", "in Could and June", "based on officers";
噴鼻港, 平易近主, 透露表現.

Leaves alone: raw machine translation, second-language English, wire copy, headlines, the
vocabulary of Hong Kong and Taiwan; texts of fewer than 80 words. French and Italian are judged
beside another version only; other languages are reported as not checked.

Source: counts of phrases that pass the gates of `spun/phrase`; words that are rare, unexpected by
their neighbours and not used again (`text/doubts.py`); and whether the sentences are less like the
other versions than sound translations are. The probability is a logistic regression on these,
fitted as `text/spun.py` tells; the message gives the counts, and makes no guess about a person or a
program. Where only some paragraphs in a row are spun, the finding covers these.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.core import (
    Context,
    Document,
    Evidence,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Tier,
    Verdict,
)
from auditor.text import spun
from auditor.text.rewritten import judged
from auditor.text.substitution import Reading, Substitution

MOST_EVIDENCE = 10
"""Phrases shown: enough to convince, few enough to read."""


def check(document: Document, context: Context) -> Iterator[Finding | Verdict]:
    """Yields the verdict on a document, and a finding where it, or a part of it, is sure.

    Args:
        document: the version judged.
        context: gives its segments, passages and similarities.
    """
    if not spun.judges(document.lang):
        return
    found = judged(document, context)
    segments, readings, judgment = found.segments, found.readings, found.judgment
    yield Verdict(document.id, "spun", judgment.probability, _reason(judgment))
    parts = list(spun.parts(readings, [s.block for s in segments], document.lang))
    if judgment.is_spun and not (parts and spun.is_mixed(readings, parts, document.lang)):
        yield _finding(segments, readings, judgment, "The whole text")
        return
    for first, last in parts:
        part = spun.judge(readings[first:last], document.lang)
        yield _finding(segments[first:last], readings[first:last], part, "This part of the text")
    if judgment.is_likely and not parts:
        may_be = _finding(segments, readings, judgment, "The whole text may be rewritten")
        yield replace(may_be, tier=Tier.PREVIEW, severity=Severity.MAJOR)


def _reason(judgment: spun.Judgment) -> str:
    """The counts in words."""
    reasons: list[str] = []
    if judgment.ceiling < math.inf:
        phrases = "1 phrase reads" if judgment.tells == 1 else f"{judgment.tells} phrases read"
        reasons.append(
            f"{phrases} like word-for-word substitution, {judgment.rate:.1f} in 1,000 words, "
            f"where clean news has fewer than {judgment.ceiling:.0f}"
        )
    if judgment.strength >= judgment.striking:
        reasons.append(
            "the words are rarer than their place calls for, and less expected beside their "
            f"neighbours, by {judgment.strength:.1f}, where clean news stays below "
            f"{judgment.striking:.1f}"
        )
    elif not reasons:
        reasons.append("the words are about as rare and as expected as in clean news")
    if judgment.fall is not None and judgment.fall >= spun.FALLEN:
        reasons.append(
            "the sentences are less like those of the other versions than in sound "
            f"translation, by {judgment.fall:.1f} standard deviations"
        )
    return "; ".join(reasons)


def _finding(
    segments: Sequence[Segment],
    readings: Sequence[Reading],
    judgment: spun.Judgment,
    what: str,
) -> Finding:
    """About all of the segments: from the first to the end of the last."""
    spans = [segment.span() for segment in segments]
    whole = Span(spans[0].document, min(s.start for s in spans), max(s.end for s in spans))
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE,
        severity=Severity.CRITICAL,
        confidence=round(judgment.probability, 2),
        message=f"{what}: {_reason(judgment)}.",
        spans=(whole,),
        evidence=tuple(_telling(segments, readings)),
        values=("spun",),
    )


def _telling(segments: Sequence[Segment], readings: Sequence[Reading]) -> Iterator[Evidence]:
    """The most telling phrases, each once, the strongest first."""
    seen: dict[str, tuple[Segment, Substitution]] = {}
    for segment, reading in zip(segments, readings, strict=True):
        for found in spun.tells(reading):
            seen.setdefault(segment.text[found.start : found.end].casefold(), (segment, found))
    best = sorted(seen.values(), key=lambda pair: (not pair[1].strong, -pair[1].gain))
    for segment, found in best[:MOST_EVIDENCE]:
        yield Evidence(segment.span(found.start, found.end), f"for: {found.repair}")


RULE = Rule(
    id="spun/document",
    name="Spun text",
    mqm="Style/Unidiomatic style",
    severity=Severity.CRITICAL,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    languages=spun.JUDGED,
)
