"""How much of a text reads like word-for-word substitution, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from auditor.lang import base
from auditor.text.substitution import Kind, Measure, Reading

LANGUAGES = ("en", "zh")
"""Base tags of the languages with a lexicon and a gate."""
LEAST_WORDS = 80
"""Shorter texts are never called spun: one idiom would decide."""
SURE = 0.95
"""Probability from which a document is called spun."""
MOST_CHARACTERS = 20_000
"""Of one sentence; the rest is not read. A paragraph has a tenth of that."""
_PLACES = 100
"""Places of ordinary text that are added to each measure, so that short texts say little."""
_WORDS = 200
"""The same for the count of tells."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What ordinary text of one language shows, and how its signs are weighed.

    Attributes:
        oddness: mean and standard deviation of each measure over clean documents.
        tells: per 1,000 words that clean documents stay below.
        bias: log odds of a document that shows nothing.
        odd: log odds for each standard deviation of oddness.
        told: log odds for each doubling (natural log) of the rate of tells above `tells`.
    """

    oddness: tuple[tuple[float, float], ...]
    tells: float
    bias: float
    odd: float
    told: float


@dataclass(frozen=True, slots=True)
class Judgment:
    """How likely a document is spun, and what was counted.

    Attributes:
        probability: 0 to 1, two decimals.
        words: in all its text.
        tells: phrases that rewriters leave, month names among them.
        rate: tells per 1,000 words.
        usual: the rate that clean news stays below.
    """

    probability: float
    words: int
    tells: int
    rate: float
    usual: float

    @property
    def is_spun(self) -> bool:
        """True when it is long enough and sure enough to be said."""
        return self.words >= LEAST_WORDS and self.probability >= SURE


_USUAL = {
    "en": Usual(((0.095, 0.031), (0.26, 0.09)), 3.0, -4.0, 0.7, 3.0),
    "zh": Usual(((10.27, 0.6),), 3.0, -4.0, 0.7, 3.0),
}


@lru_cache(maxsize=1 << 12)
def read(text: str, lang: str) -> Reading:
    """What one sentence or paragraph shows; nothing in a language without a lexicon.

    Args:
        text: normalised text.
        lang: its BCP 47 tag.
    """
    if base(lang) == "en":
        from auditor.text import spun_en

        return spun_en.read(text[:MOST_CHARACTERS])
    if base(lang) == "zh":
        from auditor.text import spun_zh

        return spun_zh.read(text[:MOST_CHARACTERS], lang)
    return Reading(0, (), ())


def features(readings, lang):
    usual=_USUAL[base(lang)]
    readings = list(readings)
    words = sum(r.words for r in readings)
    tells = sum(tell_weight(r) for r in readings)
    odd=[]
    for k,(m,sd) in enumerate(usual.oddness):
        x=sum((r.oddness[k] for r in readings if r.oddness), Measure())
        odd.append((x.mean(m,_PLACES)-m)/sd)
    return words, tells, 1000*tells/(words+_WORDS), odd

def tell_weight(r):
    return sum(1 for s in r.substitutions if s.kind is not Kind.NEAR)
