"""Text that stands elsewhere is joined with what it says, and nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meanings import Write, write_version

from auditor.align import align_versions, passages
from auditor.align.moved import find_moves
from auditor.core import (
    Alignment,
    Bead,
    Document,
    Move,
    Passage,
    Relation,
    RelationKind,
    Segment,
    Story,
)


def order(count: int, first: int, size: int, to: int) -> list[int]:
    """The numbers below `count` with a block of `size` taken out and put back at `to`."""
    rest = [k for k in range(count) if not first <= k < first + size]
    return rest[:to] + list(range(first, first + size)) + rest[to:]


def moved(source: Any, target: Any) -> list[tuple[list[int], list[int]]]:
    found = align_versions(source[0], target[0], source[1], target[1]).beads
    return [([s.index for s in b.source], [t.index for t in b.target]) for b in found if b.moved]


def story(versions: dict[str, Any], source: str | None = None) -> tuple[Story, list[Passage]]:
    documents = tuple(Document(name, "und", "", name, ()) for name in versions)
    pairs = list(combinations(versions, 2))
    relations = tuple(Relation(a, b, RelationKind.TRANSLATION) for a, b in pairs)
    segments = {name: version[0] for name, version in versions.items()}
    alignments = [
        align_versions(segments[a], segments[b], versions[a][1], versions[b][1]) for a, b in pairs
    ]
    return (
        Story("s", documents, source, relations),
        list(passages(list(versions), segments, alignments)),
    )


def moves(versions: dict[str, Any], source: str | None = None) -> tuple[Move, ...]:
    told, found = story(versions, source)
    return find_moves(told, {name: version[0] for name, version in versions.items()}, found)


@pytest.mark.parametrize("size", [1, 2, 3, 6])
def test_a_moved_block_is_joined_with_its_counterpart(write: Write, size: int) -> None:
    numbers = order(20, 3, size, 12)
    expected = [([k], [numbers.index(k)]) for k in range(3, 3 + size)]
    assert moved(write("a", range(20)), write("b", numbers)) == expected


def test_what_is_left_out_here_and_added_there_did_not_move(write: Write) -> None:
    target = [*range(4), *range(7, 15), 100, 101, 102, *range(15, 20)]
    assert moved(write("a", range(20)), write("b", target)) == []


@settings(max_examples=25, deadline=None)
@given(
    numbers=st.lists(st.integers(0, 30), min_size=1, max_size=25),
    other=st.lists(st.integers(0, 30), min_size=1, max_size=25),
)
def test_every_segment_is_in_one_bead_whatever_moved(numbers: list[int], other: list[int]) -> None:
    (source, rows), (target, columns) = write_version("a", numbers), write_version("b", other)
    beads = align_versions(source, target, rows, columns).beads
    assert [s.index for b in beads for s in b.source] == list(range(len(source)))
    assert sorted(t.index for b in beads for t in b.target) == list(range(len(target)))
    in_order = [t.index for b in beads if not b.moved for t in b.target]
    assert in_order == sorted(in_order)


def test_nothing_moves_between_a_text_and_no_text(write: Write) -> None:
    assert moved(write("a", range(4)), write("b", [])) == []


def test_passages_hold_what_moved_and_say_so(write: Write) -> None:
    numbers = order(12, 2, 2, 8)
    _, found = story({"a": write("a", range(12)), "b": write("b", numbers)})
    told = {p.of("a")[0].index: p for p in found if p.of("a")}
    assert [p.moved for p in found if p.moved] == [("b",), ("b",)]
    assert [told[k].of("b")[0].index for k in range(12)] == [numbers.index(k) for k in range(12)]
    assert len(found) == 12


def test_most_versions_say_where_a_passage_belongs(write: Write) -> None:
    odd = order(12, 2, 2, 8)
    versions = {"a": write("a", odd), "b": write("b", range(12)), "c": write("c", range(12))}
    (move,) = moves(versions)
    assert (move.document, move.against, move.judged) == ("a", "b", True)
    assert [s.index for s in move.here] == [8, 9]
    assert [s.index for s in move.there] == [2, 3]
    assert move.after == versions["b"][0][1]


def test_a_declared_source_is_never_the_one_that_moved(write: Write) -> None:
    odd = order(12, 0, 3, 8)
    versions = {"a": write("a", range(12)), "b": write("b", odd), "c": write("c", range(12))}
    found = moves(versions, source="b")
    assert [(m.document, m.against) for m in found] == [("a", "b"), ("c", "b")]
    assert all(m.after == versions["b"][0][7] for m in found)


def test_of_two_versions_the_later_one_is_named_and_nobody_is_judged(write: Write) -> None:
    versions = {"b": write("b", range(12)), "a": write("a", order(12, 9, 3, 0))}
    (move,) = moves(versions)
    assert (move.document, move.judged) == ("a", False)
    assert move.after == versions["b"][0][8]


def test_what_stands_first_there_comes_after_nothing(write: Write) -> None:
    (move,) = moves({"a": write("a", range(12)), "b": write("b", order(12, 0, 2, 9))}, source="a")
    assert move.after is None


def test_the_order_of_versions_changes_no_passage(write: Write) -> None:
    versions = {
        "a": write("a", range(12)),
        "b": write("b", order(12, 2, 3, 8)),
        "c": write("c", order(12, 6, 2, 1)),
    }
    first = [(set(p.segments), p.moved) for p in story(versions)[1]]
    second = [(set(p.segments), p.moved) for p in story(dict(reversed(versions.items())))[1]]
    assert first == second


def test_a_version_is_not_given_a_second_group(write: Write) -> None:
    source, target = write("a", range(6))[0], write("b", range(6))[0]
    straight = [Bead((s,), (t,), 0.9) for s, t in zip(source, target, strict=True)]
    crossing = Bead((source[0],), (target[5],), 0.9, moved=True)
    both = Alignment("a", "b", (*straight, crossing), monotone=True)
    found = passages("ab", {"a": source, "b": target}, [both])
    assert not any(p.moved for p in found)
    assert len(found) == 6


def _texts(segments: Sequence[Segment]) -> list[str]:
    return [s.text for s in segments]


def test_vectors_that_repeat_do_not_cross(write: Write) -> None:
    segments, rows = write("a", [7] * 9)
    others, columns = write("b", [7] * 5)
    same = np.repeat(rows[:1], 9, axis=0), np.repeat(columns[:1], 5, axis=0)
    beads = align_versions(segments, others, *same).beads
    assert len(_texts([t for b in beads for t in b.target])) == 5
    assert not any(b.moved for b in beads)
