"""A whole audit as the cache keeps it: what is told at once, and the texts behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from auditor.core import (
    Alignment,
    Audit,
    Bead,
    BeadScore,
    Block,
    BlockKind,
    CheckError,
    Document,
    DocumentResult,
    DocumentScore,
    Finding,
    Metric,
    MqmScore,
    NotRun,
    OffsetMap,
    Passage,
    Relation,
    RelationKind,
    Rule,
    Run,
    Segment,
    Story,
    Suppression,
    SuppressionKind,
    Verdict,
)
from auditor.pipeline.stored import finding_of

Texts = Callable[[str], tuple[str, str]]
"""The decoded file of a document by its id, and the path that messages name."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An audit that was done before.

    Attributes:
        audit: without blocks, segments, alignments and passages.
        notes: what is wrong with the comments in its files.
    """

    audit: Audit
    notes: tuple[str, ...]


def dumps(audit: Audit, notes: Sequence[str]) -> tuple[bytes, bytes]:
    """An audit as two values: findings and results; blocks, segments and passages."""
    story = audit.story
    brief = {
        "story": [story.name, story.source, story.date and story.date.isoformat(), story.outlet],
        "relations": [[r.left, r.right, r.kind, r.declared, r.reason] for r in story.relations],
        "documents": [[d.id, d.lang, d.encoding, d.lang_declared] for d in story.documents],
        "findings": [asdict(finding) for finding in audit.findings],
        "results": [asdict(result) for result in audit.documents],
        "beads": [asdict(bead) for bead in audit.beads],
        "metrics": [asdict(metric) for metric in audit.metrics],
        "errors": [asdict(error) for error in audit.errors],
        "problems": audit.problems,
        "rules": [rule.id for rule in audit.rules],
        "run": [audit.encoder, audit.version],
        "notes": list(notes),
    }
    whole = {
        "blocks": {d.id: [_block(b) for b in d.blocks] for d in story.documents},
        "segments": {id: [_segment(s) for s in own] for id, own in audit.segments.items()},
        "alignments": [_alignment(a) for a in audit.alignments],
        "passages": [
            [p.index, [[s.document, s.index] for s in p.segments], p.confidence, p.moved]
            for p in audit.passages
        ],
    }
    # ASCII output carries lone surrogates too, which UTF-8 cannot.
    return json.dumps(brief).encode("ascii"), json.dumps(whole).encode("ascii")


def loads_brief(value: bytes, texts: Texts, rules: Mapping[str, Rule]) -> Kept | None:
    """The audit without its texts, or None where the value is no such thing.

    Args:
        value: from `dumps`.
        texts: gives the files, which the cache does not hold.
        rules: by id.
    """
    try:
        return _brief(json.loads(value), texts, rules)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def without_texts(audit: Audit) -> Audit:
    """The audit as `loads_brief` gives it back."""
    story = audit.story
    documents = tuple(replace(document, blocks=()) for document in story.documents)
    return replace(
        audit,
        story=replace(story, documents=documents),
        segments={document.id: () for document in documents},
        alignments=(),
        passages=(),
    )


def loads_whole(value: bytes, audit: Audit) -> Audit | None:
    """The audit with its texts, or None where the value does not fit it."""
    try:
        return _whole(json.loads(value), audit)
    except (ValueError, KeyError, TypeError, IndexError):
        return None


def _brief(held: Mapping[str, Any], texts: Texts, rules: Mapping[str, Rule]) -> Kept:
    name, source, published, outlet = held["story"]
    documents: list[Document] = []
    for id, lang, encoding, declared in held["documents"]:
        raw, path = texts(id)
        documents.append(Document(id, lang, raw, path, (), encoding, declared))
    story = Story(
        name,
        tuple(documents),
        source,
        tuple(
            Relation(left, right, RelationKind(kind), declared, reason)
            for left, right, kind, declared, reason in held["relations"]
        ),
        date.fromisoformat(published) if published else None,
        outlet,
    )
    audit = Audit(
        story=story,
        segments={document.id: () for document in documents},
        alignments=(),
        passages=(),
        findings=tuple(_finding(fields) for fields in held["findings"]),
        documents=tuple(_result(fields) for fields in held["results"]),
        beads=tuple(_bead_of(fields) for fields in held["beads"]),
        errors=tuple(CheckError(**fields) for fields in held["errors"]),
        problems=tuple(held["problems"]),
        rules=tuple(rules[id] for id in held["rules"]),
        encoder=held["run"][0],
        version=held["run"][1],
        metrics=tuple(Metric(**fields) for fields in held["metrics"]),
    )
    return Kept(audit, tuple(held["notes"]))


def _finding(fields: dict[str, Any]) -> Finding:
    found = fields["suppression"]
    held = Suppression(SuppressionKind(found["kind"]), found["reason"]) if found else None
    return replace(finding_of({**fields, "suppression": None}), suppression=held)


def _result(fields: dict[str, Any]) -> DocumentResult:
    return DocumentResult(
        fields["document"],
        DocumentScore(**fields["score"]),
        tuple(Verdict(**verdict) for verdict in fields["verdicts"]),
        tuple(fields["rules_run"]),
        tuple(NotRun(**one) for one in fields["rules_not_run"]),
        _mqm(fields["mqm"]),
    )


def _bead_of(fields: dict[str, Any]) -> BeadScore:
    return BeadScore(**{**fields, "replaced": tuple((a, b) for a, b in fields["replaced"])})


def _mqm(fields: dict[str, Any] | None) -> MqmScore | None:
    if fields is None:
        return None
    errors = tuple((kind, severity, count) for kind, severity, count in fields["errors"])
    return MqmScore(**{**fields, "errors": errors})


def _whole(held: Mapping[str, Any], audit: Audit) -> Audit:
    documents = tuple(
        replace(document, blocks=tuple(_block_of(row) for row in held["blocks"][document.id]))
        for document in audit.story.documents
    )
    segments = {
        id: tuple(_segment_of(id, number, row) for number, row in enumerate(rows))
        for id, rows in held["segments"].items()
    }
    passages = tuple(
        Passage(index, tuple(segments[id][at] for id, at in own), confidence, tuple(moved))
        for index, own, confidence, moved in held["passages"]
    )
    return replace(
        audit,
        story=replace(audit.story, documents=documents),
        segments=segments,
        alignments=tuple(_alignment_of(row, segments) for row in held["alignments"]),
        passages=passages,
    )


def _runs(offsets: OffsetMap) -> list[list[int]]:
    return [[r.start, r.end, r.origin, r.origin_end, int(r.whole)] for r in offsets.runs]


def _map(rows: Sequence[Sequence[int]]) -> OffsetMap:
    return OffsetMap(tuple(Run(row[0], row[1], row[2], row[3], whole=bool(row[4])) for row in rows))


def _block(block: Block) -> list[Any]:
    return [
        block.kind, block.text, _runs(block.offsets), block.key, block.note, block.marked,
    ]  # fmt: skip


def _block_of(row: Sequence[Any]) -> Block:
    kind, text, runs, key, note, marked = row
    return Block(BlockKind(kind), text, _map(runs), key, note, marked)


def _segment(segment: Segment) -> list[Any]:
    return [segment.text, _runs(segment.offsets), segment.lang, segment.block, segment.kind]


def _segment_of(document: str, index: int, row: Sequence[Any]) -> Segment:
    text, runs, lang, block, kind = row
    return Segment(document, index, text, _map(runs), lang, block, BlockKind(kind))


def _alignment(alignment: Alignment) -> list[Any]:
    beads = [
        [[s.index for s in b.source], [s.index for s in b.target], b.score, b.moved]
        for b in alignment.beads
    ]
    return [alignment.source, alignment.target, beads, alignment.monotone]


def _alignment_of(row: Sequence[Any], segments: Mapping[str, Sequence[Segment]]) -> Alignment:
    source, target, beads, monotone = row
    return Alignment(
        source,
        target,
        tuple(
            Bead(
                tuple(segments[source][at] for at in left),
                tuple(segments[target][at] for at in right),
                score,
                moved,
            )
            for left, right, score, moved in beads
        ),
        monotone,
    )
