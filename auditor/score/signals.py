"""What can be measured on two texts that should say the same: numbers, before any judgment."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from auditor.core import Phrase
from auditor.lang import base
from auditor.text.frequencies import common_words
from auditor.text.word_list import word_list

Floats = NDArray[np.float32]

UNCOVERED = 0.45
"""Best cosine of a word below which nothing in the other text is like it."""

USUAL = 0.7
"""Best cosine of the words of a good translation, taken where the encoder knows no words."""

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
)
"""The numbers of one pair, in the order of their columns."""


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
    """Two texts as the encoder reads them, with the cosine of their vectors."""

    source: Phrase
    target: Phrase
    cosine: float


def measure(pairs: Sequence[Texts], know: Know | None) -> Floats:
    """The numbers of each pair, shape (len(pairs), len(NAMES)).

    Args:
        pairs: any number.
        know: gives vectors of words, asked once for all distinct words; None where the encoder has
            none, so that every word counts as covered as well as in usual translations.
    """
    lists = [
        (word_list(p.source.text, p.source.lang), word_list(p.target.text, p.target.lang))
        for p in pairs
    ]
    vocabulary = list(dict.fromkeys(word for both in lists for own in both for word in own))
    words = know(vocabulary) if know else None
    row = {word: at for at, word in enumerate(vocabulary)}
    weights = (
        np.clip(-words.log_probabilities - COMMON, LIGHTEST, HEAVIEST)
        if words
        else np.full(len(vocabulary), 1.0, np.float32)
    )
    out = np.zeros((len(pairs), len(NAMES)), np.float32)
    for at, (pair, (left, right)) in enumerate(zip(pairs, lists, strict=True)):
        if left and right:
            rows = [row[word] for word in left], [row[word] for word in right]
            out[at] = _numbers(pair, (left, right), rows, words.vectors if words else None, weights)
        else:
            out[at, 0] = pair.cosine
    return out


def _numbers(
    pair: Texts,
    lists: tuple[Sequence[str], Sequence[str]],
    rows: tuple[Sequence[int], Sequence[int]],
    vectors: Floats | None,
    weights: Floats,
) -> list[float]:
    likeness = (
        vectors[list(rows[0])] @ vectors[list(rows[1])].T
        if vectors is not None
        else np.full((len(rows[0]), len(rows[1])), USUAL, np.float32)
    )
    best = likeness.max(axis=1), likeness.max(axis=0)
    weight = weights[list(rows[0])], weights[list(rows[1])]
    lost = [float(w[b < UNCOVERED].sum()) for w, b in zip(weight, best, strict=True)]
    left, right = lists
    return [
        pair.cosine,
        *(float((w * b).sum() / w.sum()) for w, b in zip(weight, best, strict=True)),
        *(float(np.quantile(b, 0.2)) for b in best),
        *(float(b.mean()) for b in best),
        *lost,
        *(gone / float(w.sum()) for gone, w in zip(lost, weight, strict=True)),
        foreign(right, pair.target.lang, pair.source.lang),
        fluency(pair.target),
        _length(pair),
        *(math.log(len(words)) for words in lists),
        *(float(w.mean()) for w in weight),
        *(float(w.max()) for w in weight),
        sum(word[0].isupper() for word in left) / len(left),
        sum(word.isascii() and word.isalpha() for word in right) / len(right),
    ]


def _length(pair: Texts) -> float:
    """Natural logarithm of how much longer the target is than its source, by what letters say."""
    sizes = [
        max(1, sum(not c.isspace() for c in p.text)) * LETTERS.get(base(p.lang), 1.0)
        for p in (pair.source, pair.target)
    ]
    return math.log(sizes[1] / sizes[0])


def foreign(words: Sequence[str], lang: str, other: str) -> float:
    """How much of a target is in the language of its source, 0 for nothing: decades by word.

    A name is in neither list, a loan in both. A word in a script that the target's language does
    not write counts as a decade for each of its five letters or fewer.
    """
    own, there = base(lang), base(other)
    if own == there:
        return 0.0
    total = 0.0
    for word in words:
        if not word[0].isalpha():
            continue
        if _han(word) and own not in ("zh", "ja"):
            total += 5.0
        elif own in ("zh", "ja", "ko") and word.isascii() and there not in ("zh", "ja", "ko"):
            # ISIS, Facebook and other names stay in Latin letters; ordinary words do not.
            total += 2.0 * (word.islower() and _frequency(word, there) > RAREST)
        elif own not in ("zh", "ja", "ko") and there not in ("zh", "ja", "ko"):
            more = _frequency(word, there) - _frequency(word, own)
            total += more if more > FOREIGN else 0.0
    return total


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
    from auditor.text.english_lm import chain, tokenise

    spoken = [token for token in tokenise(text.text) if token.text[0].isalpha()][:400]
    forms = [t.form for t in spoken if t.form not in DENIALS and not (t.form or "").endswith("n't")]
    return chain(forms) / len(forms) if forms else 0.0
