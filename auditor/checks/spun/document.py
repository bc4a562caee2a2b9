"""A version whose words were replaced one by one.

What it finds: a whole English or Chinese text that reads as if a program had put a synonym in the
place of word after word, or had sent the words through another language and back.

Why it matters: such a text says what nobody said. Names, dates and numbers are replaced like any
word, so that nothing in it can be quoted, and no comparison with other versions is fair to it.

Example: "The Chinese language Communist Get together", "in Could and June", "based on officers";
噴鼻港, 平易近主, 透露表現.

Leaves alone: raw machine translation, second-language English, wire copy, headlines, the
vocabulary of Hong Kong and Taiwan; texts of fewer than 80 words; languages other than English and
Chinese, which are reported as not checked.

Source: counts of phrases that pass the gates of `spun/phrase`, and of words that the words around
them speak against. The probability is a logistic regression on both, fitted as `text/spun.py`
tells; the message gives the counts, and makes no guess about a person or a program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from auditor.lang import base
from auditor.text import spun
from auditor.text.substitution import Reading, Substitution

MOST_EVIDENCE = 10
"""Phrases shown: enough to convince, few enough to read."""


def check(document: Document, context: Context) -> Iterator[Finding | Verdict]:
    """Yields the verdict on a document, and a finding where it is sure.

    Args:
        document: the version judged.
        context: gives its segments.
    """
    if not spun.supports(document.lang):
        return
    segments = [s for s in context.segments(document.id) if base(s.lang) == base(document.lang)]
    readings = [spun.read(segment.text, segment.lang) for segment in segments]
    judgment = spun.judge(readings, document.lang)
    reason = _reason(judgment)
    yield Verdict(document.id, "spun", judgment.probability, reason)
    if judgment.is_spun:
        yield _finding(segments, readings, judgment.probability, reason)


def _reason(judgment: spun.Judgment) -> str:
    """The counts in words."""
    phrases = "1 phrase reads" if judgment.tells == 1 else f"{judgment.tells} phrases read"
    reason = (
        f"{phrases} like word-for-word substitution, {judgment.rate:.1f} in 1,000 words, "
        f"where clean news has fewer than {judgment.ceiling:.0f}"
    )
    if judgment.odd >= 2:
        reason += (
            f"; its words fit together less well than in news by {judgment.odd:.1f} "
            "standard deviations"
        )
    return reason


def _finding(
    segments: Sequence[Segment], readings: Sequence[Reading], probability: float, reason: str
) -> Finding:
    """About all of the content: from its first block to the end of its last."""
    spans = [segment.span() for segment in segments]
    whole = Span(spans[0].document, min(s.start for s in spans), max(s.end for s in spans))
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE,
        severity=Severity.CRITICAL,
        confidence=probability,
        message=f"The whole text: {reason}.",
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
    languages=spun.LANGUAGES,
)
