"""Month and weekday names of a language, and the words that stand around dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.lang import base, load
from auditor.text.numerals import ordinal_words
from auditor.text.said import telling_words, words_of

_COUNTED_UNITS = (
    "length-meter",
    "length-kilometer",
    "length-centimeter",
    "length-mile",
    "length-foot",
    "length-yard",
    "mass-kilogram",
    "mass-gram",
    "mass-pound",
    "mass-metric-ton",
    "area-hectare",
    "area-acre",
    "volume-liter",
    "power-watt",
    "power-kilowatt",
    "power-horsepower",
    "duration-year",
    "duration-month",
    "duration-week",
    "duration-day",
    "duration-hour",
    "duration-minute",
    "energy-calorie",
)
"""CLDR units that news puts behind a bare number of four digits."""

_SYMBOLS = frozenset({"km", "cm", "mm", "kg", "kw", "mw", "mph", "km/h", "rpm"})
"""Symbols that are no word of a language ("ha" is Italian, "m" stands for many things)."""

_DIGIT = re.compile(r"\d")
_NUMBER = r"\d{1,3}"
_ROMAN = r"[IVX]{1,6}"

_NEXT_DIGIT = re.compile(r"[\s.,]{0,3}\d")
"""June 4, Juni 1989, Sept. 2."""


@dataclass(frozen=True, slots=True)
class MonthName:
    """What a name of a month tells.

    Attributes:
        month: 1 to 12.
        needs: what must stand beside it: `nothing`, a `digit` (abbreviations), or
            a `context` of digits or a preposition (names that are also other words).
    """

    month: int
    needs: str


@dataclass(frozen=True, slots=True)
class DateWords:
    """Everything that the date finder knows of a language that writes months by name."""

    months: Mapping[str, MonthName]
    month_pattern: re.Pattern[str] | None
    weekdays: Mapping[str, int]
    weekday_pattern: re.Pattern[str] | None
    day_left: re.Pattern[str]
    day_word: re.Pattern[str] | None
    day_words: Mapping[str, int]
    day_join: re.Pattern[str]
    month_first: bool
    month_before: tuple[str, ...]
    month_after: frozenset[str]
    join: frozenset[str]
    year_before: frozenset[str]
    counted: frozenset[str]
    labels: frozenset[str]
    year_offset: int
    unspaced: bool
    ambiguous_capital_only: bool
    month_telling: frozenset[str] | None
    weekday_telling: frozenset[str] | None


@cache
def date_words(lang: str) -> DateWords:
    """The names and words of a language; digits only for a language without data."""
    data = load(lang, "dates")
    months = _month_names(lang, data)
    weekdays = _weekday_names(lang, data)
    joins = _alternation([*data.get("join", ()), *"-\N{EN DASH},/"])
    ordinal = r"(?:st|nd|rd|th|er|re|ème|º|ª|°|\.|-?го|e(?!\w))?"
    of = _alternation(data.get("day_of", ()))
    # Where words do not stand apart, the words of a text are not known.
    joined_up = bool(data.get("unspaced") or data.get("prefix"))
    # "the 18th of December", "4 de junio", "3. Oktober", "l'8 marzo"
    after = rf"(?:\s+{of})?\s*" if of else r"\s*"
    return DateWords(
        months=months,
        month_pattern=_name_pattern(months, data, r"\.?"),
        weekdays=weekdays,
        weekday_pattern=_name_pattern(weekdays, data, "s?"),
        day_left=re.compile(rf"(?<![\w.,:/-])(?:\d{{1,2}}){ordinal}{after}\Z", re.IGNORECASE),
        day_word=_day_word(data, after),
        day_words=dict(data.get("day_words", {})),
        # "12-14 June", "12 et 13 juin", "1, 2 and 3 May"
        day_join=re.compile(
            rf"(?<![\w.,:/])(\d{{1,2}}){ordinal}\s*(?:{joins})\s*(?:the\s+)?\Z", re.IGNORECASE
        ),
        month_first=_month_first(lang),
        month_before=tuple(f" {w}" for w in data.get("month_before", ())),
        month_after=frozenset(data.get("month_after", ())),
        join=frozenset(data.get("join", ())),
        year_before=frozenset(data.get("year_before", ())),
        counted=frozenset(data.get("counted", ())) | _counted_units(lang),
        labels=frozenset(data.get("labels", ())),
        year_offset=int(data.get("year_offset", 0)),
        unspaced=bool(data.get("unspaced")),
        ambiguous_capital_only=bool(data.get("ambiguous_capital_only")),
        month_telling=None if joined_up else telling_words(months),
        # "Sundays"
        weekday_telling=None
        if joined_up
        else telling_words([*weekdays, *(f"{w}s" for w in weekdays)]),
    )


def folded(text: str) -> str:
    """A text with case and no-break spaces evened out, as the phrases are written."""
    return (
        text.casefold().replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


def matches(text: str, low: str, lang: str, key: str) -> Iterator[re.Match[str]]:
    """The matches of the patterns that a language has for decades, centuries and the like.

    Args:
        text: the text.
        low: the same, `folded`.
        lang: BCP 47 tag.
        key: of the data, such as `century`; group `n` of a match is the numeral.
    """
    hint, patterns = _hinted(lang, key)
    if hint in low:
        for pattern in patterns:
            yield from pattern.finditer(text)


@cache
def _hinted(lang: str, key: str) -> tuple[str, tuple[re.Pattern[str], ...]]:
    """The patterns of a key, and what a text that has a match must hold."""
    return load(lang, "dates").get("hints", {}).get(key, ""), _patterns(lang, key)


def may_say_dates(text: str, low: str, lang: str) -> bool:
    """False for a text that says nothing of dates, as most sentences do: for speed.

    Args:
        text: the text.
        low: the same, `folded`.
        lang: BCP 47 tag.
    """
    telling, hints = _any_telling(lang)
    if telling is None or _DIGIT.search(text):
        return True
    return any(hint in low for hint in hints) or not words_of(text).isdisjoint(telling)


@cache
def _any_telling(lang: str) -> tuple[frozenset[str] | None, tuple[str, ...]]:
    """The words and the parts of words without which there is no date without digits."""
    data, words = load(lang, "dates"), date_words(lang)
    if words.month_telling is None or words.weekday_telling is None:
        return None, ()
    tables = ("decade_words", "century_words", "relative_year", "relative_month", "relative_day")
    phrases = telling_words(phrase for key in tables for phrase in data.get(key, ()))
    # A hint such as "0" is for patterns that need digits.
    hints = tuple(hint for hint in data.get("hints", {}).values() if len(hint) > 2)
    return words.month_telling | words.weekday_telling | phrases, hints


def phrase_matches(
    text: str, low: str, lang: str, key: str
) -> Iterator[tuple[int, tuple[int, int]]]:
    """The value and the range of each fixed phrase of a table, such as `relative_year`."""
    pattern, table = _phrases(lang, key)
    telling = _telling(lang, key)
    # The words of a text tell fast that it has no phrase, which is the usual case.
    if pattern is None or (telling is not None and words_of(text).isdisjoint(telling)):
        return
    if telling is None and not any(phrase in low for phrase in table):
        return
    for m in pattern.finditer(text):
        value = table.get(folded(m[0]))
        if value is not None:
            yield value, m.span()


@cache
def _telling(lang: str, key: str) -> frozenset[str] | None:
    """The words without which no phrase of a table is there; None where words are not apart."""
    data = load(lang, "dates")
    apart = not (data.get("unspaced") or data.get("prefix"))
    return telling_words(data.get(key, ())) if apart else None


@cache
def _patterns(lang: str, key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a key of the data.

    `{n}` in the data stands for digits, a Roman numeral or an ordinal word, a space for
    any: French typography puts a no-break one before the number.
    """
    words = sorted(ordinal_words(lang), key=len, reverse=True)
    spelled = "|".join(re.escape(w).replace(r"\ ", r"[\s-]") for w in words)
    number = rf"(?P<n>{'|'.join(filter(None, (_NUMBER, _ROMAN, spelled)))})"
    return tuple(
        re.compile(p.replace("{n}", number).replace(" ", r"\s"), re.IGNORECASE)
        for p in load(lang, "dates").get(key, ())
    )


@cache
def _phrases(lang: str, key: str) -> tuple[re.Pattern[str] | None, Mapping[str, int]]:
    data = load(lang, "dates")
    table: dict[str, int] = dict(data.get(key, {}))
    if not table:
        return None, table
    body = _alternation(table)
    bounded = body if data.get("unspaced") else rf"(?<!\w){data.get('prefix', '')}{body}(?!\w)"
    return re.compile(bounded, re.IGNORECASE), table


@cache
def month_forms(lang: str) -> Mapping[str, tuple[str, ...]]:
    """The twelve CLDR names of the months by `context/width`, January first."""
    locale = _locale(lang)
    if locale is None:
        return {}
    return {
        f"{context}/{width}": tuple(locale.months[context][width][m] for m in range(1, 13))
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    }


def has_month_name(text: str, lang: str, month: int) -> bool:
    """True when the name of a month stands in a text, be it as another word or part of one.

    Args:
        text: the text.
        lang: BCP 47 tag.
        month: 1 to 12.
    """
    names = {forms[month - 1] for key, forms in month_forms(lang).items() if key.endswith("wide")}
    if load(lang, "dates").get("capital"):
        return any(name in text for name in names)
    return any(name.casefold() in words_of(text) for name in names)


def is_dated(text: str, start: int, end: int, lang: str) -> bool:
    """False for the name of a month that may be a person's: no day, year or small word beside it.

    Args:
        text: the text.
        start: first code point of the name.
        end: one past the last.
        lang: BCP 47 tag; where months are written small they are nobody's names.
    """
    if not load(lang, "dates").get("capital"):
        return True
    words = date_words(lang)
    last = folded(text[:start]).replace("-", " ").split()[-1:]
    before = last[0] if last else ""
    led = before in words.year_before or f" {before}" in words.month_before
    day = before.rstrip(".")[-1:].isdecimal()
    return led or day or _NEXT_DIGIT.match(text, end) is not None


@cache
def weekday_forms(lang: str) -> tuple[str, ...]:
    """The seven wide CLDR names of the days of the week, Monday first."""
    locale = _locale(lang)
    return tuple(locale.days["format"]["wide"][d] for d in range(7)) if locale else ()


def _locale(lang: str) -> Any:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(base(lang))
    except (UnknownLocaleError, ValueError):
        return None


def _month_first(lang: str) -> bool:
    locale = _locale(lang)
    if locale is None:
        return False
    pattern = str(locale.date_formats["long"].pattern)
    return pattern.find("MMM") < pattern.find("d")


def _month_names(lang: str, data: Mapping[str, Any]) -> dict[str, MonthName]:
    names: dict[str, MonthName] = {}
    # The wide names come last: what is wide and abbreviated alike (mai) is wide.
    for width, needs in (("abbreviated", "digit"), ("wide", "nothing")):
        for context in ("format", "stand-alone"):
            for i, name in enumerate(month_forms(lang).get(f"{context}/{width}", ()), start=1):
                if not name[0].isdigit():
                    names[name.casefold().rstrip(".")] = MonthName(i, needs)
    for name, month in data.get("month_extra", {}).items():
        short = len(name) <= 4 and name.isascii()
        names.setdefault(name, MonthName(month, "digit" if short else "nothing"))
    for name in data.get("ambiguous", ()):
        names[name] = MonthName(names[name].month, "context")
    return names


def _weekday_names(lang: str, data: Mapping[str, Any]) -> dict[str, int]:
    names = {name.casefold(): i for i, name in enumerate(weekday_forms(lang), start=1)}
    # Portuguese drops the "-feira", Arabic has the article.
    return names | dict(data.get("weekday_extra", {}))


def _name_pattern(
    names: Iterable[str], data: Mapping[str, Any], tail: str
) -> re.Pattern[str] | None:
    listed = sorted(names, key=len, reverse=True)
    if not listed:
        return None
    if data.get("capital"):
        # "March" and "MARCH", but not "march"; Turkish capitals need no dotless i here.
        cased = [n[0].upper() + n[1:] for n in listed]
        body = _alternation([*cased, *(n.upper() for n in listed)])
        return re.compile(rf"(?<!\w)(?P<name>{body}){tail}(?!\w)")
    body = _alternation(listed)
    if data.get("unspaced"):
        return re.compile(rf"(?P<name>{body})")
    return re.compile(
        rf"(?<!\w){data.get('prefix', '')}(?P<name>{body}){tail}(?!\w)", re.IGNORECASE
    )


def _day_word(data: Mapping[str, Any], after: str) -> re.Pattern[str] | None:
    words = data.get("day_words", {})
    return re.compile(rf"(?<!\w)({'|'.join(words)}){after}\Z", re.IGNORECASE) if words else None


def _alternation(words: Iterable[str]) -> str:
    # A no-break space may stand in the French name of a decade.
    listed = [re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True)]
    return f"(?:{'|'.join(listed)})" if listed else ""


def _counted_units(lang: str) -> frozenset[str]:
    from babel.units import UnknownUnitError, format_unit

    locale = _locale(lang)
    if locale is None:
        return frozenset()
    words: set[str] = set()
    for unit in _COUNTED_UNITS:
        try:
            # The long form only: the Russian short form of the gram is also that of the year.
            written = format_unit(5, unit, length="long", locale=locale)
        except UnknownUnitError:  # pragma: no cover - a unit that CLDR gave up
            continue
        words.update(w.casefold() for w in written.split()[1:2])
    return frozenset(words) | _SYMBOLS
