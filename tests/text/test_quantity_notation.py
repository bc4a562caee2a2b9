from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import Fact
from auditor.text.clocks import write_clock
from auditor.text.digits import digit_pattern, read_digits, write_digits
from auditor.text.han_numbers import parse_amount, write_amount
from auditor.text.quantity_notation import write_number
from auditor.text.units import converts, unit_name


@pytest.mark.parametrize(
    ("value", "like", "lang", "written"),
    [
        ("1500", "1 800", "fr", "1 500"),
        ("1500", "1.800", "it", "1.500"),
        ("1500", "1800", "en", "1500"),
        ("1234567", "800", "en", "1,234,567"),
        ("2.7", "4,8", "fr", "2,7"),
        ("2300000", "2,3 milliards", "fr", "2,3 millions"),
        ("1000000", "2 milliards", "fr", "1 million"),
        ("23000", "25 mila", "it", "23 mila"),
        ("23000", "2.5 萬", "zh-Hant", "2.3 萬"),
        ("230000000", "2.3萬", "zh-Hant", "2.3億"),
        ("35", "七十", "zh-Hans", "三十五"),
        ("1200000000", "1.5bn", "en", "1.2bn"),
        ("12", "twenty", "en", None),
        ("1500", "１，８００", "zh-Hant", "１，５００"),
    ],
)
def test_a_repair_keeps_the_notation(value: str, like: str, lang: str, written: str | None) -> None:
    assert write_number(Decimal(value), like, lang) == written


@given(st.integers(1, 10**11))
def test_han_numerals_come_back_as_they_were_written(value: int) -> None:
    written = write_amount(Decimal(value), "三萬五千")
    assert written is not None
    assert parse_amount(written) == value


@given(st.integers(0, 10**9), st.sampled_from(["1,800", "1 800", "800", "1800"]))
def test_digits_come_back_as_they_were_written(value: int, like: str) -> None:
    lang = "fr" if " " in like else "en"
    written = write_digits(Decimal(value), like, lang)
    assert digit_pattern(lang).fullmatch(written)
    assert Decimal(value) in read_digits(written, lang)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三十五", 35),
        ("6百萬", 6_000_000),
        ("1万亿", 10**12),
        ("3億3,000萬", 330_000_000),
        ("二〇一九", 2019),
        ("一百零五", 105),
        ("十", 10),
        ("二三", None),
        ("十百", None),
        ("", None),
        ("一" * 99, None),
    ],
)
def test_amounts_in_han_numerals(text: str, value: int | None) -> None:
    assert parse_amount(text) == value


@pytest.mark.parametrize(
    ("lang", "unit", "name"),
    [
        ("fr", "year", "ans"),
        ("it", "minute", "minuti"),
        ("zh-Hant", "minute", "分鐘"),
        ("fr", "money:pound", "livres sterling"),
        ("zh-Hans", "money:dollar", "美元"),
        ("ru", "year", "лет"),
    ],
)
def test_a_unit_has_its_name_in_every_language(lang: str, unit: str, name: str) -> None:
    assert unit_name(unit, Decimal(20), lang) == name


@pytest.mark.parametrize(
    ("value", "unit", "other", "other_unit", "same"),
    [
        (85, "mile-per-hour", 135, "kilometer-per-hour", True),
        (100, "foot", 30, "meter", True),
        (12, "mile", 32, "kilometer", False),
        (80, "fahrenheit", 27, "celsius", True),
        (20, "year", 20, "month", False),
        (24, "month", 2, "year", True),
        (20, "money:euro", 20, "year", False),
        (5, "mile", 5, "mile", False),
    ],
)
def test_conversions(value: int, unit: str, other: int, other_unit: str, *, same: bool) -> None:
    assert converts(Decimal(value), unit, Decimal(other), other_unit) is same


@pytest.mark.parametrize(
    ("own", "rival", "like", "written"),
    [
        ("19:00", "17:00", "19", "17"),
        ("14:50", "14:15", "14.50", "14.15"),
        ("20:00", "21:00", "8", "9"),
        ("8:00", "20:00", "8", None),
        ("8:00", "20:30", "8", None),
    ],
)
def test_a_time_is_repaired_in_its_notation(
    own: str, rival: str, like: str, written: str | None
) -> None:
    facts = [Fact("clock", value, 0, 1) for value in (own, rival)]
    assert write_clock(facts[0], facts[1], like) == written
