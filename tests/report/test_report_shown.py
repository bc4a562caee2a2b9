"""What a reader sees of a file, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_samples import make_audit, place

from auditor.core import Block, BlockKind, Document, OffsetMap, Span, TextBuilder
from auditor.report.shown import Excerpt, Lines, Shown


def _html() -> Document:
    raw = "<body><p>Le <b>caf&eacute;</b> ferme.</p>\n<p>Il &lt;rouvre&gt;.</p></body>"
    first, second = TextBuilder(), TextBuilder()
    first.copy("Le ", raw.index("Le "))
    first.copy("caf", raw.index("caf"))
    at = raw.index("&eacute;")
    first.replace("é", at, at + 8)
    first.copy(" ferme.", raw.index(" ferme."))
    second.copy("Il ", raw.index("Il "))
    for entity, text in (("&lt;", "<"), ("&gt;", ">")):
        if entity == "&gt;":
            second.copy("rouvre", raw.index("rouvre"))
        at = raw.index(entity)
        second.replace(text, at, at + 4)
    second.copy(".", raw.index(".</p></body>"))
    blocks = tuple(Block(BlockKind.PARAGRAPH, *builder.build()) for builder in (first, second))
    return Document("a.html", "fr", raw, "a.html", blocks)


@pytest.mark.parametrize(
    ("raw", "offset", "expected"),
    [
        pytest.param("ab\ncd", 0, (1, 1), id="first"),
        pytest.param("ab\ncd", 2, (1, 3), id="line-end"),
        pytest.param("ab\ncd", 3, (2, 1), id="second-line"),
        pytest.param("ab\r\ncd", 4, (2, 1), id="windows"),
        pytest.param("ab\rcd", 3, (2, 1), id="old-mac"),
        pytest.param("a\N{LINE SEPARATOR}b", 2, (1, 3), id="line-separator-is-no-line-end"),
        pytest.param("天安\n門😀x", 5, (2, 3), id="code-points"),
        pytest.param("", 0, (1, 1), id="empty"),
    ],
)
def test_place_counts_lines_and_code_points_from_one(
    raw: str, offset: int, expected: tuple[int, int]
) -> None:
    assert Lines(raw).place(offset) == expected


def test_entities_are_resolved_and_tags_left_out() -> None:
    document = _html()
    shown = Shown(document)
    left, right = shown.ranges[0]
    assert shown.text(left, right) == "Le café ferme."


def test_excerpt_quotes_what_a_reader_sees() -> None:
    document = _html()
    start = document.raw.index("caf")
    end = document.raw.index("</b>")
    assert Shown(document).excerpt(Span("a.html", start, end), 40) == Excerpt(
        "Le ", "café", " ferme."
    )


def test_text_over_several_blocks_shows_no_markup_between_them() -> None:
    document = _html()
    raw = document.raw
    start, end = raw.index("ferme"), raw.index("rouvre") + len("rouvre")
    assert Shown(document).text(start, end) == "ferme. Il <rouvre"


def test_excerpt_of_an_entity_shows_its_character() -> None:
    document = _html()
    at = document.raw.index("&lt;")
    assert Shown(document).excerpt(Span("a.html", at, at + 4), 40) == Excerpt(
        "Il ", "<", "rouvre>."
    )


def test_excerpt_is_cut_at_words_and_says_so() -> None:
    audit = make_audit()
    shown = Shown(audit.story.document("fr.txt"))
    excerpt = shown.excerpt(place(audit.story, "fr.txt", "2012"), 20)
    assert excerpt == Excerpt("…Saltmarsh le 4 mai ", "2012", ", neuf ans après la…")


def test_excerpt_of_a_point_has_no_quotation() -> None:
    audit = make_audit()
    end = place(audit.story, "fr.txt", "par le conseil.").end
    excerpt = Shown(audit.story.document("fr.txt")).excerpt(Span("fr.txt", end, end), 15)
    assert excerpt == Excerpt("…par le conseil.", "", "")


def test_long_quotation_keeps_its_beginning_and_its_end() -> None:
    raw = "start " + "x" * 5000 + " end"
    block = Block(BlockKind.PARAGRAPH, raw, OffsetMap.identity(len(raw)))
    shown = Shown(Document("a", "en", raw, "a", (block,)))
    marked = shown.excerpt(Span("a", 0, len(raw)), 10).marked
    assert marked.startswith("start xxx")
    assert marked.endswith("xxx end")
    assert len(marked) < 700


def test_span_over_most_of_the_blocks_means_the_document() -> None:
    audit = make_audit()
    document = audit.story.document("en.txt")
    shown = Shown(document)
    assert shown.is_whole(Span("en.txt", 0, len(document.raw)))
    assert not shown.is_whole(place(audit.story, "en.txt", "Not everyone is happy."))


def test_one_paragraph_that_is_the_document_is_marked_in_place() -> None:
    raw = "One sentence only."
    block = Block(BlockKind.PARAGRAPH, raw, OffsetMap.identity(len(raw)))
    assert not Shown(Document("a", "en", raw, "a", (block,))).is_whole(Span("a", 0, len(raw)))


@given(st.data())
def test_pieces_of_neighbouring_ranges_join_to_the_block(data: st.DataObject) -> None:
    document = _html()
    shown = Shown(document)
    left, right = shown.ranges[0]
    cut = data.draw(st.integers(left, right))
    pieces = [*shown.pieces(0, left, cut), *shown.pieces(0, cut, right)]
    assert "".join(p.text for p in pieces) == "Le café ferme."
