"""Weighs what speaks for and against a key phrase having been put into a text.

The weights are log-odds set by hand on injected and on clean documents (half of each kept
aside); none of them makes a finding alone but a broken word with a key phrase in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

BROKEN_WORD = 5.0
"""Nats gained by deletion from which on a word was broken: chance joins stay below 4."""
STABLE, PREVIEW = 0.5, -0.5
"""Sums from which on a finding is shown by default, and at all."""
UNRELATED, UNRELATED_REST = 0.12, 0.06
"""Similarity to the trade below which a sentence with and without the phrase is about else."""
SHORT_SHARE = 0.2
"""Share of its sentence from which on a phrase moves the sentence by itself."""
_BASE = -1.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a key phrase where it stands.

    Attributes:
        gain: nats gained by deletion, see `junction.gain`.
        ordinary: a word of every day that the trade uses too: `loans`.
        advertises: more than the bare name of a trade: `casino bonus`, not `casino`.
        specific: more than one word: `online casino`, which news may use too.
        rare: one word that hardly anybody writes: `tadalafil`, 荐股群.
        share: letters of its sentence that are its own, 0 to 1.
        alone: the sentence is little else.
        quoted: it stands in quotation marks.
        cited: other sentences of the document quote such phrases: it is about them.
        needed: without it an article or preposition would hang in the air.
        topic: similarity of its sentence to the trade, -1 to 1.
        rest: the same without the phrase.
        others: other terms of the trade in other sentences of the document.
        named: the same place of another version names the trade; None without one.
        closer: how much closer its place comes to the other version without it.
    """

    gain: float
    ordinary: bool
    advertises: bool
    specific: bool
    rare: bool
    share: float
    alone: bool
    quoted: bool
    cited: bool
    needed: bool
    topic: float
    rest: float
    others: int
    named: bool | None
    closer: float


def weigh(signs: Signs) -> float:
    """The log-odds that the phrase was put in."""
    return _BASE + sum(weight for weight, _ in _signs(signs))


def reasons(signs: Signs) -> tuple[str, ...]:
    """What speaks for it, in words, the strongest first."""
    found = sorted(_signs(signs), key=lambda sign: -sign[0])
    return tuple(words for weight, words in found if weight > 0 and words)


def confidence(log_odds: float) -> float:
    """As a probability, two decimals."""
    return round(1 / (1 + math.exp(-log_odds)), 2)


def _signs(signs: Signs) -> Iterator[tuple[float, str]]:
    broken = signs.gain >= BROKEN_WORD
    if signs.ordinary and not (signs.advertises or broken):
        yield -9.0, ""
    if broken:
        yield 5.0, "without it the characters around it are one word again"
    if signs.advertises:
        yield 2.5, "it is an advertising key phrase"
    elif signs.specific:
        yield 1.2, "it is what such advertising says"
    if signs.rare and not signs.advertises:
        yield 1.2, "it is a word of the trade that other texts do not use"
    if signs.alone:
        yield 1.6, "it is a sentence of its own"
    elif not broken:
        # Text about the trade is close to it; a splice leaves the sentence what it was.
        # In a short sentence the phrase itself brings it close.
        apart = 5 * (UNRELATED - signs.topic) * min(1.0, SHORT_SHARE / max(signs.share, 0.01))
        apart += 5 * (UNRELATED_REST - signs.rest)
        yield (
            max(-1.0 if signs.advertises else -1.8, min(1.3, apart)),
            "its sentence is about something else",
        )
    if signs.quoted or signs.cited:
        yield -3.0, ""
    if signs.needed:
        yield -2.0, ""
    yield from _surroundings(signs)


def _surroundings(signs: Signs) -> Iterator[tuple[float, str]]:
    if signs.named is None:
        yield -3.0 * min(signs.others, 3), ""
    elif signs.named:
        yield -5.0, ""
    else:
        yield 1.0, "no other version mentions it"
    nearer = "without it the place comes closer to another version"
    yield max(-2.0, min(2.0, 30 * signs.closer)), nearer
