"""Alignments as text: a table of character ranges, and the ladder of the field.

The table, in UTF-8, one passage a line, fields separated by tabs:

    # auditor alignment 1
    # story: harbour
    # unit: sentence
    documents	en.txt	fr.txt
    p1	0-41,42-80	0-95
    p2	81-120	-

A range counts code points of the decoded file without its byte-order mark, from 0, the end
not included; `-` stands where a version has nothing. The unit is what the ranges are:
sentences or paragraphs. Empty lines and further lines that begin with `#` say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.core import Alignment, ConfigError, Passage, Segment, Span

FIRST_LINE = "# auditor alignment 1"
UNITS = ("sentence", "paragraph")
_RANGE = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """One passage: a label, and for each document its ranges in order."""

    label: str
    spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class PassageTable:
    """An alignment of several versions as a file holds it.

    Attributes:
        story: its name.
        unit: `sentence` or `paragraph`.
        documents: ids, in the order of the columns.
        rows: in reading order.
    """

    story: str
    unit: str
    documents: tuple[str, ...]
    rows: tuple[Row, ...]

    def links(self) -> frozenset[tuple[Span, Span]]:
        """Pairs of ranges of different documents that share a passage, the smaller first."""
        return frozenset(
            (min(one, other), max(one, other))
            for row in self.rows
            for left, mine in enumerate(row.spans)
            for theirs in row.spans[left + 1 :]
            for one in mine
            for other in theirs
        )


def dumps(
    story: str, documents: Sequence[str], passages: Iterable[Passage], *, unit: str = "sentence"
) -> str:
    """The table of passages.

    Args:
        story: its name, on one line.
        documents: ids, in the order of the columns.
        passages: in reading order.
        unit: `sentence`: a range for each segment; `paragraph`: one for all segments of a
            paragraph in a passage.

    Raises:
        ConfigError: an unknown unit, or a name that does not fit into the table.
    """
    if unit not in UNITS:
        raise ConfigError("", f"unknown unit '{unit}'", "use sentence or paragraph")
    for name in (story, *documents):
        if not name.isprintable():
            raise ConfigError(
                "", f"{name!r} cannot stand in a table", "rename it without tabs and line ends"
            )
    lines = [
        FIRST_LINE,
        f"# story: {story}",
        f"# unit: {unit}",
        "\t".join(["documents", *documents]),
    ]
    for passage in passages:
        cells = [_cell(passage.of(name), unit) for name in documents]
        lines.append("\t".join([f"p{passage.index + 1}", *cells]))
    return "\n".join(lines) + "\n"


def loads(text: str, where: str) -> PassageTable:
    """Reads a table of passages.

    Args:
        text: its characters.
        where: name of the file, for messages.

    Raises:
        ConfigError: it does not follow the format; the line is named.
    """
    lines = text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines()
    if not lines or lines[0].rstrip() != FIRST_LINE:
        raise ConfigError(f"{where}:1", "not an alignment", f"begin with the line '{FIRST_LINE}'")
    head = {"story": "", "unit": "sentence"}
    documents: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(lines[1:], start=2):
        at = f"{where}:{number}"
        if line.startswith("#"):
            key, _, value = line[1:].partition(":")
            if key.strip() in head:
                head[key.strip()] = value.strip()
        elif line.strip():
            if documents:
                rows.append(_row(line, documents, at))
            else:
                documents = _documents(line, at)
    if head["unit"] not in UNITS:
        raise ConfigError(where, f"unknown unit '{head['unit']}'", "use sentence or paragraph")
    if not documents:
        raise ConfigError(where, "no documents are named", "add the line that begins 'documents'")
    return PassageTable(head["story"], head["unit"], documents, tuple(rows))


def ladder(alignment: Alignment) -> str:
    """The usual lines of the field, `[0, 1]:[2]`, with `[]` for an empty side.

    Segments are numbered from 0 among those of the alignment, in order; a line for each bead.
    """
    source = _numbered(s for bead in alignment.beads for s in bead.source)
    target = _numbered(s for bead in alignment.beads for s in bead.target)
    return "".join(
        f"{[source[s] for s in bead.source]}:{[target[s] for s in bead.target]}\n"
        for bead in alignment.beads
    )


def _numbered(segments: Iterable[Segment]) -> dict[Segment, int]:
    return {s: k for k, s in enumerate(sorted(segments, key=lambda s: s.index))}


def _cell(segments: Sequence[Segment], unit: str) -> str:
    spans = [s.span() for s in segments]
    if unit == "paragraph":
        blocks: dict[int, list[Span]] = {}
        for segment, span in zip(segments, spans, strict=True):
            blocks.setdefault(segment.block, []).append(span)
        spans = [Span(own[0].document, own[0].start, own[-1].end) for own in blocks.values()]
    return ",".join(f"{span.start}-{span.end}" for span in spans) or "-"


def _documents(line: str, at: str) -> tuple[str, ...]:
    head, *names = line.split("\t")
    if head != "documents" or not names or not all(names):
        raise ConfigError(at, "expected the documents", "write 'documents' and the ids, with tabs")
    if len(set(names)) < len(names):
        raise ConfigError(at, "a document is named twice", "give each a column of its own")
    return tuple(names)


def _row(line: str, documents: Sequence[str], at: str) -> Row:
    label, *cells = line.split("\t")
    if len(cells) != len(documents):
        raise ConfigError(
            at, f"{len(cells)} fields for {len(documents)} documents", "write - for an empty one"
        )
    return Row(
        label, tuple(_spans(cell, name, at) for cell, name in zip(cells, documents, strict=True))
    )


def _spans(cell: str, document: str, at: str) -> tuple[Span, ...]:
    if cell == "-":
        return ()
    spans: list[Span] = []
    for part in cell.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise ConfigError(at, f"'{part}' is no range", "write start-end, or - for nothing")
        span = Span(document, int(match[1]), int(match[2]))
        if span.end <= span.start or (spans and span.start < spans[-1].end):
            raise ConfigError(at, f"'{part}' is empty or out of order", "correct the offsets")
        spans.append(span)
    return tuple(spans)
