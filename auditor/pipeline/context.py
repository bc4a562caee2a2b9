"""What checks may ask: the one implementation of `core.Context`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from auditor.core import Alignment, EncodeError, Gap, Move, Near, Passage, Phrase, Segment, Story
from auditor.encode import Encoder, Vectors, WordKnowledge, knows, words_of
from auditor.lang import base
from auditor.text.chinese import to_simplified_phrases
from auditor.text.pitches import STANDING

_NEAREST = 3
"""Words told where the nearest are asked for: by approximate vectors the nearest is among them."""

_AT_ONCE = 1024
"""Pairs whose vectors are laid side by side: 4 MB."""


class Meaning:
    """Vectors of texts in any language, each distinct text encoded once in a run."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self._know = words_of(encoder)
        self._words: dict[str, tuple[Vectors, np.float32]] = {}
        self._size = 0

    def knows(self, lang: str) -> bool:
        """True when the encoder knows the language."""
        return knows(self.encoder, lang)

    @property
    def know(self) -> Callable[[Sequence[str]], WordKnowledge] | None:
        """Gives what the encoder knows of single words without being run on them, or None.

        Each word is looked up once in a run.
        """
        return self._looked_up if self._know else None

    def _looked_up(self, words: Sequence[str]) -> WordKnowledge:
        missing = [word for word in dict.fromkeys(words) if word not in self._words]
        if missing and self._know:
            fresh = self._know(missing)
            rows = zip(fresh.vectors, fresh.log_probabilities, strict=True)
            self._words.update(zip(missing, rows, strict=True))
        if not words:
            return WordKnowledge(np.zeros((0, 1), np.float32), np.zeros(0, np.float32))
        return WordKnowledge(
            np.stack([self._words[word][0] for word in words]),
            np.array([self._words[word][1] for word in words], np.float32),
        )

    def word_vectors(self, words: Sequence[Phrase]) -> Vectors:
        """Unit vectors of single words: from what is known of them, where the encoder tells that.

        The encoder takes as long for a word as for a short sentence.

        Raises:
            EncodeError: the encoder does not know one of the languages.
        """
        if self._know is None:
            return self.vectors(words)
        self._check(words)
        return self._looked_up([prepared(word.text, word.lang) for word in words]).vectors

    def _check(self, phrases: Sequence[Phrase]) -> None:
        for lang in dict.fromkeys(phrase.lang for phrase in phrases):
            if not self.knows(lang):
                raise EncodeError(lang, f"{self.encoder.id} does not know this language")

    def prime(self, phrases: Iterable[Phrase]) -> None:
        """Encodes texts in one go that will be asked for one by one, and forgets the others."""
        texts = dict.fromkeys(prepared(phrase.text, phrase.lang) for phrase in phrases)
        missing = [text for text in texts if text not in self._vectors]
        held = {text: self._vectors[text] for text in texts if text in self._vectors}
        self._vectors = held
        if missing:
            held.update(zip(missing, self._encoded(missing), strict=True))

    def vectors(self, phrases: Sequence[Phrase]) -> Vectors:
        """Unit vectors, shape (n, d), float32, one row for each phrase.

        Raises:
            EncodeError: the encoder does not know one of the languages.
        """
        self._check(phrases)
        texts = [prepared(phrase.text, phrase.lang) for phrase in phrases]
        missing = [t for t in dict.fromkeys(texts) if t not in self._vectors]
        # A cache, where there is one, has them already.
        if not (STANDING.isdisjoint(missing) or hasattr(self.encoder, "plain")):
            self._vectors.update(_standing(self.encoder))
            missing = [t for t in missing if t not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self._encoded(missing), strict=True))
        if not texts:
            return np.zeros((0, 1), np.float32)
        return np.stack([self._vectors[text] for text in texts])

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Vectors of new texts, of the size that all others have.

        Raises:
            EncodeError: they have another size.
        """
        rows = self.encoder.encode(texts)
        self._size = self._size or rows.shape[1]
        if rows.shape[1] != self._size:
            what = f"gave vectors of {self._size} numbers before, and of {rows.shape[1]} now"
            raise EncodeError(f"encoder {self.encoder.id}", what, "choose another with --encoder")
        return rows


@lru_cache(maxsize=4)
def _standing(encoder: Encoder) -> Mapping[str, Vectors]:
    """The vectors of `STANDING`, encoded once in a process and not for each story."""
    texts = sorted(STANDING)
    return MappingProxyType(dict(zip(texts, encoder.encode(texts), strict=True)))


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
        distinct = dict.fromkeys(phrase for pair in pairs for phrase in pair)
        rows = {phrase: row for row, phrase in enumerate(distinct)}
        vectors = self._meaning.vectors(tuple(rows))
        places = np.array([(rows[left], rows[right]) for left, right in pairs])
        return tuple(
            round(float(cosine), 4)
            for some in (places[at : at + _AT_ONCE] for at in range(0, len(places), _AT_ONCE))
            for cosine in np.einsum("ij,ij->i", vectors[some[:, 0]], vectors[some[:, 1]])
        )

    def nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[float]]:
        """For each group the highest similarity of each phrase of its first part to its second."""
        return [
            [round(float(c), 4) for c in likeness.max(axis=1)]
            if likeness.size
            else (-1.0,) * len(likeness)
            for likeness in _likeness(groups, self._meaning.vectors)
        ]

    def roughly_nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[Near]]:
        """For each group what in its second part is nearest to each word of its first."""
        found: list[Sequence[Near]] = []
        for (_, others), likeness in zip(
            groups, _likeness(groups, self._meaning.word_vectors), strict=True
        ):
            if not likeness.size:
                found.append((Near(-1.0, ()),) * len(likeness))
                continue
            # Rounded first: what is equal but for its last bits stands in the order of the text.
            rounded = np.round(likeness, 4)
            order = np.argsort(-rounded, axis=1, kind="stable")[:, :_NEAREST]
            found.append(
                [
                    Near(round(float(row[best[0]]), 4), tuple(others[at] for at in best))
                    for row, best in zip(rounded, order, strict=True)
                ]
            )
        return found


def _likeness(
    groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]],
    vectors_of: Callable[[Sequence[Phrase]], Vectors],
) -> Iterator[Vectors]:
    """For each group the cosines of its first part (rows) with its second (columns)."""
    distinct = dict.fromkeys(phrase for group in groups for part in group for phrase in part)
    rows = {phrase: row for row, phrase in enumerate(distinct)}
    vectors = vectors_of(tuple(rows))
    for phrases, others in groups:
        left = vectors[[rows[phrase] for phrase in phrases]] if phrases else vectors[:0]
        right = vectors[[rows[phrase] for phrase in others]] if others else vectors[:0]
        yield left @ right.T
