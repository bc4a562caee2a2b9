from __future__ import annotations

import pytest

from auditor.bench.bounds import poisson_interval, share_interval


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39)]
)
def test_poisson_bounds_are_those_of_the_tables(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), abs=0.005)


def test_wilson_bounds_are_those_of_the_tables() -> None:
    assert share_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=0.0005)


def test_a_share_never_leaves_the_unit_interval() -> None:
    low, high = share_interval(10, 10)
    assert 0 < low < high
    assert high == pytest.approx(1)
