"""Finds clock times that differ from the other versions of a story.

What it finds:
    A time of day in one version where the others have another one.

Why it matters:
    Whoever comes at the wrong hour has read a wrong translation.

Example:
    "à 21 h" in a version whose other versions say 8pm.

Leaves alone:
    8pm, 20h and 晚上8點; 8:00, which may be the evening too; a time in another zone when a zone
    is named; a time that is missing or added; durations.

Source:
    Own rules; the notations of each language are data.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.checks.encoding import GARBLED
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
from auditor.text.clocks import write_clock
from auditor.text.contradicted import contradicted, is_sure, told
from auditor.text.quantities import find_quantities
from auditor.text.quantity_matching import CLOCKS
from auditor.text.witnesses import Dissent, dissents

ID = "drift/time"
CONFIDENCE = 0.85
CONFIDENCE_WEAK = 0.45


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the clock times of all versions of a passage."""
    for dissent in dissents(passage, context, _find, ("clock",), CLOCKS):
        yield _finding(dissent, sure=is_sure(dissent, passage))


def _find(segment: Segment) -> tuple[Fact, ...]:
    return find_quantities(segment.text, segment.lang)


def _finding(dissent: Dissent, *, sure: bool) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    return contradicted(
        ID,
        dissent,
        f"The time is “{statement.quote}” here, but {told(dissent)}.",
        sure=sure,
        confidence=CONFIDENCE if sure else CONFIDENCE_WEAK,
        repair=write_clock(statement.fact, rival.fact, statement.quote),
    )


RULE = Rule(
    id=ID,
    name="Time drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=(
        *GARBLED,
        *("spam/injected", "spun/phrase", "drift/date"),
    ),
    needs_counterpart=True,
)
