from __future__ import annotations

import pytest

from auditor.align.notation import Row, dumps, ladder, loads
from auditor.core import Alignment, Bead, ConfigError, OffsetMap, Passage, Segment, Span


def segment(name: str, index: int, start: int, end: int, block: int = 0) -> Segment:
    return Segment(
        name, index, "x" * (end - start), OffsetMap.identity(end - start, start), "und", block
    )


A0, A1, A2 = segment("a.txt", 0, 0, 9), segment("a.txt", 2, 10, 20), segment("a.txt", 3, 22, 30, 1)
B0 = segment("b.txt", 0, 0, 15)
FOUND = (Passage(0, (A0, A1, B0), 0.9), Passage(1, (A2,), 1.0))
TABLE = """# auditor alignment 1
# story: harbour
# unit: sentence
documents\ta.txt\tb.txt
p1\t0-9,10-20\t0-15
p2\t22-30\t-
"""


def test_passages_are_written_as_a_table() -> None:
    assert dumps("harbour", ["a.txt", "b.txt"], FOUND) == TABLE


def test_segments_of_a_paragraph_are_one_range() -> None:
    lines = dumps("harbour", ["a.txt", "b.txt"], FOUND, unit="paragraph").splitlines()
    assert lines[2] == "# unit: paragraph"
    assert lines[4] == "p1\t0-20\t0-15"


def test_what_was_written_is_read_back() -> None:
    table = loads(TABLE, "x.tsv")
    assert (table.story, table.unit, table.documents) == ("harbour", "sentence", ("a.txt", "b.txt"))
    assert table.rows == (
        Row("p1", ((Span("a.txt", 0, 9), Span("a.txt", 10, 20)), (Span("b.txt", 0, 15),))),
        Row("p2", ((Span("a.txt", 22, 30),), ())),
    )
    assert table.links() == {
        (Span("a.txt", 0, 9), Span("b.txt", 0, 15)),
        (Span("a.txt", 10, 20), Span("b.txt", 0, 15)),
    }


def test_comments_empty_lines_and_windows_line_ends_say_nothing() -> None:
    text = TABLE.replace("documents", "# aligned by hand: twice\n\ndocuments").replace("\n", "\r\n")
    assert loads(text, "x.tsv") == loads(TABLE, "x.tsv")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# auditor alignment 1", "# hello", r"x\.tsv:1: not an alignment; begin with the line"),
        ("# unit: sentence", "# unit: word", r"x\.tsv: unknown unit 'word'"),
        ("documents\ta.txt", "files\ta.txt", r"x\.tsv:4: expected the documents"),
        ("a.txt\tb.txt", "a.txt\ta.txt", r"x\.tsv:4: a document is named twice"),
        ("22-30\t-", "22-30", r"x\.tsv:6: 1 fields for 2 documents"),
        ("22-30", "22-x", r"x\.tsv:6: '22-x' is no range"),
        ("22-30", "30-22", r"x\.tsv:6: '30-22' is empty or out of order"),
        ("0-9,10-20", "10-20,0-9", r"x\.tsv:5: '0-9' is empty or out of order"),
        ("22-30", "22-" + "9" * 5000, r"x\.tsv:6: .* is no range"),
        ("22-30", "²-30", r"x\.tsv:6: '²-30' is no range"),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        loads(TABLE.replace(old, new), "x.tsv")


@pytest.mark.parametrize("text", ["", "# auditor alignment 1\n# story: none\n"])
def test_a_table_without_documents_is_an_error(text: str) -> None:
    with pytest.raises(ConfigError, match=r"not an alignment|no documents are named"):
        loads(text, "x.tsv")


def test_a_name_that_would_break_the_table_is_an_error() -> None:
    with pytest.raises(ConfigError, match="rename it without tabs"):
        dumps("harbour", ["a\tb.txt"], ())


def test_an_unknown_unit_is_not_written() -> None:
    with pytest.raises(ConfigError, match="unknown unit 'word'"):
        dumps("harbour", ["a.txt"], (), unit="word")


def test_the_ladder_numbers_aligned_segments_from_zero() -> None:
    beads = (Bead((A0, A1), (B0,), 0.9), Bead((A2,), (), 0.0))
    assert ladder(Alignment("a.txt", "b.txt", beads, monotone=True)) == "[0, 1]:[0]\n[2]:[]\n"
