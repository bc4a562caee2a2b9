"""What stands elsewhere in a version than in the others.

What it finds: a paragraph or a run of sentences that the source has at another place; where no
source is declared, at another place than in most other versions. Of two versions without a source
the later one is named.

Why it matters: a paragraph that an editor moved up is neither missing nor invented, and must not be
reported as both; but what follows may refer to what now comes after it.

Example: the French version thanks the volunteers in its second paragraph; the English one does so
in its last.

Leaves alone: sentences that changed places within a passage, and what is too short to be found
again with certainty. Sentences that are no whole paragraph are preview.

Source: the beads that cross a monotone alignment (`align/moved`), and DESIGN.md on votes.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import (
    Context,
    Evidence,
    Finding,
    Move,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Story,
    Tier,
)
from auditor.text.gaps import english_letters

SURE = 0.8
"""Certainty from which on a moved paragraph is a stable finding."""

SURE_LENGTH = 60.0
"""English letters from which on it is: shorter ones are often set phrases."""

QUOTED = 40
"""Characters of the sentence before that a message quotes."""


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Yields one finding for each stretch that moved.

    Args:
        story: not asked: its moves are known.
        context: gives the moves.
    """
    del story
    for move in context.moves:
        yield _finding(move)


def _finding(move: Move) -> Finding:
    long = english_letters(move.here) >= SURE_LENGTH
    sure = move.whole_block and move.confidence >= SURE and long
    count = len(move.here)
    what = "This sentence stands" if count == 1 else f"These {count} sentences stand"
    message = f"{what} {_place(move)} in {move.against}: moved, not missing."
    if not move.judged:
        message += " Nothing says which of the two is the original."
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE if sure else Tier.PREVIEW,
        severity=Severity.MINOR if move.whole_block else Severity.NEUTRAL,
        confidence=round(move.confidence, 2),
        message=message,
        spans=(_extent(move.here),),
        evidence=(Evidence(_extent(move.there), "the place there"),),
        values=("moved",),
    )


def _place(move: Move) -> str:
    """Where the stretch stands in the other version: `after "..."` or `at the beginning`."""
    if move.after is None:
        return "at the beginning"
    text = " ".join(move.after.text.split())
    quote = text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"
    return f"after “{quote}”"


def _extent(stretch: tuple[Segment, ...]) -> Span:
    return Span(stretch[0].document, stretch[0].span().start, stretch[-1].span().end)


RULE = Rule(
    id="fidelity/moved",
    name="Moved text",
    mqm="Style/Organizational style",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
