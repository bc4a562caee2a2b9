"""Takes an audit into the database; what was decided stays decided, by fingerprint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from auditor.core import Severity, Tier
from auditor.review.database import now
from auditor.review.decide import inherit
from auditor.review.given import Given, storable
from auditor.review.precision import by_rule, precisions, rank
from auditor.review.tables import AUDITS, DOCUMENTS, FINDINGS, STORIES

QUOTED = 400
"""Characters of a quote that are kept beside a finding, for lists and for the search."""

PHRASE = 120
"""Characters by which two findings mark the same phrase."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an audit brought.

    Attributes:
        story: id of the story.
        name: what it is called.
        added: findings that are new.
        kept: findings that were known, with what was decided on them.
        gone: findings that this audit has no longer.
    """

    story: int
    name: str
    added: int
    kept: int
    gone: int


def take_in(connection: Connection, given: Given, author: str) -> Imported:
    """Takes an audited story in, over an earlier audit of the same story.

    Args:
        connection: in a writing transaction.
        given: the report and its texts, checked.
        author: who imports it.
    """
    report = given.report
    story = _story(connection, report)
    _documents(connection, story, given)
    rows = _rows(connection, story, report)
    held = {
        (row.document, row.fingerprint): row.id
        for row in connection.execute(
            select(FINDINGS.c.id, FINDINGS.c.document, FINDINGS.c.fingerprint).where(
                FINDINGS.c.story_id == story
            )
        )
    }
    connection.execute(update(FINDINGS).where(FINDINGS.c.story_id == story).values(present=False))
    new = {key: row for key, row in rows.items() if key not in held}
    for key in rows.keys() & held.keys():
        connection.execute(update(FINDINGS).where(FINDINGS.c.id == held[key]).values(rows[key]))
    fresh = {"state": "open", "reason": "", "repair": None, "assignee": "", "revision": 0}
    if new:
        connection.execute(insert(FINDINGS), [{**row, **fresh} for row in new.values()])
    counts = {"added": len(new), "kept": len(rows) - len(new), "gone": len(held.keys() - rows)}
    connection.execute(
        insert(AUDITS).values(
            story_id=story,
            imported_at=now(),
            imported_by=author,
            tool=str(report["tool"].get("version", "")),
            encoder=report["encoder"],
            **counts,
        )
    )
    inherit(connection, story, author, uuid4().hex)
    return Imported(story, _name(report), **counts)


def _name(report: Mapping[str, Any]) -> str:
    return storable(str(report["story"].get("name") or "story"))


def _story(connection: Connection, report: Mapping[str, Any]) -> int:
    story = report["story"]
    values = {
        "outlet": storable(str(story.get("outlet") or "")),
        "date": str(story.get("date") or ""),
        "source": storable(str(story.get("source") or "")),
        "relations": json.dumps(story.get("relations") or []),
        "passages": json.dumps([p["spans"] for p in report["passages"]]),
    }
    name = _name(report)
    held = connection.execute(select(STORIES.c.id).where(STORIES.c.name == name)).scalar()
    if held is not None:
        connection.execute(update(STORIES).where(STORIES.c.id == held).values(values))
        return int(held)
    made = connection.execute(insert(STORIES).values(name=name, **values))
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _documents(connection: Connection, story: int, given: Given) -> None:
    connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.story_id == story))
    connection.execute(
        insert(DOCUMENTS),
        [
            {
                "story_id": story,
                "position": position,
                "name": storable(document["id"]),
                "lang": document["lang"],
                "raw": storable(given.texts[document["id"]]),
                "sha256": str(document.get("sha256", "")),
                "fidelity": document.get("fidelity"),
            }
            for position, document in enumerate(given.report["documents"])
        ],
    )


def _rows(
    connection: Connection, story: int, report: Mapping[str, Any]
) -> dict[tuple[str, str], Row]:
    measured = by_rule(precisions(connection))
    langs = {storable(d["id"]): d["lang"] for d in report["documents"]}
    rows: dict[tuple[str, str], Row] = {}
    for finding in report["findings"]:
        place = finding["spans"][0]
        document = storable(place["document"])
        quote = storable(str(place.get("text", "")))[:QUOTED]
        tier, severity = Tier(finding["tier"]).value, Severity(finding["severity"]).value
        detail = {name: finding[name] for name in ("spans", "evidence", "values", "repair")}
        rows[document, finding["fingerprint"]] = {
            "story_id": story,
            "document": document,
            "fingerprint": finding["fingerprint"],
            "rule": finding["rule"],
            "family": finding["rule"].partition("/")[0],
            "lang": langs[document],
            "tier": tier,
            "severity": severity,
            "confidence": float(finding["confidence"]),
            "message": storable(finding["message"]),
            "quote": quote,
            "phrase": phrase_of(quote),
            "detail": storable(json.dumps(detail, ensure_ascii=True)),
            "present": True,
            "rank": rank(
                tier, severity, float(finding["confidence"]), measured.get(finding["rule"])
            ),
        }
    return rows


def phrase_of(quote: str) -> str:
    """A quote without case and spacing: what makes two findings mark the same phrase."""
    return " ".join(quote.casefold().split())[:PHRASE]
