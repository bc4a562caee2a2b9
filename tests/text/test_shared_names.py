from __future__ import annotations

import pytest

from auditor.text.shared_names import name_keys, sound_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("Tiananmen", "Tienanmen"), ("Kolkata", "Kolkatta"), ("Zürich", "Zurich")],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("Rome", "Rama"), ("Chine", "China"), ("Oslo", "Asli")])
def test_short_names_keep_their_vowels(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


def test_the_first_word_and_skipped_ranges_are_no_names() -> None:
    text = "Yesterday in Geneva, on Friday, the Red Cross met"
    start = text.index("Friday")
    found = name_keys(text, skip=[(start, start + 6)])
    assert [text[a:b] for a, b in found.values()] == ["Geneva", "Cross"]


def test_other_scripts_have_no_key() -> None:
    assert name_keys("Он видел Москву 天安門") == {}
