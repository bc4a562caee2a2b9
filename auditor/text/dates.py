"""Finds years, months, days, weekdays, decades, centuries and anniversaries in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from auditor.core import Fact
from auditor.lang import load
from auditor.text.cjk_dates import find_cjk_dates
from auditor.text.date_names import (
    DateWords,
    MonthName,
    date_words,
    folded,
    matches,
    may_say_dates,
    phrase_matches,
)
from auditor.text.number_words import read_words
from auditor.text.numerals import parse_numeral
from auditor.text.said import words_of
from auditor.text.years import (
    MAX_YEAR,
    MIN_YEAR,
    counts_something,
    find_years,
    is_year,
    two_digit_year,
)

_PARTED = re.compile(r"\d[-/.]\d")
"""Without this no numeric date is there: it is looked for first, for speed."""
_ISO = re.compile(r"(?<![\d/.\-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/-]|\.\d)")
"""2020-12-18, 2020/12/18, 2020.12.18."""
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-]|\.\d)")
"""18/12/2020, 18.12.2020, 12-18-2020, 12/18/20."""
_DAY_MONTH = re.compile(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?![\d/])")
"""9/11: also a fraction or a score, so only ever soft."""
_DAY_RIGHT = re.compile(
    r"(?:\s+the)?\s+(\d{1,2})(st|nd|rd|th)?(?![\d:%]|[.,]\d|\s*(?:%|percent|per cent))"
)
"""December 18, Dec. 18th; not "July 2.7 per cent" nor "June 20:15"."""
_JOINED_RIGHT = re.compile(
    r"\s*(?:-|\N{EN DASH}|,|and|to|or|through|&)\s*(\d{1,2})(st|nd|rd|th)?(?![\w:%]|[.,]\d)"
)
"""June 12-14, June 12 and 13."""
_YEAR_RIGHT = re.compile(r"[\s,.]*(?:(?:of|de|del|do|ปี|พ\.ศ\.|ค\.ศ\.)\s*)?(\d{4})(?!\d)")
_SHORT_YEAR_RIGHT = re.compile(r",?\s+(?:del\s+)?(['’‘]?)(\d\d)(?![\w:%]|[.,]\d)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|re|º|ª|°)?", re.IGNORECASE)
_LOOK = 32
"""How far around a month's name its day and year are looked for, in characters."""
_MAX_JOINED = 4
_LONGEST_AGO = 60
"""Years ago that anybody counts: "a hundred years ago" is a manner of speaking."""


@lru_cache(maxsize=8192)
def find_dates(text: str, lang: str) -> tuple[Fact, ...]:
    """The date facts of a text, in order.

    Kinds and their values: `year` 1989, `month` 1-12, `day` 1-31, `weekday` 1 (Monday)
    to 7, `decade` 1980, `century` 19, `anniversary` 31; and `relative-year`,
    `relative-month`, `relative-day`, `ago-year` with a distance such as -1, always soft. A span
    holds the number or the name alone; ordinal endings (`1er`, `4th`) belong to a day.

    Args:
        text: normalised text.
        lang: BCP 47 tag; digits are read in any language.
    """
    low = folded(text)
    if not may_say_dates(text, low, lang):
        return ()
    facts = _numeric(text, lang) if _PARTED.search(text) else []
    if "signs" in load(lang, "dates"):
        facts += find_cjk_dates(text, lang)
    else:
        words = date_words(lang)
        facts += _named_months(text, low, words)
        facts += _weekdays(text, low, words)
    facts += _counted(text, low, lang)
    facts += find_years(text, lang, facts)
    return tuple(sorted(_without_overlaps(facts), key=lambda f: (f.start, f.end, f.kind)))


def _without_overlaps(facts: list[Fact]) -> list[Fact]:
    """The facts in the order they were found, without those on characters already taken."""
    taken: dict[int, tuple[str, int, int]] = {}
    kept = []
    for fact in facts:
        here = range(fact.start, fact.end)
        others = {taken[i] for i in here if i in taken}
        # Two readings of one numeral ("9/11") stand on the same characters on purpose.
        if all(o[1:] == (fact.start, fact.end) and o[0] != fact.kind for o in others):
            kept.append(fact)
            taken.update(dict.fromkeys(here, (fact.kind, fact.start, fact.end)))
    return kept


def _numeric(text: str, lang: str) -> list[Fact]:
    facts = []
    for m in _ISO.finditer(text):
        month, day = int(m[3]), int(m[4])
        if MIN_YEAR <= int(m[1]) <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= 31:
            facts += [
                Fact("year", str(int(m[1])), *m.span(1)),
                Fact("month", str(month), *m.span(3)),
                Fact("day", str(day), *m.span(4)),
            ]
    month_first = date_words(lang).month_first
    for m in _NUMERIC.finditer(text):
        if len(m[4]) == 2 and m[2] != "/":
            continue  # 1.2.10 is a version, 10-12-14 a score
        facts += _day_and_month(m, month_first=month_first)
    for m in _DAY_MONTH.finditer(text):
        left, right = int(m[1]), int(m[2])
        if (0 < left <= 12 and 0 < right <= 31) or (0 < left <= 31 and 0 < right <= 12):
            for i, value in ((1, left), (2, right)):
                facts.append(Fact("day", str(value), *m.span(i), hard=False))
                if value <= 12:
                    facts.append(Fact("month", str(value), *m.span(i), hard=False))
    return facts


def _day_and_month(m: re.Match[str], *, month_first: bool) -> list[Fact]:
    """The facts of 06/04/1989, which is 6 April or June 4: each with its other reading."""
    left, right = int(m[1]), int(m[3])
    either = left <= 12 and right <= 12
    if (left > 12 and right > 12) or not (0 < left <= 31 and 0 < right <= 31):
        return []
    swapped = left <= 12 and (right > 12 or month_first)
    (day, d), (month, n) = ((right, 3), (left, 1)) if swapped else ((left, 1), (right, 3))
    other_day, other_month = ((str(month),), (str(day),)) if either else ((), ())
    year = int(m[4])
    if len(m[4]) == 4 and not MIN_YEAR <= year <= MAX_YEAR:
        return []
    return [
        Fact("day", str(day), *m.span(d), alternatives=other_day),
        Fact("month", str(month), *m.span(n), alternatives=other_month),
        two_digit_year(year, *m.span(4)) if len(m[4]) == 2 else Fact("year", str(year), *m.span(4)),
    ]


def _named(
    text: str, low: str, names: Mapping[str, object], telling: frozenset[str] | None
) -> bool:
    """False where a text has none of the names, which is the usual case: for speed."""
    if telling is None:
        return any(name in low for name in names)
    return not words_of(text).isdisjoint(telling)


def _named_months(text: str, low: str, words: DateWords) -> list[Fact]:
    if words.month_pattern is None or not _named(text, low, words.months, words.month_telling):
        return []
    facts: list[Fact] = []
    for m in words.month_pattern.finditer(text):
        name = words.months.get(m["name"].casefold())
        if name is None:
            continue
        around = _days_left(text, m.start(), words)
        if words.month_first and not around:
            around = _days_right(text, m.end())
        # Behind "December 18" the year stands behind the day.
        after = max([m.end(), *(f.end for f in around)])
        around += _year_right(text, after, words)
        month = _month(text, m, name, words, around)
        if month is not None:
            facts += [month, *around]
    return facts


def _month(
    text: str, m: re.Match[str], name: MonthName, words: DateWords, around: Sequence[Fact]
) -> Fact | None:
    """The month itself, if what stands around allows it to be one."""
    start, end = m.span("name")
    needs, beside = name.needs, bool(around)
    if needs == "context" and words.ambiguous_capital_only and not m["name"][0].isupper():
        needs = "nothing"
    if needs == "digit":
        stopped = text[end : end + 1] == "."
        if not words.month_first and not stopped:
            # "vinto in 3 set": without its full stop an abbreviation needs the year too.
            beside = any(f.kind == "year" and f.hard for f in around)
        needs = "context" if stopped else "digit"  # "on Oct." is led by a preposition
    before = " " + text[max(0, start - _LOOK) : start].rstrip(" -").casefold().replace("-", " ")
    following = text[m.end() : m.end() + _LOOK].split()[:1]
    led = before.endswith(words.month_before) or (
        bool(following) and following[0].casefold() in words.month_after
    )
    if beside or needs == "nothing" or (needs == "context" and led):
        return Fact("month", str(name.month), start, end)
    last = before.split()[-1:]
    if needs == "context" and last and (last[0] in words.year_before or last[0] in words.join):
        # "by May" may be the prime minister: enough to satisfy a month elsewhere.
        return Fact("month", str(name.month), start, end, hard=False)
    return None


def _days_left(text: str, at: int, words: DateWords) -> list[Fact]:
    """The days before a month: "18 December", "the 18th of", "12-14 June", "primo giugno"."""
    begin = max(0, at - _LOOK)
    left = text[begin:at]
    m = words.day_left.search(left)
    if m is None:
        word = words.day_word.search(left) if words.day_word else None
        if word is None:
            return []
        value = words.day_words[word[1].casefold()]
        return [Fact("day", str(value), begin + word.start(1), begin + word.end(1), hard=False)]
    facts = _day(m, begin)
    position = m.start()
    for _ in range(_MAX_JOINED):
        joined = words.day_join.search(left[:position])
        if joined is None or not facts:
            break
        facts += _day(joined, begin)
        position = joined.start()
    return facts


def _days_right(text: str, at: int) -> list[Fact]:
    """The days behind a month, where the language allows it: "December 18", "June 12-14"."""
    right = text[at : at + _LOOK]
    m = _DAY_RIGHT.match(right)
    if m is None or not (facts := _day(m, at, m.start(1))):
        return []
    position = m.end()
    for _ in range(_MAX_JOINED):
        joined = _JOINED_RIGHT.match(right, position)
        if joined is None or not (more := _day(joined, at, joined.start(1))):
            break
        facts += more
        position = joined.end()
    return facts


def _day(m: re.Match[str], offset: int, start: int | None = None) -> list[Fact]:
    numeral = _ORDINAL.match(m.string, m.start() if start is None else start)
    if numeral is None:
        return []
    value = int(numeral[1])
    if not 1 <= value <= 31:
        return []
    return [Fact("day", str(value), offset + numeral.start(), offset + numeral.end())]


def _year_right(text: str, at: int, words: DateWords) -> list[Fact]:
    right = text[at : at + _LOOK]
    m = _YEAR_RIGHT.match(right)
    if m and is_year(int(m[1]), words.year_offset):
        value = int(m[1]) - (words.year_offset if int(m[1]) > MAX_YEAR else 0)
        # "in May 2000 people": a year perhaps.
        hard = not counts_something(text[at + m.end() : at + m.end() + _LOOK], words)
        return [Fact("year", str(value), at + m.start(1), at + m.end(1), hard)]
    short = _SHORT_YEAR_RIGHT.match(right)
    # "June 12" is a day where days follow; elsewhere "mai 68" is a year.
    if short and (short[1] or not words.month_first):
        return [two_digit_year(int(short[2]), at + short.start(2), at + short.end(2))]
    return []


def _weekdays(text: str, low: str, words: DateWords) -> list[Fact]:
    telling = words.weekday_telling
    if words.weekday_pattern is None or not _named(text, low, words.weekdays, telling):
        return []
    return [
        Fact("weekday", str(words.weekdays[m["name"].casefold()]), *m.span("name"))
        for m in words.weekday_pattern.finditer(text)
        if m["name"].casefold() in words.weekdays
    ]


def _counted(text: str, low: str, lang: str) -> list[Fact]:
    """Anniversaries, centuries and relative dates, by the patterns of the language."""
    facts = []
    for kind in ("anniversary", "century"):
        for m in matches(text, low, lang, kind):
            value = parse_numeral(m["n"], lang)
            if value:
                facts.append(Fact(kind, str(value), *m.span("n")))
    for century, (start, end) in phrase_matches(text, low, lang, "century_words"):
        # il Settecento; settecento lire are money.
        facts.append(Fact("century", str(century), start, end, hard=text[start].isupper()))
    for kind in ("year", "month", "day"):
        for distance, span in phrase_matches(text, low, lang, f"relative_{kind}"):
            facts.append(Fact(f"relative-{kind}", str(distance), *span, hard=False))
    for m in matches(text, low, lang, "years_ago"):
        years = parse_numeral(m["n"], lang) or read_words(m["n"], lang)
        if years and years <= _LONGEST_AGO:
            facts.append(Fact("ago-year", str(-int(years)), *m.span(), hard=False))
    return facts
