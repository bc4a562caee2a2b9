from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.core import OffsetMap, Segment
from auditor.text.name_variants import variants


def segments(lines: list[str], lang: str) -> list[Segment]:
    return [
        Segment("text", i, line, OffsetMap.identity(len(line)), lang)
        for i, line in enumerate(lines)
    ]


def found(lines: list[str], lang: str) -> list[tuple[str, str]]:
    return [(v.places[0].quote, v.usual[0].quote) for v in variants(segments(lines, lang), lang)]


def test_the_rarer_spelling_is_the_one_accused() -> None:
    lines = ["In Vellarenno it rains.", "People of Vellarenno left.", "Near Vellerenno it snows."]
    assert found(lines, "en") == [("Vellerenno", "Vellarenno")]


@pytest.mark.parametrize(
    "lines",
    [
        ["Paula Kessler met Paul Kessler."],
        ["Johnson met Johnston, and Johnston met Johnson."],
        ["Zofia Kowalska and Jan Kowalski came."],
        ["The Koreas wait.", "The Koreans wait."],
        ["Martin’s dog and Martin's cat."],
    ],
)
def test_names_of_two_persons_and_endings_are_left_alone(lines: list[str]) -> None:
    assert found(lines, "en") == []


def test_two_transcriptions_of_a_place_are_found_and_abbreviations_are_not() -> None:
    assert found(["他在悉尼。", "悉尼下雨。", "雪梨下雨。"], "zh-Hant") == [("雪梨", "悉尼")]
    assert found(["印尼下雨。", "印度尼西亚下雨。"], "zh-Hans") == []


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(alphabet="ABab é’中雪梨悉尼·", max_size=30), max_size=6))
def test_any_text_gives_places_inside_it(lines: list[str]) -> None:
    for variant in variants(segments(lines, "zh-Hant"), "zh-Hant"):
        for place in (*variant.places, *variant.usual):
            assert 0 <= place.start < place.end <= len(place.segment.text)


def test_a_document_of_names_only_is_bounded() -> None:
    line = " ".join(f"Quax{a}{b}ylor and" for a in "bcdfghjklm" for b in "npqrstvwxz")
    assert found([line] * 20, "en") is not None
