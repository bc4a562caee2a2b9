"""The queue: what is to be decided, ranked, filtered, counted, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select
from sqlalchemy.engine import RowMapping

from auditor.review.decide import RefusedError
from auditor.review.tables import FINDINGS, STORIES

PAGE = 50
ALL = "all"
DECIDED = "decided"
STATE_NAMES = ("open", "accepted", "repaired", "dismissed")
SEVERITY_NAMES = ("critical", "major", "minor", "neutral")
UNASSIGNED = "nobody"

COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "story": FINDINGS.c.story_id,
    "lang": FINDINGS.c.lang,
    "family": FINDINGS.c.family,
    "rule": FINDINGS.c.rule,
    "severity": FINDINGS.c.severity,
    "tier": FINDINGS.c.tier,
    "state": FINDINGS.c.state,
    "assignee": FINDINGS.c.assignee,
}
"""What can be filtered by, and counted."""

DEFAULTS = {"tier": "stable", "state": "open"}
"""What is shown unless somebody asks for more: the same as on the command line."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which findings are wanted; an empty value wants all.

    Attributes:
        story: id of the story.
        lang: tag of the version.
        family: first part of the rule.
        rule: id of the rule.
        severity: MQM severity.
        tier: `stable`, `preview` or `all`.
        state: one of `STATE_NAMES`, `decided` or `all`.
        assignee: a name, or `nobody`.
        search: text in the quote, the message or the document's name.
        outlet: who published the story.
        month: of the story, such as `2024-11`.
        phrase: what exactly is marked, without case and spacing.
    """

    story: str = ""
    lang: str = ""
    family: str = ""
    rule: str = ""
    severity: str = ""
    tier: str = DEFAULTS["tier"]
    state: str = DEFAULTS["state"]
    assignee: str = ""
    search: str = ""
    outlet: str = ""
    month: str = ""
    phrase: str = ""

    def query(self, **changed: str) -> str:
        """The filters as a query string without what is usual; values may be changed."""
        values = {f.name: changed.get(f.name, getattr(self, f.name)) for f in fields(self)}
        extra = {name: value for name, value in changed.items() if name not in values}
        kept = {k: v for k, v in values.items() if v != DEFAULTS.get(k, "")}
        return urlencode({**kept, **extra})

    @property
    def any(self) -> bool:
        """True when something else than usual is asked for."""
        return bool(self.query())


def conditions(filters: Filters) -> ColumnElement[bool]:
    """The filters as a condition."""
    held: list[ColumnElement[bool]] = [FINDINGS.c.present]
    for name, column in COLUMNS.items():
        value = getattr(filters, name)
        if value in ("", ALL):
            continue
        if name == "story":
            held.append(column == _number(value))
        elif name == "state" and value == DECIDED:
            held.append(column != "open")
        elif name == "assignee" and value == UNASSIGNED:
            held.append(column == "")
        else:
            held.append(column == value)
    return and_(*held, *_fixed(filters))


def _fixed(filters: Filters) -> Iterator[ColumnElement[bool]]:
    """The conditions whose other values nobody counts."""
    if filters.search.strip():
        yield _searched(filters.search.strip())
    if filters.phrase:
        yield FINDINGS.c.phrase == filters.phrase
    if filters.outlet:
        of_outlet = select(STORIES.c.id).where(STORIES.c.outlet == filters.outlet)
        yield FINDINGS.c.story_id.in_(of_outlet)
    if filters.month:
        of_month = select(STORIES.c.id).where(func.substr(STORIES.c.date, 1, 7) == filters.month)
        yield FINDINGS.c.story_id.in_(of_month)


def _number(value: str) -> int:
    # Beyond what a database can compare there is no story.
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1


def _searched(text: str) -> ColumnElement[bool]:
    return or_(
        *(
            column.icontains(text, autoescape=True)
            for column in (FINDINGS.c.quote, FINDINGS.c.message, FINDINGS.c.document)
        )
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the queue.

    Attributes:
        findings: rows with the story's name, in the order of the ranking.
        next: where the next page begins; empty on the last.
    """

    findings: Sequence[RowMapping]
    next: str


def page(connection: Connection, filters: Filters, after: str = "", size: int = PAGE) -> Page:
    """A page of the queue.

    Args:
        connection: to read from.
        filters: which findings are wanted.
        after: `next` of the page before: a place in the ranking, so that what is decided
            meanwhile moves no row to another page.
        size: rows of a page.

    Raises:
        RefusedError: `after` is no such place.
    """
    query = (
        select(
            *(c for c in FINDINGS.c if c.name not in ("detail", "phrase")),
            STORIES.c.name.label("story"),
        )
        .join(STORIES, STORIES.c.id == FINDINGS.c.story_id)
        .where(conditions(filters))
        .order_by(FINDINGS.c.rank.desc(), FINDINGS.c.id)
        .limit(size + 1)
    )
    if after:
        query = query.where(_behind(*_place(after)))
    rows = connection.execute(query).mappings().all()
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], f"{last['rank']}.{last['id']}" if last else "")


def _place(after: str) -> tuple[int, int]:
    rank, dot, id = after.partition(".")
    if not dot or not all(p.isascii() and p.isdecimal() and len(p) < 10 for p in (rank, id)):
        raise RefusedError("after", "is no place in the queue", "take `next` of the page before")
    return int(rank), int(id)


def _behind(rank: int, id: int) -> ColumnElement[bool]:
    return or_(FINDINGS.c.rank < rank, and_(FINDINGS.c.rank == rank, FINDINGS.c.id > id))


def _before(rank: int, id: int) -> ColumnElement[bool]:
    return or_(FINDINGS.c.rank > rank, and_(FINDINGS.c.rank == rank, FINDINGS.c.id < id))


def neighbours(connection: Connection, filters: Filters, finding: int) -> dict[str, int | None]:
    """The findings before and behind one in the queue; itself need not be in it any more."""
    row = connection.execute(
        select(FINDINGS.c.rank, FINDINGS.c.id).where(FINDINGS.c.id == finding)
    ).first()
    if row is None:
        return {"before": None, "next": None}
    wanted = select(FINDINGS.c.id).where(conditions(filters)).limit(1)
    return {
        "before": connection.execute(
            wanted.where(_before(row.rank, row.id)).order_by(FINDINGS.c.rank, FINDINGS.c.id.desc())
        ).scalar(),
        "next": connection.execute(
            wanted.where(_behind(row.rank, row.id)).order_by(FINDINGS.c.rank.desc(), FINDINGS.c.id)
        ).scalar(),
    }


def progress(connection: Connection, filters: Filters) -> tuple[int, int]:
    """How many of the wanted findings were decided, and how many there are in any state."""
    decided = func.sum(case((FINDINGS.c.state == "open", 0), else_=1))
    row = connection.execute(
        select(decided, func.count()).where(conditions(replace(filters, state=ALL)))
    ).one()
    return int(row[0] or 0), int(row[1])


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are of each kind.

    Attributes:
        total: findings that the filters want.
        decided: those of them, in any state, that were decided.
        all_states: those of them in any state.
        choices: for each filter its values with their counts, under all other filters.
        stories: names of the stories, by id.
    """

    total: int
    decided: int
    all_states: int
    choices: Mapping[str, Sequence[tuple[str, int]]]
    stories: Mapping[str, str]


def counts(connection: Connection, filters: Filters) -> Counts:
    """Counts what the filters want, and what each other choice would give.

    One pass over the findings groups them by everything that can be filtered; the rest is sums.
    """
    names = list(COLUMNS)
    condition = and_(FINDINGS.c.present, *_fixed(filters))
    rows = connection.execute(
        select(*(COLUMNS[n].label(n) for n in names), func.count().label("count"))
        .where(condition)
        .group_by(*(COLUMNS[n] for n in names))
    ).all()
    held: list[Counter[str]] = [Counter() for _ in names]
    # 10,000 findings give some 1,500 groups: only the filters that are set are looked at.
    asked = [(i, w) for i, n in enumerate(names) if (w := getattr(filters, n)) not in ("", ALL)]
    state = names.index("state")
    total = decided = all_states = 0
    for row in rows:
        count = row[-1]
        failed = [i for i, wanted in asked if not _wants(str(row[i]), wanted)]
        if not failed:
            total += count
            for i, sums in enumerate(held):
                sums[str(row[i])] += count
        elif len(failed) == 1:
            held[failed[0]][str(row[failed[0]])] += count
        if failed in ([], [state]):
            all_states += count
            decided += count if row[state] != "open" else 0
    stories = connection.execute(select(STORIES.c.id, STORIES.c.name)).all()
    return Counts(
        total,
        decided,
        all_states,
        {n: _ordered(n, sums.items()) for n, sums in zip(names, held, strict=True)},
        {str(row.id): row.name for row in stories},
    )


def _wants(value: str, wanted: str) -> bool:
    """True when a filter asks for a value; only states are called decided, nobody is no name."""
    if wanted == DECIDED:
        return value not in ("open", DECIDED)
    return value == wanted or (wanted == UNASSIGNED and value == "")


def _ordered(name: str, values: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    fixed = {"severity": SEVERITY_NAMES, "state": STATE_NAMES}.get(name)
    if fixed:
        return sorted(values, key=lambda held: fixed.index(held[0]))
    return sorted(values, key=lambda held: (-held[1], held[0]))
