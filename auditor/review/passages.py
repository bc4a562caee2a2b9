"""What a reviewer sees of one finding: its passage in all versions, with what is marked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.engine import RowMapping

from auditor.core import AuditorError, Document, Span
from auditor.read import read_document
from auditor.read.plain import plain_blocks
from auditor.report.characters import shown_parts
from auditor.report.shown import ELISION, Shown
from auditor.report.view import Change, difference
from auditor.review.tables import DOCUMENTS, FINDINGS, STORIES

NEAR = 160
"""Characters around a place that no passage holds."""

MOST_MARKED = 2_000
"""Characters of a mark that are shown: a finding may be about a whole article."""

FURTHEST = 20
"""Passages of context on each side at most."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of shown text.

    Attributes:
        text: plain text, to be escaped by whoever shows it.
        mark: `finding`, `evidence`, `other` (another finding), or empty.
        named: what stands for a character that cannot be seen or would turn the text round.
    """

    text: str
    mark: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version says.

    Attributes:
        document: its id.
        lang: its language tag.
        parts: the text with its marks; empty where it has nothing of this passage.
        notes: what its evidence says.
        flagged: True for the version of the finding.
        outside: True where the text is no part of the passage: evidence from elsewhere.
    """

    document: str
    lang: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    flagged: bool
    outside: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """One finding with its surroundings.

    Attributes:
        rows: passages in reading order, each with a cell for every version shown.
        current: which of the rows holds the finding.
        outside: evidence that lies in none of the rows.
        changes: the repair as a difference; empty without one.
        marked: what the finding marks, as a reader sees it.
        more: True when there is further context.
    """

    rows: tuple[tuple[Cell, ...], ...]
    current: int
    outside: tuple[Cell, ...]
    changes: tuple[Change, ...]
    marked: str
    more: bool


Ranges = Mapping[str, Sequence[Mapping[str, int]]]
"""A passage as the report has it: ranges by document."""


@lru_cache(maxsize=256)
def shown_of(name: str, lang: str, raw: str) -> Shown:
    """A stored text, read by the ending of its name, as its reader sees it."""
    return Shown(document_of(name, lang, raw))


def document_of(name: str, lang: str, raw: str) -> Document:
    """A stored text as a document."""
    suffix = PurePosixPath(name).suffix
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"text{suffix if suffix.isascii() else ''}"
        path.write_text(raw, encoding="utf-8", newline="")
        try:
            read = read_document(path, Path(folder), lang=lang, any_ending=True)
        except AuditorError:
            read = None
    # A string file that was cut off, say: its text is shown as it stands.
    blocks = read.blocks if read is not None and read.raw == raw else plain_blocks(raw)
    return Document(name, lang, raw, name, blocks, lang_declared=True)


def texts_of(connection: Connection, story: int) -> dict[str, Shown]:
    """The versions of a story by id, in order."""
    rows = connection.execute(
        select(DOCUMENTS).where(DOCUMENTS.c.story_id == story).order_by(DOCUMENTS.c.position)
    )
    return {row.name: shown_of(row.name, row.lang, row.raw) for row in rows}


def passages_of(connection: Connection, story: int) -> Sequence[Ranges]:
    """The passages of a story, in reading order."""
    held: Sequence[Ranges] = json.loads(
        connection.execute(select(STORIES.c.passages).where(STORIES.c.id == story)).scalar_one()
    )
    return held


def view(connection: Connection, finding: RowMapping, context: int = 0) -> View:
    """One finding with its passage in all versions.

    Args:
        connection: to read from.
        finding: its row.
        context: how many passages before and behind are shown.
    """
    context = max(0, min(FURTHEST, context))
    texts = texts_of(connection, finding["story_id"])
    passages = passages_of(connection, finding["story_id"])
    detail = json.loads(finding["detail"])
    place = _span(detail["spans"][0])
    others = connection.execute(
        select(FINDINGS.c.detail).where(
            FINDINGS.c.story_id == finding["story_id"],
            FINDINGS.c.document == place.document,
            FINDINGS.c.present,
            FINDINGS.c.id != finding["id"],
        )
    ).scalars()
    marks = [(_span(s), "finding") for s in detail["spans"]]
    marks += [(_span(s), "evidence") for s in detail["evidence"]]
    marks += [(_span(json.loads(other)["spans"][0]), "other") for other in others]
    rows, current, more = _context(passages, place, context)
    wanted = [n for n in texts if n == place.document or any(n in p for p in rows)]
    covered = [_span({"document": n, **s}) for p in rows for n in p for s in p[n]]
    outside = tuple(_outside(detail, texts, marks, passages, covered))
    old = texts[place.document].excerpt(place, 0).marked
    repair = finding["repair"] if finding["repair"] is not None else detail["repair"]
    return View(
        rows=tuple(_row(p, wanted, texts, marks, detail["evidence"], place.document) for p in rows),
        current=current,
        outside=outside,
        changes=() if repair is None else difference(old, repair),
        marked=old,
        more=more and context < FURTHEST,
    )


def _span(held: Mapping[str, Any]) -> Span:
    return Span(held["document"], held["start"], held["end"])


def _context(
    passages: Sequence[Ranges], place: Span, context: int
) -> tuple[Sequence[Ranges], int, bool]:
    """The passage of a place with those around it, which of them it is, and whether there are more.

    Passages of other texts stand between them in the story: an article on the same events is no
    context of this one.
    """
    index = _passage_at(passages, place)
    if index is None:
        return (), 0, False
    text = passages[index].keys()
    same = [n for n, passage in enumerate(passages) if not text.isdisjoint(passage)]
    at = same.index(index)
    first, last = max(0, at - context), at + context + 1
    more = first > 0 or last < len(same)
    return [passages[n] for n in same[first:last]], at - first, more


def _notes(
    evidence: Iterable[Mapping[str, Any]], document: str, shown: Sequence[Mapping[str, int]]
) -> tuple[str, ...]:
    """What the evidence in some ranges of a document says beyond its own words."""
    covered = [_span({"document": document, **one}) for one in shown]
    notes = (
        held["note"]
        for held in evidence
        if held.get("note") and held["note"] != held.get("text")
        if any(_touches(one, _span(held)) for one in covered)
    )
    return tuple(dict.fromkeys(notes))


def _passage_at(passages: Sequence[Ranges], place: Span) -> int | None:
    """The passage where a place lies, or the last one before it."""
    before: tuple[int, int] | None = None
    for number, passage in enumerate(passages):
        for held in passage.get(place.document, ()):
            start, end = held["start"], held["end"]
            if start <= place.start < end or (start < place.end and place.start < end):
                return number
            if start <= place.start and (before is None or start >= before[0]):
                before = (start, number)
    return before[1] if before else (0 if passages else None)


def _row(
    passage: Ranges,
    wanted: Sequence[str],
    texts: Mapping[str, Shown],
    marks: Sequence[tuple[Span, str]],
    evidence: Sequence[Mapping[str, Any]],
    flagged: str,
) -> tuple[Cell, ...]:
    cells = []
    for name in wanted:
        parts: list[Part] = []
        before = 0
        for one in passage.get(name, ()):
            if parts:
                parts.append(Part(_between(texts[name], before, one["start"])))
            parts += _parts(texts[name], one["start"], one["end"], marks)
            before = one["end"]
        said = _notes(evidence, name, passage.get(name, ()))
        lang = texts[name].document.lang
        cells.append(Cell(name, lang, tuple(parts), said, name == flagged))
    return tuple(cells)


def _between(shown: Shown, start: int, end: int) -> str:
    """What stands between two segments: nothing in Chinese, a sign where other text does."""
    text = shown.text(start, end) if start <= end <= start + NEAR else ELISION
    return f" {ELISION} " if text.strip() else text


def _outside(
    detail: Mapping[str, Any],
    texts: Mapping[str, Shown],
    marks: Sequence[tuple[Span, str]],
    passages: Sequence[Ranges],
    covered: Sequence[Span],
) -> Iterator[Cell]:
    """The finding itself and evidence that no row shows, each in its own surroundings.

    Two pieces of evidence in one passage show it once, with both notes.
    """
    places: dict[Span, list[str]] = {}
    flagged = set()
    for number, held in enumerate((*detail["spans"], *detail["evidence"])):
        span = _span(held)
        if any(_touches(c, span) for c in covered):
            continue
        around = _around(span, texts[span.document], passages)
        notes = places.setdefault(around, [])
        if held.get("note") not in (None, "", held.get("text"), *notes):
            notes.append(held["note"])
        if number < len(detail["spans"]):
            flagged.add(around)
    for place, notes in places.items():
        shown = texts[place.document]
        parts = tuple(_parts(shown, place.start, place.end, marks))
        lang = shown.document.lang
        yield Cell(place.document, lang, parts, tuple(notes), place in flagged, outside=True)


def _touches(covered: Span, span: Span) -> bool:
    return covered.overlaps(span) or (
        not len(span)
        and covered.document == span.document
        and covered.start <= span.start <= covered.end
    )


def _around(span: Span, shown: Shown, passages: Sequence[Ranges]) -> Span:
    """The passage's text where a span lies, or some characters of its block around it."""
    for passage in passages:
        held = passage.get(span.document, ())
        if any(one["start"] <= span.start and span.end <= one["end"] for one in held):
            return Span(span.document, held[0]["start"], held[-1]["end"])
    block = shown.block_at(span.start, span.start)
    low, high = shown.ranges[block] if block is not None else (0, len(shown.document.raw))
    end = min(span.end, span.start + MOST_MARKED)
    start = max(min(low, span.start), span.start - NEAR)
    return Span(span.document, start, max(end, min(high, end + NEAR)))


def _parts(shown: Shown, start: int, end: int, marks: Sequence[tuple[Span, str]]) -> Iterator[Part]:
    """The shown text of a range, cut where a mark begins or ends."""
    document = shown.document
    here = [
        (max(s.start, start), min(s.end, end), kind)
        for s, kind in marks
        if s.document == document.id
        and s.start <= end
        and start <= s.end
        # A mark over all of a document marks nothing.
        and not document.is_whole(s)
    ]
    points = {at for at, stop, kind in here if at == stop and kind != "other"}
    cuts = sorted({start, end, *(at for left, right, _ in here for at in (left, right))})
    for left, right in [*pairwise(cuts), (end, end)]:
        if left in points:
            points.discard(left)
            kinds = {kind for at, stop, kind in here if at == stop == left}
            yield Part("", _strongest(kinds))
        if left == right:
            continue
        kinds = {kind for at, stop, kind in here if at <= left and right <= stop and at < stop}
        mark = _strongest(kinds)
        for text, named in shown_parts(shown.text(left, right), marked=bool(mark)):
            yield Part(text, mark, named)


def _strongest(kinds: set[str]) -> str:
    return next((kind for kind in ("finding", "evidence", "other") if kind in kinds), "")
