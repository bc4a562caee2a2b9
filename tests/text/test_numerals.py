from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.numerals import (
    ordinal_words,
    parse_chinese,
    parse_numeral,
    parse_roman,
    to_chinese,
)


@given(st.integers(1, 99))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert parse_chinese(to_chinese(value)) == value


@given(st.integers(1, 9999))
def test_digits_in_a_row_are_read_as_they_are_written(value: int) -> None:
    assert parse_chinese(to_chinese(value, in_row=True)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("一百", 100), ("一百零一", 101), ("二千零二十", 2020), ("元", 1), ("两百", 200)],
)
def test_larger_chinese_numerals(text: str, value: int) -> None:
    assert parse_chinese(text) == value


@pytest.mark.parametrize("text", ["", "十十", "2十", "一二十", "萬", "十" * 50])
def test_what_is_no_chinese_numeral_is_refused(text: str) -> None:
    assert parse_chinese(text) is None


@pytest.mark.parametrize(("text", "value"), [("XIX", 19), ("IV", 4), ("MCMLXXXIX", 1989)])
def test_roman_numerals(text: str, value: int) -> None:
    assert parse_roman(text) == value


@pytest.mark.parametrize("text", ["", "IIX", "ABC", "VV"])
def test_what_is_no_roman_numeral_is_refused(text: str) -> None:
    assert parse_roman(text) is None


@pytest.mark.parametrize("lang", ["en", "fr", "it"])
def test_each_language_has_a_hundred_different_ordinals(lang: str) -> None:
    assert sorted(ordinal_words(lang).values()) == list(range(1, 101))


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [("Trente-et-unième", "fr", 31), ("ninety-ninth", "en", 99), ("ventitreesimo", "it", 23)],
)
def test_ordinal_words_with_hyphens_and_capitals(text: str, lang: str, value: int) -> None:
    assert parse_numeral(text, lang) == value


def test_a_chinese_number_below_a_hundred_only() -> None:
    with pytest.raises(ValueError, match="between 1 and 99"):
        to_chinese(100)
