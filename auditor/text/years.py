"""Finds years and decades among the numbers of a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from auditor.core import Fact
from auditor.text.date_names import DateWords, date_words, folded, matches, phrase_matches
from auditor.text.numerals import parse_numeral

MIN_YEAR = 1000
MAX_YEAR = 2100
_COMMON = range(1900, 2100)
"""A bare number in this range is a year unless something speaks against it."""
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
_SEASON = re.compile(r"\s?[-/\N{EN DASH}]\s?(\d\d)(?![\d:]|[.,]\d)")
"""2018-19, 2018/19."""
_RANGE = re.compile(r"\s?[-/\N{EN DASH}~～至]\s?\d{4}(?!\d)")
_RANGE_BEFORE = re.compile(r"(?<!\d)\d{4}\s?[-/\N{EN DASH}~～至]\s?\Z")
_LOOK = 24
_FIRST_DECADE = 1500
_CENTURIES_OF_DECADES = (15, 16, 17, 18, 20)


def is_year(value: int, offset: int = 0) -> bool:
    """True for a plausible year; `offset` years more where the calendar is another."""
    return MIN_YEAR <= value <= MAX_YEAR + offset


def two_digit_year(value: int, start: int, end: int) -> Fact:
    """The soft fact of a year written '89 or 18: of this century or of the last."""
    this, last = 2000 + value, 1900 + value
    first, second = (this, last) if value < 50 else (last, this)
    return Fact("year", str(first), start, end, hard=False, alternatives=(str(second),))


def find_years(text: str, lang: str, known: Iterable[Fact] = ()) -> list[Fact]:
    """The years and decades of a text that no month or 年 has vouched for already.

    Args:
        text: the text.
        lang: BCP 47 tag.
        known: facts already found; their characters are not looked at again.
    """
    words, low = date_words(lang), folded(text)
    decades = _decades(text, low, lang)
    taken = {i for f in (*known, *decades) for i in range(f.start, f.end)}
    facts = decades
    for m in _FOUR_DIGITS.finditer(text):
        if m.start() in taken:
            facts += _season(text, m)
            continue
        fact = _year(text, m, words)
        if fact is not None:
            facts += [fact, *_season(text, m)]
    short = matches(text, low, lang, "short_year")
    return facts + [two_digit_year(int(m["n"]), *m.span("n")) for m in short]


def _decades(text: str, low: str, lang: str) -> list[Fact]:
    facts = []
    for key in ("decade", "decade_soft"):
        for m in matches(text, low, lang, key):
            value = parse_numeral(m["n"].lstrip("'’‘"), lang)
            if value is not None:
                named = m.groupdict().get("century")
                century = parse_numeral(named, lang) if named else None
                facts.append(_decade(value, *m.span("n"), hard=key == "decade", century=century))
                if value >= MIN_YEAR and value % 100 == 0:
                    # "the 1800s" are ten years or a hundred.
                    facts.append(Fact("century", str(value // 100 + 1), *m.span("n"), hard=False))
    spelled = phrase_matches(text, low, lang, "decade_words")
    return facts + [_decade(value, *span, hard=False) for value, span in spelled]


def _decade(value: int, start: int, end: int, *, hard: bool, century: int | None = None) -> Fact:
    if value >= MIN_YEAR:
        # "1000's of people" are thousands.
        return Fact("decade", str(value), start, end, hard and value >= _FIRST_DECADE)
    # "the '20s": of the last century as a rule, but "anni '20 dell'Ottocento". 八十 and 80 alike.
    digit = value if value < 10 else value // 10
    if century is not None:
        return Fact("decade", f"{century - 1}{digit}0", start, end, hard)
    others = tuple(f"{c}{digit}0" for c in _CENTURIES_OF_DECADES)
    return Fact("decade", f"19{digit}0", start, end, hard, others)


def _season(text: str, m: re.Match[str]) -> list[Fact]:
    """The second year of "2018-19"."""
    short = _SEASON.match(text, m.end())
    if short is None:
        return []
    value = int(m[0][:2] + short[1])
    if value <= int(m[0]):
        return []
    # 2005-12 may be December; 1950-53 can only be years.
    return [Fact("year", str(value), *short.span(1), hard=int(short[1]) > 12)]


def _year(text: str, m: re.Match[str], words: DateWords) -> Fact | None:
    value = int(m[0])
    if words.year_offset and value > MAX_YEAR:
        value -= words.year_offset
    if not MIN_YEAR <= value <= MAX_YEAR or not _stands_alone(text, m):
        return None
    before = text[max(0, m.start() - _LOOK) : m.start()]
    last = _last_word(before)
    if last in words.labels:
        return None  # flight 1989, page 1989
    led = last in words.year_before or before.endswith(("(", "（", "[")) or _in_range(text, m)
    if counts_something(text[m.end() : m.end() + _LOOK], words):
        # "In 1989 people took to the streets" against "2000 people".
        return Fact("year", str(value), *m.span(), hard=False) if led else None
    hard = led if words.unspaced else led or value in _COMMON
    return Fact("year", str(value), *m.span(), hard=hard)


def _in_range(text: str, m: re.Match[str]) -> bool:
    return bool(
        _RANGE.match(text, m.end())
        or _RANGE_BEFORE.search(text[max(0, m.start() - _LOOK) : m.start()])
    )


def _stands_alone(text: str, m: re.Match[str]) -> bool:
    """False for a part of an amount, a code, a clock time, a telephone number or a decimal."""
    left, right = text[max(0, m.start() - 8) : m.start()], text[m.end() : m.end() + 8]
    if left and (left[-1] in "#@_+:\\=№" or _is_currency(left[-1])):
        return False  # #1989, $2000
    if re.search(r"[A-Z0-9]-\Z|[^\W\d_]\Z", left) and not re.search(
        r"(?<!\d)\d{4}-\Z|[^\x00-\u02ff]\Z", left
    ):
        return False  # BA-2049, 555-1989, FY2018; but 2018-2019, 自2018
    if re.search(r"\d[.,/'’]\Z|(?<!\d{4})(?<=\d)\s\Z", left):
        return False  # 1,989; 3/1989; 0800 555 1989
    trimmed = right.lstrip()
    if trimmed and (trimmed[0] in "%‰°" or _is_currency(trimmed[0])):
        return False  # 2000 €, 2000 %
    if re.match(r"[.,:'’]\d|[A-Za-z]|\s\d{3}(?!\d)", right):
        return False  # 2000.5, 2000:10, 1989m, 2000 000
    # 1989-555: an identifier; 2018-19 and 2018-2019 are years.
    return not re.match(r"[-/](?!\d\d(?!\d)|\d{4}(?!\d))\d", right)


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"


def _last_word(before: str) -> str:
    pieces = re.split(r"[\s\N{NO-BREAK SPACE}(]+", before.rstrip().casefold())
    return pieces[-1].strip("«»“”\"'.,") if pieces[-1] not in {"n°", "№"} else pieces[-1]


def counts_something(after: str, words: DateWords) -> bool:
    """True when the next word is something counted: metres, people, pages."""
    if words.unspaced:
        return after.lstrip().startswith(tuple(words.counted)) if words.counted else False
    m = re.match(r"[\s\N{NO-BREAK SPACE}-]+([^\W\d_][\w/’'-]*)", after)
    return bool(m) and m is not None and m[1].casefold() in words.counted
