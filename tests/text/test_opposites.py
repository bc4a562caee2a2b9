"""Words that have an opposite are found at their place, in any form."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import auditor.lang
from auditor.lang import languages
from auditor.text.opposites import find_opposites, has_opposites

LANG = Path(auditor.lang.__file__).parent


def said(text: str, lang: str, concept: str) -> list[tuple[str, int, str]]:
    return [
        (text[word.start : word.end], sense.side, sense.opposite)
        for word in find_opposites(text, lang)
        for sense in word.senses
        if sense.concept == concept
    ]


@pytest.mark.parametrize(
    ("text", "lang", "concept", "expected"),
    [
        ("the northern shore", "en", "north", [("northern", 0, "southern")]),
        ("Campfires were banned", "en", "allow", [("banned", 1, "allowed")]),
        ("une enquête interne", "fr", "inside", [("interne", 0, "externe")]),
        ("des enquêtes externes", "fr", "inside", [("externes", 1, "internes")]),
        ("l'indagine esterna", "it", "inside", [("esterna", 1, "interna")]),
        ("內部調查", "zh-Hant", "inside", [("內部", 0, "外部")]),
        ("进口增长", "zh-Hans", "import", [("进口", 0, "出口")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_word_is_found_in_its_form_with_its_opposite(
    text: str, lang: str, concept: str, expected: list[tuple[str, int, str]]
) -> None:
    assert said(text, lang, concept)[:1] == expected


def test_direction_of_two_points_is_one_word() -> None:
    assert said("au nord-ouest du lac", "fr", "northwest") == [("nord-ouest", 0, "sud-est")]
    assert said("au nord-ouest du lac", "fr", "north") == []


def test_set_phrase_has_no_opposite() -> None:
    assert said("more or less done", "en", "more") == []
    assert said("大約十人左右", "zh-Hant", "left") == []


def test_what_stands_before_a_hyphen_tells() -> None:
    assert said("the pro-reform camp", "en", "support") == [("pro", 0, "anti")]


@pytest.mark.parametrize("lang", languages("opposites"))
def test_every_pair_has_one_slash_and_a_word(lang: str) -> None:
    known = tomllib.loads((LANG / lang / "opposites.toml").read_text(encoding="utf-8"))
    for concept, pairs in known["pairs"].items():
        assert re.fullmatch(r"[a-z][a-z0-9-]*", concept)
        for pair in pairs:
            left, right = pair.removeprefix("?").split("/")
            assert left or right, pair
            assert left != right, pair


def test_concepts_are_named_as_in_english() -> None:
    english = set(tomllib.loads((LANG / "en/opposites.toml").read_text("utf-8"))["pairs"])
    for lang in languages("opposites"):
        known = tomllib.loads((LANG / lang / "opposites.toml").read_text("utf-8"))
        assert set(known["pairs"]) <= english, lang


def test_language_without_a_table_has_none() -> None:
    assert not has_opposites("sw")
    assert find_opposites("kaskazini", "sw") == ()


@settings(deadline=None)  # the first text of a language builds its table
@given(st.text(max_size=300), st.sampled_from(["en", "fr", "it", "zh-Hant", "zh-Hans", "xx"]))
def test_any_text_gives_places_inside_it_in_order(text: str, lang: str) -> None:
    found = find_opposites(text, lang)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_long_text_of_one_word_is_bounded() -> None:
    assert len(find_opposites("north " * 100_000, "en")) == 200
