"""A version that is shorter than the others because long stretches were cut.

What it finds: a version that lacks a fifth or more of the text in long stretches: several
paragraphs in a row, most often the last ones. They are named once, with how many of how many
paragraphs are not there.

Why it matters: shortening is what editors do, and a list of fifty omissions hides the one that was
an accident. Whoever publishes the version wants to know that it is not the whole text.

Example: the French version ends with the fourteenth of twenty paragraphs.

Leaves alone: single paragraphs and sentences missing here and there, however many: each of them is
a finding of `fidelity/omission`.

Source: the gaps in the passages (`align/gaps`), and DESIGN.md on votes.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from auditor.core import (
    Context,
    Evidence,
    Finding,
    Rule,
    Scope,
    Severity,
    Span,
    Story,
    Tier,
)
from auditor.text.cuts import Cut, cuts
from auditor.text.gaps import certainty, enumerated

SURE = 0.8
"""Mean certainty of the stretches from which on the finding is stable."""


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Yields one finding for each version that was shortened.

    Args:
        story: not asked: its gaps are known.
        context: gives the gaps and the segments.
    """
    del story
    for cut in cuts(context.gaps, context.segments):
        yield _finding(cut)


def _finding(cut: Cut) -> Finding:
    sure = round(fmean(certainty(gap) for gap in cut.gaps), 2)
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE if sure >= SURE else Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=sure,
        message=(
            f"Shortened: {_missing(cut)} of {cut.against} are not there, "
            f"{cut.share:.0%} of its text."
        ),
        spans=tuple(gap.place for gap in cut.gaps),
        evidence=tuple(
            Evidence(Span(cut.against, s[0].span().start, s[-1].span().end), "not in this version")
            for gap in cut.gaps
            for s in gap.stretches
            if s[0].document == cut.against
        ),
        values=("shortened",),
    )


def _missing(cut: Cut) -> str:
    """What is missing: `the last 6 of 20 paragraphs` or `paragraphs 3 to 8 and 15 to 20 of 20`."""
    unit = "paragraphs" if cut.paragraphs else "sentences"
    (first, last), *others = cut.places
    count = last - first + 1
    if not others and last == cut.total:
        return f"the last {count} of {cut.total} {unit}"
    if not others and first == 1:
        return f"the first {count} of {cut.total} {unit}"
    ranges = enumerated([f"{low} to {high}" for low, high in cut.places])
    return f"{unit} {ranges} of the {cut.total}"


RULE = Rule(
    id="fidelity/shortened",
    name="Shortened version",
    mqm="Accuracy/Omission",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
