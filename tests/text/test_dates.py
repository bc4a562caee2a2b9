from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.text.dates import find_dates

Found = list[tuple[str, str, str]]

LANGUAGES = ("en", "fr", "it", "de", "es", "pt", "nl", "ru", "pl", "tr", "ar", "ja", "ko", "th")
CHINESE = ("zh-Hant", "zh-Hans")


def hard(text: str, lang: str) -> Found:
    return [(f.kind, f.value, text[f.start : f.end]) for f in find_dates(text, lang) if f.hard]


def soft(text: str, lang: str) -> Found:
    return [(f.kind, f.value, text[f.start : f.end]) for f in find_dates(text, lang) if not f.hard]


@pytest.mark.parametrize(
    ("lang", "text", "day", "month"),
    [
        ("en", "on Dec. 18 it rained", "18", "Dec"),
        ("en", "on 18 December", "18", "December"),
        ("en", "on December 18th", "18th", "December"),
        ("en", "the 18th of December", "18th", "December"),
        ("fr", "le 18 décembre", "18", "décembre"),
        ("fr", "le 18 déc. au soir", "18", "déc"),
        ("it", "l’18 dicembre", "18", "dicembre"),
        ("de", "am 18. Dezember", "18", "Dezember"),
        ("es", "el 18 de diciembre", "18", "diciembre"),
        ("pt", "em 18 de dezembro", "18", "dezembro"),
        ("nl", "op 18 december", "18", "december"),
        ("ru", "встреча 18 декабря", "18", "декабря"),
        ("pl", "w dniu 18 grudnia", "18", "grudnia"),
        ("tr", "18 Aralık günü", "18", "Aralık"),
        ("ar", "يوم 18 ديسمبر", "18", "ديسمبر"),
        ("th", "วันที่ 18 ธันวาคม", "18", "ธันวาคม"),
        ("ja", "12月18日に", "18", "12"),
        ("ko", "12월 18일에", "18", "12"),
        ("zh-Hant", "在12月18日", "18", "12"),
        ("zh-Hant", "十二月十八日", "十八", "十二"),
    ],
)
def test_day_and_month_are_found_at_their_own_characters(
    lang: str, text: str, day: str, month: str
) -> None:
    assert sorted(hard(text, lang)) == [
        ("day", "18", day),
        ("month", "12", month),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "June 12-14", [("month", "6"), ("day", "12"), ("day", "14")]),
        ("fr", "les 12 et 13 juin", [("day", "12"), ("day", "13"), ("month", "6")]),
        ("fr", "le 1er octobre", [("day", "1"), ("month", "10")]),
        ("it", "il 1° giugno del 2020", [("day", "1"), ("month", "6"), ("year", "2020")]),
        ("zh-Hant", "5、6月", [("month", "5"), ("month", "6")]),
        ("zh-Hant", "2003、2011年", [("year", "2003"), ("year", "2011")]),
        ("zh-Hant", "二〇一九年", [("year", "2019")]),
        ("zh-Hant", "民國109年", [("year", "2020")]),
        ("ja", "令和2年6月、金曜日", [("year", "2020"), ("month", "6"), ("weekday", "5")]),
        ("th", "18 ธันวาคม พ.ศ. 2563", [("day", "18"), ("month", "12"), ("year", "2020")]),
        ("ru", "в июне 1989 года", [("month", "6"), ("year", "1989")]),
        ("en", "2020-12-18", [("year", "2020"), ("month", "12"), ("day", "18")]),
        ("fr", "18/12/2020", [("day", "18"), ("month", "12"), ("year", "2020")]),
        ("en", "the 1980s and the '90s", [("decade", "1980"), ("decade", "1990")]),
        ("fr", "les années\N{NO-BREAK SPACE}1980", [("decade", "1980")]),
        ("it", "anni ’90", [("decade", "1990")]),
        ("zh-Hans", "17世纪90年代", [("decade", "1690")]),
        ("en", "the 19th century", [("century", "19")]),
        ("fr", "au XIXe siècle", [("century", "19")]),
        ("it", "nel XX secolo", [("century", "20")]),
        ("en", "the 31st anniversary", [("anniversary", "31")]),
        ("en", "the thirty first anniversary", [("anniversary", "31")]),
        ("fr", "trente et unième anniversaire", [("anniversary", "31")]),
        ("it", "il trentunesimo anniversario", [("anniversary", "31")]),
        ("zh-Hant", "三十一週年", [("anniversary", "31")]),
        ("en", "the 1950-53 war", [("year", "1950"), ("year", "1953")]),
        ("zh-Hant", "上周五", [("weekday", "5")]),
        ("zh-Hans", "礼拜天", [("weekday", "7")]),
    ],
)  # fmt: skip
def test_values_are_canonical(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(kind, value) for kind, value, _ in hard(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text", "kind", "value"),
    [
        ("de", "in den 1990er Jahren", "decade", "1990"),
        ("de", "in den 90ern", "decade", "1990"),
        ("de", "im 19. Jahrhundert", "century", "19"),
        ("de", "zum 31. Jahrestag", "anniversary", "31"),
        ("es", "en los años 90", "decade", "1990"),
        ("es", "en el siglo XIX", "century", "19"),
        ("es", "el 31.º aniversario", "anniversary", "31"),
        ("pt", "na década de 1990", "decade", "1990"),
        ("pt", "no século XIX", "century", "19"),
        ("pt", "o 31º aniversário", "anniversary", "31"),
        ("nl", "in de jaren 90", "decade", "1990"),
        ("nl", "in de 19e eeuw", "century", "19"),
        ("ru", "в 1990-х годах", "decade", "1990"),
        ("ru", "в XIX веке", "century", "19"),
        ("ru", "31-я годовщина", "anniversary", "31"),
        ("pl", "w latach 90.", "decade", "1990"),
        ("pl", "w XIX wieku", "century", "19"),
        ("pl", "31. rocznica", "anniversary", "31"),
        ("tr", "1990'lı yıllarda", "decade", "1990"),
        ("tr", "19. yüzyılda", "century", "19"),
        ("tr", "31. yıl dönümü", "anniversary", "31"),
        ("ar", "الذكرى السنوية 31", "anniversary", "31"),
        ("th", "ทศวรรษ 1990", "decade", "1990"),
        ("th", "ศตวรรษที่ 19", "century", "19"),
        ("th", "ครบรอบ 31 ปี", "anniversary", "31"),
        ("ja", "1990年代に", "decade", "1990"),
        ("ja", "19世紀に", "century", "19"),
        ("ja", "31周年の", "anniversary", "31"),
        ("ko", "1990년대에", "decade", "1990"),
        ("ko", "19세기에", "century", "19"),
        ("ko", "31주년을", "anniversary", "31"),
    ],
)
def test_every_language_has_its_decades_centuries_and_anniversaries(
    lang: str, text: str, kind: str, value: str
) -> None:
    assert [(k, v) for k, v, _ in hard(text, lang)] == [(kind, value)]


@pytest.mark.parametrize("lang", [*LANGUAGES, *CHINESE])
def test_all_twelve_months_of_cldr_are_read_with_a_day(lang: str) -> None:
    from babel.dates import format_date

    for month in range(1, 13):
        written = format_date(date(2015, month, 13), "long", locale=lang.replace("-", "_"))
        values = {(f.kind, f.value) for f in find_dates(written, lang) if f.hard}
        assert values == {("year", "2015"), ("month", str(month)), ("day", "13")}, written


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "it may rain, and they march on"),
        ("en", "Theresa May and the March for Life"),
        ("en", "2,000 men, 2000 people and 1989 metres"),
        ("en", "flight 1989, page 1999, room 2010"),
        ("en", "$2000, 2000 €, 1989 %, #1989, BA-2049, FY2018"),
        ("en", "call 0800 555 1989 or 555-1989 before 20:15"),
        ("en", "version 1.2.10 scored 10-12-14"),
        ("fr", "les sept hommes ; 2000 personnes, 1989 pages"),
        ("it", "vinto in 3 set, nel mar Nero, da anni 40 per cento"),
        ("zh-Hant", "6個月、三十年、2000人、兩天"),
        ("zh-Hans", "3个月内有20年的经验"),
        ("de", "er hat 2000 Euro und ist seit 20 Jahren da"),
    ],
)
def test_what_is_no_date_is_left_alone(lang: str, text: str) -> None:
    assert [f for f in hard(text, lang) if f[0] != "decade"] == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "last year", ("relative-year", "-1", "last year")),
        ("fr", "l’an dernier", ("relative-year", "-1", "l’an dernier")),
        ("it", "l’anno scorso", ("relative-year", "-1", "l’anno scorso")),
        ("zh-Hant", "客歲", ("relative-year", "-1", "客歲")),
        ("zh-Hans", "下个月", ("relative-month", "1", "下个月")),
        ("en", "the summer of ’69", ("year", "1969", "69")),
        ("zh-Hant", "98年", ("year", "1998", "98")),
        ("en", "in 1989 people left", ("year", "1989", "1989")),
        ("en", "before by May", ("month", "5", "May")),
        ("it", "il due giugno", ("day", "2", "due")),
        ("zh-Hans", "农历八月", ("month", "8", "八")),
    ],
)
def test_weak_values_can_only_satisfy(lang: str, text: str, expected: tuple[str, str, str]) -> None:
    assert expected in soft(text, lang)
    assert expected not in hard(text, lang)


def test_an_ambiguous_numeric_date_keeps_both_readings() -> None:
    day, month, year = sorted(find_dates("06/04/1989", "fr"), key=lambda f: f.kind)
    assert (sorted(day.readings), sorted(month.readings)) == (["4", "6"], ["4", "6"])
    assert (day.value, month.value, year.value) == ("6", "4", "1989")


def test_english_reads_a_numeric_date_month_first() -> None:
    values = {f.kind: f.value for f in find_dates("06/04/1989", "en")}
    assert values == {"month": "6", "day": "4", "year": "1989"}


def test_a_capital_month_needs_its_context_in_english() -> None:
    assert hard("in May and on March 4", "en") == [
        ("month", "5", "May"),
        ("month", "3", "March"),
        ("day", "4", "4"),
    ]


def test_a_language_without_data_still_has_its_numeric_dates() -> None:
    assert hard("2020-12-18", "sw") == [
        ("year", "2020", "2020"),
        ("month", "12", "12"),
        ("day", "18", "18"),
    ]


PIECES = st.sampled_from(
    ["1989", "18", "9e999", "9" * 40, "/", "-", ".", " ", "年", "月", "日", "十", "二〇", "May",
     "juin", "the 31st anniversary", "\N{RIGHT-TO-LEFT MARK}", "\N{ARABIC-INDIC DIGIT FOUR}", "'",
     "’", "世紀", "anni", "años", "Mars", "Dec.", ",", "\N{NO-BREAK SPACE}", "１９"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(LANGUAGES + CHINESE))
def test_any_text_gives_sorted_facts_inside_it_with_numeric_values(text: str, lang: str) -> None:
    facts = find_dates(text, lang)
    assert [f.start for f in facts] == sorted(f.start for f in facts)
    for fact in facts:
        assert 0 <= fact.start < fact.end <= len(text)
        assert all(value == str(int(value)) for value in fact.readings)


def test_a_long_row_of_numbers_and_blanks_is_read_in_one_pass() -> None:
    text = "1989 " * 20_000 + "2019" + " " * 50_000 + "年"
    assert len(find_dates(text, "zh-Hant")) > 0
