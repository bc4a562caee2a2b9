"""What a review gives back: repaired texts, files for translation tools, a baseline."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, exists, select

from auditor.pipeline.baseline import QUOTED, Accepted, baseline_text
from auditor.report import FORMATS, Report, Settings
from auditor.review.decide import RefusedError
from auditor.review.repairs import audit_of, repaired_texts, story_row, with_notes
from auditor.review.tables import COMMENTS, DECISIONS, FINDINGS

EPOCH = (1980, 1, 1, 0, 0, 0)
"""Of the files in an archive: the same decisions give the same bytes."""


@dataclass(frozen=True, slots=True)
class Export:
    """A file to be downloaded."""

    name: str
    type: str
    content: bytes


def export(connection: Connection, story: int, format: str) -> Export:
    """A story in a format.

    Args:
        connection: to read from.
        story: its id.
        format: one of `EXPORTS`.

    Raises:
        MissingError: there is no such story.
        RefusedError: the format is unknown.
    """
    if format not in EXPORTS:
        raise RefusedError("format", f"{format!r} is unknown", f"choose from {', '.join(EXPORTS)}")
    parts = EXPORTS[format](connection, story)
    title = "".join(c if c.isalnum() else "-" for c in story_row(connection, story)["name"])
    stem = f"{'-'.join(filter(None, title.split('-')))[:60] or 'story'}-{format}"
    if len(parts) == 1 and format != "text":
        ((name, text),) = parts.items()
        return Export(f"{stem}.{name.rpartition('.')[2]}", "application/octet-stream", _utf8(text))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(_inside(name), EPOCH)
            archive.writestr(entry, _utf8(text), zipfile.ZIP_DEFLATED)
    return Export(f"{stem}.zip", "application/zip", held.getvalue())


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _inside(name: str) -> str:
    """A name that stays inside the folder where an archive is unpacked."""
    steps = name.replace("\\", "/").split("/")
    return "/".join(s for s in steps if s not in ("", ".", "..")).replace(":", "_") or "text"


def _text(connection: Connection, story: int) -> dict[str, str]:
    held = repaired_texts(connection, story)
    parts = {name: one.text for name, one in held.items()}
    left = [str(id) for one in held.values() for id in one.left]
    if left:
        parts["NOT-REPAIRED.txt"] = (
            "These findings overlap another one that was repaired; their repairs were not made: "
            f"{', '.join(left)}\n"
        )
    return parts


def _notes(connection: Connection, story: int) -> dict[str, str]:
    """What reviewers decided and wrote, by document and fingerprint."""
    later = DECISIONS.alias()
    notes: dict[str, list[str]] = {}
    decided = connection.execute(
        select(FINDINGS.c.document, FINDINGS.c.fingerprint, DECISIONS)
        .join(DECISIONS, DECISIONS.c.finding_id == FINDINGS.c.id)
        .where(FINDINGS.c.story_id == story, DECISIONS.c.undoes.is_(None))
        .where(~exists().where(later.c.undoes == DECISIONS.c.id))
        .order_by(DECISIONS.c.id)
    )
    for row in decided:
        said = f"[{row.author}: {row.kind}{f', {row.reason}' if row.reason else ''}"
        # The last decision is what counts.
        notes[f"{row.document}\t{row.fingerprint}"] = [
            f"{said}{f': {row.note}' if row.note else ''}]"
        ]
    commented = connection.execute(
        select(FINDINGS.c.document, FINDINGS.c.fingerprint, COMMENTS)
        .join(COMMENTS, COMMENTS.c.finding_id == FINDINGS.c.id)
        .where(FINDINGS.c.story_id == story)
        .order_by(COMMENTS.c.id)
    )
    for row in commented:
        key = f"{row.document}\t{row.fingerprint}"
        notes.setdefault(key, []).append(f"[{row.author}: {row.text}]")
    return {key: " ".join(said) for key, said in notes.items()}


def _report(connection: Connection, story: int, format: str, *, repaired: bool) -> dict[str, str]:
    audit = audit_of(connection, story, with_repairs=repaired)
    report = Report([with_notes(audit, _notes(connection, story))], Settings(preview=True))
    ending = FORMATS[format].ending
    parts = FORMATS[format].write(report)
    return {f"{name or 'review'}.{ending}": text for name, text in parts.items()}


def _xliff(connection: Connection, story: int) -> dict[str, str]:
    return _report(connection, story, "xliff", repaired=False)


def _tmx(connection: Connection, story: int) -> dict[str, str]:
    # A translation memory is used again: what was wrong has no place in it.
    return _report(connection, story, "tmx", repaired=True)


def _csv(connection: Connection, story: int) -> dict[str, str]:
    return _report(connection, story, "csv", repaired=False)


def _baseline(connection: Connection, story: int) -> dict[str, str]:
    """What was dismissed, as `auditor check` reads it."""
    later = DECISIONS.alias()
    rows = connection.execute(
        select(FINDINGS, DECISIONS.c.author, DECISIONS.c.at, DECISIONS.c.note)
        .join(DECISIONS, DECISIONS.c.finding_id == FINDINGS.c.id)
        .where(
            FINDINGS.c.story_id == story,
            FINDINGS.c.state == "dismissed",
            DECISIONS.c.kind == "dismiss",
        )
        .where(~exists().where(later.c.undoes == DECISIONS.c.id))
        .order_by(DECISIONS.c.id)
    ).all()
    # Of several dismissals of one finding the last one counts.
    last = {(row.document, row.rule, row.fingerprint): row for row in rows}
    entries = [
        Accepted(
            row.document,
            row.rule,
            row.fingerprint,
            _quote(row.quote),
            f"{row.reason}: {row.note}" if row.note else row.reason,
            row.author,
            date.fromisoformat(row.at[:10]),
        )
        for row in last.values()
    ]
    return {"baseline.toml": baseline_text(entries)}


def _quote(text: str) -> str:
    spaced = " ".join(text[: QUOTED + 1].split())
    cut = f"{spaced[:QUOTED]}\N{HORIZONTAL ELLIPSIS}" if len(spaced) > QUOTED else spaced
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)


EXPORTS: Mapping[str, Callable[[Connection, int], dict[str, str]]] = {
    "text": _text,
    "xliff": _xliff,
    "tmx": _tmx,
    "csv": _csv,
    "baseline": _baseline,
}
"""What can be exported, by name."""
