"""Counts "last year", 客歲 and "yesterday" from the day on which a text was published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from auditor.core import Document, Fact
from auditor.lang import load
from auditor.text.date_names import folded
from auditor.text.dates import find_dates

DATELINE = "dateline"
"""The `unit` of a date that was counted from the dateline."""
SLACK = timedelta(days=1)
"""A version may be published the day before or after: what "yesterday" means moves with it."""
_OPENING = 3
"""Blocks at the head of a document that may hold its dateline."""
_BESIDE = 25
"""Characters that a line may have besides the date when the date is all it says: "Published",
"PARIS (Agency) -"."""
_KINDS = {
    "relative-year": "year",
    "ago-year": "year",
    "relative-month": "month",
    "relative-day": "day",
}
_EXACT = 2
"""Years that are counted: "ten years ago" may be eleven."""
_LETTERS = re.compile(r"[^\W\d_]+")


def dateline(document: Document) -> date | None:
    """The day that a document gives as its own: a full date in a line of little else, at its head.

    Args:
        document: one version; its furniture is looked at too, since bylines are furniture.
    """
    head = [block for block in document.blocks if block.text.strip()][:_OPENING]
    for block in head:
        lead = re.split(r"\s[—–-]\s", block.text, maxsplit=1)[0]
        facts = [f for f in find_dates(lead, document.lang) if f.hard and not f.alternatives]
        parts = {f.kind: f for f in facts if f.kind in ("year", "month", "day")}
        said = sum(len(m[0]) for m in _LETTERS.finditer(lead))
        told = sum(f.end - f.start for f in facts)
        if len(parts) == 3 and said - told <= _BESIDE:
            try:
                return date(*(int(parts[kind].value) for kind in ("year", "month", "day")))
            except ValueError:
                continue
    return None


def counted_from(
    facts: Sequence[Fact], text: str, lang: str, published: date | None
) -> tuple[Fact, ...]:
    """The dates of a text with the relative ones put in years, months and days.

    What counts from another date of the text ("the previous year", 翌年) stays as it is.

    Args:
        facts: of `find_dates`.
        text: the text they were found in.
        lang: its BCP 47 tag.
        published: the dateline; None leaves all as it is.

    Returns:
        For "last year" a `year`, for "last month" a `month`, for "yesterday" a `day` and its
        `weekday`, each with `unit` "dateline" and the values that the day before and the day
        after would give as alternatives.
    """
    if published is None or not any(f.kind in _KINDS for f in facts):
        return tuple(facts)
    return tuple(_each(facts, text, lang, published))


def _each(facts: Iterable[Fact], text: str, lang: str, published: date) -> Iterator[Fact]:
    for fact in facts:
        said = folded(text[fact.start : fact.end])
        if fact.kind not in _KINDS or said in _elsewhere(lang):
            yield fact
            continue
        days = _days(fact, published)
        if not days:
            yield fact
            continue
        kind, distance = _KINDS[fact.kind], int(fact.value)
        # "today" and "this month" are said of the times we live in as well.
        hard = kind == "year" or distance != 0
        yield _dated(fact, kind, days, _PARTS[kind], hard=hard)
        if kind == "day":
            yield _dated(fact, "weekday", days, date.isoweekday, hard=False)
        if kind != "year":
            yield _dated(fact, "year", days, _PARTS["year"], hard=False)
        if kind == "day":
            yield _dated(fact, "month", days, _PARTS["month"], hard=False)


_PARTS: dict[str, Callable[[date], int]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
}


def _days(fact: Fact, published: date) -> list[date]:
    """A day in each of the years, months or days that a relative date may name, likeliest first."""
    distance, kind = int(fact.value), _KINDS[fact.kind]
    distances = [distance]
    if kind == "year" and abs(distance) > _EXACT:
        distances += [distance - 1, distance + 1]
    try:
        return [
            _moved(kind, d, published + slack)
            for d in distances
            for slack in (timedelta(), -SLACK, SLACK)
        ]
    except (OverflowError, ValueError):
        return []  # a dateline at the end of the calendar


def _moved(kind: str, distance: int, day: date) -> date:
    if kind == "day":
        return day + timedelta(days=distance)
    months = day.year * 12 + day.month - 1 + distance * (12 if kind == "year" else 1)
    return date(months // 12, months % 12 + 1, 1)


def _dated(
    fact: Fact, kind: str, days: Sequence[date], part: Callable[[date], int], *, hard: bool
) -> Fact:
    first, *others = dict.fromkeys(str(part(day)) for day in days)
    return replace(
        fact, kind=kind, value=first, alternatives=tuple(others), hard=hard, unit=DATELINE
    )


@cache
def _elsewhere(lang: str) -> frozenset[str]:
    """The phrases that count from another date of the text, as `folded` writes them."""
    return frozenset(load(lang, "dates").get("relative_elsewhere", ()))
