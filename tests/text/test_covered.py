"""Words that another version answers to: roughly for all of them, closely for some."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

from auditor.core import Context, Near, OffsetMap, Phrase, Segment
from auditor.text.covered import Word, exactly_covered, roughly_covered


def sentence(document: str, index: int, text: str, lang: str) -> Segment:
    return Segment(document, index, text, OffsetMap.identity(len(text)), lang)


OWN = sentence("own", 0, "The museum sold cheap sneakers", "en")
THERE = [
    sentence("there", 0, "Il porto", "it"),
    sentence("there", 1, "Il museo ha venduto", "it"),
    sentence("there", 2, "Una barca museum", "it"),
    sentence("there", 3, "Un altro tetto", "it"),
]


def test_a_word_is_looked_up_around_the_sentence_beside_it() -> None:
    asked: list[tuple[Sequence[Phrase], Sequence[Phrase]]] = []

    def roughly_nearest(
        groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]],
    ) -> list[list[Near]]:
        asked.extend(groups)
        return [[Near(0.3, (there[0],)) for _ in own] for own, there in groups]

    context = SimpleNamespace(roughly_nearest=roughly_nearest, segments=lambda _: THERE)
    covered = roughly_covered({OWN: THERE[1:2]}, cast("Context", context))
    ((own, there),) = asked
    # What stands there as it is needs no looking up, and grammar is not asked for.
    assert [phrase.text for phrase in own] == ["sold", "cheap", "sneakers"]
    assert {"porto", "museo", "venduto", "barca"} <= {phrase.text for phrase in there}
    assert not {"Un", "altro", "tetto"} & {phrase.text for phrase in there}
    assert [word.cover for word in covered[OWN]] == [None, 1.0, 0.3, 0.3, 0.3]


def test_only_the_words_marked_are_compared_closely() -> None:
    near = (Phrase("scarpe", "it"), Phrase("museo", "it"))
    words = [Word(0, 5, "cheap", "cheap", 0.4, near), Word(6, 10, "shoe", "shoe", 0.5, near)]
    asked: list[tuple[Phrase, Phrase]] = []

    def similarities(pairs: Sequence[tuple[Phrase, Phrase]]) -> list[float]:
        asked.extend(pairs)
        return [0.1 * len(asked), 0.9]

    context = cast("Context", SimpleNamespace(similarities=similarities))
    covered = exactly_covered({OWN: [(words[0], False), (words[1], True)]}, context)
    assert asked == [(Phrase("shoe", "en"), phrase) for phrase in near]
    assert [word.cover for word in covered[OWN]] == [0.4, 0.9]
