"""Words that say that something is not proven."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.modality import find_hedges, is_guarded, knows_modality


@pytest.mark.parametrize(
    ("lang", "text", "marked"),
    [
        ("en", "The alleged thief reportedly fled.", ["alleged", "reportedly"]),
        ("fr", "Le voleur présumé a fui.", ["présumé"]),
        ("it", "La presunta ladra è fuggita.", ["presunta"]),
        ("zh-Hant", "他涉嫌偷車。", ["涉嫌"]),
        ("zh-Hant", "據稱他已逃走。", ["據稱"]),
        ("en", "The accused was found guilty.", []),
        ("en", "He was told off unallegedly.", []),
        ("sw", "alleged", []),
    ],
)
def test_words_of_doubt_are_found_in_their_own_language(
    lang: str, text: str, marked: list[str]
) -> None:
    assert [text[f.start : f.end] for f in find_hedges(text, lang)] == marked


def test_a_conditional_and_a_speaker_guard_a_statement() -> None:
    assert is_guarded("Il aurait volé la voiture.", "fr")
    assert is_guarded("警方稱他偷了車。", "zh-Hant")
    assert not is_guarded("Il a volé la voiture.", "fr")


def test_a_language_without_data_is_always_guarded() -> None:
    assert not knows_modality("sw")
    assert is_guarded("Mwizi alikimbia.", "sw")


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "it", "zh-Hant", "und"]))
def test_what_is_found_stands_in_the_text_and_guards_it(text: str, lang: str) -> None:
    for fact in find_hedges(text, lang):
        assert 0 <= fact.start < fact.end <= len(text)
        assert is_guarded(text, lang)
