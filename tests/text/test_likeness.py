from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import pytest

from auditor.core import Context, OffsetMap, Phrase, Segment
from auditor.text import likeness

LANGS = {"a": "en", "b": "it", "c": "fr", "d": "sw"}


def context(cosines: dict[str, float], documents: str, passages: int = 8) -> Context:
    """Passages of one sentence in each document, alike as `cosines` says of each two."""

    def segment(document: str, index: int) -> Segment:
        offsets = OffsetMap.identity(1)
        return Segment(document, index, f"{document}{index}", offsets, LANGS[document])

    def similarities(pairs: Sequence[tuple[Phrase, Phrase]]) -> list[float]:
        return [cosines[left.text[0] + right.text[0]] for left, right in pairs]

    rows = [
        SimpleNamespace(segments=[segment(d, index) for d in documents])
        for index in range(passages)
    ]
    made = SimpleNamespace(passages=rows, similarities=similarities, can_compare=lambda _: True)
    return cast("Context", made)


def test_sound_translations_are_as_like_as_expected() -> None:
    assert likeness.fall("a", context({"ab": 0.792}, "ab")) == 0


def test_a_version_that_moved_away_stands_out_against_the_others() -> None:
    cosines = {"ab": 0.69, "ac": 0.67, "bc": 0.74, "ba": 0.69, "ca": 0.67, "cb": 0.74}
    falls = {d: likeness.fall(d, context(cosines, "abc")) or 0.0 for d in "abc"}
    assert falls["a"] > 2
    assert max(falls, key=lambda d: falls[d]) == "a"


@pytest.mark.parametrize(("documents", "passages"), [("a", 8), ("ab", 4), ("ad", 8)])
def test_nothing_is_said_without_enough_sentences_of_known_languages(
    documents: str, passages: int
) -> None:
    assert likeness.fall("a", context({"ab": 0.5, "ad": 0.5}, documents, passages)) is None
