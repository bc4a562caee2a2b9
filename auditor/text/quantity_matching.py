"""Which quantities mean the same, and which may stand in each other's place."""

from __future__ import annotations

from decimal import Decimal

from auditor.core import Fact
from auditor.text.clocks import ZONED
from auditor.text.matching import Comparison
from auditor.text.quantities import ANY, NEAR
from auditor.text.units import converts, dimension

_ROUNDED = Decimal("0.05")
"""What "about 1,200" may be away from 1,247."""


def same_number(one: Fact, other: Fact) -> bool:
    """True for equal values, for right conversions and for rounding that is said to be rounding."""
    if one.kind != other.kind:
        return False
    if not one.readings.isdisjoint(other.readings):
        return True
    if one.kind != "number":
        # Clock times are set beside numbers too: "17:00" is no decimal.
        return False
    left, right = Decimal(one.value), Decimal(other.value)
    if converts(left, one.unit, right, other.unit):
        return True
    # "almost 1,000" for 984; but nobody says "almost 1,020".
    rounder, finer = (one, other) if _digits(left) <= _digits(right) else (other, one)
    said = NEAR + rounder.value in rounder.readings and NEAR + finer.value not in finer.readings
    away = abs(left - right)
    return said and away <= min(_ROUNDED * max(left, right), _step(Decimal(rounder.value)) / 2)


def _step(value: Decimal) -> Decimal:
    """One of the last digit that tells something: 100 for 1200."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(10) ** exponent if isinstance(exponent, int) else Decimal(0)


def _digits(value: Decimal) -> int:
    """How many digits of a value tell something: two for 1200."""
    return len(value.normalize().as_tuple().digits)


def _said(one: Fact, other: Fact) -> bool:
    """True when both say one value themselves."""
    return (
        other.unit != ANY and one.kind == other.kind and not one.readings.isdisjoint(other.readings)
    )


def same_place(one: Fact, other: Fact) -> bool:
    """True when both count the same, or one does not say what it counts."""
    return not one.unit or not other.unit or dimension(one.unit) == dimension(other.unit)


NUMBERS = Comparison(
    agree=same_number,
    fits=same_place,
    answers=lambda fact: fact.unit != ANY,
    strictly=_said,
)


def same_time(one: Fact, other: Fact) -> bool:
    """True for one clock time in two notations, or in two zones that are named."""
    if one.kind != other.kind:
        return False
    if not one.readings.isdisjoint(other.readings):
        return True
    minutes = {f.value.partition(":")[2] for f in (one, other)}
    # 20:30 in Paris is 2:30 p.m. ET: the minutes stay.
    named = ZONED in (one.unit, other.unit) or one.unit != other.unit
    return len(minutes) == 1 and named


CLOCKS = Comparison(agree=same_time)


def _same_unit(one: Fact, other: Fact) -> bool:
    """True for one unit, and for two of about one size: yards and metres, tons and tonnes."""
    if one.kind != other.kind:
        return False
    if not one.readings.isdisjoint(other.readings):
        return True
    single = Decimal(1)
    # "80 degrees" and 華氏80度 differ in what they say, not in what they mean.
    return "degree" in (one.value, other.value) or converts(single, one.value, single, other.value)


def _same_dimension(one: Fact, other: Fact) -> bool:
    """Months for years; the 20 euros here and the 20 miles there are two statements."""
    return dimension(one.value) == dimension(other.value)


UNITS = Comparison(agree=_same_unit, fits=_same_dimension, strictly=_same_unit)


def _same_bound(one: Fact, other: Fact) -> bool:
    # "Nearly" is about and less than; "about" is neither.
    return one.kind == other.kind and (
        one.value == other.value or "near" in (one.value, other.value)
    )


BOUNDS = Comparison(agree=_same_bound)
