"""Marks over a text: overlaps are cut, nothing is lost and nothing nests wrongly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from auditor.report.marks import LAYERS, Fragment, Mark, Marks, point
from auditor.report.shown import Piece

TEXT = "abcdefghij"
PIECE = Piece(100, 110, TEXT, linear=True)


def _lay(marks: list[Mark], piece: Piece = PIECE) -> list[Fragment]:
    return list(Marks(marks).lay(piece, set()))


def test_overlapping_marks_are_cut_where_they_cross() -> None:
    fragments = _lay([Mark(102, 106, 0), Mark(104, 108, 1)])
    assert [(f.text, f.findings) for f in fragments] == [
        ("ab", ()),
        ("cd", (0,)),
        ("ef", (0, 1)),
        ("gh", (1,)),
        ("ij", ()),
    ]


def test_highest_ranked_finding_comes_first() -> None:
    fragments = _lay([Mark(100, 110, 7), Mark(103, 105, 2)])
    assert fragments[1] == Fragment("de", (2, 7), (), ("m2",), first=True)


def test_evidence_and_finding_on_the_same_characters_are_both_kept() -> None:
    fragments = _lay([Mark(102, 104, 0), Mark(102, 104, 5, evidence=1)])
    assert fragments[1] == Fragment("cd", (0,), (5,), ("m0", "e5-1"), first=True)


def test_mark_over_two_pieces_has_one_anchor() -> None:
    marks, begun = Marks([Mark(108, 112, 0)]), set[str]()
    first = list(marks.lay(PIECE, begun))
    second = list(marks.lay(Piece(110, 115, "klmno", linear=True), begun))
    assert first[-1].anchors == ("m0",)
    assert second[0] == Fragment("kl", (0,))


def test_piece_that_cannot_be_cut_is_marked_as_a_whole() -> None:
    entity = Piece(100, 105, "&", linear=False)
    assert [(f.text, f.findings) for f in _lay([Mark(102, 103, 0)], entity)] == [("&", (0,))]


def test_points_are_found_where_they_lie() -> None:
    marks = Marks([Mark(100, 100, 0), Mark(105, 105, 1), Mark(110, 110, 2)])
    assert [m.finding for m in marks.points_in(100, 110, last=False)] == [0, 1]
    assert [m.finding for m in marks.points_in(100, 110, last=True)] == [0, 1, 2]
    assert point(Mark(105, 105, 1), set()).is_point


def test_crowd_of_marks_is_bounded() -> None:
    fragments = _lay([Mark(100, 110, rank) for rank in range(500)])
    assert fragments[0].findings == tuple(range(LAYERS))


marks = st.lists(
    st.builds(
        lambda a, b, f, e: Mark(min(a, b), max(a, b), f, e),
        st.integers(95, 115),
        st.integers(95, 115),
        st.integers(0, 5),
        st.integers(-1, 2),
    ),
    max_size=8,
)


@given(marks)
def test_fragments_join_to_the_text_and_carry_their_marks(held: list[Mark]) -> None:
    fragments = _lay(held)
    assert "".join(f.text for f in fragments) == TEXT
    at = 100
    for fragment in fragments:
        for position in range(at, at + len(fragment.text)):
            over = [m for m in held if m.start <= position < m.end]
            assert set(fragment.findings) == {m.finding for m in over if m.evidence < 0}
            assert set(fragment.quotes) == {m.finding for m in over if m.evidence >= 0}
        at += len(fragment.text)
