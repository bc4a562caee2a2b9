"""What can be measured on two texts that should say the same: numbers, before any judgment."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from auditor.core import Phrase
from auditor.lang import base
from auditor.text.frequencies import common_words
from auditor.text.negation import find_negations
from auditor.text.word_list import LONGEST, word_list

Floats = NDArray[np.float32]

UNCOVERED = 0.45
"""Best cosine of a word below which nothing in the other text is like it."""

USUAL = 0.7
"""Best cosine of the words of a good translation, taken where the encoder knows no words."""

LOW = 0.2
"""Share of the words that are covered worst, whose best one is told as `source_low`."""

COMMON = 7.0
"""Nats below which a word is so frequent that its place says little (`of`, 的)."""
LIGHTEST, HEAVIEST = 0.1, 12.0
"""Bounds of the weight of one word, in nats: a rare name must not be all of a sentence."""

LETTERS = {"zh": 3.2, "ja": 2.4, "ko": 2.2}
"""Letters of English that one character stands for. NTREX-128: 3.2 for Chinese."""

RAREST = -6.0
"""Decimal logarithm of the frequency of a word that is not on a list of common ones."""
FOREIGN = 0.5
"""Decades by which a word must be more frequent in the other language to be one of its own."""

SHORTEST_COPY = 4
"""Letters of a word of the source that a target holds as it was; shorter ones are codes, units."""

DENIALS = frozenset(("not", "no", "never", "do", "does", "did", "cannot"))
"""Left out of fluency: they are so frequent that a planted `not` would read as better English."""

NAMES = (
    "cosine",
    "source_coverage",
    "target_coverage",
    "source_low",
    "target_low",
    "source_mean",
    "target_mean",
    "source_lost",
    "target_alone",
    "source_lost_share",
    "target_alone_share",
    "foreign",
    "fluency",
    "length",
    "source_words",
    "target_words",
    "source_rarity",
    "target_rarity",
    "source_rarest",
    "target_rarest",
    "capitals",
    "latin",
    "outdone",
    "denied",
    "copied",
)
"""The numbers of one pair, in the order of their columns."""
_OUTDONE = NAMES.index("outdone")


class Words(Protocol):
    """What an encoder knows of words that stand alone."""

    @property
    def vectors(self) -> Floats:
        """Unit rows."""

    @property
    def log_probabilities(self) -> Floats:
        """In nats."""


Know = Callable[[Sequence[str]], Words]


@dataclass(frozen=True, slots=True)
class Texts:
    """Two texts as the encoder reads them.

    Attributes:
        source: one.
        target: the other.
        cosine: of their vectors.
        outdone: by how much another target nearby is nearer to the source, 0 or more.
    """

    source: Phrase
    target: Phrase
    cosine: float
    outdone: float = 0.0


def measure(pairs: Sequence[Texts], know: Know | None) -> Floats:
    """The numbers of each pair, shape (len(pairs), len(NAMES)).

    Args:
        pairs: any number.
        know: gives vectors of words, asked once for all distinct words; None where the encoder has
            none, so that every word counts as covered as well as in usual translations.
    """
    texts = list(dict.fromkeys(text for p in pairs for text in (p.source, p.target)))
    sides = dict(zip(texts, _sides(texts, know), strict=True))
    strange: dict[tuple[Phrase, str], float] = {}
    beside: dict[tuple[Phrase, Phrase], tuple[_Beside, _Beside]] = {}
    out = np.zeros((len(pairs), len(NAMES)), np.float32)
    for at, pair in enumerate(pairs):
        source, target = sides[pair.source], sides[pair.target]
        out[at, _OUTDONE] = pair.outdone
        if not source.words or not target.words:
            out[at, 0] = pair.cosine
            continue
        key = pair.target, base(pair.source.lang)
        if key not in strange:
            strange[key] = foreign(target.words, pair.target.lang, pair.source.lang)
        # Where no version is the source, each is measured beside each other: once for both.
        both = beside.get((pair.target, pair.source), ())[::-1] or _both(source, target)
        beside[pair.source, pair.target] = both
        out[at, :_OUTDONE] = _numbers(pair.cosine, source, target, strange[key], both)
        out[at, _OUTDONE + 1 :] = _denied(source, target), _copied(source, target)
    return out


@dataclass(frozen=True)
class _Side:
    """What is measured on one text by itself, once for all the texts that it is compared with.

    Attributes:
        text: as the encoder reads it.
        words: in order.
        weight: of each word, in nats.
        vectors: unit rows, one for each word; None where the encoder knows no words.
    """

    text: Phrase
    words: Sequence[str]
    weight: Floats
    vectors: Floats | None

    @cached_property
    def total(self) -> float:
        """The weight of all its words."""
        return float(np.add.reduce(self.weight))

    @cached_property
    def letters(self) -> float:
        """Its length, by what letters say."""
        # Most texts are split into few pieces: counting signs one by one took a tenth of all this.
        size = len("".join(self.text.text.split()))
        return max(1, size) * LETTERS.get(base(self.text.lang), 1.0)

    @cached_property
    def rarity(self) -> float:
        """The mean weight of its words."""
        return float(np.add.reduce(self.weight) / len(self.weight))

    @cached_property
    def rarest(self) -> float:
        """The weight of its rarest word."""
        return float(np.maximum.reduce(self.weight))

    @cached_property
    def capitals(self) -> float:
        """The share of its words that begin with a capital."""
        return sum(word[0].isupper() for word in self.words) / len(self.words)

    @cached_property
    def latin(self) -> float:
        """The share of its words in plain Latin letters."""
        return sum(word.isascii() and word.isalpha() for word in self.words) / len(self.words)

    @cached_property
    def denials(self) -> tuple[int, int]:
        """Words that deny, and words that may: not, never; without, lack, only."""
        found = find_negations(self.text.text[:LONGEST], self.text.lang)
        clear = sum(not (one.soft or one.weak) for one in found)
        return clear, len(found) - clear

    @cached_property
    def fluency(self) -> float:
        """As `fluency` gives it."""
        return fluency(self.text)


def _sides(texts: Sequence[Phrase], know: Know | None) -> list[_Side]:
    lists = [word_list(text.text, text.lang) for text in texts]
    vocabulary = list(dict.fromkeys(word for words in lists for word in words))
    known = know(vocabulary) if know else None
    row = {word: at for at, word in enumerate(vocabulary)}
    weights = (
        np.clip(-known.log_probabilities - COMMON, LIGHTEST, HEAVIEST)
        if known
        else np.full(len(vocabulary), 1.0, np.float32)
    )
    found = []
    for text, words in zip(texts, lists, strict=True):
        rows = [row[word] for word in words]
        found.append(_Side(text, words, weights[rows], known.vectors[rows] if known else None))
    return found


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is measured on the words of a text beside another.

    Attributes:
        coverage: the mean of the best cosines, by weight.
        low: as `_low` gives it.
        mean: of the best cosines.
        lost: the weight of the words that nothing in the other text is like.
    """

    coverage: float
    low: float
    mean: float
    lost: float


def _both(source: _Side, target: _Side) -> tuple[_Beside, _Beside]:
    best = _best(source, target)
    return _beside(source, best[0]), _beside(target, best[1])


def _beside(side: _Side, best: Floats) -> _Beside:
    # The functions behind numpy's methods: called for thousands of rows of twenty numbers.
    total = np.add.reduce
    return _Beside(
        float(side.weight @ best) / side.total,
        _low(best),
        float(total(best) / len(best)),
        float(total(side.weight[best < UNCOVERED])),
    )


def _numbers(
    cosine: float, source: _Side, target: _Side, strange: float, beside: Sequence[_Beside]
) -> list[float]:
    both = source, target
    return [
        cosine,
        *(b.coverage for b in beside),
        *(b.low for b in beside),
        *(b.mean for b in beside),
        *(b.lost for b in beside),
        *(b.lost / side.total for b, side in zip(beside, both, strict=True)),
        strange,
        target.fluency,
        math.log(target.letters / source.letters),
        *(math.log(len(side.words)) for side in both),
        *(side.rarity for side in both),
        *(side.rarest for side in both),
        source.capitals,
        target.latin,
    ]


def _best(source: _Side, target: _Side) -> tuple[Floats, Floats]:
    """For each word of either text the best cosine of the words of the other."""
    if source.vectors is None or target.vectors is None:
        return (
            np.full(len(source.words), USUAL, np.float32),
            np.full(len(target.words), USUAL, np.float32),
        )
    likeness = source.vectors @ target.vectors.T
    return np.maximum.reduce(likeness, axis=1), np.maximum.reduce(likeness, axis=0)


def _denied(source: _Side, target: _Side) -> int:
    """Clear denials of either text that nothing in the other can answer to."""
    (here, perhaps), (there, maybe) = source.denials, target.denials
    return max(0, here - there - maybe) + max(0, there - here - perhaps)


def _copied(source: _Side, target: _Side) -> int:
    """Words in small letters that the source has too and the target's language does not know."""
    known = common_words(base(target.text.lang))
    if not known or base(source.text.lang) == base(target.text.lang):
        return 0
    there = {word.casefold() for word in source.words}
    return sum(
        len(word) >= SHORTEST_COPY and word.islower() and word in there and word not in known
        for word in target.words
    )


def _low(values: Floats) -> float:
    """The value that one word in five stays below, between its neighbours in proportion."""
    ordered = sorted(values.tolist())
    place = LOW * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def foreign(words: Sequence[str], lang: str, other: str) -> float:
    """How much of a target is in the language of its source, 0 for nothing: decades by word.

    A name is in neither list, a loan in both. A word in a script that the target's language does
    not write counts as a decade for each of its five letters or fewer.
    """
    own, there = base(lang), base(other)
    if own == there:
        return 0.0
    return sum(_foreign(word, own, there) for word in words)


@lru_cache(maxsize=1 << 14)
def _foreign(word: str, own: str, there: str) -> float:
    """How much a word is in the language of the source, in decades."""
    if not word[0].isalpha():
        return 0.0
    if _han(word) and own not in ("zh", "ja"):
        return 5.0
    if own in ("zh", "ja", "ko"):
        # ISIS, Facebook and other names stay in Latin letters; ordinary words do not.
        told = word.isascii() and there not in ("zh", "ja", "ko") and word.islower()
        return 2.0 if told and _frequency(word, there) > RAREST else 0.0
    if there in ("zh", "ja", "ko"):
        return 0.0
    more = _frequency(word, there) - _frequency(word, own)
    return more if more > FOREIGN else 0.0


def _han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"


def _frequency(word: str, lang: str) -> float:
    known: Mapping[str, float] = common_words(lang)
    value = known.get(word.casefold())
    return math.log10(value) if value else RAREST


def fluency(text: Phrase) -> float:
    """Mean log probability of an English word in its context, in nats; 0 for other languages."""
    if base(text.lang) != "en":
        return 0.0
    from auditor.text.english_lm import chain, word_forms

    spoken = word_forms(text.text)[:400]
    forms = [form for form in spoken if form not in DENIALS and not (form or "").endswith("n't")]
    return chain(forms) / len(forms) if forms else 0.0
