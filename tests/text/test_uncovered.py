from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from auditor.core import Context, Near, OffsetMap, Phrase, Segment
from auditor.text.covered import LONGEST_SENTENCE, content_words, is_grammar
from auditor.text.pitches import PITCHES
from auditor.text.uncovered import GUESSED_SHARE, MOST_COMPARED, find_uncovered

HARBOUR = [
    *("museum", "harbour", "ship", "pier", "volunteer"),
    *("storm", "roof", "school", "family", "director"),
]


def version(document: str, sentences: Sequence[str]) -> list[Segment]:
    return [
        Segment(document, at, text, OffsetMap.identity(len(text)), "en")
        for at, text in enumerate(sentences)
    ]


class Twins:
    """Two English versions; a word is covered by itself alone, a text by what it shares."""

    def __init__(self, left: Sequence[str], right: Sequence[str]) -> None:
        self.versions = {"left": version("left", left), "right": version("right", right)}

    def segments(self, document: str) -> Sequence[Segment]:
        return self.versions[document]

    def counterparts(self, segment: Segment) -> Sequence[Segment]:
        return [self.versions["right"][segment.index]]

    def can_compare(self, lang: str) -> bool:
        return lang == "en"

    def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
        return [shared(a.text, b.text) for a, b in pairs]

    def roughly_nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[Near]]:
        # What is asked for has no equal there: near for the words of the subject.
        return [[Near(0.8 if p.text in HARBOUR else 0.2, ()) for p in asked] for asked, _ in groups]


def shared(one: str, other: str) -> float:
    left, right = set(one.lower().split()), set(other.lower().split())
    return len(left & right) / max(1, len(left | right))


SENTENCES = [
    f"The {a} stood beside the {b} of the {c}"
    for a, b, c in zip(HARBOUR, HARBOUR[1:] + HARBOUR[:1], HARBOUR[2:] + HARBOUR[:2], strict=True)
]


def found(sentences: Sequence[str]) -> list[tuple[int, str]]:
    twins = Twins(sentences, SENTENCES)
    phrases = find_uncovered(twins.segments("left"), cast("Context", twins))
    return [(u.segment.index, u.segment.text[u.start : u.end]) for u in phrases]


def test_a_phrase_that_nothing_answers_to_is_found_at_its_edges() -> None:
    marred = [*SENTENCES]
    marred[3] = marred[3].replace("beside the", "beside the cheap sneaker outlet")
    assert found(marred) == [(3, "cheap sneaker outlet")]


def test_equal_versions_have_nothing_uncovered() -> None:
    assert found(SENTENCES) == []


def test_a_few_words_give_no_measure() -> None:
    assert found(["The cheap sneaker outlet museum stood", *SENTENCES[1:3]]) == []


def test_a_phrase_does_not_cross_a_stop() -> None:
    marred = [*SENTENCES]
    marred[3] = marred[3].replace("beside the", "beside the cheap, sneaker outlet")
    assert found(marred) == [(3, "sneaker outlet")]


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("l’équipe a joué.", "fr", ["l’équipe", "a", "joué"]),
        ("市政府宣布翻修圖書館。", "zh-Hant", ["市政府", "宣布", "翻修", "圖書館"]),
        ("5 GB memory", "en", ["5", "GB", "memory"]),
    ],
)
def test_words_stand_as_they_are_written(text: str, lang: str, words: list[str]) -> None:
    own = content_words(text, lang)
    assert [text[w.start : w.end] for w in own] == [w.text for w in own] == words


def test_grammar_is_told_by_use() -> None:
    assert [is_grammar(w, "en") for w in ("the", "museum")] == [True, False]
    assert is_grammar("的", "zh-Hant")


def test_a_sentence_without_end_is_read_to_a_bound() -> None:
    assert content_words("word " * 100_000, "en")[-1].end <= LONGEST_SENTENCE


def test_few_sentences_are_looked_at_closely_however_long_the_text() -> None:
    class Counting(Twins):
        phrases = 0

        def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
            self.phrases += sum(other == PITCHES[0] for _, other in pairs)
            return super().similarities(pairs)

    marred = [*SENTENCES]
    marred[3] = marred[3].replace("beside the", "beside the cheap sneaker outlet")
    for times in (100, 200):
        twins = Counting(marred * times, SENTENCES * times)
        find_uncovered(twins.segments("left"), cast("Context", twins))
        assert 0 < twins.phrases <= len(SENTENCES) * times / GUESSED_SHARE + MOST_COMPARED
