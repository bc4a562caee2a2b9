"""Marks of any findings over any text: each covers its own text, and none is lost."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from report_samples import make_audit

from auditor.report.as_xliff import side_element
from auditor.report.as_xliff12 import side_element as side_element_12
from auditor.report.entries import Report
from auditor.report.translations import Issue, Side

ENTRY = Report((make_audit(),)).entries[0]
TEXT = "ab\x00cd字e"
SPAN = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda pair: (min(pair), max(pair))
)


def side_of(spans: list[tuple[int, int]]) -> Side:
    ordered = sorted(spans, key=lambda span: (span[0], -span[1]))
    return Side(TEXT, tuple(Issue(start, end, ENTRY) for start, end in ordered))


def covered(element: etree._Element) -> tuple[str, list[tuple[int, int]]]:
    """The text of a side, and the range of each mark in it."""
    text: list[str] = []
    starts: dict[str, int] = {}
    found: list[tuple[int, int]] = []

    def walk(node: etree._Element) -> None:
        text.extend(node.text or "")
        for child in node:
            name = etree.QName(child).localname
            begin = len(text)
            if name == "cp":
                text.append(chr(int(child.get("hex"), 16)))
            elif name == "sm":
                starts[child.get("id")] = begin
            elif name == "em":
                found.append((starts.pop(child.get("startRef")), begin))
            else:
                walk(child)
                found.append((begin, len(text)))
            text.extend(child.tail or "")

    walk(element)
    assert starts == {}
    return "".join(text), sorted(found)


@given(st.lists(SPAN, max_size=6))
@settings(max_examples=300, deadline=None)
@example([(0, 4), (2, 6)])
@example([(0, 3), (1, 5), (2, 7)])
@example([(2, 2), (2, 4), (0, 2)])
def test_every_mark_covers_its_own_text(spans: list[tuple[int, int]]) -> None:
    held = covered(side_element("target", side_of(spans), iter(range(1, 99))))
    assert held == (TEXT, sorted(spans))


@given(st.lists(SPAN, max_size=6))
@settings(max_examples=100, deadline=None)
def test_marks_of_xliff_12_never_cross_and_lose_no_text(spans: list[tuple[int, int]]) -> None:
    element = side_element_12("target", side_of(spans), "t")
    assert "".join(element.itertext()) == TEXT.replace("\x00", "<U+0000>")
    assert len(element) <= len(spans)
    assert bool(len(element)) == bool(spans)
