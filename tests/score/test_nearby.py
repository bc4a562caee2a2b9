"""Margins to the passages nearby, and what the wording of rated translations tells."""

from __future__ import annotations

import numpy as np
import pytest

from auditor.score.grams import SIGNS, WORDS, gram_sum
from auditor.score.nearby import SAME, WINDOW, outdone
from auditor.score.signals import Floats


def rows(*meanings: float) -> Floats:
    """Unit vectors at these angles, in radians."""
    return np.array([[np.cos(a), np.sin(a)] for a in meanings], np.float32)


def sides(sources: Floats, targets: Floats) -> Floats:
    return np.hstack([sources, targets])


FAR = rows(0.0, 1.0, 2.0, 3.0)
"""Four sentences of which none is like the next: cosines of .54 and less."""


def test_sound_pairs_are_never_outdone() -> None:
    assert outdone(sides(FAR, FAR)).tolist() == [0, 0, 0, 0]


def test_swapped_neighbours_are_outdone_by_each_other() -> None:
    swapped = sides(FAR, FAR[[1, 0, 2, 3]])
    lost = 1 - np.cos(1.0)
    assert outdone(swapped) == pytest.approx([lost, lost, 0, 0], abs=1e-4)


def test_a_source_that_says_nearly_the_same_is_no_rival() -> None:
    angle = float(np.arccos(SAME)) - 0.01
    alike = rows(0.0, angle)
    assert outdone(sides(alike, alike[[1, 0]])).tolist() == [0, 0]


def test_what_stands_far_away_is_no_rival() -> None:
    count = WINDOW + 2
    spread = np.eye(count, dtype=np.float32)
    order = list(range(count))
    order[0], order[-1] = order[-1], order[0]
    assert not outdone(sides(spread, spread[order])).any()


@pytest.mark.parametrize("count", [0, 1])
def test_a_pair_alone_has_no_rival(count: int) -> None:
    assert outdone(sides(FAR[:count], FAR[:count])).tolist() == [0] * count


def test_a_table_of_nothing_says_nothing() -> None:
    assert gram_sum("The dog.", "狗。", np.zeros(SIGNS + WORDS, np.float32)) == 0


@pytest.mark.parametrize(
    ("source", "target"), [("", ""), (" ", "\ud83d"), ("a" * 9999, "狗" * 9999)]
)
def test_any_text_has_a_sum_of_bounded_size(source: str, target: str) -> None:
    # Of a vector of length 1 and weights of 1, the sum is at most the root of its rows.
    ones = np.ones(SIGNS + WORDS, np.float32)
    assert 0 <= gram_sum(source, target, ones) <= len(target) ** 0.5 + len(source) ** 0.5 + 4


def test_wording_counts_by_words_of_the_source_and_signs_of_the_target() -> None:
    table = np.random.default_rng(1).normal(size=SIGNS + WORDS).astype(np.float32)
    plain = gram_sum("The dog sleeps.", "狗睡了。", table)
    assert plain == gram_sum("The dog  sleeps .", "狗 睡了。", table)
    assert plain != gram_sum("The dog sleeps.", "猫睡了。", table)
    assert plain != gram_sum("The cat sleeps.", "狗睡了。", table)
