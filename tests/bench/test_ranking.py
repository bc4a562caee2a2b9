from __future__ import annotations

import pytest

from auditor.bench.ranking import auc, auc_interval


@pytest.mark.parametrize(
    ("positives", "negatives", "area"),
    [([3, 4], [1, 2], 1.0), ([1, 2], [3, 4], 0.0), ([1, 3], [2, 2], 0.5), ([1], [1], 0.5)],
)
def test_auc_counts_pairs_in_order_and_ties_as_half(
    positives: list[float], negatives: list[float], area: float
) -> None:
    assert auc(positives, negatives) == area


def test_the_interval_is_that_of_the_paper() -> None:
    # Hanley and McNeil 1982: area .893, 51 and 58 patients, standard error .032.
    low, high = auc_interval(0.893, 51, 58)
    assert (0.893 - low) / 1.96 == pytest.approx(0.032, abs=0.001)
    assert high == pytest.approx(0.956, abs=0.002)
