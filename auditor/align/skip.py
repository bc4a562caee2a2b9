"""What leaving a segment without counterpart costs, learned from the pair itself.

Whether a lone segment belongs to the bead beside it depends on the genre: literature is
translated by the paragraph, news by the sentence. In an alignment, neighbouring 1-1 beads
show both cases for certain. To let one take its neighbour's segment is wrong: the change of
score is what a foreign segment brings. To leave one of their four segments out is wrong
too: the change is what a missing segment costs. Between these two distributions lies the
skip, the further towards one the rarer the other is among the segments in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.scores import SHAPES
from auditor.align.search import Shape, Step

START = -0.05
"""The skip of the first alignment."""
LIMIT = 0.25
"""The skip stays within this distance of zero."""
FOREIGN = (-0.28, 0.16)
"""Prior mean and deviation of the gain from a segment that does not belong."""
MISSING = (0.30, 0.16)
"""Prior mean and deviation of the gain from a segment that does."""
PRIOR_GAINS = 100
"""How many observed gains each of these priors is worth.

Thirty let the few beads of a short news item move both; between 100 and 1,000 nothing changes.
"""
USUAL, DRAWN = -0.06, 0.25
"""Where the skip lies in running text, and how far what a pair teaches is drawn there.

The segments in doubt are no fair sample: those of a merge count by the worse of their gains, lone
ones by the better, so that a pair with many nulls is taught to break its merges up. Strict F1
on NTREX and on literature rises by .01 at .25; at .5 nulls are lost.
"""
PRIOR_DOUBTS = 4
"""How many segments in doubt the prior share of one half is worth."""
SAMPLE = 400
"""Places looked at in a long document: enough for two means."""
OUTLYING = 6.0
"""Gains further from their median than this many median deviations are drawn in."""
_ROUNDS = 20
Fitness = Callable[[Shape, NDArray[np.intp], NDArray[np.intp]], NDArray[np.float64]]
_Place = tuple[int, int, int, int]
"""A bead: how many source and target segments, and the last of each."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution."""

    mean: float
    deviation: float

    def log(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density, without the constant that all normal distributions share."""
        return np.asarray(-0.5 * ((x - self.mean) / self.deviation) ** 2 - np.log(self.deviation))


def learned_skip(fitness: Fitness, steps: Sequence[Step]) -> float | None:
    """The skip that an alignment suggests for its own pair.

    Args:
        fitness: gives for a shape how well the beads fit whose last source and target segments
            are given.
        steps: of an alignment, from (0, 0) to the end.

    Returns:
        The skip, within `LIMIT` of zero; None where segments that belong and those that
        do not look the same, so that nothing can be learned.
    """
    ends = np.cumsum(np.array(steps), axis=0) - 1
    foreign, missing = _certain(fitness, steps, ends)
    out, home = _normal(foreign, FOREIGN), _normal(missing, MISSING)
    if home.mean - out.mean < (out.deviation + home.deviation) / 2:
        return None
    share = _share(_doubtful(fitness, steps, ends), out, home)
    grid = np.linspace(out.mean, home.mean, 201)
    foreign_wins = out.log(grid) + np.log(share) > home.log(grid) + np.log1p(-share)
    crossing = grid[int(np.argmin(foreign_wins))] if not foreign_wins.all() else grid[-1]
    drawn = (1 - DRAWN) * crossing + DRAWN * USUAL
    return float(np.clip(drawn, -LIMIT, LIMIT))


def _certain(
    fitness: Fitness, steps: Sequence[Step], ends: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Gains of taking a foreign segment in, and of having a missing one back."""
    first = [k for k in range(len(steps) - 1) if steps[k] == steps[k + 1] == (1, 1)]
    places = _sampled(first)
    if not places:
        return np.zeros(0), np.zeros(0)
    i, j = ends[places, 0], ends[places, 1]

    def at(shape: Shape, down: int, along: int) -> NDArray[np.float64]:
        return fitness(shape, i + down, j + along)

    here, after, both = at((1, 1), 0, 0), at((1, 1), 1, 1), at((2, 2), 1, 1)
    foreign = [
        at((1, 2), 0, 1) - here,
        at((2, 1), 1, 0) - here,
        at((1, 2), 1, 1) - after,
        at((2, 1), 1, 1) - after,
    ]
    missing = [
        both - at((2, 1), 1, 0),
        both - at((2, 1), 1, 1),
        both - at((1, 2), 0, 1),
        both - at((1, 2), 1, 1),
    ]
    return np.concatenate(foreign), np.concatenate(missing)


def _doubtful(
    fitness: Fitness, steps: Sequence[Step], ends: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Gains of the segments that were left out, or taken in as one of two."""
    doubts = _sampled([k for k, step in enumerate(steps) if step != (1, 1)])
    choices = {k: _choices(steps, k, int(ends[k, 0]), int(ends[k, 1])) for k in doubts}
    value = _values(
        fitness, {place for pairs in choices.values() for two in pairs for place in two}
    )
    gains: list[float] = []
    for k, pairs in choices.items():
        found = [value[full] - value[rest] for full, rest in pairs]
        if found:
            # A merged segment could leave at either end, a lone one join at either side.
            gains.append(min(found) if min(steps[k]) else max(found))
    return np.array(gains)


def _choices(steps: Sequence[Step], k: int, i: int, j: int) -> list[tuple[_Place, _Place]]:
    """Beads with the segment in doubt, each beside the bead without it."""
    if steps[k] == (1, 2):
        return [((1, 2, i, j), (1, 1, i, j - 1)), ((1, 2, i, j), (1, 1, i, j))]
    if steps[k] == (2, 1):
        return [((2, 1, i, j), (1, 1, i - 1, j)), ((2, 1, i, j), (1, 1, i, j))]
    if min(steps[k]):
        return []
    down, along = steps[k]
    choices: list[tuple[_Place, _Place]] = []
    if k and min(steps[k - 1]):
        a, b = steps[k - 1]
        choices.append(((a + down, b + along, i, j), (a, b, i - down, j - along)))
    if k + 1 < len(steps) and min(steps[k + 1]):
        a, b = steps[k + 1]
        choices.append(((a + down, b + along, i + a, j + b), (a, b, i + a, j + b)))
    return [(full, rest) for full, rest in choices if full[:2] in SHAPES]


def _values(fitness: Fitness, places: Iterable[_Place]) -> dict[_Place, float]:
    """The fitness of each place, computed shape by shape."""
    values: dict[_Place, float] = {}
    by_shape: dict[Shape, list[_Place]] = {}
    for place in sorted(places):
        by_shape.setdefault(place[:2], []).append(place)
    for shape, own in by_shape.items():
        rows, columns = np.array([p[2] for p in own]), np.array([p[3] for p in own])
        values.update(zip(own, fitness(shape, rows, columns).tolist(), strict=True))
    return values


def _sampled(places: list[int]) -> list[int]:
    """At most `SAMPLE` of the places, evenly spread."""
    return places[:: -(-len(places) // SAMPLE)] if places else []


def _normal(gains: NDArray[np.float64], prior: tuple[float, float]) -> Normal:
    """The distribution of the gains, drawn towards the prior where there are few."""
    mean, deviation = prior
    if len(gains):
        # A few misaligned neighbours would widen one of the two and so move the crossing.
        centre = float(np.median(gains))
        spread = max(float(np.median(np.abs(gains - centre))), deviation / 8)
        gains = np.clip(gains, centre - OUTLYING * spread, centre + OUTLYING * spread)
    count = len(gains) + PRIOR_GAINS
    centre = (float(gains.sum()) + PRIOR_GAINS * mean) / count
    spread = float(((gains - centre) ** 2).sum()) + PRIOR_GAINS * deviation**2
    return Normal(centre, float(np.sqrt(spread / count)))


def _share(doubtful: NDArray[np.float64], out: Normal, home: Normal) -> float:
    """The share of foreign segments among those in doubt, by expectation maximisation."""
    share = 0.5
    for _ in range(_ROUNDS):
        odds = home.log(doubtful) - out.log(doubtful) + np.log1p(-share) - np.log(share)
        foreign = 1 / (1 + np.exp(np.clip(odds, -50, 50)))
        share = (float(foreign.sum()) + PRIOR_DOUBTS / 2) / (len(doubtful) + PRIOR_DOUBTS)
    return share
