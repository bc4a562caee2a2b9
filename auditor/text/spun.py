"""Phrases that read like word-for-word substitution: found, gated, and counted.

Each language brings candidates and a gate of its own (`spun_en`, `spun_zh`); what they
find has one shape, so that the checks need not know the language.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from auditor.lang import base

LEAST_WORDS = 80
"""Shorter texts get no verdict that says spun: one idiom would decide it."""


class Kind(StrEnum):
    """Why a phrase is a candidate."""

    TELL = "tell"
    """A form that rewriters are known to leave."""
    MONTH = "month"
    """A homograph of a month's name beside a day or another month."""
    NAME = "name"
    """A word inside a name or a fixed expression that is known with another word."""
    BOUNDARY = "boundary"
    """A replacement that straddles two words, and breaks both."""
    NEAR = "near"
    """A word whose neighbour in meaning is far likelier here."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """A phrase that probably stands for another.

    Attributes:
        start: first code point in the text searched.
        end: one past the last.
        found: the phrase as it stands.
        repair: what it probably stood for, capitalised in the same way.
        kind: why it is a candidate.
        gain: how much better the context expects the repair, in nats (log odds).
        strong: True when it hardly ever occurs in text that a person wrote, so that it
            counts for the verdict by itself.
    """

    start: int
    end: int
    found: str
    repair: str
    kind: Kind
    gain: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What one piece of text shows.

    Attributes:
        words: how many words it has; Chinese characters count two to a word... as words.
        substitutions: in order, none overlapping another.
        oddness: sums of the language's own measures, by name, and how many places each
            was taken over.
    """

    words: int
    substitutions: tuple[Substitution, ...]
    oddness: Mapping[str, tuple[float, int]]


@dataclass(frozen=True, slots=True)
class Judgment:
    """How likely a document is spun, and what was counted.

    Attributes:
        probability: 0 to 1.
        words: in all its text.
        strong: number of strong substitutions.
        rate: strong substitutions per 1,000 words.
        oddness: mean of each measure of the language.
    """

    probability: float
    words: int
    strong: int
    rate: float
    oddness: Mapping[str, float]
