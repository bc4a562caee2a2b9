from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.text.make_cities import rows
from auditor.text.matching import Stated
from auditor.text.place_names import CITY, COUNTRY, written
from auditor.text.places import find_places, knows_origins, numbered, place_conflicts


def stated(text: str, lang: str) -> list[tuple[str, str, str, bool]]:
    return [(f.kind, f.value, text[f.start : f.end], f.hard) for f in find_places(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "The U.S. envoy left Hong Kong for ROME.",
            [
                (COUNTRY, "US", "U.S.", True),
                (COUNTRY, "HK", "Hong Kong", True),
                (CITY, "Hong Kong", "Hong Kong", False),
                (CITY, "Rome", "ROME", True),
            ],
        ),
        (
            "fr",
            "En Corée du Sud, les sud-coréennes de Pékin",
            [
                (COUNTRY, "KR", "Corée du Sud", True),
                (COUNTRY, "KR", "sud-coréennes", False),
                (CITY, "Beijing", "Pékin", True),
            ],
        ),
        (
            "it",
            "I greci all’Aia e a Monaco di Baviera",
            [
                (COUNTRY, "GR", "greci", False),
                (CITY, "The Hague", "Aia", True),
                (CITY, "Munich", "Monaco di Baviera", True),
            ],
        ),
        (
            "zh-Hant",
            "義大利與紐西蘭在舊金山",
            [
                (COUNTRY, "IT", "義大利", True),
                (COUNTRY, "NZ", "紐西蘭", True),
                (CITY, "San Francisco", "舊金山", True),
            ],
        ),
        ("zh-Hans", "避开罗马", [(CITY, "Rome", "罗马", True)]),
        (
            "ja",
            "イギリスのロンドン",
            [(COUNTRY, "GB", "イギリス", True), (CITY, "London", "ロンドン", True)],
        ),
        (
            "de",
            "Die Schweiz und Köln",
            [(COUNTRY, "CH", "Schweiz", True), (CITY, "Köln", "Köln", True)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 8 else None,
)
def test_places_are_found_under_the_names_of_each_language(
    lang: str, text: str, expected: list[tuple[str, str, str, bool]]
) -> None:
    assert stated(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "A nice bath before reading, he said; in march the tours split."),
        ("fr", "Il est nice et dit que la france est petite en lettres minuscules"),
        ("zh-Hans", "三明治和大理石都不便宜"),
    ],
)
def test_words_that_only_look_like_places_accuse_nobody(lang: str, text: str) -> None:
    assert [f for f in find_places(text, lang) if f.hard] == []


def test_a_name_in_a_dotted_person_only_confirms() -> None:
    assert stated("巴西·格林", "zh-Hant") == [(COUNTRY, "BR", "巴西", False)]


def test_one_character_is_a_country_only_beside_another() -> None:
    assert [f[2] for f in stated("中美会谈，其中美丽", "zh-Hans")][:2] == ["中", "美"]
    assert stated("他在其中看到法子", "zh-Hans") == []


def test_a_british_place_is_not_both_scottish_and_welsh() -> None:
    scottish, welsh, british = (
        find_places(text, "en")[0].readings for text in ("Scotland", "Wales", "Britain")
    )
    assert scottish.isdisjoint(welsh)
    assert not scottish.isdisjoint(british)


def test_a_name_in_brackets_excuses_no_other_name_before_it() -> None:
    left, right = "In the London Gazette", "据《罗马宪报》(London Gazette)"
    one = Stated(find_places(left, "en"), left)
    other = Stated(find_places(right, "zh-Hans"), right)
    found = place_conflicts(one, other, (CITY,))
    assert [(c.left.value, c.right.value) for c in found] == [("London", "Rome")]


def test_languages_without_adjectives_of_origin_are_known_as_such() -> None:
    assert [knows_origins(tag) for tag in ("fr", "zh-Hant", "ja", "ru")] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("es", "La canciller alemana y los franceses", ["DE", "FR"]),
        ("pt", "as alemãs e a empresa espanhola", ["DE", "ES"]),
        ("de", "die chinesischen Gäste und Franzosen", ["CN", "FR"]),
        ("it", "i greci e le turche", ["GR", "TR"]),
    ],
)
def test_adjectives_of_origin_are_found_once_in_all_their_forms(
    lang: str, text: str, expected: list[str]
) -> None:
    assert [f.value for f in find_places(text, lang)] == expected


def test_mentions_are_numbered() -> None:
    facts = numbered(find_places("Canada, France, Canada", "en"))
    assert [f.value for f in facts] == ["CA", "FR", "CA 2"]


@pytest.mark.parametrize(
    ("kind", "value", "lang", "expected"),
    [
        (CITY, "London", "it", "Londra"),
        (CITY, "Beijing", "fr", "Pékin"),
        (CITY, "Sydney", "zh-Hant", "雪梨"),
        (CITY, "Sydney", "zh-Hans", "悉尼"),
        (COUNTRY, "KR", "zh-Hant", "南韓"),
        (COUNTRY, "GB-SCT", "fr", "Écosse"),
        (COUNTRY, "GB-SCT", "ja", None),
    ],
)
def test_places_are_written_as_the_language_calls_them(
    kind: str, value: str, lang: str, expected: str | None
) -> None:
    assert written(kind, value, lang) == expected


LETTERS = "AaÉ ·‧.-'’中美英国國羅馬Londn開1\N{RIGHT-TO-LEFT MARK}\N{COMBINING ACUTE ACCENT}"


@settings(deadline=None)  # the first call reads the tables
@given(
    st.text(alphabet=st.sampled_from(LETTERS), max_size=60),
    st.sampled_from(["en", "fr", "zh-Hant", "zh-Hans", "ja", "xx"]),
)
def test_any_text_gives_facts_inside_it(text: str, lang: str) -> None:
    for fact in find_places(text, lang):
        assert 0 <= fact.start < fact.end <= len(text)


@pytest.mark.parametrize("text", ["A" * 100_000, "New " * 25_000, "中" * 100_000, "U." * 50_000])
@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_long_hostile_text_is_read_in_one_pass(text: str, lang: str) -> None:
    assert len(find_places(text, lang)) <= len(text)


def test_the_table_merges_cities_of_one_name_and_sorts_names_by_script() -> None:
    cities = [
        {"name": "Springfield", "population": 150_000, "alternatenames": ["SPI", "春田市"]},
        {"name": "Springfield", "population": 250_000, "alternatenames": ["Springfeld", "春田"]},
        {"name": "Tiny", "population": 5_000, "alternatenames": []},
    ]
    assert rows(cities) == ["Springfield\t250\t春田\t\t\tSpringfeld"]
