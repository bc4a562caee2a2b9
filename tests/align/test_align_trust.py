from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from auditor.align import tiles, trust
from auditor.align.search import Step, best_path
from auditor.align.tiles import Tile, around, whole
from auditor.align.trust import SHARPNESS, trusts
from auditor.align.unfinished import unfinished
from auditor.core import OffsetMap, Segment

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2))
SKIP = -0.07


def every_path(i: int, j: int, last: Step = (1, 1)) -> Iterator[list[Step]]:
    """All alignments of i and j segments; the source is left out before the target."""
    if not i and not j:
        yield []
        return
    for a, b in (*SHAPES, (1, 0), (0, 1)):
        # Built from the end: a source segment left out may not follow a target segment.
        if a <= i and b <= j and not ((a, b) == (0, 1) and last == (1, 0)):
            for rest in every_path(i - a, j - b, (a, b)):
                yield [*rest, (a, b)]


def places(steps: list[Step]) -> list[tuple[Step, int, int]]:
    ends = np.cumsum(np.array(steps), axis=0).tolist()
    return [(step, i, j) for step, (i, j) in zip(steps, ends, strict=True)]


@pytest.mark.parametrize(("n", "m"), [(4, 5), (1, 4), (4, 1), (5, 2)])
@pytest.mark.parametrize("rows", [2, 32])
def test_trust_is_the_share_of_all_alignments(
    n: int, m: int, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "TILE_ROWS", rows)
    table = np.random.default_rng(n * m).normal(0, 0.1, (n, len(SHAPES), m + 1)).astype(np.float32)

    def score(tile: Tile) -> np.ndarray:
        return table[tile.first_row - 1 : tile.last_row]

    def key(step: Step, i: int, j: int) -> tuple[Step, int, int]:
        # A segment without counterpart may be left out at any place.
        return step, i if step[0] else 0, j if step[1] else 0

    weight: dict[tuple[Step, int, int], float] = {}
    total = 0.0
    for path in every_path(n, m):
        value = sum(
            table[i - 1, SHAPES.index(step), j] if min(step) else SKIP
            for step, i, j in places(path)
        )
        total += np.exp(SHARPNESS * value)
        for place in (key(*place) for place in places(path)):
            weight[place] = weight.get(place, 0) + np.exp(SHARPNESS * value)
    for path in list(every_path(n, m))[::7]:
        expected = [weight[key(*place)] / total for place in places(path)]
        found = trusts(whole(n, m), SHAPES, score, SKIP, path)
        np.testing.assert_allclose(found, expected, rtol=1e-4)


def test_trust_in_a_band_is_that_in_the_whole() -> None:
    n = 300
    random = np.random.default_rng(3)
    table = np.full((n, 4, n + 1), -0.5, np.float32)
    table[:, 1:] -= 0.5
    every = np.arange(n)
    table[every, 0, every + 1] = random.normal(0.1, 0.2, n)

    def score(tile: Tile) -> np.ndarray:
        own = slice(tile.first_column, tile.last_column + 1)
        return table[tile.first_row - 1 : tile.last_row, :, own]

    steps = best_path(whole(n, n), SHAPES, score, SKIP)
    ends = np.cumsum(np.array(steps), axis=0)
    steps = sorted_skips(steps)
    band = around(np.vstack([[[0, 0]], ends]), n, n, 20)
    assert max(tile.columns for tile in band) < n / 2
    np.testing.assert_allclose(
        trusts(band, SHAPES, score, SKIP, steps),
        trusts(whole(n, n), SHAPES, score, SKIP, steps),
        atol=1e-3,
    )


@pytest.mark.parametrize(("core", "abreast"), [(1, 16), (3, 1), (3, 16)])
def test_windows_of_a_document_give_the_trust_of_the_whole(
    core: int, abreast: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    n, m = 400, 400
    random = np.random.default_rng(5)
    table = np.full((n, 4, m + 1), -0.5, np.float32)
    every = np.arange(n)
    table[every, 0, every + 1] = random.normal(0.2, 0.2, n)
    table[every, 1, every + 1] = random.normal(-0.1, 0.2, n)
    # Nothing has a counterpart in two windows and a half.
    table[150:240] = -2

    def score(tile: Tile) -> np.ndarray:
        own = slice(tile.first_column, tile.last_column + 1)
        return table[tile.first_row - 1 : tile.last_row, :, own]

    steps = sorted_skips(best_path(whole(n, m), SHAPES, score, SKIP))
    ends = np.cumsum(np.array(steps), axis=0)
    band = around(np.vstack([[[0, 0]], ends]), n, m, 20)
    monkeypatch.setattr(trust, "CORE", 100)
    expected = trusts(band, SHAPES, score, SKIP, steps)
    monkeypatch.setattr(trust, "CORE", core)
    monkeypatch.setattr(trust, "ABREAST", abreast)
    np.testing.assert_allclose(trusts(band, SHAPES, score, SKIP, steps), expected, atol=1e-4)


def sorted_skips(steps: list[Step]) -> list[Step]:
    """Source before target wherever both are left out at one place."""
    found: list[Step] = []
    run: list[Step] = []
    for step in [*steps, (1, 1)]:
        if min(step):
            found += [*sorted(run, reverse=True), step]
            run = []
        else:
            run.append(step)
    return found[:-1]


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["He came ( Paris :", "Plon 1950 ) .", "Then he left."], [1, 0, 0]),
        (["a ) one thing", "b ) another"], [0, 0]),
        (["「他来了。", "他走了。」"], [0, 0]),
        (["（见第三章", "和第四章）。"], [1, 0]),
        (["An open ( bracket", "never closed", "goes on", "and on"], [1, 1, 0, 0]),
        (["(one", "two) (three", "four)"], [1, 1, 0]),
        (["All is well :-(", "Is it?", "It is."], [1, 1, 0]),
    ],
)
def test_a_segment_that_ends_in_a_bracket_is_unfinished(texts: list[str], marks: list[int]) -> None:
    segments = [Segment("a", k, t, OffsetMap.identity(len(t)), "und") for k, t in enumerate(texts)]
    assert unfinished(segments).tolist() == marks
