"""What a text quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.quotations import find_claims, is_marked, is_told, knows_telling


@pytest.mark.parametrize(
    ("lang", "text", "claims"),
    [
        ("en", "Police “knew of it for years”.", ["“knew of it for years”"]),
        ("en", 'Police "knew of it for years".', ['"knew of it for years"']),
        ("en", "He said: ‘I don’t know her.’", ["‘I don’t know her.’"]),
        ("fr", "« Nous partons demain », a dit Anne.", ["« Nous partons demain »"]),
        ("zh-Hant", "他說：「我們走，明天再來。」", ["「我們走，明天再來。」"]),
        ("zh-Hans", "“国家自然科学基金委员会”成立。", []),
        ("en", "The “experts” left.", []),
        ("en", "She read “The Old Man and the Sea” again.", []),
        ("fr", "Elle relit « À la recherche du temps perdu ».", []),
        ("en", 'A 5" pipe of the old kind and a 6" one.', []),
    ],
)
def test_claims_are_found_and_terms_names_and_titles_are_not(
    lang: str, text: str, claims: list[str]
) -> None:
    assert [text[f.start : f.end] for f in find_claims(text, lang)] == claims


def test_an_apostrophe_and_a_clock_time_are_no_marks() -> None:
    assert not is_marked("L’homme n'est pas venu à 10:30.")
    assert is_marked("– Nous partons.")
    assert is_marked("部長：我們不走")


def test_reporting_words_are_whole_words_in_any_script() -> None:
    assert is_told("Selon le maire, tout va bien.", "fr")
    assert is_told("部長表示一切正常。", "zh-Hant")
    assert not is_told("Police knew of the danger.", "en")


def test_a_language_without_words_is_always_told() -> None:
    assert not knows_telling("sw")
    assert is_told("Mwizi alikimbia.", "sw")


@given(st.text(alphabet="“”„«»「」『』\"'‘’ ab我，.A", max_size=200), st.sampled_from(["en", "zh"]))
def test_what_is_found_stands_in_its_marks(text: str, lang: str) -> None:
    for fact in find_claims(text, lang):
        assert is_marked(text[fact.start] + " ")
        assert fact.value in text[fact.start + 1 : fact.end - 1]
