"""What checks may ask: the one implementation of `core.Context`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np

from auditor.core import Alignment, EncodeError, Gap, Move, Passage, Phrase, Segment, Story
from auditor.encode import Encoder, Vectors, knows
from auditor.lang import base
from auditor.text.chinese import to_simplified_phrases


class Meaning:
    """Vectors of texts in any language, each distinct text encoded once in a run."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._vectors: dict[str, Vectors] = {}

    def knows(self, lang: str) -> bool:
        """True when the encoder knows the language."""
        return knows(self.encoder, lang)

    def prime(self, phrases: Iterable[Phrase]) -> None:
        """Encodes texts in one go that will be asked for one by one, and forgets the others."""
        texts = dict.fromkeys(prepared(phrase.text, phrase.lang) for phrase in phrases)
        missing = [text for text in texts if text not in self._vectors]
        held = {text: self._vectors[text] for text in texts if text in self._vectors}
        self._vectors = held
        if missing:
            held.update(zip(missing, self.encoder.encode(missing), strict=True))

    def vectors(self, phrases: Sequence[Phrase]) -> Vectors:
        """Unit vectors, shape (n, d), float32, one row for each phrase.

        Raises:
            EncodeError: the encoder does not know one of the languages.
        """
        for lang in dict.fromkeys(phrase.lang for phrase in phrases):
            if not self.knows(lang):
                raise EncodeError(lang, f"{self.encoder.id} does not know this language")
        texts = [prepared(phrase.text, phrase.lang) for phrase in phrases]
        missing = [t for t in dict.fromkeys(texts) if t not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self.encoder.encode(missing), strict=True))
        if not texts:
            return np.zeros((0, 1), np.float32)
        return np.stack([self._vectors[text] for text in texts])


def prepared(text: str, lang: str) -> str:
    """The text as the encoder reads it: Chinese in one canonical form."""
    return to_simplified_phrases(text, lang) if base(lang) == "zh" else text


class RunContext:
    """The surroundings of one story's checks."""

    def __init__(
        self,
        story: Story,
        segments: Mapping[str, Sequence[Segment]],
        alignments: Sequence[Alignment],
        passages: Sequence[Passage],
        gaps: Sequence[Gap],
        moves: Sequence[Move],
        meaning: Meaning,
    ) -> None:
        self.story = story
        self.alignments = alignments
        self.passages = passages
        self.gaps = gaps
        self.moves = moves
        self._segments = segments
        self._meaning = meaning

    def segments(self, document: str) -> Sequence[Segment]:
        """The content segments of a document, in order."""
        return self._segments[document]

    @cached_property
    def _passage_of(self) -> dict[Segment, Passage]:
        return {segment: passage for passage in self.passages for segment in passage.segments}

    def passage_of(self, segment: Segment) -> Passage | None:
        """The passage that holds a segment."""
        return self._passage_of.get(segment)

    def counterparts(self, segment: Segment) -> Sequence[Segment]:
        """The segments of other versions of the same text that say the same."""
        passage = self.passage_of(segment)
        if passage is None:
            return ()
        return tuple(s for s in passage.segments if s.document != segment.document)

    def can_compare(self, lang: str) -> bool:
        """True when the encoder knows the language."""
        return self._meaning.knows(lang)

    def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
        """Cosine similarity of each pair, rounded, so that decisions do not hang on noise."""
        if not pairs:
            return ()
        vectors = self._meaning.vectors([phrase for pair in pairs for phrase in pair])
        cosines = np.einsum("ij,ij->i", vectors[0::2], vectors[1::2])
        return tuple(round(float(c), 4) for c in cosines)

    def nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[float]]:
        """For each group the highest similarity of each phrase of its first part to its second."""
        rows = {
            phrase: row
            for row, phrase in enumerate(
                dict.fromkeys(phrase for group in groups for part in group for phrase in part)
            )
        }
        vectors = self._meaning.vectors(tuple(rows))
        found: list[Sequence[float]] = []
        for phrases, others in groups:
            if not phrases or not others:
                found.append((-1.0,) * len(phrases))
                continue
            left = vectors[[rows[phrase] for phrase in phrases]]
            right = vectors[[rows[phrase] for phrase in others]]
            found.append([round(float(c), 4) for c in (left @ right.T).max(axis=1)])
        return found
