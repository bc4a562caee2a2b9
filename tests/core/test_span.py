"""Offset maps: whatever is done to a text, every character leads back to its file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import OffsetMap, Run, Span, TextBuilder

# One edit of the next characters of a text: how many it takes, and what stands for them.
# None copies them, so that both linear and widening runs come about.
EDITS = st.lists(st.tuples(st.integers(0, 4), st.none() | st.text("xyz", max_size=4)), max_size=12)
TEXTS = st.text("abcdefgh", max_size=30)


def edited(origin: str, edits: list[tuple[int, str | None]]) -> tuple[str, OffsetMap, list[Run]]:
    """The text after edits, its map, and for each derived character its range of the origin."""
    builder = TextBuilder()
    pieces: list[Run] = []
    at = 0
    for taken, put in edits:
        end = min(at + taken, len(origin))
        before = len(builder)
        if put is None:
            builder.copy(origin[at:end], at)
            pieces += [Run(before + i, before + i + 1, at + i, at + i + 1) for i in range(end - at)]
        else:
            builder.replace(put, at, end)
            exact = len(put) == end - at
            pieces += [
                Run(before + i, before + i + 1, *((at + i, at + i + 1) if exact else (at, end)))
                for i in range(len(put))
            ]
        at = end
    text, offsets = builder.build()
    return text, offsets, pieces


def hull(pieces: list[Run]) -> tuple[int, int]:
    return pieces[0].origin, max(piece.origin_end for piece in pieces)


@given(TEXTS, EDITS)
def test_every_range_maps_to_the_ranges_of_its_characters(
    origin: str, edits: list[tuple[int, str | None]]
) -> None:
    text, offsets, pieces = edited(origin, edits)
    assert len(text) == len(offsets) == len(pieces)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert offsets.to_origin(start, end) == hull(pieces[start:end])


@given(TEXTS, EDITS, EDITS)
def test_composed_map_gives_what_the_two_give_one_after_the_other(
    origin: str, first: list[tuple[int, str | None]], second: list[tuple[int, str | None]]
) -> None:
    middle, inner, _ = edited(origin, first)
    text, outer, _ = edited(middle, second)
    composed = outer.over(inner)
    assert len(composed) == len(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            there = outer.to_origin(start, end)
            if there[0] == there[1]:
                continue
            found, expected = composed.to_origin(start, end), inner.to_origin(*there)
            # What was inserted beside deleted text may lie on either side of it.
            inserted = any(len(set(outer.to_origin(at, at + 1))) == 1 for at in (start, end - 1))
            assert found[0] <= expected[0] <= expected[1] <= found[1]
            assert inserted or found == expected


@given(TEXTS, EDITS, EDITS)
def test_composed_map_never_leaves_the_origin(
    origin: str, first: list[tuple[int, str | None]], second: list[tuple[int, str | None]]
) -> None:
    middle, inner, _ = edited(origin, first)
    text, outer, _ = edited(middle, second)
    composed = outer.over(inner)
    for at in range(len(text) + 1):
        point, same = composed.to_origin(at, at)
        assert 0 <= point == same <= len(origin)


@given(TEXTS, EDITS, st.data())
def test_slice_maps_as_the_whole_does(
    origin: str, edits: list[tuple[int, str | None]], data: st.DataObject
) -> None:
    text, offsets, _ = edited(origin, edits)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = offsets.slice(start, end)
    assert len(part) == end - start
    for left in range(end - start):
        for right in range(left + 1, end - start + 1):
            assert part.to_origin(left, right) == offsets.to_origin(start + left, start + right)


@given(TEXTS, EDITS)
def test_copied_characters_are_found_again_at_their_place(
    origin: str, edits: list[tuple[int, str | None]]
) -> None:
    text, offsets, _ = edited(origin, edits)
    for run in offsets.runs:
        copied = text[run.start : run.end]
        if run.linear and not set(copied) & set("xyz"):
            assert origin[slice(*offsets.to_origin(run.start, run.end))] == copied


@pytest.mark.parametrize(
    ("start", "end", "origin"),
    [
        pytest.param(0, 3, (10, 13), id="copied"),
        pytest.param(3, 4, (13, 14), id="first letter of a ligature widens to all of it"),
        pytest.param(2, 4, (12, 14), id="into the ligature"),
        pytest.param(4, 6, (13, 15), id="out of the ligature"),
        pytest.param(0, 0, (10, 10), id="point at the beginning"),
        pytest.param(3, 3, (13, 13), id="point right behind the character before it"),
        pytest.param(4, 4, (14, 14), id="point inside a ligature lies behind it"),
        pytest.param(6, 6, (15, 15), id="point at the end"),
    ],
)
def test_ranges_widen_and_points_stay_points(start: int, end: int, origin: tuple[int, int]) -> None:
    builder = TextBuilder()
    builder.copy("sta", 10)
    builder.replace("fl", 13, 14)
    builder.copy("x", 14)
    text, offsets = builder.build()
    assert text == "staflx"
    assert offsets.to_origin(start, end) == origin


def test_part_of_a_ligature_is_all_of_it_though_the_lengths_agree() -> None:
    builder = TextBuilder()
    builder.replace("ffi", 0, 2)
    _, ligature = builder.build()
    assert ligature.slice(0, 2).to_origin(0, 1) == (0, 2)
    assert OffsetMap.identity(2).over(ligature).to_origin(0, 1) == (0, 2)


def test_whole_replacement_of_equal_length_is_not_divided() -> None:
    builder = TextBuilder()
    builder.replace("ab", 4, 6, whole=True)
    _, offsets = builder.build()
    assert offsets.to_origin(0, 1) == (4, 6)
    assert offsets.slice(1, 2).to_origin(0, 1) == (4, 6)


def test_text_deleted_between_two_characters_is_inside_their_range_only() -> None:
    builder = TextBuilder()
    builder.copy("ca", 0)
    builder.copy("sino", 3)
    _, offsets = builder.build()
    assert offsets.to_origin(1, 3) == (1, 4)
    assert offsets.to_origin(0, 2) == (0, 2)
    assert offsets.to_origin(2, 6) == (3, 7)


def test_neighbouring_copies_are_one_run() -> None:
    builder = TextBuilder()
    builder.copy("ab", 4)
    builder.copy("", 6)
    builder.copy("cd", 6)
    assert builder.build() == ("abcd", OffsetMap((Run(0, 4, 4, 8),)))


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 5), (3, 2)])
def test_range_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(IndexError, match="outside a text of 4 characters"):
        OffsetMap.identity(4).to_origin(start, end)


@pytest.mark.parametrize(
    "runs",
    [
        pytest.param((Run(1, 2, 0, 1),), id="gap at the beginning"),
        pytest.param((Run(0, 2, 0, 2), Run(3, 4, 2, 3)), id="gap"),
        pytest.param((Run(0, 0, 0, 1),), id="empty"),
        pytest.param((Run(0, 1, 2, 1),), id="backwards"),
    ],
)
def test_runs_that_do_not_cover_the_text_are_refused(runs: tuple[Run, ...]) -> None:
    with pytest.raises(ValueError, match="end to end"):
        OffsetMap(runs)


def test_empty_map_gives_a_point() -> None:
    assert OffsetMap.identity(0, at=7).to_origin(0, 0) == (0, 0)


def test_spans_of_two_documents_never_meet() -> None:
    here, there = Span("a", 0, 5), Span("b", 0, 5)
    assert not here.overlaps(there)
    assert not here.covers(there)
    assert here.covers(Span("a", 1, 5))
    assert here.overlaps(Span("a", 4, 9))
    assert not here.overlaps(Span("a", 5, 9))


def test_what_is_inserted_inside_a_ligature_belongs_to_it() -> None:
    builder = TextBuilder()
    builder.replace("fi", 4, 5)
    _, ligature = builder.build()
    builder = TextBuilder()
    builder.copy("f", 0)
    builder.replace("-", 1, 1)
    builder.copy("i", 1)
    _, hyphenated = builder.build()
    composed = hyphenated.over(OffsetMap((Run(0, 2, 4, 5),)))
    assert composed == hyphenated.over(ligature)
    assert composed.to_origin(1, 2) == (4, 5)
    assert composed.to_origin(1, 3) == (4, 5)
