from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auditor.core import Phrase
from auditor.encode import Vectors
from auditor.pipeline.context import Meaning
from auditor.text.pitches import PITCHES, STANDING


class Counting:
    """Keeps what it was asked for."""

    id = "counting"
    languages = frozenset({"*"})

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.eye(4, dtype=np.float32)[[len(text) % 4 for text in texts]]


class Kept(Counting):
    """Has a cache before it."""

    plain = Counting()


def test_what_every_story_is_compared_with_is_encoded_once() -> None:
    encoder = Counting()
    for story in ("one", "another"):
        vectors = Meaning(encoder).vectors([*PITCHES, Phrase(story, "en")])
        lengths = [len(phrase.text) for phrase in PITCHES] + [len(story)]
        assert vectors.argmax(axis=1).tolist() == [length % 4 for length in lengths]
    assert sorted(encoder.asked) == sorted([*STANDING, "one", "another"])


def test_a_cache_is_asked_for_it() -> None:
    encoder = Kept()
    for _ in range(2):
        Meaning(encoder).vectors(PITCHES)
    assert encoder.asked == [phrase.text for phrase in PITCHES] * 2
    assert encoder.plain.asked == []
