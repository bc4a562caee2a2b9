"""Decisions: taken, taken back, and taken over; the history only grows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, exists, insert, select, update
from sqlalchemy.engine import RowMapping

from auditor.core import AuditorError
from auditor.review.database import now
from auditor.review.tables import ASSIGNMENTS, COMMENTS, DECISIONS, FINDINGS

REASONS = ("false alarm", "intended", "fixed elsewhere")
STATES = {"accept": "accepted", "dismiss": "dismissed", "repair": "repaired"}
"""What a decision makes of a finding."""
UNDO = "undo"
LONGEST = 20_000
"""Characters of a note, a comment or a repair."""


class RefusedError(AuditorError):
    """A decision that makes no sense: an unknown kind, a dismissal without a reason."""


class MissingError(AuditorError):
    """What is decided on does not exist."""


class ConflictError(AuditorError):
    """Somebody else decided in between; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reviewer decides.

    Attributes:
        kind: `accept` (it is a defect), `dismiss`, or `repair` (and this is the text instead).
        reason: of a dismissal, one of `REASONS`.
        repair: the text that takes the place of what was flagged; empty deletes it.
        note: in the reviewer's words; may be empty.
        everywhere: True when a dismissal holds for the same fingerprint in every story.
    """

    kind: str
    reason: str = ""
    repair: str | None = None
    note: str = ""
    everywhere: bool = False

    def check(self) -> None:
        """Refuses what makes no sense.

        Raises:
            RefusedError: it does not.
        """
        if self.kind not in STATES:
            raise RefusedError(
                "kind", f"{self.kind!r} is unknown", f"choose from {', '.join(STATES)}"
            )
        if (self.kind == "dismiss") != (self.reason in REASONS) or (
            self.kind != "dismiss" and self.reason
        ):
            raise RefusedError("reason", "belongs to a dismissal", f"one of {', '.join(REASONS)}")
        if (self.kind == "repair") != (self.repair is not None):
            raise RefusedError("repair", "belongs to a repair", "give the text")
        if self.everywhere and self.kind != "dismiss":
            raise RefusedError("everywhere", "belongs to a dismissal", "leave it out")
        check_length(self.note, "note")
        check_length(self.repair or "", "repair")


def check_length(text: str, name: str) -> None:
    """Refuses a text that nobody wrote by hand.

    Raises:
        RefusedError: it is too long.
    """
    if len(text) > LONGEST:
        raise RefusedError(name, f"has {len(text):,} characters", f"{LONGEST:,} are the most")


def decide(connection: Connection, finding: int, revision: int, choice: Choice, author: str) -> str:
    """Takes a decision on one finding.

    Args:
        connection: in a writing transaction.
        finding: its id.
        revision: of the finding as the reviewer saw it.
        choice: what is decided.
        author: who decides.

    Returns:
        The batch of the decision, by which it can be taken back.

    Raises:
        ConflictError: somebody decided in between.
        MissingError: there is no such finding.
        RefusedError: the choice makes no sense.
    """
    choice.check()
    batch = uuid4().hex
    _take(connection, finding, revision, choice, author, batch, by_hand=True)
    if choice.everywhere:
        _spread(connection, finding, choice, author, batch)
    return batch


def decide_all(
    connection: Connection, seen: Sequence[tuple[int, int]], choice: Choice, author: str
) -> tuple[str, int, int]:
    """Takes one decision on many findings, as they were shown.

    Args:
        connection: in a writing transaction.
        seen: `(finding, revision)` of each, from the preview.
        choice: what is decided; a repair without a text takes each finding's own proposal.
        author: who decides.

    Returns:
        The batch, how many were decided, and how many were left since somebody had decided on
        them in between, or since they propose nothing.
    """
    own = choice.kind == "repair" and choice.repair is None
    if not own:
        choice.check()
    batch = uuid4().hex
    done = 0
    for finding, revision in seen:
        one = replace(choice, repair=_proposal(connection, finding)) if own else choice
        if own and one.repair is None:
            continue
        try:
            _take(connection, finding, revision, one, author, batch, by_hand=True)
        except ConflictError:
            continue
        done += 1
    return batch, done, len(seen) - done


def _proposal(connection: Connection, finding: int) -> str | None:
    """The repair that the audit proposes for a finding."""
    detail = connection.execute(
        select(FINDINGS.c.detail).where(FINDINGS.c.id == finding)
    ).scalar_one_or_none()
    held: str | None = json.loads(detail)["repair"] if detail else None
    return held


def _take(
    connection: Connection,
    finding: int,
    revision: int,
    choice: Choice,
    author: str,
    batch: str,
    *,
    by_hand: bool,
) -> None:
    values = {"state": STATES[choice.kind], "reason": choice.reason, "repair": choice.repair}
    _step(connection, finding, revision, values)
    connection.execute(
        insert(DECISIONS).values(
            finding_id=finding,
            batch=batch,
            kind=choice.kind,
            reason=choice.reason,
            repair=choice.repair,
            note=choice.note,
            everywhere=choice.everywhere,
            by_hand=by_hand,
            undoes=None,
            revision=revision + 1,
            author=author,
            at=now(),
        )
    )


def _step(connection: Connection, finding: int, revision: int, values: dict[str, Any]) -> None:
    """Moves a finding to its next revision, if it still is at this one."""
    moved = connection.execute(
        update(FINDINGS)
        .where(FINDINGS.c.id == finding, FINDINGS.c.revision == revision)
        .values(revision=revision + 1, **values)
    )
    if moved.rowcount:
        return
    known = connection.execute(select(FINDINGS.c.id).where(FINDINGS.c.id == finding)).first()
    if known is None:
        raise MissingError(f"finding {finding}", "does not exist", "reload the queue")
    raise ConflictError(
        "", "Somebody else decided on this finding in between", "look at what they decided"
    )


def undo(connection: Connection, batch: str, author: str) -> list[int]:
    """Takes back what one act decided, as far as it is still what counts.

    Args:
        connection: in a writing transaction.
        batch: of the act.
        author: who takes it back.

    Returns:
        The findings that are as they were before.

    Raises:
        ConflictError: everything was decided anew, or taken back, in between.
        MissingError: there is no such act.
    """
    rows = connection.execute(
        select(DECISIONS)
        .where(DECISIONS.c.batch == batch, DECISIONS.c.undoes.is_(None))
        .order_by(DECISIONS.c.id)
    ).all()
    if not rows:
        raise MissingError("", "There is nothing to undo", "")
    back = uuid4().hex
    changed = [row.finding_id for row in rows if _take_back(connection, row, author, back)]
    if not changed:
        raise ConflictError(
            "", "Somebody else decided on this finding in between", "look at what they decided"
        )
    return changed


def _take_back(connection: Connection, row: Row[Any], author: str, batch: str) -> bool:
    counting = _counting(connection, row.finding_id)
    if not counting or counting[0]["id"] != row.id:
        return False
    before = counting[1] if len(counting) > 1 else None
    revision = connection.execute(
        select(FINDINGS.c.revision).where(FINDINGS.c.id == row.finding_id)
    ).scalar_one()
    values: dict[str, Any] = {"state": "open", "reason": "", "repair": None}
    if before:
        values = {
            "state": STATES[before["kind"]],
            "reason": before["reason"],
            "repair": before["repair"],
        }
    _step(connection, row.finding_id, revision, values)
    connection.execute(
        insert(DECISIONS).values(
            finding_id=row.finding_id,
            batch=batch,
            kind=UNDO,
            reason="",
            repair=None,
            note="",
            everywhere=False,
            by_hand=True,
            undoes=row.id,
            revision=revision + 1,
            author=author,
            at=now(),
        )
    )
    return True


def _counting(connection: Connection, finding: int) -> Sequence[RowMapping]:
    """The decisions on a finding that were not taken back, the last first."""
    later = DECISIONS.alias()
    return (
        connection.execute(
            select(DECISIONS)
            .where(DECISIONS.c.finding_id == finding, DECISIONS.c.undoes.is_(None))
            .where(~exists().where(later.c.undoes == DECISIONS.c.id))
            .order_by(DECISIONS.c.id.desc())
        )
        .mappings()
        .all()
    )


def last_batch(connection: Connection, author: str) -> str:
    """What this reviewer did last and has not taken back.

    Raises:
        MissingError: nothing.
    """
    later = DECISIONS.alias()
    held = connection.execute(
        select(DECISIONS.c.batch)
        .where(DECISIONS.c.author == author, DECISIONS.c.undoes.is_(None), DECISIONS.c.by_hand)
        .where(~exists().where(later.c.undoes == DECISIONS.c.id))
        .order_by(DECISIONS.c.id.desc())
        .limit(1)
    ).scalar()
    if held is None:
        raise MissingError("", "There is nothing to undo", "")
    return str(held)


def _spread(connection: Connection, finding: int, choice: Choice, author: str, batch: str) -> None:
    """Dismisses the same fingerprint where it is open in other stories."""
    origin = connection.execute(
        select(FINDINGS.c.fingerprint).where(FINDINGS.c.id == finding)
    ).scalar_one()
    same = connection.execute(
        select(FINDINGS.c.id, FINDINGS.c.revision).where(
            FINDINGS.c.fingerprint == origin, FINDINGS.c.state == "open"
        )
    ).all()
    for other in same:
        _take(connection, other.id, other.revision, choice, author, batch, by_hand=False)


def inherit(connection: Connection, story: int, author: str, batch: str) -> None:
    """Dismisses what was dismissed everywhere, among the open findings of a story."""
    later, newer = DECISIONS.alias(), DECISIONS.alias()
    origin = FINDINGS.alias()
    rows = connection.execute(
        select(FINDINGS.c.id, FINDINGS.c.revision, DECISIONS.c.reason, DECISIONS.c.note)
        .select_from(FINDINGS)
        .join(origin, origin.c.fingerprint == FINDINGS.c.fingerprint)
        .join(DECISIONS, DECISIONS.c.finding_id == origin.c.id)
        .where(FINDINGS.c.story_id == story, FINDINGS.c.state == "open", FINDINGS.c.revision == 0)
        .where(DECISIONS.c.everywhere, DECISIONS.c.by_hand)
        .where(~exists().where(later.c.undoes == DECISIONS.c.id))
        # Who thought better of it later did not mean it for other stories either.
        .where(
            ~exists().where(
                newer.c.finding_id == origin.c.id,
                newer.c.id > DECISIONS.c.id,
                newer.c.undoes.is_(None),
            )
        )
        .order_by(DECISIONS.c.id)
    ).all()
    for row in {row.id: row for row in rows}.values():
        choice = Choice("dismiss", row.reason, note=row.note, everywhere=True)
        _take(connection, row.id, row.revision, choice, author, batch, by_hand=False)


def comment(connection: Connection, finding: int, text: str, author: str) -> None:
    """Adds a comment to a finding.

    Raises:
        MissingError: there is no such finding.
        RefusedError: it is empty or too long.
    """
    if not text.strip():
        raise RefusedError("comment", "is empty", "write something")
    check_length(text, "comment")
    _exists(connection, finding)
    connection.execute(
        insert(COMMENTS).values(finding_id=finding, text=text, author=author, at=now())
    )


def assign(connection: Connection, finding: int, assignee: str, author: str) -> None:
    """Gives a finding to somebody; an empty name takes it from everybody.

    Raises:
        MissingError: there is no such finding.
    """
    check_length(assignee, "assignee")
    _exists(connection, finding)
    connection.execute(
        update(FINDINGS).where(FINDINGS.c.id == finding).values(assignee=assignee.strip())
    )
    connection.execute(
        insert(ASSIGNMENTS).values(
            finding_id=finding, assignee=assignee.strip(), author=author, at=now()
        )
    )


def _exists(connection: Connection, finding: int) -> None:
    if connection.execute(select(FINDINGS.c.id).where(FINDINGS.c.id == finding)).first() is None:
        raise MissingError(f"finding {finding}", "does not exist", "reload the queue")
