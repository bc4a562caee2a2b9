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

from auditor.core import (
    Context,
    Evidence,
    Fact,
    Finding,
    Passage,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.text.quantities import UNIT_OF, find_quantities
from auditor.text.quantity_matching import UNITS
from auditor.text.units import MONEY, unit_name
from auditor.text.witnesses import Dissent, dissents

ID = "drift/unit"
CONFIDENCE = 0.85
WEAK_PASSAGE = 0.25
"""Below this the versions may not say the same at all."""


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the units that stand with each number of a passage."""
    kinds = {f.kind for s in passage.segments for f in _find(s) if f.kind.startswith(UNIT_OF)}
    for dissent in dissents(passage, context, _find, sorted(kinds), UNITS):
        yield _finding(dissent, passage.confidence)


def _find(segment: Segment) -> tuple[Fact, ...]:
    return find_quantities(segment.text, segment.lang)


def _finding(dissent: Dissent, alignment: float) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    weak = dissent.doubtful or alignment < WEAK_PASSAGE
    told = " and ".join(f"“{s.quote}” in {s.segment.document}" for s in dissent.against[:4])
    value = Decimal(statement.fact.kind.removeprefix(UNIT_OF))
    what = "currency" if statement.fact.value.startswith(MONEY) else "unit"
    # A sign stands before the number, a name behind it: one does not replace the other.
    signed = not any(c.isalpha() for c in statement.quote)
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW if weak else Tier.STABLE,
        severity=Severity.MAJOR,
        confidence=round(CONFIDENCE - (0.4 if weak else 0), 2),
        message=f"The {what} of {value} is “{statement.quote}” here, but {told}.",
        spans=(statement.span,),
        evidence=tuple(Evidence(s.span, s.quote) for s in dissent.against),
        repair=None if signed else unit_name(rival.fact.value, value, statement.segment.lang),
        values=(statement.fact.value, rival.fact.value),
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
        *("encoding/mojibake", "encoding/entity", "encoding/homoglyph"),
        *("spam/injected", "spun/phrase", "drift/date", "drift/number"),
    ),
    needs_counterpart=True,
)
