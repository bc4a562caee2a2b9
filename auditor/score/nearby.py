"""Whether a passage nearby says what a source says better than the target that it is beside.

This is the margin of a similarity: a cosine of .55 is a sound translation where nothing else comes
near, and a swapped line where the next one has .8.

Source: margin-based scoring, Artetxe and Schwenk 2019, taken over neighbours in place of a corpus.
"""

from __future__ import annotations

import numpy as np

from auditor.score.signals import Floats

WINDOW = 4
"""Neighbours on either side: what is swapped or slipped is seldom further away, and each more is
one more that could be nearer by chance. On 500 lines of NTREX-128 each, 0 to 1 % of sound French,
Italian and Chinese lines are outdone, and 99.6 % of those swapped with a neighbour."""

SAME = 0.8
"""Cosine of two sources from which they say nearly the same, so that their targets do too."""


def outdone(sides: Floats) -> Floats:
    """By how much the best target nearby is nearer to each source than its own, 0 where none is.

    Args:
        sides: unit vectors of source and target side by side, shape (n, 2 d), in reading order.

    Returns:
        Differences of cosines, 0 to 2, shape (n,).
    """
    half = sides.shape[1] // 2
    sources, targets = sides[:, :half], sides[:, half:]
    own = np.einsum("ij,ij->i", sources, targets)
    best = np.zeros(len(sides), np.float32)
    for step in range(1, min(WINDOW, len(sides) - 1) + 1):
        for here, there in ((slice(step, None), slice(-step)), (slice(-step), slice(step, None))):
            more = np.einsum("ij,ij->i", sources[here], targets[there]) - own[here]
            alike = np.einsum("ij,ij->i", sources[here], sources[there]) > SAME
            best[here] = np.maximum(best[here], np.where(alike, 0, more))
    # Decisions are taken on rounded numbers: noise of the last bits is no difference.
    rounded: Floats = np.round(best, 4)
    return rounded
