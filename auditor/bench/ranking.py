"""How well a number tells two kinds apart."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from auditor.bench.bounds import Z


def auc(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The probability that one of the first is above one of the second; a tie is half.

    Args:
        positives: at least one.
        negatives: at least one.
    """
    below = sorted(negatives)
    won = sum(bisect_left(below, p) + bisect_right(below, p) for p in positives)
    return won / (2 * len(positives) * len(negatives))


def auc_interval(area: float, positives: int, negatives: int) -> tuple[float, float]:
    """The 95 % interval of an AUC.

    Source: Hanley and McNeil 1982.
    """
    one, two = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area)
    spread += (positives - 1) * (one - area * area) + (negatives - 1) * (two - area * area)
    half = Z * math.sqrt(max(spread, 0.0) / (positives * negatives))
    return max(0.0, area - half), min(1.0, area + half)
