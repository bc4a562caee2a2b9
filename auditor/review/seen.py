"""Findings as the API and the pages show them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.engine import RowMapping

from auditor.review.decide import MissingError
from auditor.review.passages import view
from auditor.review.precision import Precision, precisions
from auditor.review.queue import Filters, Page, neighbours
from auditor.review.tables import ASSIGNMENTS, COMMENTS, DECISIONS, FINDINGS, STORIES

LISTED = (
    "id", "story_id", "story", "document", "lang", "rule", "family", "tier", "severity",
    "confidence", "message", "quote", "state", "reason", "repair", "assignee", "revision",
    "fingerprint",
)  # fmt: skip
"""What a list says of a finding."""

TOLD = ("kind", "reason", "repair", "note", "everywhere", "by_hand", "batch", "author", "at")
"""What the history says of a decision."""


def listed(page: Page) -> dict[str, Any]:
    """A page of the queue."""
    return {"findings": [{n: f[n] for n in LISTED} for f in page.findings], "next": page.next}


def finding_row(connection: Connection, finding: int) -> RowMapping:
    """A finding with the name of its story.

    Raises:
        MissingError: there is none with this id.
    """
    row = (
        connection.execute(
            select(FINDINGS, STORIES.c.name.label("story"))
            .join(STORIES, STORIES.c.id == FINDINGS.c.story_id)
            .where(FINDINGS.c.id == finding)
        )
        .mappings()
        .first()
    )
    if row is None:
        raise MissingError(f"finding {finding}", "does not exist", "reload the queue")
    return row


def finding_seen(
    connection: Connection, finding: int, filters: Filters, context: int
) -> dict[str, Any]:
    """All that a reviewer needs to decide on one finding."""
    row = finding_row(connection, finding)
    detail = json.loads(row["detail"])
    return {
        **{name: row[name] for name in LISTED},
        "present": row["present"],
        "proposal": detail["repair"],
        "values": detail["values"],
        "spans": detail["spans"],
        "evidence": detail["evidence"],
        "view": asdict(view(connection, row, context)),
        "history": history(connection, finding),
        "precision": _precision(precisions(connection, row["rule"])[0]),
        **neighbours(connection, filters, finding),
    }


def history(connection: Connection, finding: int) -> list[dict[str, Any]]:
    """Who did what and when, the last first."""
    decided = (
        connection.execute(
            select(DECISIONS).where(DECISIONS.c.finding_id == finding).order_by(DECISIONS.c.id)
        )
        .mappings()
        .all()
    )
    undone = {row["undoes"] for row in decided}
    told = [{**{n: row[n] for n in TOLD}, "undone": row["id"] in undone} for row in decided]
    for table, kind, text in ((COMMENTS, "comment", "text"), (ASSIGNMENTS, "assign", "assignee")):
        rows = connection.execute(select(table).where(table.c.finding_id == finding)).mappings()
        told += [
            {"kind": kind, "note": r[text], "author": r["author"], "at": r["at"], "undone": False}
            for r in rows
        ]
    return sorted(told, key=lambda one: one["at"], reverse=True)


def _precision(measured: Precision) -> dict[str, Any]:
    low, high = measured.interval
    return {
        "rule": measured.rule,
        "right": measured.right,
        "decided": measured.decided,
        "value": None if measured.value is None else round(measured.value, 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "tier": measured.tier,
        "proposed_tier": measured.proposed,
    }


def rules_seen(connection: Connection) -> list[dict[str, Any]]:
    """The measured precision of every rule that has findings."""
    return [_precision(one) for one in precisions(connection)]
