"""Words of another language are told from names, loans and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.foreign_words import foreign_row

OTHERS = ("en", "fr", "it", "zh")


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (
            "Il ministro ha detto che the new rules will apply from gennaio in tutto il paese.",
            "it",
            "the new rules will apply from",
        ),
        ("The minister said that 新规定将适用 from next year.", "en", "新规定将适用"),
        (
            "部长说 the new rules will apply soon，全国各地都一样。",
            "zh-Hans",
            "the new rules will apply soon",
        ),
    ],
)
def test_the_row_of_foreign_words_is_found_to_the_letter(
    text: str, lang: str, expected: str
) -> None:
    row = foreign_row(text, lang, OTHERS)
    assert row is not None
    assert text[row.start : row.end] == expected
    assert not row.whole
    assert not row.quoted


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Lo smart working e le fake news preoccupano il team di marketing.", "it"),
        ("Il lit The New York Times à la Bank of America.", "fr"),
        ("Voir www.example.org/the-new-rules/that/will/apply pour la liste.", "fr"),
        ("他用 iPhone 上的 app 買了 adidas 的鞋子。", "zh-Hant"),
        ("東京都知事選挙のニュースです。", "ja"),
        ("", "fr"),
    ],
)
def test_names_loans_and_addresses_are_not_foreign(text: str, lang: str) -> None:
    assert foreign_row(text, lang, OTHERS) is None


def test_a_whole_sentence_keeps_the_names_at_its_ends() -> None:
    text = "Visitors from Vellano said that they had waited for this day with Anna Bell."
    row = foreign_row(text, "fr", OTHERS)
    assert row is not None
    assert row.whole
    assert text[row.start : row.end] == text[:-1]


@given(st.text(max_size=400), st.sampled_from(["fr", "it", "zh-Hant", "en", "ru", "th"]))
def test_a_row_lies_in_its_text(text: str, lang: str) -> None:
    row = foreign_row(text, lang, OTHERS)
    if row:
        assert 0 <= row.start < row.end <= len(text)
        assert 0 < row.share <= 1


@pytest.mark.parametrize("text", ["a" * 1_000_000, "the " * 200_000, "新规" * 300_000])
def test_a_megabyte_is_searched_in_bounds(text: str) -> None:
    row = foreign_row(text, "fr", OTHERS)
    assert row is None or row.end <= len(text)
