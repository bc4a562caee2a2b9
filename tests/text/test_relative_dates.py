"""What "last year" and its like mean on the day on which a text was published."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.lang import load
from auditor.read import document_from_text
from auditor.text.dates import find_dates
from auditor.text.relative_dates import counted_from, dateline

DAY = date(2018, 5, 2)
LANGUAGES = ("en", "fr", "it", "zh-Hant", "zh-Hans", "de", "es", "pt", "nl", "ja", "ko", "ru")


def meant(text: str, lang: str, kind: str, day: date | None = DAY) -> list[tuple[str, ...]]:
    facts = counted_from(find_dates(text, lang), text, lang, day)
    return [(f.value, *f.alternatives) for f in facts if f.kind == kind and f.hard]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the mill burnt down last year"),
        ("fr", "le moulin a brûlé l’an dernier"),
        ("it", "il mulino è bruciato lo scorso anno"),
        ("zh-Hant", "磨坊客歲燒毀"),
        ("zh-Hans", "磨坊去年烧毁"),
        ("de", "die Mühle brannte letztes Jahr ab"),
        ("es", "el molino ardió el año pasado"),
        ("pt", "o moinho ardeu no ano passado"),
        ("nl", "de molen brandde vorig jaar af"),
        ("ja", "水車小屋は昨年焼けた"),
        ("ko", "방앗간은 지난해 불탔다"),
        ("ru", "мельница сгорела в прошлом году"),
    ],
)
def test_last_year_is_the_year_before_the_dateline(lang: str, text: str) -> None:
    assert meant(text, lang, "year") == [("2017",)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "seven years ago"),
        ("fr", "il y a sept ans"),
        ("it", "sette anni fa"),
        ("zh-Hant", "七年前"),
        ("zh-Hans", "7年前"),
        ("de", "vor sieben Jahren"),
        ("es", "hace siete años"),
        ("pt", "há sete anos"),
        ("nl", "zeven jaar geleden"),
        ("ja", "7年前"),
        ("ko", "7년 전"),
        ("ru", "7 лет назад"),
    ],
)
def test_seven_years_ago_is_that_year_or_one_beside_it(lang: str, text: str) -> None:
    assert meant(text, lang, "year") == [("2011", "2010", "2012")]


@pytest.mark.parametrize(
    ("lang", "text", "kind", "value"),
    [
        ("en", "next month", "month", ("6",)),
        ("fr", "le mois dernier", "month", ("4",)),
        ("en", "the day before yesterday", "day", ("30", "29", "1")),
        ("zh-Hant", "前天", "day", ("30", "29", "1")),
        ("it", "ieri", "day", ("1", "30", "2")),
    ],
)
def test_months_and_days_are_counted_over_the_ends_of_the_calendar(
    lang: str, text: str, kind: str, value: tuple[str, ...]
) -> None:
    assert meant(text, lang, kind) == [value]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the last year of the war"),
        ("en", "the previous year"),
        ("en", "a hundred years ago"),
        ("fr", "l’année suivante"),
        ("it", "l’anno successivo"),
        ("zh-Hant", "翌年"),
        ("zh-Hant", "三千年前"),
        ("ja", "翌年"),
    ],
)
def test_what_counts_from_another_date_is_left_alone(lang: str, text: str) -> None:
    assert meant(text, lang, "year") == []


def test_without_a_dateline_nothing_is_counted() -> None:
    assert meant("last year", "en", "year", None) == []


def test_on_new_years_eve_last_year_may_be_either() -> None:
    assert meant("last year", "en", "year", date(2018, 12, 31)) == [("2017", "2018")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published May 2, 2018\n\nThe mill burnt down.", DAY),
        ("VELLANO, May 2, 2018 — The mill burnt down in the night.", DAY),
        ("The mill burnt down\n\nMay 2, 2018\n\nIt stood for years.", DAY),
        ("The mill by the river was built on May 2, 2018 by two brothers.", None),
        ("The mill burnt down on Sunday.\n\nIn May 2018 it had been sold.", None),
        ("May 2018\n\nThe mill burnt down.", None),
    ],
)
def test_the_dateline_stands_alone_at_the_head(text: str, day: date | None) -> None:
    assert dateline(document_from_text(text, "en.txt", lang="en")) == day


@given(st.sampled_from(LANGUAGES), st.dates(), st.text(max_size=20))
def test_no_dateline_and_no_text_is_too_much(lang: str, day: date, text: str) -> None:
    said = " ".join(load(lang, "dates").get("relative_year", {})) + text
    for fact in counted_from(find_dates(said, lang), said, lang, day):
        assert 0 <= fact.start < fact.end <= len(said)
