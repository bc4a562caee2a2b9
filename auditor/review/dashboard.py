"""The editor's overview: where the trouble is, as sums and as pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, func, select

from auditor.review.queue import ALL, Filters
from auditor.review.tables import AUDITS, DOCUMENTS, FINDINGS, STORIES

WIDTH, HEIGHT, BAR = 720, 180, 44
SHOWN = 6
"""Colours that can be told apart; what is rarer is one colour together."""
MONTHS = 14

WEIGHTS = {"critical": 25, "major": 5, "minor": 1, "neutral": 0}
"""Of an open finding when stories are compared.

Source: MQM's penalty points for severities (themqm.org, scoring models).
"""

DIMENSIONS: Mapping[str, ColumnElement[str]] = {
    "rule": FINDINGS.c.rule,
    "lang": FINDINGS.c.lang,
    "outlet": STORIES.c.outlet,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a chart: a link to what it counts."""

    x: float
    y: float
    width: float
    height: float
    series: int
    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Findings by month, stacked by one dimension.

    Attributes:
        bars: the pieces.
        months: `(x, label)` below the bars.
        legend: `(series, label, count, query)`, the most frequent first.
        top: what the highest bar counts.
    """

    bars: tuple[Bar, ...]
    months: tuple[tuple[float, str], ...]
    legend: tuple[tuple[int, str, int, str], ...]
    top: int


def chart(connection: Connection, dimension: str) -> Chart:
    """Stable findings of the last audits by month of the story.

    Args:
        connection: to read from.
        dimension: one of `DIMENSIONS`.
    """
    column = DIMENSIONS[dimension]
    month = func.substr(STORIES.c.date, 1, 7)
    rows = connection.execute(
        select(month, column, func.count())
        .select_from(FINDINGS)
        .join(STORIES, STORIES.c.id == FINDINGS.c.story_id)
        .where(FINDINGS.c.present, FINDINGS.c.tier == "stable")
        .group_by(month, column)
    ).all()
    months = sorted({str(row[0]) for row in rows})[-MONTHS:]
    held = {(str(m), str(value)): int(count) for m, value, count in rows if m in months}
    sums: Counter[str] = Counter()
    for (_, value), count in held.items():
        sums[value] += count
    names = [name for name, _ in sorted(sums.items(), key=lambda s: (-s[1], s[0]))]
    series = {name: min(number, SHOWN - 1) for number, name in enumerate(names)}
    heights = {m: sum(held.get((m, n), 0) for n in names) for m in months}
    top = max(heights.values(), default=0)
    return Chart(
        tuple(_bars(dimension, months, names, held, series, top)),
        tuple((_left(i, len(months)) + BAR / 2, m or "no date") for i, m in enumerate(months)),
        tuple((series[n], n or "none", sums[n], _query(dimension, n)) for n in names),
        top,
    )


def _left(number: int, months: int) -> float:
    step = WIDTH / max(months, 6)
    return round(number * step + (step - BAR) / 2, 1)


def _bars(
    dimension: str,
    months: Sequence[str],
    names: Sequence[str],
    held: Mapping[tuple[str, str], int],
    series: Mapping[str, int],
    top: int,
) -> list[Bar]:
    bars = []
    for number, month in enumerate(months):
        at = float(HEIGHT)
        for name in names:
            count = held.get((month, name), 0)
            if not count:
                continue
            tall = HEIGHT * count / top
            at -= tall
            label = f"{name or 'none'}, {month or 'no date'}: {count}"
            query = _query(dimension, name, month)
            left = _left(number, len(months))
            bars.append(Bar(left, round(at, 1), BAR, round(tall, 1), series[name], label, query))
    return bars


def _query(dimension: str, value: str, month: str = "") -> str:
    return Filters(state=ALL, month=month).query(**{dimension: value})


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in the list.

    Attributes:
        points: weighted sum of its open stable findings.
        open: stable findings by severity that are open.
        total: all stable findings.
        decided: those that were decided.
        fidelity: of its least faithful version, 0 to 100; None where none was measured.
    """

    id: int
    name: str
    outlet: str
    date: str
    points: int
    open: Mapping[str, int]
    total: int
    decided: int
    fidelity: float | None
    audited: str


def stories(connection: Connection) -> tuple[StoryLine, ...]:
    """All stories, the worst first."""
    is_open = case((FINDINGS.c.state == "open", 1), else_=0)
    held: dict[int, list[tuple[str, int, int]]] = {}
    for row in connection.execute(
        select(FINDINGS.c.story_id, FINDINGS.c.severity, func.count(), func.sum(is_open))
        .where(FINDINGS.c.present, FINDINGS.c.tier == "stable")
        .group_by(FINDINGS.c.story_id, FINDINGS.c.severity)
    ):
        held.setdefault(row[0], []).append((row[1], int(row[2]), int(row[3])))
    fidelity = select(DOCUMENTS.c.story_id, func.min(DOCUMENTS.c.fidelity))
    lowest = {row[0]: row[1] for row in connection.execute(fidelity.group_by(DOCUMENTS.c.story_id))}
    last = select(AUDITS.c.story_id, func.max(AUDITS.c.imported_at))
    audited = {row[0]: str(row[1]) for row in connection.execute(last.group_by(AUDITS.c.story_id))}
    lines = []
    for story in connection.execute(select(STORIES)).mappings():
        sums = held.get(story["id"], [])
        still = {severity: count for severity, _, count in sums if count}
        total = sum(count for _, count, _ in sums)
        lines.append(
            StoryLine(
                story["id"],
                story["name"],
                story["outlet"],
                story["date"],
                sum(WEIGHTS[s] * n for s, n in still.items()),
                still,
                total,
                total - sum(still.values()),
                lowest.get(story["id"]),
                audited.get(story["id"], "")[:10],
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.points, line.name)))
