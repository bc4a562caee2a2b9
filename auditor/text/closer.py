"""Whether a repair brings a sentence closer to what other versions say there."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.core import Context, Phrase, Segment
from auditor.text.substitution import Substitution

CLOSER = 0.02
"""Cosine by which a repaired sentence must come closer to the aligned version, for a form that
people hardly ever write; of the sound ones .01 is the most that was seen."""
MUCH_CLOSER = 0.05
"""The same for an ordinary word: any more frequent synonym brings .03 at times (勤奮/努力)."""
MUCH_LIKELIER = 5.0
"""Nats that the context of an ordinary word must gain too, where the rest of the text is sound."""


def agreed(found: Substitution, rise: float) -> bool:
    """True when the language model and the aligned version both prefer the repair.

    Args:
        found: the substitution with its gain.
        rise: as `rises_towards` gives it.
    """
    if found.strong:
        return rise >= CLOSER
    return rise >= MUCH_CLOSER and found.gain >= MUCH_LIKELIER


def rises_towards(
    places: Sequence[tuple[Segment, Substitution]], context: Context
) -> list[float | None]:
    """How much closer each repaired sentence comes to its counterparts.

    All pairs are asked for at once: sentences and counterparts have their vectors already,
    so that each place costs one sentence to encode.

    Args:
        places: a sentence and the substitution to undo in it.
        context: gives counterparts and similarities.

    Returns:
        For each place the mean difference in cosine, three decimals, positive where the
        repair brings it closer; None where no counterpart can be compared.
    """
    pairs: list[tuple[Phrase, Phrase]] = []
    counts: list[int] = []
    for segment, found in places:
        beside = _beside(segment, context)
        repaired = segment.text[: found.start] + found.repair + segment.text[found.end :]
        for other in beside:
            pairs.append((Phrase(segment.text, segment.lang), other))
            pairs.append((Phrase(repaired, segment.lang), other))
        counts.append(len(beside))
    cosines = iter(context.similarities(pairs) if pairs else ())
    return [_mean_rise([next(cosines) for _ in range(2 * count)]) for count in counts]


def _beside(segment: Segment, context: Context) -> list[Phrase]:
    if not context.can_compare(segment.lang):
        return []
    return [
        Phrase(other.text, other.lang)
        for other in context.counterparts(segment)
        if context.can_compare(other.lang)
    ]


def _mean_rise(cosines: Sequence[float]) -> float | None:
    """From `before, after, before, after, ...` the mean of the differences."""
    if not cosines:
        return None
    return round((sum(cosines[1::2]) - sum(cosines[::2])) / (len(cosines) // 2), 3)
