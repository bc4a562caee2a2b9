"""Finds units and currencies that differ from the other versions of a story.

What it finds:
    The same number with another unit: months for years, euros for dollars, kilometres for metres.

Why it matters:
    The number is right, so nobody checks it, and the statement is wrong by the ratio of the units.

Example:
    "âgé de 30 mois" in a version whose other versions say 30-year-old.

Leaves alone:
    A unit that one version does not name; converted values, whose numbers differ too; one
    currency under its name and its sign; a number that stands with several units.

Source:
    Names of units and currencies: Unicode CLDR, and the data of each language.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

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
from auditor.text.contradicted import contradicted, is_sure, told
from auditor.text.quantities import UNIT_OF, find_quantities
from auditor.text.quantity_matching import UNITS
from auditor.text.units import MONEY, unit_name
from auditor.text.witnesses import Dissent, dissents

ID = "drift/unit"
CONFIDENCE = 0.85
CONFIDENCE_WEAK = 0.45


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the units that stand with each number of a passage."""
    kinds = {f.kind for s in passage.segments for f in _find(s) if f.kind.startswith(UNIT_OF)}
    for dissent in dissents(passage, context, _find, sorted(kinds), UNITS):
        yield _finding(dissent, sure=is_sure(dissent, passage))


def _find(segment: Segment) -> tuple[Fact, ...]:
    return find_quantities(segment.text, segment.lang)


def _finding(dissent: Dissent, *, sure: bool) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    value = Decimal(statement.fact.kind.removeprefix(UNIT_OF))
    what = "currency" if statement.fact.value.startswith(MONEY) else "unit"
    # A sign stands before the number, a name behind it: one does not replace the other.
    signed = not any(c.isalpha() for c in statement.quote)
    return contradicted(
        ID,
        dissent,
        f"The {what} of {value} is “{statement.quote}” here, but {told(dissent)}.",
        sure=sure,
        confidence=CONFIDENCE if sure else CONFIDENCE_WEAK,
        repair=None if signed else unit_name(rival.fact.value, value, statement.segment.lang),
    )


RULE = Rule(
    id=ID,
    name="Unit drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=(
        *GARBLED,
        *("spam/injected", "spun/phrase", "drift/date", "drift/number"),
    ),
    needs_counterpart=True,
)
