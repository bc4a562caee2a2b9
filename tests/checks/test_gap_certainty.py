from __future__ import annotations

import pytest

from auditor.core import Gap, OffsetMap, Segment, Span
from auditor.text.gaps import certainty, is_sure, sentences


def gap(
    text: str, *, nearest: float = 0.2, lang: str = "en", whole: bool = True, opposed: bool = False
) -> Gap:
    segment = Segment("a", 0, text, OffsetMap.identity(len(text)), lang)
    return Gap(
        document="b",
        added=False,
        place=Span("b", 0, 0),
        stretches=((segment,),),
        against=("a",),
        whole_block=whole,
        nearest=nearest,
        usual=0.75,
        opposed=opposed,
        judged=True,
    )


def test_a_long_paragraph_that_is_nowhere_near_is_sure() -> None:
    assert is_sure(gap("x" * 200))


def test_what_stands_elsewhere_is_not_missing() -> None:
    assert certainty(gap("x" * 200, nearest=0.75)) < 0.3


@pytest.mark.parametrize(
    ("text", "lang", "sure"),
    [("x" * 50, "en", False), ("字" * 24, "zh-Hant", True), ("字" * 15, "zh-Hant", False)],
    ids=["short-latin", "dense-chinese", "short-chinese"],
)
def test_length_is_counted_in_english_letters(text: str, lang: str, *, sure: bool) -> None:
    assert is_sure(gap(text, lang=lang)) is sure


def test_a_sentence_of_a_paragraph_is_never_sure() -> None:
    assert not is_sure(gap("x" * 200, whole=False))


def test_unmatched_text_on_both_sides_is_never_sure() -> None:
    assert not is_sure(gap("x" * 200, opposed=True))


def test_an_interjection_is_nothing() -> None:
    assert certainty(gap("Well, well.")) == 0


def test_the_number_of_sentences_is_said_in_words() -> None:
    assert sentences(gap("x" * 200)) == "a sentence"
