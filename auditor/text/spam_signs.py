"""Weighs what speaks for and against a key phrase having been put into a text.

The weights are log-odds set by hand on injected and on clean documents (half of each kept
aside); none of them makes a finding alone but a broken word with a key phrase in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

BROKEN_WORD, LEAST_BROKEN = 3.0, 1.0
"""Nats gained by deletion from which on a word was broken, and may have been. Of 4,745 places in
Chinese words .95 gain 3 and .99 gain 1 by what stands in them; of 3,808 words in their place .003
and .008 do by chance (news)."""
STABLE, PREVIEW = 0.5, -0.5
"""Sums from which on a finding is shown by default, and at all."""
UNRELATED, UNRELATED_REST = 0.12, 0.06
"""Similarity to the trade below which a sentence with and without the phrase is about else."""
SHORT_SHARE = 0.2
"""Share of its sentence from which on a phrase moves the sentence by itself."""
SELLING, PER_SELLING, MOST_SELLING = 0.15, 8.0, 1.5
"""Similarity of a sentence to a pitch from which on it sells, and what that says."""
COMPOUND = 0.5
"""What being in no list says of a term of more than one word."""
_BASE = -1.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a key phrase where it stands.

    Attributes:
        gain: nats gained by deletion, see `junction.gain`.
        ordinary: a word of every day that the trade uses too: `loans`.
        advertises: more than the bare name of a trade: `casino bonus`, not `casino`.
        specific: more than one word: `online casino`, which news may use too.
        joined: one word beside it advertises: `casino tips`, but `play poker` too.
        rare: 0 to 1, for one word, 1 where hardly anybody writes it: `tadalafil`, 荐股群.
        share: letters of its sentence that are its own, 0 to 1.
        alone: the sentence is little else.
        quoted: it stands in quotation marks.
        cited: other sentences of the document quote such phrases: it is about them.
        needed: without it an article or preposition would hang in the air.
        topic: similarity of its sentence to the trade, -1 to 1.
        rest: the same without the phrase.
        sells: similarity of its sentence to a pitch.
        seat: log odds of its having been thrown between the words beside it, see `seat`.
        others: other terms of the trade in other sentences of the document.
        named: the same place of another version names the trade; None without one.
        closer: how much closer its place comes to the other version without it.
    """

    gain: float
    ordinary: bool
    advertises: bool
    specific: bool
    joined: bool
    rare: float
    share: float
    alone: bool
    quoted: bool
    cited: bool
    needed: bool
    topic: float
    rest: float
    sells: float
    seat: float
    others: float
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


def is_ruled_out(signs: Signs) -> bool:
    """True for a word of every day with nothing beside it: the rest need not be asked."""
    return signs.ordinary and not (signs.advertises or signs.joined or _broken(signs) == 1)


def _signs(signs: Signs) -> Iterator[tuple[float, str]]:
    if is_ruled_out(signs):
        yield -9.0, ""
    broken = _broken(signs)
    yield 5.0 * broken, "without it the characters around it are one word again"
    if signs.advertises:
        yield 2.5, "it is an advertising key phrase"
    else:
        yield from _wording(signs)
    if signs.alone:
        yield 1.6, "it is a sentence of its own"
    else:
        # Text about the trade is close to it; a splice leaves the sentence what it was.
        # In a short sentence the phrase itself brings it close.
        apart = 5 * (UNRELATED - signs.topic) * min(1.0, SHORT_SHARE / max(signs.share, 0.01))
        apart += 5 * (UNRELATED_REST - signs.rest)
        apart = max(-1.0 if signs.advertises else -1.8, min(1.3, apart))
        yield apart * (1 - broken), "its sentence is about something else"
        seat = max(-0.5, signs.seat) if signs.advertises else signs.seat
        yield seat * (1 - broken), "the words around it belong together"
        selling = min(MOST_SELLING, PER_SELLING * max(0.0, signs.sells - SELLING))
        yield selling, "its sentence asks the reader to buy"
    if signs.quoted or signs.cited:
        yield -3.0, ""
    if signs.needed:
        yield -1.0 if signs.advertises else -2.0, ""
    yield from _surroundings(signs)


def _broken(signs: Signs) -> float:
    """How surely a word was broken, 0 to 1."""
    return max(0.0, min(1.0, (signs.gain - LEAST_BROKEN) / (BROKEN_WORD - LEAST_BROKEN)))


def _wording(signs: Signs) -> Iterator[tuple[float, str]]:
    if signs.specific:
        yield 1.2, "it is what such advertising says"
    # A compound that no list has (刻章办证) may be made of words that all have.
    yield (
        (COMPOUND if signs.specific else 1.2) * signs.rare,
        "it is a word of the trade that other texts do not use",
    )
    if signs.joined:
        yield 0.8, "a word beside it advertises"


def _surroundings(signs: Signs) -> Iterator[tuple[float, str]]:
    if signs.named is None:
        yield -3.0 * min(signs.others, 3), ""
    elif signs.named:
        yield -5.0, ""
    else:
        yield 2.0, "no other version mentions it"
    nearer = "without it the place comes closer to another version"
    yield max(-2.0, min(2.0, 30 * signs.closer)), nearer
