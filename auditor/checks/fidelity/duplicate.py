"""Passages that a version says twice.

What it finds:
    A sentence or several that stand earlier in the document too, word for word or nearly so,
    where the other versions have them once.

Why it matters:
    A passage pasted twice, or translated twice by two people, is read as a mistake and makes
    every later part of an alignment slip.

Example:
    The bridge opened in May. ... [[The bridge opened in May after ten years of works.]]

Leaves alone:
    Headlines and teasers that return in the text, refrains of a few words, lists, captions,
    software strings; what the other versions repeat too; whole paragraphs that a page repeats
    (that is `furniture/boilerplate`).

Source:
    Rows of four words, or of six Chinese characters, seen before in one sentence.
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
)
from auditor.text.duplicates import Repeat, find_repeats

RULE_ID = "fidelity/duplicate"
SURE, UNSURE = 0.9, 0.6
"""Confidence where another version says it once, and where there is none."""
LONG = 2
"""Sentences in a row that nobody repeats for effect."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each passage that stands earlier in the document."""
    # What other versions repeat as well was in the text that they come from.
    elsewhere: dict[str, list[Repeat]] = {}
    for repeat in find_repeats(context.segments(document.id)):
        others = context.counterparts(repeat.earlier[0])
        for id in dict.fromkeys(s.document for s in others):
            elsewhere.setdefault(id, list(find_repeats(context.segments(id))))
        again = [
            there
            for s in others
            for there in elsewhere[s.document]
            if s in there.earlier or s in there.segments
        ]
        if not again:
            yield _finding(repeat, aligned=bool(others))


def _finding(repeat: Repeat, *, aligned: bool) -> Finding:
    sure = repeat.exact and (aligned or len(repeat.segments) >= LONG)
    how = "stands" if repeat.exact else "stands with hardly another word"
    once = "; the other versions have it once" if aligned else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if sure else Tier.PREVIEW,
        severity=Severity.MINOR,
        confidence=SURE if sure else UNSURE,
        message=f"This passage {how} earlier in the document already{once}.",
        spans=(_span(repeat.segments),),
        evidence=(Evidence(_span(repeat.earlier), "the first time"),),
        repair="" if sure else None,
    )


def _span(segments: Sequence[Segment]) -> Span:
    first, last = segments[0].span(), segments[-1].span()
    return Span(first.document, first.start, last.end)


RULE = Rule(
    id=RULE_ID,
    name="Duplicated passage",
    mqm="Accuracy/Addition",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected", "furniture/boilerplate"),
)
