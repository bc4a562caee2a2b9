"""Finds numbers and orders of magnitude that differ from the other versions of a story.

What it finds:
    A quantity in one version where the others have another one: a number in digits, words
    or Han numerals, a percentage, a price, a fraction, or millions where the others say billions.

Why it matters:
    Numbers are what a reader quotes. A digit typed wrong, or 億 for 萬, looks sound.

Example:
    "2,3 milliards d'euros" in a version whose other versions say €2.3 million.

Leaves alone:
    A number that is missing or added; the same value in another notation (2.3萬, 23 mila,
    23,000); right conversions of units that are named; rounding that is said to be rounding;
    idioms in words; names and codes such as COVID-19; dates and times, which have their own rules.

Source:
    Canonical values instead of digit strings. Number words: text2num. Separators and
    names of units: Unicode CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditor.checks.encoding import GARBLED
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
    Span,
    Tier,
)
from auditor.text.matching import PLAIN
from auditor.text.quantities import CODE_OF, UNIT_OF, find_quantities
from auditor.text.quantity_matching import NUMBERS
from auditor.text.quantity_notation import write_number
from auditor.text.witnesses import Dissent, Statement, dissents

ID = "drift/number"
CONFIDENCE = 0.9
WEAK_PASSAGE = 0.25
"""Below this the versions may not say the same at all."""
MAX_QUOTED = 4
SEVERAL = 3
"""So many numbers of one sentence that are wrong by one ratio are one mistake."""


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the quantities of all versions of a passage."""
    codes = {f.kind for s in passage.segments for f in _find(s) if f.kind.startswith(CODE_OF)}
    for kinds, how in ((("number",), NUMBERS), (("fraction", "order", *sorted(codes)), PLAIN)):
        found = dissents(passage, context, _find, kinds, how)
        for group in _by_cause(found):
            yield _finding(group, passage.confidence)


def _by_cause(found: Iterable[Dissent]) -> Iterable[list[Dissent]]:
    """The dissents, those together that one mistake explains: every 萬 of a list for 十萬."""
    groups: dict[tuple[object, ...], list[Dissent]] = {}
    for dissent in found:
        own, rival = dissent.statement.fact, dissent.against[0].fact
        ratio: object = own.start
        if own.kind == "number" and Decimal(own.value) and Decimal(rival.value):
            ratio = round(Decimal(rival.value) / Decimal(own.value), 6)
        key = (dissent.statement.segment, dissent.against[0].segment, own.kind, ratio)
        groups.setdefault(key, []).append(dissent)
    for group in groups.values():
        yield from [group] if len(group) >= SEVERAL else ([dissent] for dissent in group)


def _find(segment: Segment) -> tuple[Fact, ...]:
    return find_quantities(segment.text, segment.lang)


def _span(statement: Statement, rival: Statement) -> Span:
    """The number; with its unit where that differs too, for then nobody knows which is wrong."""
    fact, segment = statement.fact, statement.segment
    if not fact.unit or not rival.fact.unit or fact.unit == rival.fact.unit:
        return statement.span
    ends = [f.end for f in _find(segment) if f.kind == UNIT_OF + fact.value and f.start >= fact.end]
    return segment.span(fact.start, min(ends, default=fact.end))


def _finding(group: list[Dissent], alignment: float) -> Finding:
    dissent, *more = group
    statement, rival = dissent.statement, dissent.against[0]
    # "Hundreds" for "thousands" may be how a language speaks.
    weak = dissent.doubtful or alignment < WEAK_PASSAGE or statement.fact.kind == "order"
    others: dict[str, list[str]] = {}
    for s in dissent.against[:MAX_QUOTED]:
        others.setdefault(s.quote, []).append(s.segment.document)
    told = " and ".join(f"“{quote}” in {', '.join(ids)}" for quote, ids in others.items())
    what = {"order": "order of magnitude"}.get(statement.fact.kind, statement.fact.kind)
    repair = None
    if statement.fact.kind == "number" and statement.fact.unit == rival.fact.unit:
        repair = write_number(Decimal(rival.fact.value), statement.quote, statement.segment.lang)
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW if weak else Tier.STABLE,
        severity=Severity.MAJOR,
        confidence=round(CONFIDENCE - (0.4 if weak else 0), 2),
        message=f"The {what} is “{statement.quote}” here, but {told}{_and_more(more)}.",
        spans=tuple(_span(d.statement, d.against[0]) for d in group),
        evidence=tuple(Evidence(s.span, s.quote) for d in group for s in d.against),
        repair=repair,
        values=(statement.fact.value, rival.fact.value),
    )


def _and_more(more: list[Dissent]) -> str:
    if not more:
        return ""
    quotes = ", ".join(f"“{d.statement.quote}”" for d in more[:MAX_QUOTED])
    return f"; by the same ratio {quotes}"


RULE = Rule(
    id=ID,
    name="Number drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=(
        *GARBLED,
        "spam/injected",
        "spun/phrase",
        "drift/date",
    ),
    needs_counterpart=True,
)
