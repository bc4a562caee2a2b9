from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from auditor.align import match
from auditor.align.make_background import SENTENCES
from auditor.align.match import embedded_background
from auditor.core import AlignError, Alignment, OffsetMap

Write = Callable[..., Any]
EMPTY = np.zeros((0, 256), np.float32)


def links(alignment: Alignment) -> list[tuple[int, int]]:
    return [(b.source[0].index, b.target[0].index) for b in alignment.beads]


def test_shared_sentences_are_found_in_any_order(write: Write) -> None:
    left = write("a", [1, 50, 2, 51, 3, 52])
    right = write("b", [60, 3, 61, 1, 62, 2])
    alignment = match(left[0], right[0], left[1], right[1])
    assert links(alignment) == [(0, 3), (2, 5), (4, 1)]
    assert not alignment.monotone
    assert all(0.5 < bead.score <= 1 for bead in alignment.beads)


def test_articles_without_a_shared_sentence_have_no_beads(write: Write) -> None:
    left, right = write("a", range(30)), write("b", range(100, 130))
    assert links(match(left[0], right[0], left[1], right[1])) == []


def test_a_sentence_with_two_equal_counterparts_is_left_alone(write: Write) -> None:
    left, right = write("a", [1, 2]), write("b", [2, 1, 1], noise=0.5)
    assert (0, 0) not in links(match(left[0], right[0], left[1], right[1]))
    assert (1, 0) in links(match(left[0], right[0], left[1], right[1]))


def test_a_match_that_is_as_near_to_the_background_does_not_count(write: Write) -> None:
    left, right = write("a", [1], noise=0.8), write("b", [1], noise=0.8)
    assert links(match(left[0], right[0], left[1], right[1], EMPTY)) == [(0, 0)]
    _, common = write("c", [1] * 5, noise=0.3)
    assert links(match(left[0], right[0], left[1], right[1], common)) == []


@pytest.mark.parametrize(("n", "m"), [(0, 2), (2, 0), (0, 0)])
def test_an_empty_article_matches_nothing(write: Write, n: int, m: int) -> None:
    left, right = write("a", range(n)), write("b", range(m))
    assert match(left[0], right[0], left[1], right[1]).beads == ()


def test_a_value_that_is_no_number_is_an_error(write: Write) -> None:
    left, right = write("a", range(3)), write("b", range(3))
    right[1][1, 1] = np.inf
    with pytest.raises(AlignError, match=r"^b: the vector of segment 1 "):
        match(left[0], right[0], left[1], right[1])


def test_matches_do_not_depend_on_how_rows_are_grouped(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, right = write("a", range(40)), write("b", [*range(20, 0, -1), *range(100, 130)])
    before = match(left[0], right[0], left[1], right[1])
    assert len(before.beads) > 10
    for name in ("match", "nearest"):
        monkeypatch.setattr(importlib.import_module(f"auditor.align.{name}"), "_ROWS", 3)
    assert match(left[0], right[0], left[1], right[1]) == before


@pytest.mark.parametrize(
    ("left", "right", "sign"),
    [
        ("In 1989 it fell", "Es fiel 1989 um", 1),
        ("In 1989 it fell", "Es fiel \N{FULLWIDTH DIGIT ONE}989 um", 1),
        ("In 1989 it fell", "Es fiel 1983 um", -1),
        ("In 1989 it fell", "Es fiel dann um", -1),
    ],
    ids=["same", "same in other digits", "another", "none"],
)
def test_numbers_speak_for_a_match_or_against_it(
    write: Write, left: str, right: str, sign: int
) -> None:
    def score(one: str, other: str) -> float:
        source, target = write("a", [1, 2, 3], noise=1.2), write("b", [1, 4, 5], noise=1.2)
        source[0][0] = replace(source[0][0], text=one, offsets=OffsetMap.identity(len(one)))
        target[0][0] = replace(target[0][0], text=other, offsets=OffsetMap.identity(len(other)))
        (bead,) = match(source[0], target[0], source[1], target[1], EMPTY).beads
        return bead.score

    plain = score("At last it fell", "Es fiel dann um")
    assert np.sign(score(left, right) - plain) == sign


def test_the_background_that_ships_belongs_to_its_sentences() -> None:
    pool = embedded_background()
    assert pool.shape == (len(SENTENCES), 512)
    np.testing.assert_allclose(np.linalg.norm(pool, axis=1), 1, atol=1e-5)
    assert len(set(SENTENCES)) == len(SENTENCES)
    # No sentence of it is a translation of another.
    near = pool @ pool.T
    np.fill_diagonal(near, 0)
    assert near.max() < 0.75
    assert np.quantile(near, 0.95) < 0.35
