"""The values of the JSON API: what is taken, what is given."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from auditor.review.decide import LONGEST

Text = Annotated[str, Field(max_length=LONGEST)]


class Shape(BaseModel):
    """A value of the API; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid")


class DecisionIn(Shape):
    """A decision on one finding."""

    revision: int = Field(description="Of the finding as it was shown.")
    kind: Literal["accept", "dismiss", "repair"]
    reason: Literal["", "false alarm", "intended", "fixed elsewhere"] = ""
    repair: Text | None = None
    note: Text = ""
    everywhere: Annotated[
        bool, Field(description="A dismissal holds for the same fingerprint in every story.")
    ] = False


class BulkIn(Shape):
    """One decision on many findings, as they were shown."""

    seen: list[tuple[int, int]] = Field(
        max_length=20_000, description="Pairs of a finding's id and revision."
    )
    kind: Annotated[
        Literal["accept", "dismiss", "repair"],
        Field(description="`repair` takes the repair that each finding proposes."),
    ]
    reason: Literal["", "false alarm", "intended", "fixed elsewhere"] = ""
    note: Text = ""


class UndoIn(Shape):
    """What is taken back: an act, or the last one of this reviewer where none is named."""

    batch: Annotated[str, Field(max_length=64)] = ""


class CommentIn(Shape):
    """A comment."""

    text: Text


class AssignIn(Shape):
    """Who is to decide; nobody when empty."""

    assignee: Annotated[str, Field(max_length=100)] = ""


class SignInIn(Shape):
    """Name and password."""

    name: Annotated[str, Field(max_length=100)]
    password: Annotated[str, Field(max_length=1_000)]


class AuditIn(Shape):
    """A JSON report of an audit (schema audit-1) with the decoded texts of its documents."""

    report: dict[str, Any]
    texts: dict[str, str]


class DecidedOut(Shape):
    """What a decision did."""

    batch: str
    next: int | None = Field(description="The next finding of the queue.")


class BulkOut(Shape):
    """What a bulk decision did."""

    batch: str
    decided: int
    left: int = Field(
        description="Findings that somebody had decided on in between, or without a repair."
    )


class UndoneOut(Shape):
    """Findings that are as they were before."""

    findings: list[int]


class SessionOut(Shape):
    """Who is signed in, and what a page must send to change something."""

    name: str
    role: str
    csrf: str
    token: Annotated[str, Field(description="For programs: send it as a bearer token.")] = ""


class ImportedOut(Shape):
    """What an audit brought."""

    story: int
    name: str
    added: int
    kept: int
    gone: int
