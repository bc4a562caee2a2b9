"""The texts with their repairs, and the audit as it was, to be told by the reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.engine import RowMapping

from auditor.core import (
    Audit,
    Document,
    DocumentResult,
    DocumentScore,
    Evidence,
    Finding,
    OffsetMap,
    Passage,
    Relation,
    RelationKind,
    Segment,
    Severity,
    Span,
    Story,
    Suppression,
    SuppressionKind,
    Tier,
)
from auditor.pipeline import all_rules
from auditor.report.shown import Shown
from auditor.review.decide import MissingError
from auditor.review.passages import document_of, passages_of, texts_of
from auditor.review.tables import AUDITS, FINDINGS, STORIES


@dataclass(frozen=True, slots=True)
class Edit:
    """A range of a text and what takes its place."""

    start: int
    end: int
    text: str
    finding: int


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text with its repairs.

    Attributes:
        text: the repaired text.
        edits: those that were made, in order, with their places in the text as it was.
        left: findings whose repair would have changed what another one had changed.
    """

    text: str
    edits: tuple[Edit, ...]
    left: tuple[int, ...]

    def moved(self, at: int) -> int:
        """Where a place of the old text lies in the new one."""
        shift = 0
        for edit in self.edits:
            if edit.end <= at and (edit.start < edit.end or edit.start < at):
                shift += len(edit.text) - (edit.end - edit.start)
            elif edit.start < at:
                # Inside what was replaced: its beginning is the only place that is left.
                return edit.start + shift
        return at + shift


def repaired(raw: str, edits: Iterable[Edit]) -> Repaired:
    """Makes edits of a text; of two that overlap the first one in the text is made."""
    made: list[Edit] = []
    left: list[int] = []
    for edit in sorted(edits, key=lambda e: (e.start, e.end, e.finding)):
        if made and edit.start < made[-1].end:
            left.append(edit.finding)
            continue
        made.append(edit)
    pieces: list[str] = []
    at = 0
    for edit in made:
        pieces += [raw[at : edit.start], edit.text]
        at = edit.end
    return Repaired("".join((*pieces, raw[at:])), tuple(made), tuple(left))


def findings_of(connection: Connection, story: int) -> Sequence[RowMapping]:
    """The findings of a story's last audit, the highest rank first."""
    return (
        connection.execute(
            select(FINDINGS)
            .where(FINDINGS.c.story_id == story, FINDINGS.c.present)
            .order_by(FINDINGS.c.rank.desc(), FINDINGS.c.id)
        )
        .mappings()
        .all()
    )


def repaired_texts(connection: Connection, story: int) -> dict[str, Repaired]:
    """Every version of a story with the repairs that reviewers decided on."""
    edits: dict[str, list[Edit]] = {}
    for row in findings_of(connection, story):
        if row["state"] == "repaired":
            place = json.loads(row["detail"])["spans"][0]
            edit = Edit(place["start"], place["end"], row["repair"], row["id"])
            edits.setdefault(row["document"], []).append(edit)
    texts = texts_of(connection, story)
    return {n: repaired(shown.document.raw, edits.get(n, ())) for n, shown in texts.items()}


def story_row(connection: Connection, story: int) -> RowMapping:
    """A story.

    Raises:
        MissingError: there is none with this id.
    """
    row = connection.execute(select(STORIES).where(STORIES.c.id == story)).mappings().first()
    if row is None:
        raise MissingError(f"story {story}", "does not exist", "reload the queue")
    return row


def audit_of(connection: Connection, story: int, *, with_repairs: bool = False) -> Audit:
    """The last audit of a story with what was decided on it.

    Args:
        connection: to read from.
        story: its id.
        with_repairs: True for the repaired texts: then repaired findings are no longer there, and
            everything else has moved with them.
    """
    row = story_row(connection, story)
    texts = texts_of(connection, story)
    moves: dict[str, Repaired] = {}
    if with_repairs:
        moves = repaired_texts(connection, story)
        texts = {n: Shown(document_of(n, s.document.lang, moves[n].text)) for n, s in texts.items()}
    documents = tuple(shown.document for shown in texts.values())
    passages = tuple(_passages(passages_of(connection, story), texts, moves))
    rows = [
        r for r in findings_of(connection, story) if not (with_repairs and r["state"] == "repaired")
    ]
    held = connection.execute(
        select(AUDITS).where(AUDITS.c.story_id == story).order_by(AUDITS.c.id.desc()).limit(1)
    ).one()
    return Audit(
        story=_story(row, documents),
        segments={d.id: tuple(s for p in passages for s in p.of(d.id)) for d in documents},
        alignments=(),
        passages=passages,
        findings=tuple(_finding(r, moves) for r in rows),
        documents=tuple(_unscored(d) for d in documents),
        beads=(),
        errors=(),
        problems=(),
        rules=all_rules(),
        encoder=held.encoder,
        version=held.tool,
    )


def _unscored(document: Document) -> DocumentResult:
    return DocumentResult(document.id, DocumentScore(document.id, None, None, "", {}), (), (), ())


def _story(row: RowMapping, documents: tuple[Document, ...]) -> Story:
    names = {d.id for d in documents}
    relations = tuple(
        Relation(r["left"], r["right"], RelationKind(r["kind"]), r["declared"], r["reason"])
        for r in json.loads(row["relations"])
        if {r["left"], r["right"]} <= names
    )
    source = row["source"] if row["source"] in names else None
    return Story(row["name"], documents, source, relations, outlet=row["outlet"])


def _passages(
    held: Sequence[Any], texts: dict[str, Shown], moves: dict[str, Repaired]
) -> Iterable[Passage]:
    numbers = dict.fromkeys(texts, 0)
    for index, passage in enumerate(held):
        segments = []
        for name, shown in texts.items():
            for one in passage.get(name, ()):
                segments.append(_segment(shown, one, numbers[name], moves.get(name)))
                numbers[name] += 1
        yield Passage(index, tuple(segments), 1.0)


def _segment(shown: Shown, held: Any, index: int, moves: Repaired | None) -> Segment:
    start, end = held["start"], held["end"]
    if moves:
        start, end = moves.moved(start), moves.moved(end)
    document = shown.document
    block = shown.block_at(start, start)
    return Segment(
        document.id,
        index,
        document.raw[start:end],
        OffsetMap.identity(end - start, start),
        document.lang,
        block or 0,
        document.blocks[block or 0].kind,
    )


def _finding(row: RowMapping, moves: dict[str, Repaired]) -> Finding:
    detail = json.loads(row["detail"])
    suppression = None
    if row["state"] == "dismissed":
        suppression = Suppression(SuppressionKind.BASELINE, row["reason"])
    return Finding(
        rule=row["rule"],
        tier=Tier(row["tier"]),
        severity=Severity(row["severity"]),
        confidence=row["confidence"],
        message=row["message"],
        spans=tuple(_moved(span, moves) for span in detail["spans"]),
        evidence=tuple(Evidence(_moved(e, moves), e.get("note", "")) for e in detail["evidence"]),
        repair=row["repair"] if row["state"] == "repaired" else detail["repair"],
        values=tuple(detail["values"]),
        fingerprint=row["fingerprint"],
        suppression=suppression,
    )


def _moved(held: dict[str, Any], moves: dict[str, Repaired]) -> Span:
    name, start, end = held["document"], held["start"], held["end"]
    move = moves.get(name)
    if move is None:
        return Span(name, start, end)
    return Span(name, move.moved(start), move.moved(end))


def with_notes(audit: Audit, notes: dict[str, str]) -> Audit:
    """The audit with what reviewers said, in the messages: translation tools show nothing else.

    Args:
        audit: any.
        notes: what is added to a finding, by document and fingerprint joined with a tab.
    """
    told = (
        replace(f, message=f"{f.message} {note}") if (note := notes.get(key_of(f))) else f
        for f in audit.findings
    )
    return replace(audit, findings=tuple(told))


def key_of(finding: Finding) -> str:
    """What a finding is known by across audits of one story."""
    return f"{finding.spans[0].document}\t{finding.fingerprint}"
