"""Finds the dates of Chinese, Japanese and Korean, which name the parts: 2019年12月18日."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.core import Fact
from auditor.lang import load
from auditor.text.numerals import parse_numeral
from auditor.text.years import MAX_YEAR, MIN_YEAR, two_digit_year

_HAN = "〇零○一二三四五六七八九十"
_LIST = r"[、,~～\-\N{EN DASH}—\N{FULLWIDTH HYPHEN-MINUS}至到與与和及或]"
_MODERN = 1800
_MAX_JOINED = 4
_LOOK = 16


@dataclass(frozen=True, slots=True)
class _Signs:
    year: re.Pattern[str]
    era: re.Pattern[str] | None
    month: re.Pattern[str]
    day: re.Pattern[str]
    joined: re.Pattern[str]
    weekday: re.Pattern[str]
    after_month: re.Pattern[str]
    lunar: tuple[str, ...]
    eras: Mapping[str, int]
    weekday_signs: str
    spoken_day: frozenset[str]


@cache
def _signs(lang: str) -> _Signs:
    data: Mapping[str, Any] = load(lang, "dates")
    signs = data["signs"]
    stop = data["duration"]
    eras: Mapping[str, int] = data.get("eras", {})
    return _Signs(
        # 2019年, 二〇一九年, 98年; not the 90 of 90年代, nor 2000年前 (two thousand years ago)
        year=re.compile(
            rf"(?<![\d{_HAN}.,])(?P<n>\d{{4}}|\d\d|[〇零○一二三四五六七八九]{{4}})"
            rf"\s*{signs['year']}(?P<more>[代級级대]|{stop})?"
        ),
        era=re.compile(rf"(?P<era>{'|'.join(eras)})\s*(?P<n>\d{{1,3}}|元|[{_HAN}百]{{1,5}})\s*年")
        if eras
        else None,
        # 12月, 12 月份, 十二月; 6個月 has its counter between
        month=re.compile(
            rf"(?<![\d{_HAN}.,])(?P<n>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
            rf"\s*{signs['month']}"
        ),
        # 18日, 十八日, 18號; 15日內 is a duration
        day=re.compile(
            rf"(?<![\d.,第])(?P<n>[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|"
            rf"[一二三四五六七八九])\s*(?P<sign>[{signs['day']}])(?P<more>{stop})?"
        ),
        joined=re.compile(rf"(?<!\d)(\d{{1,4}})\s*(?:{_LIST})\s*\Z"),
        weekday=re.compile(data["weekday"]),
        # 12月|18日, 18日、|19日, 18~|19日
        after_month=re.compile(rf"(?:{signs['month']}|[\d{signs['day']}]\s*{_LIST})\s*\Z"),
        lunar=tuple(data.get("lunar", ())),
        eras=eras,
        weekday_signs=data.get("weekday_signs", "一二三四五六日"),
        spoken_day=frozenset(signs["day"][1:]),
    )


def find_cjk_dates(text: str, lang: str) -> list[Fact]:
    """Years, months, days and weekdays that stand with their signs (年月日, 년월일).

    Args:
        text: the text, in whatever script its language tag says.
        lang: BCP 47 tag of a language whose data has `signs`.
    """
    signs = _signs(lang)
    facts = _eras(text, signs)
    for m in signs.year.finditer(text):
        facts += _year(text, m, signs)
    for m in signs.month.finditer(text):
        value = parse_numeral(m["n"], lang)
        if value:
            hard = not text.endswith(signs.lunar, 0, m.start())
            facts.append(Fact("month", str(value), *m.span("n"), hard=hard))
            facts += _joined(text, m.start("n"), "month", 12, signs)
    for m in signs.day.finditer(text):
        value = parse_numeral(m["n"], lang)
        if value:
            facts.append(_day(text, m, value, signs))
            facts += _joined(text, m.start("n"), "day", 31, signs)
    facts += [
        Fact("weekday", str(_weekday(m["n"], signs)), *m.span("n"))
        for m in signs.weekday.finditer(text)
    ]
    return facts


def _weekday(sign: str, signs: _Signs) -> int:
    return 7 if sign == "天" else signs.weekday_signs.index(sign) + 1


def _eras(text: str, signs: _Signs) -> list[Fact]:
    facts = []
    for m in signs.era.finditer(text) if signs.era else ():
        count = parse_numeral(m["n"], "und")
        if count:
            facts.append(Fact("year", str(signs.eras[m["era"]] + count), *m.span("n")))
    return facts


def _year(text: str, m: re.Match[str], signs: _Signs) -> list[Fact]:
    value = parse_numeral(m["n"], "und")
    if value is None or m["more"] in {"代", "級", "级", "대"}:
        return []  # the decade, or the class of a school
    if len(m["n"]) == 2:
        # 98年 is 1998, 20年 are twenty years.
        long_ago = value >= 50 and m["more"] is None
        return [two_digit_year(value, *m.span("n"))] if long_ago else []
    if not MIN_YEAR <= value <= MAX_YEAR:
        return []
    # 2000年前 and 1500年來 are spans of time; 1998年前 and 1998年以來 are dates.
    span_of_time = m["more"] is not None and (value < _MODERN or value % 100 == 0)
    fact = Fact("year", str(value), *m.span("n"), hard=not span_of_time)
    return [fact, *_joined(text, m.start("n"), "year", MAX_YEAR, signs)]


def _day(text: str, m: re.Match[str], value: int, signs: _Signs) -> Fact:
    begin = max(0, m.start() - _LOOK)
    dated = bool(signs.after_month.search(text[begin : m.start()]))
    # 10號 alone is also the number of a house or a bus, 一日 a day long.
    plain = m["n"].isdecimal() and m["sign"] not in signs.spoken_day
    hard = dated or (plain and m["more"] is None)
    return Fact("day", str(value), *m.span("n"), hard=hard)


def _joined(text: str, at: int, kind: str, largest: int, signs: _Signs) -> list[Fact]:
    """The 5 of "5、6月" and the 2003 of "2003、2011年"."""
    facts = []
    for _ in range(_MAX_JOINED):
        begin = max(0, at - _LOOK)
        m = signs.joined.search(text[begin:at])
        if m is None:
            break
        value, smallest = int(m[1]), MIN_YEAR if kind == "year" else 1
        if not smallest <= value <= largest:
            break
        at = begin + m.start(1)
        facts.append(Fact(kind, str(value), at, begin + m.end(1)))
    return facts
