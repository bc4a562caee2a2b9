"""Finds statements of one text whose numbers do not fit each other."""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial

from auditor.core import Fact
from auditor.lang import load
from auditor.text.dates import find_dates
from auditor.text.digits import read_digits
from auditor.text.number_words import read_words
from auditor.text.numerals import parse_numeral
from auditor.text.quantities import canonical

_FIRST_YEAR = 1920
"""Before this some countries counted days by another calendar."""
_NEAR = 6
"""Characters between a weekday and its date: "Sunday, June 4", 6月4日（星期日）."""
_NUMBER = (
    # 1,200  1 200  48  2.5
    r"(?<![\d.,])\d{1,3}(?:[.,’' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+(?!\d)"
    r"|(?<![\d.,])\d+(?:[.,]\d+)?"
    # twelve
    r"|(?<!\w)[^\W\d_]{3,12}"
)
# 31, 31st's 31, thirty-first, 三十一
_NTH = r"(?:\d{1,3}|[^\W\d_]+(?:[ -](?:et )?[^\W\d_]+)?)"
_PERCENT = re.compile("[%％]|per ?cent")
_YEAR = r"(?:1[6-9]|20)\d\d"
_OLDER = 2
_ROUNDED = Decimal("0.2")
_YEARS = re.compile(_YEAR)
_LONGEST = 1000
"""Characters of the longest sentence that is looked at: no statement is longer."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that others of the same text contradict by arithmetic.

    Attributes:
        start: first code point of the value that is looked at first.
        end: one past the last.
        stated: what it says, in canonical form.
        computed: what the others give.
        reason: the calculation in words.
        others: the places of the others.
        kind: `weekday`, `age`, `age today`, `anniversary`, `number of years`, `share`, `change`,
            `factor` or `total`.
    """

    start: int
    end: int
    stated: str
    computed: str
    reason: str
    others: tuple[tuple[int, int], ...]
    kind: str


def find_misfits(text: str, lang: str, published: date | None = None) -> tuple[Misfit, ...]:
    """The statements of a text whose numbers do not fit each other, in order.

    Args:
        text: normalised text of a sentence.
        lang: BCP 47 tag.
        published: the day on which those who have an age have it, if known.
    """
    if len(text) > _LONGEST or not re.search(r"\d", text):
        return ()
    found = [*_weekdays(find_dates(text, lang))]
    # What a calculation needs is looked for first, for speed.
    percent = _PERCENT.search(text) is not None
    years = len(_YEARS.findall(text))
    low = text.casefold()
    factor = any(word in low for word in load(lang, "arithmetic").get("factors", ()))
    for key, check, needed in (
        ("ages", partial(_age_today, published=published), years and published is not None),
        ("lives", _life, years > 1),
        ("anniversaries", _anniversary, years > 1),
        ("spans", _span, years > 1),
        ("multiples", _multiple, factor),
        ("shares", _share, percent),
        ("changes", _change, percent),
        ("totals", _total, True),
    ):
        for pattern in _patterns(lang, key) if needed else ():
            for m in pattern.finditer(text):
                misfit = check(m, lang)
                if misfit:
                    found.append(misfit)
    return tuple(sorted(found, key=lambda f: f.start))


def _weekdays(facts: Sequence[Fact]) -> Iterator[Misfit]:
    """A weekday that stands with a full date on which another one was."""
    for weekday in facts:
        if weekday.kind != "weekday":
            continue
        for parts in _dates(facts):
            first, last = min(p.start for p in parts), max(p.end for p in parts)
            gap = max(first - weekday.end, weekday.start - last)
            year, month, day = (int(p.value) for p in parts)
            if not 0 <= gap <= _NEAR or year < _FIRST_YEAR:
                continue
            try:
                true = date(year, month, day).isoweekday()
            except ValueError:
                continue
            if str(true) != weekday.value:
                yield Misfit(
                    weekday.start,
                    weekday.end,
                    weekday.value,
                    str(true),
                    f"{date(year, month, day).isoformat()} was a {day_name[true - 1]}",
                    tuple((p.start, p.end) for p in parts),
                    "weekday",
                )


def _dates(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Full dates: a year, a month and a day beside each other, each read in one way."""
    dated = [
        f for f in facts if f.kind in ("year", "month", "day") and f.hard and not f.alternatives
    ]
    for i in range(len(dated) - 2):
        by_kind = {f.kind: f for f in dated[i : i + 3]}
        together = dated[i + 2].end - dated[i].start <= 24
        if len(by_kind) == 3 and together:
            yield by_kind["year"], by_kind["month"], by_kind["day"]


def _life(m: re.Match[str], lang: str) -> Misfit | None:
    age = _value(m["age"], lang)
    years = int(m["died"]) - int(m["born"])
    if age is None or years < 0:
        return None
    right = {years - 1, years}
    if load(lang, "arithmetic").get("age_from_one"):
        right.add(years + 1)
    if age in right:
        return None
    return _misfit(
        m, "age", ("born", "died"), Decimal(years), f"{m['died']} - {m['born']}", "age", lang
    )


def _age_today(m: re.Match[str], lang: str, published: date | None) -> Misfit | None:
    """An age that somebody of that year does not have on the day of publication."""
    if published is None:
        return None
    age, years = _value(m["age"], lang), published.year - int(m["born"])
    # A year of slack: what is printed in January was written in December.
    if age is None or years < 0 or years - _OLDER <= age <= years + 1:
        return None
    reason = f"{published.year} - {m['born']}"
    return _misfit(m, "age", ("born",), Decimal(years), reason, "age today", lang)


def _anniversary(m: re.Match[str], lang: str) -> Misfit | None:
    count, years = _ordinal(m["n"], lang), int(m["now"]) - int(m["then"])
    if count is None or years <= 0 or count == years:
        return None
    reason = f"{m['now']} - {m['then']} gives {years}"
    others = (m.span("then"), m.span("now"))
    return Misfit(*m.span("n"), str(count), str(years), reason, others, "anniversary")


def _span(m: re.Match[str], lang: str) -> Misfit | None:
    count, years = _value(m["n"], lang), int(m["last"]) - int(m["first"])
    # From 2001 to 2005 are four years, or five with both ends, or three and some months.
    if count is None or years <= 0 or abs(count - years) <= 1:
        return None
    reason = f"{m['last']} - {m['first']}"
    return _misfit(m, "n", ("first", "last"), Decimal(years), reason, "number of years", lang)


def _multiple(m: re.Match[str], lang: str) -> Misfit | None:
    old, new = (_value(m[g], lang) for g in ("old", "new"))
    word = m["times"].casefold()
    factors = load(lang, "arithmetic").get("factors", {})
    times = next((Decimal(str(f)) for w, f in factors.items() if word.startswith(w)), None)
    if not old or new is None or times is None or _from_year_to_year(m):
        return None
    # Who says doubled rounds.
    if abs(new / old - times) <= times * _ROUNDED:
        return None
    result = canonical(round(new / old, 2))
    reason = f"{old} to {new} is {result} times as much"
    others = (m.span("old"), m.span("new"))
    return Misfit(*m.span("times"), m["times"], result, reason, others, "factor")


def _from_year_to_year(m: re.Match[str]) -> bool:
    """True where the two values may say when: "doubled from 1969 to 1970"."""
    return all(re.fullmatch(_YEAR, m[g]) for g in ("old", "new"))


def _ordinal(text: str, lang: str) -> Decimal | None:
    value = parse_numeral(text, lang)
    return None if value is None else Decimal(value)


def _share(m: re.Match[str], lang: str) -> Misfit | None:
    part, whole, percent = (_value(m[g], lang) for g in ("part", "whole", "percent"))
    if part is None or not whole or percent is None or part > whole:
        return None
    true = part * 100 / whole
    if abs(true - percent) <= 1:
        return None
    return _misfit(
        m, "percent", ("part", "whole"), round(true, 1), f"{part} of {whole}", "share", lang
    )


def _change(m: re.Match[str], lang: str) -> Misfit | None:
    old, new, percent = (_value(m[g], lang) for g in ("old", "new", "percent"))
    if not old or new is None or percent is None or _from_year_to_year(m):
        return None
    true = abs(new - old) * 100 / old
    # Both ends are rounded as a rule.
    if abs(true - percent) <= max(Decimal(2), true / 10):
        return None
    return _misfit(m, "percent", ("old", "new"), round(true, 1), f"{old} to {new}", "change", lang)


def _total(m: re.Match[str], lang: str) -> Misfit | None:
    named = [g for g in ("a", "b", "c") if m.groupdict().get(g)]
    total, parts = _value(m["total"], lang), [_value(m[g], lang) for g in named]
    known = [p for p in parts if p is not None]
    if total is None or len(known) < len(parts) or sum(known) == total:
        return None
    # "12 people, including 3 men and 2 women": some were neither.
    if sum(known) < total and re.search("including|dont|tra cui|其中|包括", m[0]):
        return None
    said = " + ".join(str(p) for p in known)
    return _misfit(m, "total", tuple(named), Decimal(sum(known)), said, "total", lang)


def _misfit(
    m: re.Match[str],
    group: str,
    others: tuple[str, ...],
    computed: Decimal,
    reason: str,
    kind: str,
    lang: str,
) -> Misfit:
    stated = _value(m[group], lang) or Decimal(0)
    result = canonical(computed)
    return Misfit(
        *m.span(group),
        canonical(stated),
        result,
        f"{reason} gives {result}",
        tuple(m.span(g) for g in others),
        kind,
    )


def _value(text: str, lang: str) -> Decimal | None:
    if text[0].isdigit():
        readings = read_digits(text, lang)
        return readings[0] if readings else None
    return read_words(text, lang) if text.isalpha() and text.isascii() else None


@cache
def _patterns(lang: str, key: str) -> tuple[re.Pattern[str], ...]:
    topic = load(lang, "arithmetic").get(key, ())
    return tuple(
        re.compile(
            p.replace("{n}", f"(?:{_NUMBER})").replace("{nth}", _NTH).replace("{y}", _YEAR),
            re.IGNORECASE,
        )
        for p in topic
    )
