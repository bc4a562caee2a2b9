"""Bounds on what was counted, so that a figure is never read as more than it is."""

from __future__ import annotations

import math
from collections.abc import Callable

Z = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""


def poisson_interval(count: int) -> tuple[float, float]:
    """The exact 95 % interval of the mean of a Poisson count.

    Args:
        count: events seen, 0 or more.

    Source: Garwood 1936, by bisection on the cumulative distribution.
    """
    low = 0.0 if count == 0 else _solve(lambda mean: 1 - _at_most(count - 1, mean), 0.025)
    return low, _solve(lambda mean: 1 - _at_most(count, mean), 0.975)


def _at_most(count: int, mean: float) -> float:
    return sum(
        math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) if mean > 0 else float(i == 0)
        for i in range(count + 1)
    )


def _solve(rising: Callable[[float], float], level: float) -> float:
    low, high = 0.0, 1.0
    while rising(high) < level:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return (low + high) / 2


def share_interval(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share.

    Args:
        count: how many had the property.
        total: out of how many, at least 1.

    Source: Wilson 1927.
    """
    share = count / total
    middle = share + Z * Z / (2 * total)
    half = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    scale = 1 + Z * Z / total
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)
