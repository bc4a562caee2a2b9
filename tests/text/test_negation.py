"""Denials are found with their words, and phrases that deny nothing are passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lang import languages, load
from auditor.text.negation import (
    affirmed,
    bears_denial,
    denials,
    find_negations,
    is_clausal,
    knows_negation,
    splits_word,
    with_its_word,
)


def hard(text: str, lang: str) -> list[str]:
    return [text[n.start : n.end] for n in find_negations(text, lang) if not n.soft]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("He did not pay and never will", "en", ["not", "never"]),
        ("They don't know", "en", ["don't"]),
        ("Elle n’est pas venue", "fr", ["n’est pas"]),
        ("Il ne l'a malheureusement jamais dit", "fr", ["ne l'a malheureusement jamais"]),
        ("avant qu’il ne parte", "fr", []),
        ("senza pagare", "it", ["senza"]),
        ("他沒有付款", "zh-Hant", ["沒"]),
        ("不仅如此，他不断付款", "zh-Hans", []),
        ("not only the king", "en", []),
        ("Er hat nicht bezahlt", "de", ["nicht"]),
        ("Non è mai partito", "it", ["Non è mai"]),
        ("finché i soci non hanno pagato", "it", []),
        ("It could not have come at a worse moment", "en", []),
        ("It did not answer requests for more details", "en", ["not"]),
        ("They have not met since 1962", "en", []),
        ("The road will not open until May", "en", []),
        ("Elle n’est pas revenue depuis trois ans", "fr", []),
        ("Non parlavano dal 1962", "it", []),
        ("这里不可以停车", "zh-Hans", ["不可以"]),
        ("No. 10 had no comment", "en", ["no"]),
        ("他在那不勒斯态度坚定不移", "zh-Hans", []),
        ("这并不意味着他从未付款", "zh-Hans", ["不", "未"]),
        ("Он не заплатил", "ru", ["не"]),
    ],
)
def test_denial_is_found_where_it_stands(text: str, lang: str, expected: list[str]) -> None:
    assert hard(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("球队浪费了几次机不会", "zh-Hans", True),
        ("安理不會昨天通過決議", "zh-Hant", True),
        ("飞机不会起飞", "zh-Hans", False),
        ("这不是他的车", "zh-Hans", False),
        ("他是击不倒的对手", "zh-Hans", False),
        ("雨还没有停", "zh-Hans", False),
        ("Elle n’est pas venue", "fr", False),
    ],
)
def test_denial_inside_a_word_splits_it(text: str, lang: str, *, expected: bool) -> None:
    found = find_negations(text, lang)
    assert len(found) == 1
    assert splits_word(text, lang, found[0]) is expected


def test_words_that_deny_together_by_their_meaning_are_no_weak_sign() -> None:
    (found,) = find_negations("The team was short of ideas", "en")
    assert (found.soft, found.weak) == (True, False)


@pytest.mark.parametrize(
    ("text", "soft"),
    [("He was unable to pay", True), ("an interest in music", False), ("He refused to pay", True)],
)
def test_word_that_denies_by_its_meaning_is_soft(text: str, *, soft: bool) -> None:
    assert any(n.soft for n in find_negations(text, "en")) is soft


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Elle n’est pas venue", "fr", "Elle est venue"),
        ("They don't know", "en", "They do know"),
        ("He cannot know", "en", "He can know"),
        ("È partito senza cappello", "it", "È partito con cappello"),
        ("他不會來", "zh-Hant", "他會來"),
    ],
)
def test_sentence_without_its_denial(text: str, lang: str, expected: str) -> None:
    (negation,) = [n for n in find_negations(text, lang) if not n.soft]
    start, end, kept = affirmed(text, lang, negation)
    assert text[:start] + kept + text[end:] == expected


def test_word_that_seldom_denies_is_weak() -> None:
    (only,) = find_negations("They came only once", "en")
    (refused,) = find_negations("They refused once", "en")
    assert (only.soft, only.weak) == (True, True)
    assert (refused.soft, refused.weak) == (True, False)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("He did not pay", "en", True),
        ("He left without paying", "en", False),
        ("Elle n’est pas venue", "fr", True),
        ("senza pagare", "it", False),
    ],
)
def test_denial_of_a_clause_is_told_from_one_of_a_word(
    text: str, lang: str, *, expected: bool
) -> None:
    (negation,) = [n for n in find_negations(text, lang) if not n.soft]
    assert is_clausal(text, lang, negation) is expected


def test_word_that_a_denial_belongs_to() -> None:
    text = "Il treno non è partito"
    (negation,) = find_negations(text, "it")
    assert text[negation.start : with_its_word(text, "it", negation)] == "non è"


def test_denial_is_tried_first_at_the_words_that_bear_one() -> None:
    text = "La commission a trouvé des preuves"
    tried = [(text[s:e], denied) for s, e, denied in denials(text, "fr")]
    assert tried[0] == ("a", "ne a pas")
    assert bears_denial("a", "fr")
    assert not bears_denial("commission", "fr")


@pytest.mark.parametrize("lang", languages("negation"))
def test_every_language_has_words_and_says_what_is_left_of_them(lang: str) -> None:
    known = load(lang, "negation")
    assert knows_negation(lang)
    assert known["words"]
    assert set(known["affirmed"]) <= {w for key in ("words", "soft") for w in known[key]} | {
        w for seconds in known["together"].values() for w in seconds
    }


@settings(deadline=None)  # the first text of a language loads its word list
@given(st.text(max_size=200), st.sampled_from(["en", "fr", "it", "zh-Hant", "ja", "xx"]))
def test_any_text_gives_places_inside_it(text: str, lang: str) -> None:
    for negation in find_negations(text, lang):
        assert all(0 <= start < end <= len(text) for start, end in negation.parts)
        start, end, _ = affirmed(text, lang, negation)
        assert 0 <= start < end <= len(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in denials(text, lang))


def test_long_text_of_denials_is_bounded() -> None:
    assert len(find_negations("not " * 50_000, "en")) == 100
