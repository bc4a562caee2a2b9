from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.text.quantities import ANY, find_quantities

LANGS = ("en", "fr", "it", "zh-Hant", "zh-Hans", "de", "es", "pt", "nl", "ja", "ko", "ru")


def numbers(text: str, lang: str) -> list[tuple[str, str, str]]:
    """(characters, value, unit) of the numbers that may accuse."""
    return [
        (text[f.start : f.end], f.value, f.unit)
        for f in find_quantities(text, lang)
        if f.kind == "number" and f.unit != ANY
    ]


def facts(text: str, lang: str, kind: str) -> list[tuple[str, str, bool]]:
    return [
        (text[f.start : f.end], f.value, f.hard)
        for f in find_quantities(text, lang)
        if f.kind == kind or (kind.endswith(" of ") and f.kind.startswith(kind))
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "1,500 bolts", [("1,500", "1500", "")]),
        ("en", "he batted .241 in May", [(".241", "0.241", "")]),
        ("en", "30 million Europeans", [("30 million", "30000000", "")]),
        ("zh-Hans", "6 470 万人", [("6 470 万", "64700000", "")]),
        ("zh-Hans", "300兆帕", [("300", "300", "")]),
        ("zh-Hans", "1000万千瓦", [("1000万", "10000000", "kilowatt")]),
        ("en", "2.75 points", [("2.75", "2.75", "")]),
        ("it", "1.500 bulloni", [("1.500", "1500", "")]),
        ("fr", "1 500 boulons", [("1 500", "1500", "")]),
        ("fr", "3,26 points", [("3,26", "3.26", "")]),
        (
            "fr",
            "12\N{NARROW NO-BREAK SPACE}500 voix",
            [("12\N{NARROW NO-BREAK SPACE}500", "12500", "")],
        ),
        ("de", "1'500 Schrauben", [("1'500", "1500", "")]),
        ("zh-Hant", "共１，５００件", [("１，５００", "1500", "")]),
        ("en", "1,234,567.5 litres", [("1,234,567.5", "1234567.5", "liter")]),
        ("en", "116 123", [("116", "116", ""), ("123", "123", "")]),
        ("en", "$1.2bn", [("1.2bn", "1200000000", "money:dollar")]),
        ("en", "£125m", [("125m", "125000000", "money:pound")]),
        ("en", "a wall of 125m", [("125", "125", "meter")]),
        ("en", "2 billion euros", [("2 billion", "2000000000", "money:euro")]),
        ("fr", "2,3 milliards d’euros", [("2,3 milliards", "2300000000", "money:euro")]),
        ("it", "23 mila firme", [("23 mila", "23000", "")]),
        ("it", "quarantaquattro anni", [("quarantaquattro", "44", "year")]),
        ("fr", "quatre-vingt-douze ans", [("quatre-vingt-douze", "92", "year")]),
        ("en", "twenty-two cows", [("twenty-two", "22", "")]),
        ("de", "vierundvierzig Jahre", [("vierundvierzig", "44", "year")]),
        ("es", "treinta y dos años", [("treinta y dos", "32", "year")]),
        ("pt", "3 milhões de reais", [("3 milhões", "3000000", "money:real")]),
        ("nl", "2,5 miljoen euro", [("2,5 miljoen", "2500000", "money:euro")]),
        ("ru", "2,5 млн рублей", [("2,5 млн", "2500000", "money:rouble")]),
        ("ja", "3億3,000万円", [("3億3,000万", "330000000", "money:yen")]),
        ("ko", "25만 명", [("25만", "250000", "")]),
        ("zh-Hant", "2.3 萬人", [("2.3 萬", "23000", "")]),
        ("zh-Hans", "三十五岁", [("三十五", "35", "year")]),
        ("zh-Hans", "百分之七十", [("七十", "70", "percent")]),
        ("zh-Hant", "$1.4 億美元", [("1.4 億", "140000000", "money:dollar")]),
        ("zh-Hant", "£28 億元", [("28 億", "2800000000", "money:pound")]),
        ("zh-Hant", "時速 60 公里", [("60", "60", "kilometer-per-hour")]),
        ("en", "the 65th minute", [("65", "65", "minute")]),
        ("fr", "à la 65e minute", [("65", "65", "minute")]),
        ("en", "aged 18 to 29 years", [("18", "18", "year"), ("29", "29", "year")]),
        ("en", "70-90% of them", [("70", "70", "percent"), ("90", "90", "percent")]),
        ("en", "13½ points", [("13½", "13.5", "")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_number_is_read_with_its_unit(
    lang: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert numbers(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "no one was there, and a man left"),
        ("zh-Hant", "十分重要，萬一失敗，千方百計，一些人"),
        ("zh-Hans", "统一的三明治和四川"),
        ("en", "on June 4, 1989"),
        ("zh-Hant", "2019年12月18日"),
        ("en", "COVID-19 at the G20 with an F-16"),
        ("fr", "appelez le 01 23 45 67 89"),
        ("en", "call +39 06 1234 567"),
        ("en", "9e999"),
        ("it", "un uomo e una donna"),
    ],
)
def test_what_is_no_number_accuses_nobody(lang: str, text: str) -> None:
    assert numbers(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "word", "value"),
    [
        ("en", "more than 20 cows", "more than", "over"),
        ("en", "no more than 20 cows", "no more than", "under"),
        ("en", "20 or more cows", "or more", "over"),
        ("en", "at least $20", "at least", "over"),
        ("fr", "moins de 20 vaches", "moins de", "under"),
        ("it", "almeno 20 mucche", "almeno", "over"),
        ("zh-Hant", "不到20頭牛", "不到", "under"),
        ("zh-Hant", "20多頭牛", "多", "over"),
        ("zh-Hans", "不会超过20头", "不会超过", "under"),
        ("zh-Hans", "约20头", "约", "near"),
    ],
)
def test_the_bound_is_part_of_the_fact(lang: str, text: str, word: str, value: str) -> None:
    assert facts(text, lang, "bound of ") == [(word, value, True)]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "tens of thousands fled", "4"),
        ("fr", "des dizaines de milliers", "4"),
        ("it", "centinaia di milioni", "8"),
        ("zh-Hant", "數萬人", "4"),
        ("zh-Hans", "几百万人", "6"),
        ("zh-Hant", "數以千計的人", "3"),
    ],
)
def test_an_order_of_magnitude_is_no_number(lang: str, text: str, value: str) -> None:
    assert [v for _, v, _ in facts(text, lang, "order")] == [value]
    assert numbers(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "two thirds of them"),
        ("fr", "deux tiers"),
        ("it", "due terzi"),
        ("zh-Hant", "三分之二"),
    ],
)
def test_a_fraction_has_one_value_in_every_language(lang: str, text: str) -> None:
    assert [v for _, v, _ in facts(text, lang, "fraction")] == ["2/3"]


def test_marks_inside_a_number_are_part_of_it() -> None:
    text = "about 1\N{ZERO WIDTH SPACE},5\N{RIGHT-TO-LEFT MARK}00 bolts"
    assert numbers(text, "en") == [("1\N{ZERO WIDTH SPACE},5\N{RIGHT-TO-LEFT MARK}00", "1500", "")]


def test_an_amount_without_a_number_has_its_unit() -> None:
    assert facts("a decade later", "en", "unit of ") == [("a decade", "year", True)]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "text",
    [
        "7" * 1000,
        "9e999",
        "一" * 500,
        "十" * 500,
        "3萬" * 200,
        "1,000" * 300,
        "ventun" * 200,
        "1 " * 500,
        "twenty " * 300,
        "1.2bn" * 100,
        "$" * 500 + "1",
        "百分之" * 200,
        "12:" * 300,
        "½" * 300,
    ],
    ids=lambda text: text[:6],
)
def test_absurd_numbers_neither_crash_nor_hang(lang: str, text: str) -> None:
    for fact in find_quantities(text, lang):
        assert 0 <= fact.start < fact.end <= len(text)


PIECES = st.sampled_from(
    [
        "1",
        "23",
        "4",
        "0",
        ".",
        ",",
        " ",
        "-",
        ":",
        "%",
        "$",
        "€",
        "million",
        "mille",
        "mila",
        "萬",
        "億",
        "十",
        "三",
        "百",
        "分之",
        "twenty",
        "deux",
        "tre",
        "th",
        "h",
        "km",
        "年",
        "多",
        "不到",
        "\N{ZERO WIDTH SPACE}",
        "\N{RIGHT-TO-LEFT MARK}",
        "１",
        "٣",
        "Ⅳ",
        "½",
        "²",
        "e",
        "a",
        "\N{NO-BREAK SPACE}",
        "成",
        "點",
        "pm",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(LANGS))
@example("٣٬٠٠٠", "en")
@example("²³", "fr")
def test_any_mixture_of_numerals_gives_spans_inside_the_text(text: str, lang: str) -> None:
    for fact in find_quantities(text, lang):
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.value
