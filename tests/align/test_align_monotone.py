from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from auditor.align import align_monotone, coarse, tiles
from auditor.align.coarse import band
from auditor.align.notation import ladder
from auditor.align.scores import (
    SHAPES,
    characters,
    fit,
    point_fitness,
    scored,
    tile_scores,
)
from auditor.align.search import best_path
from auditor.align.skip import learned_skip
from auditor.align.tiles import around, whole
from auditor.core import AlignError, Alignment, OffsetMap, Segment

Write = Callable[..., Any]
Version = tuple[list[Segment], NDArray[np.float32]]
Rows = NDArray[np.float32]
NONE = (np.zeros(0, np.intp), np.zeros(0, np.intp))


def links(alignment: Alignment) -> list[tuple[list[int], list[int]]]:
    return [([s.index for s in b.source], [t.index for t in b.target]) for b in alignment.beads]


def align(left: Version, right: Version) -> Alignment:
    return align_monotone(left[0], right[0], left[1], right[1])


def assert_each_segment_once_in_order(alignment: Alignment, n: int, m: int) -> None:
    found = links(alignment)
    assert [i for source, _ in found for i in source] == list(range(n))
    assert [j for _, target in found for j in target] == list(range(m))


@st.composite
def rows(draw: st.DrawFn) -> np.ndarray:
    count = draw(st.integers(0, 24))
    seed = draw(st.integers(0, 2**16))
    values = np.random.default_rng(seed).normal(size=(count, 6)).astype(np.float32)
    if draw(st.booleans()):
        values = np.round(values)
    return values


@given(rows(), rows(), st.sampled_from(["whole", "band"]))
@settings(max_examples=60, deadline=None)
def test_every_segment_is_in_exactly_one_bead(left: Rows, right: Rows, searched: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if searched == "band":
            patch.setattr(tiles, "EXACT_CELLS", 20)
            patch.setattr(tiles, "THIN", 1)
            patch.setattr(tiles, "TILE_ROWS", 3)
            patch.setattr(coarse, "RADIUS", 2)
        sides = [
            [Segment(name, k, "word " * (1 + k % 3), OffsetMap(()), "und") for k in range(len(v))]
            for name, v in (("a", left), ("b", right))
        ]
        alignment = align_monotone(sides[0], sides[1], left, right)
    assert_each_segment_once_in_order(alignment, len(left), len(right))
    assert all(0 <= bead.score <= 1 for bead in alignment.beads)


def test_sentences_in_order_are_paired(write: Write) -> None:
    alignment = align(write("a", range(12)), write("b", range(12)))
    assert ladder(alignment) == "".join(f"[{k}]:[{k}]\n" for k in range(12))
    assert (alignment.source, alignment.target, alignment.monotone) == ("a", "b", True)


def test_a_missing_sentence_is_a_null_bead(write: Write) -> None:
    shorter = [k for k in range(14) if k not in (5, 9)]
    found = links(align(write("a", range(14)), write("b", shorter)))
    assert [source for source, target in found if not target] == [[5], [9]]


def test_foreign_sentences_stand_alone_even_side_by_side(write: Write) -> None:
    left = [*range(6), 100, *range(6, 12)]
    right = [*range(6), 200, *range(6, 12)]
    found = links(align(write("a", left), write("b", right)))
    assert ([6], []) in found
    assert ([], [6]) in found


def test_sentences_merged_in_translation_are_one_bead(write: Write) -> None:
    right = [0, 1, (2, 3), 4, 5, 6, (7, 8, 9), 10, 11]
    found = links(align(write("a", range(12)), write("b", right)))
    assert ([2, 3], [2]) in found
    assert ([7, 8, 9], [6]) in found


def test_a_pair_cut_at_another_place_is_one_bead(write: Write) -> None:
    left = [0, 1, 2, (20, 21, 22), 23, 3, 4, 5]
    right = [0, 1, 2, 20, (21, 22, 23), 3, 4, 5]
    assert ([3, 4], [3, 4]) in links(align(write("a", left), write("b", right)))


def test_a_right_bead_scores_high_and_a_forced_one_low(write: Write) -> None:
    right = align(write("a", range(8)), write("b", range(8)))
    assert min(bead.score for bead in right.beads) > 0.9
    # A sentence that says something of both neighbours may belong to either.
    torn = align(write("a", [1, 2, 3]), write("b", [1, (1, 3), 3]))
    assert 0.1 < min(bead.score for bead in torn.beads if 1 in {s.index for s in bead.target}) < 0.9


@pytest.mark.parametrize(("n", "m"), [(0, 3), (3, 0), (0, 0)])
def test_an_empty_side_leaves_all_without_counterpart(write: Write, n: int, m: int) -> None:
    alignment = align(write("a", range(n)), write("b", range(m)))
    assert_each_segment_once_in_order(alignment, n, m)
    assert len(alignment.beads) == n + m


def test_an_empty_side_may_come_with_vectors_of_no_shape(write: Write) -> None:
    segments, vectors = write("a", range(2))
    alignment = align_monotone(segments, [], vectors, np.zeros(0, np.float32))
    assert ladder(alignment) == "[0]:[]\n[1]:[]\n"


def test_segments_that_are_all_equal_are_paired_in_order(write: Write) -> None:
    alignment = align(write("a", [7] * 9, noise=0), write("b", [7] * 9, noise=0))
    assert_each_segment_once_in_order(alignment, 9, 9)
    assert all(len(b.source) == len(b.target) for b in alignment.beads)


def test_vectors_of_zeros_are_aligned_soundly(write: Write) -> None:
    segments, vectors = write("a", range(5))
    others, _ = write("b", range(7))
    alignment = align_monotone(segments, others, vectors * 0, np.zeros((7, 256), np.float32))
    assert_each_segment_once_in_order(alignment, 5, 7)


@pytest.mark.parametrize("many_is", ["source", "target"])
def test_one_segment_finds_its_like_among_ten_thousand(write: Write, many_is: str) -> None:
    one, many = write("a", [777], noise=0, size=96), write("b", range(10_000), noise=0, size=96)
    if many_is == "source":
        alignment, sizes, link = align(many, one), (10_000, 1), ([777], [0])
    else:
        alignment, sizes, link = align(one, many), (1, 10_000), ([0], [777])
    assert_each_segment_once_in_order(alignment, *sizes)
    assert link in links(alignment)


def test_a_value_that_is_no_number_is_an_error_that_names_the_segment(write: Write) -> None:
    segments, vectors = write("a", range(4))
    vectors[2, 5] = np.nan
    with pytest.raises(AlignError, match=r"^a: the vector of segment 2 .*; use another encoder"):
        align((segments, vectors), write("b", range(4)))


def test_vectors_of_two_widths_are_an_error(write: Write) -> None:
    with pytest.raises(AlignError, match="vectors of 256 and of 32 numbers"):
        align(write("a", range(4)), write("b", range(4), size=32))


def test_a_missing_vector_is_an_error(write: Write) -> None:
    segments, vectors = write("a", range(4))
    with pytest.raises(AlignError, match="4 segments, but vectors of shape"):
        align((segments, vectors[:3]), write("b", range(4)))


def test_single_beads_are_scored_as_in_tiles(write: Write) -> None:
    left, right = write("a", range(9)), write("b", [1, 2, (3, 4), 5, 6, 8])
    sizes = (characters(left[0]), characters(right[0]))
    pair = fit((left[1], right[1]), sizes, NONE)
    tile = whole(9, 6)[0]
    table = tile_scores(pair, tile)
    for kind, (a, b) in enumerate(SHAPES):
        i, j = (grid.ravel() for grid in np.meshgrid(np.arange(a - 1, 9), np.arange(b - 1, 6)))
        single = scored((a, b), point_fitness(pair, (a, b), i, j).astype(np.float32))
        np.testing.assert_allclose(single, table[i, kind, j + 1], atol=1e-5)


def test_the_search_finds_the_best_of_all_paths() -> None:
    shapes = ((1, 1), (1, 2), (2, 1))
    table = np.random.default_rng(3).normal(size=(4, 3, 6)).astype(np.float32)
    skip = -0.3

    def value(steps: Sequence[tuple[int, int]]) -> float:
        i = j = 0
        total = 0.0
        for a, b in steps:
            i, j = i + a, j + b
            total += table[i - 1, shapes.index((a, b)), j] if a and b else skip
        return total

    def paths(i: int, j: int) -> Iterator[list[tuple[int, int]]]:
        if (i, j) == (0, 0):
            yield []
        for a, b in (*shapes, (1, 0), (0, 1)):
            if i >= a and j >= b:
                for head in paths(i - a, j - b):
                    yield [*head, (a, b)]

    found = best_path(whole(4, 5), shapes, lambda _: table, skip)
    assert value(found) == pytest.approx(max(value(steps) for steps in paths(4, 5)))


def test_a_band_finds_what_the_whole_lattice_finds(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = np.random.default_rng(4).random((2, 700)) < 0.1
    left = write("a", [k for k in range(700) if not lost[0, k]])
    # A cut in the middle, far longer than the band is wide.
    right = write("b", [k for k in range(700) if not lost[1, k] and not 300 < k < 480])
    exact = links(align(left, right))
    monkeypatch.setattr(tiles, "EXACT_CELLS", 10_000)
    searched = sum(tile.rows * tile.columns for tile in band(left[1], right[1]))
    assert searched < len(left[0]) * len(right[0]) / 2
    assert links(align(left, right)) == exact


def test_the_band_grows_with_the_length_not_with_its_square() -> None:
    def cells(n: int) -> int:
        path = np.stack([np.arange(n + 1)] * 2, axis=1)
        return sum(tile.rows * tile.columns for tile in around(path, n, n, 40))

    assert cells(40_000) < 1.05 * 10 * cells(4_000)


def test_the_skip_is_lower_where_sentences_are_merged_than_where_they_are_added(
    write: Write,
) -> None:
    def skip(right_meanings: Sequence[int | tuple[int, ...]]) -> float:
        left = write("a", range(60), noise=0.7)
        right = write("b", right_meanings, noise=0.7)
        pair = fit((left[1], right[1]), (characters(left[0]), characters(right[0])), NONE)
        steps = [(len(b.source), len(b.target)) for b in align(left, right).beads]
        learned = learned_skip(partial(point_fitness, pair), steps)
        assert learned is not None
        return learned

    merged = [(k, k + 1) if k % 6 == 0 else k for k in range(60) if k % 6 != 1]
    added = [m for k in range(60) for m in ((k, 500 + k) if k % 6 == 0 else (k,))]
    assert skip(merged) < skip(added) - 0.01


def test_nothing_is_learned_where_foreign_segments_fit_as_well_as_missing_ones(
    write: Write,
) -> None:
    left, right = write("a", [7] * 400, noise=0), write("b", [7] * 400, noise=0)
    # One side alternates long and short where the other does short and long.
    sizes = np.tile([10.0, 100.0], 200)
    pair = fit((left[1], right[1]), (sizes, sizes[::-1].copy()), NONE)
    assert learned_skip(partial(point_fitness, pair), [(1, 1)] * 400) is None


def test_the_same_input_gives_the_same_beads(write: Write) -> None:
    left, right = write("a", range(40)), write("b", [k for k in range(40) if k % 7])
    assert align(left, right) == align(left, right)
