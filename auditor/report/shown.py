"""The text of a file as its reader sees it, each piece with its place in the file."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.core import Document, Span
from auditor.report.characters import LINE_END, well_formed

ELISION = "\N{HORIZONTAL ELLIPSIS}"

# A span may be a whole article; a quotation of it is its beginning and its end.
QUOTED = 600


@dataclass(frozen=True, slots=True)
class Piece:
    """Shown text and the range of the file that it stands for.

    Attributes:
        start: first code point in the file.
        end: one past the last.
        text: what is shown: an entity or an escape is resolved, a tag is empty.
        linear: True when each character shown is one character of the file.
    """

    start: int
    end: int
    text: str
    linear: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation with what stands around it.

    Attributes:
        before: text before it in the same block; starts with an ellipsis when cut.
        marked: the quotation; empty for a point.
        after: text behind it in the same block; ends with an ellipsis when cut.
    """

    before: str
    marked: str
    after: str


class Lines:
    """The line and column of places in one file."""

    def __init__(self, raw: str) -> None:
        self._starts = [0, *(end.end() for end in LINE_END.finditer(raw))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both from 1; columns count code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class Shown:
    """What a reader sees of one document: its blocks without the markup between them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = Lines(document.raw)
        self.ranges: tuple[tuple[int, int], ...] = tuple(
            (b.offsets.runs[0].origin, b.offsets.runs[-1].origin_end) if b.offsets.runs else (0, 0)
            for b in document.blocks
        )
        self._order = sorted(
            (i for i, (start, end) in enumerate(self.ranges) if start < end),
            key=lambda i: self.ranges[i],
        )
        self._starts = [self.ranges[i][0] for i in self._order]
        self._ends: dict[int, list[int]] = {}

    def pieces(self, block: int, start: int, end: int) -> Iterator[Piece]:
        """The pieces of a block between two places of the file, in order.

        Args:
            block: its number in the document.
            start: first code point in the file.
            end: one past the last. A piece that is not linear is never cut: it belongs to
                the range in which it starts.
        """
        source = self.document.blocks[block]
        runs = source.offsets.runs
        if block not in self._ends:
            self._ends[block] = [run.origin_end for run in runs]
        position = max(start, self.ranges[block][0])
        for run in runs[bisect_right(self._ends[block], start) :]:
            if run.origin >= end:
                break
            if position < run.origin:
                yield self._gap(position, run.origin)
            if run.linear:
                left, right = max(run.origin, start), min(run.origin_end, end)
                yield Piece(left, right, well_formed(self.document.raw[left:right]), linear=True)
            elif run.origin >= start:
                yield self._resolved(run.origin, run.origin_end, source.text[run.start : run.end])
            position = run.origin_end
        stop = min(end, self.ranges[block][1])
        if position < stop:
            yield self._gap(position, stop)

    def _gap(self, start: int, end: int) -> Piece:
        raw = self.document.raw[start:end]
        # Soft hyphens and double spaces belong to the text; `</b><i>` does not.
        kept = all(c.isspace() or unicodedata.category(c) == "Cf" for c in raw)
        return Piece(start, end, raw if kept else "", linear=kept)

    def _resolved(self, start: int, end: int, text: str) -> Piece:
        raw = self.document.raw[start:end]
        # `&eacute;`, `<br>` and `\n` are resolved; a ligature is shown as it stands.
        markup = any(c in raw for c in "&<\\")
        shown = text if markup else raw
        return Piece(start, end, well_formed(shown), linear=not markup)

    def block_at(self, start: int, end: int) -> int | None:
        """The block that holds a place: the innermost one that covers all of it, if any.

        Furniture may lie inside a paragraph: `<p>text <span hidden>x</span> text</p>`.
        """
        at = bisect_right(self._starts, start)
        touching: int | None = None
        for i in reversed(self._order[max(0, at - 8) : at]):
            left, right = self.ranges[i]
            if left <= start and end <= right:
                return i
            if touching is None and left <= start < right:
                touching = i
        return touching

    def text(self, start: int, end: int) -> str:
        """What a reader sees between two places; the file itself outside every block."""
        block = self.block_at(start, start)
        if block is None:
            return well_formed(self.document.raw[start:end])
        if self.ranges[block][1] >= end:
            return "".join(p.text for p in self.pieces(block, start, end))
        # `<li>Home</li><li>Sport</li>`: several blocks and no markup between them.
        texts = (
            "".join(p.text for p in self.pieces(i, start, end))
            for i in self._order[bisect_right(self._starts, start) - 1 :]
            if self.ranges[i][0] < end
        )
        return " ".join(filter(None, texts))

    def excerpt(self, span: Span, around: int) -> Excerpt:
        """A quotation with at most `around` characters of its block on either side."""
        marked = (
            self.text(span.start, span.end)
            if len(span) <= QUOTED
            else self.text(span.start, span.start + QUOTED // 2)
            + f" {ELISION} "
            + self.text(span.end - QUOTED // 2, span.end)
        )
        first, last = self.block_at(span.start, span.end), self.block_at(span.end, span.end)
        left = self.ranges[first][0] if first is not None else self._line_start(span.start)
        right = self.ranges[last][1] if last is not None else self._line_end(span.end)
        # Markup takes room in the file and none on the page.
        window = 4 * around
        cut_left, cut_right = max(left, span.start - window), min(right, span.end + window)
        before, after = self.text(cut_left, span.start), self.text(span.end, cut_right)
        return Excerpt(
            _tail(before, around, cut=cut_left > left),
            marked,
            _head(after, around, cut=cut_right < right),
        )

    def is_whole(self, span: Span) -> bool:
        """True when a span stands for the document itself: a mark over all of it says nothing."""
        return self.document.is_whole(span)

    def place(self, span: Span) -> tuple[int, int]:
        """Line and column where a span starts, both from 1."""
        return self.lines.place(span.start)

    def _line_start(self, offset: int) -> int:
        return max(self.document.raw.rfind("\n", 0, offset), -1) + 1

    def _line_end(self, offset: int) -> int:
        end = self.document.raw.find("\n", offset)
        return len(self.document.raw) if end < 0 else end


def _tail(text: str, limit: int, *, cut: bool) -> str:
    if len(text) <= limit and not cut:
        return text
    kept = text[len(text) - limit :] if limit < len(text) else text
    before = text[len(text) - limit - 1] if limit < len(text) else ""
    space = kept.find(" ")
    # Whole words, where the script has spaces.
    whole = before.isspace() or not 0 <= space < limit // 2
    return ELISION + (kept if whole else kept[space + 1 :])


def _head(text: str, limit: int, *, cut: bool) -> str:
    if len(text) <= limit and not cut:
        return text
    kept, behind = text[:limit], text[limit : limit + 1]
    space = kept.rfind(" ")
    whole = behind.isspace() or space <= limit // 2
    return (kept if whole else kept[:space]) + ELISION
