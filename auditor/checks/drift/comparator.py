"""Finds "more than" where the other versions of a story say "less than".

What it finds:
    The same number said to be a lower bound in one version and an upper bound in the others.

Why it matters:
    "Fewer than 200 came" and "more than 200 came" are opposite news with the same number.

Example:
    不到200人 in a version whose other versions say more than 200 people.

Leaves alone:
    A bound that one version does not state; "nearly" and "about"; "over" for "at least"; "up to"
    for "as many as"; a number that stands with several bounds.

Source:
    Own lists of words for each language.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.core import (
    Context,
    Fact,
    Finding,
    Passage,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.text.contradicted import contradicted, is_sure, told
from auditor.text.quantities import BOUND_OF, find_quantities
from auditor.text.quantity_matching import BOUNDS
from auditor.text.witnesses import Dissent, dissents

ID = "drift/comparator"
CONFIDENCE = {"over": 0.85, "under": 0.85, "near": 0.4}
MEANING = {"over": "more than", "under": "less than", "near": "about"}


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares what each number of a passage is said to be more or less than."""
    kinds = {f.kind for s in passage.segments for f in _find(s) if f.kind.startswith(BOUND_OF)}
    for dissent in dissents(passage, context, _find, sorted(kinds), BOUNDS):
        yield _finding(dissent, sure=is_sure(dissent, passage))


def _find(segment: Segment) -> tuple[Fact, ...]:
    return find_quantities(segment.text, segment.lang)


def _finding(dissent: Dissent, *, sure: bool) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    sides = {statement.fact.value, rival.fact.value}
    sure = sure and "near" not in sides
    value = statement.fact.kind.removeprefix(BOUND_OF)
    return contradicted(
        ID,
        dissent,
        f"“{statement.quote}” says {MEANING[statement.fact.value]} {value} here, "
        f"but {told(dissent)} says {MEANING[rival.fact.value]}.",
        sure=sure,
        confidence=min(CONFIDENCE[side] for side in sides),
        severity=Severity.MAJOR if sure else Severity.MINOR,
        values=(statement.fact.value, rival.fact.value, value),
    )


RULE = Rule(
    id=ID,
    name="Bound drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=("spam/injected", "spun/phrase", "drift/date", "drift/number"),
    needs_counterpart=True,
)
