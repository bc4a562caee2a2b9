"""Repeated passages are found in one pass, wherever they stand."""

from __future__ import annotations

from auditor.core import OffsetMap, Segment
from auditor.text.duplicates import find_repeats

HEAD = ["The bridge opened.", "The city had waited.", "Two people drew it."]
LONG = "The toll will be three euros for a car and eight for a lorry, the company said on Sunday"
OTHER = "Residents of the valley who hold a card pay nothing at all until the end of the year"


def segments(*texts: str) -> list[Segment]:
    return [
        Segment("d", i, text, OffsetMap.identity(len(text)), "en") for i, text in enumerate(texts)
    ]


def test_neighbouring_repeats_are_one() -> None:
    (found,) = find_repeats(segments(*HEAD, LONG, OTHER, "The mayor came.", LONG, OTHER))
    assert [s.index for s in found.segments] == [6, 7]
    assert [s.index for s in found.earlier] == [3, 4]
    assert found.exact


def test_one_word_more_is_nearly_the_same() -> None:
    (found,) = find_repeats(segments(*HEAD, LONG, "The mayor came.", LONG + " evening"))
    assert not found.exact


def test_what_the_head_announces_may_return() -> None:
    assert list(find_repeats(segments(LONG, *HEAD, LONG))) == []


def test_short_sentences_may_return() -> None:
    assert (
        list(find_repeats(segments(*HEAD, "We wait for the train.", "We wait for the train.")))
        == []
    )


def test_every_return_of_a_sentence_is_told() -> None:
    found = list(find_repeats(segments(*HEAD, LONG, OTHER, LONG, "The mayor came.", LONG)))
    assert [[s.index for s in repeat.segments] for repeat in found] == [[5], [7]]
