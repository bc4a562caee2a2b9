"""Finds quantities: numbers with units and bounds, fractions, orders of magnitude, clock times."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from auditor.core import Fact
from auditor.lang import load
from auditor.text.clocks import find_clocks
from auditor.text.dates import find_dates
from auditor.text.han_numbers import parse_amount
from auditor.text.measures import Measure, bound_of, unit_of
from auditor.text.number_words import says_number
from auditor.text.numbers import Number, find_numbers, is_range, pieces_joined, shared_factor
from auditor.text.said import telling_words, words_of

ANY = "*"
"""The unit of a number that may only satisfy another: a year, a part of a name, "dozen"."""
NEAR = "≈"
"""Stands before a reading that is said to be rounded."""
UNIT_OF = "unit of "
BOUND_OF = "bound of "
CODE_OF = "number in "
_IN_NAME = re.compile(
    r"(?<![A-Za-z\d])(?P<name>[A-Z][A-Za-z]{0,8}-?)(?P<n>\d{1,4})(?![\dA-Za-z]|[.,-]\d)"
)
"""HER2, COVID-19, G20; not PE19, which a translator makes of SS19: its letters change too."""
_CODED = re.compile(r"[A-Za-z](?:\d|-\d)")
"""Without this there is none: it is looked for first, for speed."""
_MARKS = re.compile(
    "[\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}\N{SOFT HYPHEN}"
    "\N{ZERO WIDTH NO-BREAK SPACE}]"
)
"""Invisible characters inside a number: 1\N{ZERO WIDTH SPACE}500 is one number to its reader."""
_ACCUSING = ("fractions", "vague", "amounts")
_TABLES = (*_ACCUSING, "collective")
_HARD_DATES = frozenset({"year", "month", "day", "decade", "century", "anniversary"})
_SOME = re.compile(r"[\d½¼¾〇零一二三四五六七八九十百千两兩]")
_HAN_PERCENT = re.compile(r"百分之\s?(?P<n>\d+(?:\.\d+)?|[〇零一二三四五六七八九十百点點]+)")
_HAN_TENTHS = re.compile(
    r"(?P<n>[一二三四五六七八九]|(?<!\d)\d)成(?P<more>[半一二三四五六七八九])?(?![為为功立員员了本就人長长果效熟品分績绩年都])"
)
_HAN_FRACTION = re.compile(
    r"(?P<d>[二三四五六七八九十]|\d{1,2})(?:分[之の]|분의 ?)(?P<n>[一二三四五六七八九]|\d{1,2})"
)
_HAN_VAGUE = re.compile(
    r"(?:[數数幾几]|(?<!以)上|好[幾几])\s?(?P<n>[十百千][萬万億亿]?|[萬万億亿])(?![一二三四五六七八九])|(?P<more>成千上[萬万]|[數数]以千[計计])"
)


def canonical(value: Decimal) -> str:
    """The value as written in a fact: no exponent, no zeros behind the point."""
    written = str(value)
    if written.isdigit() and written[0] != "0":
        return written  # a whole number, as most are
    return format(value.normalize(), "f") if value else "0"


@lru_cache(maxsize=8192)
def find_quantities(text: str, lang: str) -> tuple[Fact, ...]:
    """The quantities of a text, in order.

    Kinds and their values: `number` 2300000000 (with the `unit` where there is one; unit `*` for
    what only satisfies others), `unit of 20` year, `bound of 20` over | under | near, `clock`
    20:00, `number in HER` 2 for HER2, `fraction` 2/3, `order` 4 for "tens of thousands".

    Args:
        text: normalised text.
        lang: BCP 47 tag; digits are read in any language.
    """
    if not _MARKS.search(text):
        return tuple(sorted(_found(text, lang), key=lambda f: (f.start, f.end, f.kind)))
    kept = [i for i, c in enumerate(text) if not _MARKS.match(c)]
    plain = "".join(text[i] for i in kept)
    return tuple(
        replace(f, start=kept[f.start], end=kept[f.end - 1] + 1)
        for f in find_quantities(plain, lang)
    )


def _is_possible(text: str, lang: str) -> bool:
    """False for a text that says nothing of number, as most sentences do: for speed."""
    if _SOME.search(text):
        return True
    topic = load(lang, "quantities")
    if topic.get("unspaced"):
        pattern = _phrases(lang)
        return bool(_HAN_VAGUE.search(text) or (pattern and pattern.search(text)))
    said = words_of(text)
    # "dozen" and "both" only satisfy others, so that alone they need not be read.
    return says_number(said, lang) or not said.isdisjoint(_telling(lang, _ACCUSING))


def _found(text: str, lang: str) -> Iterator[Fact]:
    if not _is_possible(text, lang):
        return
    # "gli anni Ottanta" is soft as a decade, and no eighty of anything either.
    dates = [
        f
        for f in find_dates(text, lang)
        if f.kind == "decade" or (f.kind in _HARD_DATES and f.hard)
    ]
    for date in dates:
        yield Fact("number", date.value, date.start, date.end, hard=False, unit=ANY)
    clocks = find_clocks(text, lang)
    dated = {i for f in dates for i in range(f.start, f.end)}
    clocks = [c for c in clocks if c.start not in dated]
    for clock in clocks:
        yield clock
        hours = (clock.value, *clock.alternatives)
        for value in dict.fromkeys(int(p) for v in hours for p in v.split(":")):
            yield Fact("number", str(value), clock.start, clock.end, hard=False, unit=ANY)
    taken = [range(f.start, f.end) for f in (*dates, *clocks)]
    special = list(_special(text, lang))
    taken += [
        range(f.start, f.end) for f in special if f.kind not in ("order", "number") or f.unit != ANY
    ]
    if _CODED.search(text):
        yield from _codes(text)
    numbers = pieces_joined(shared_factor(find_numbers(text, lang, taken), text), text)
    yield from _facts(numbers, text, lang)
    # "deux millions" is a number, "millions" alone an order of magnitude.
    said = {i for n in numbers for i in range(n.start, n.end)}
    yield from (f for f in special if f.kind != "order" or f.start not in said)


def _facts(numbers: Sequence[Number], text: str, lang: str) -> Iterator[Fact]:
    measures = _measures(numbers, text, lang)
    for number, measure in zip(numbers, measures, strict=True):
        value = canonical(number.value)
        others = tuple(canonical(v) for v in number.others)
        if not number.counts:
            yield Fact(
                "number", value, number.start, number.end, hard=False, alternatives=others, unit=ANY
            )
            if measure and number.value == 1:
                yield _unit(value, measure)
            continue
        own = measure if measure and measure.end > number.start - 6 else None
        bound = bound_of(text, number.start, number.end, own, lang)
        if bound and bound.value == "near":
            others = (*others, NEAR + value)
        unit = measure.units[0] if measure else ""
        yield Fact("number", value, number.start, number.end, number.hard, others, unit)
        if measure:
            yield _unit(value, measure)
        if number.more:
            yield Fact(BOUND_OF + value, "over", number.start, number.end)
        elif bound:
            yield Fact(BOUND_OF + value, bound.value, bound.start, bound.end)


def _unit(value: str, measure: Measure) -> Fact:
    first, *rest = measure.units
    return Fact(UNIT_OF + value, first, measure.start, measure.end, alternatives=tuple(rest))


def _measures(numbers: Sequence[Number], text: str, lang: str) -> list[Measure | None]:
    """The unit of each number; in "10 to 12 miles" of both."""
    found = [unit_of(text, n.start, n.after or n.end, lang) for n in numbers]
    bare = any(n.hard and unit is None for n, unit in zip(numbers, found, strict=True))
    patterns = _ages(lang) if bare else ()
    ages = {m.start("n") for pattern in patterns for m in pattern.finditer(text)}
    for i, number in enumerate(numbers):
        if found[i] is None and number.start in ages:
            found[i] = Measure(("year",), number.start, number.end)
    for i in range(len(numbers) - 2, -1, -1):
        between = text[numbers[i].end : numbers[i + 1].start]
        if found[i] is None and found[i + 1] and is_range(between):
            found[i] = found[i + 1]
    return found


@cache
def _ages(lang: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in load(lang, "quantities").get("age", ()))


def _codes(text: str) -> Iterator[Fact]:
    """The numbers in names: HER2, COVID-19, G20."""
    for m in _IN_NAME.finditer(text):
        yield Fact(CODE_OF + m["name"], m["n"], *m.span("n"))


def _special(text: str, lang: str) -> Iterator[Fact]:
    """Fractions, orders of magnitude and collective words."""
    topic = load(lang, "quantities")
    if topic.get("unspaced"):
        yield from _han_special(text)
    article = _article(lang)
    m = article.search(text) if article else None
    if m:
        # "an hour" may be the 1 of the other text.
        yield Fact("number", "1", *m.span(), hard=False, unit=ANY)
    if not topic.get("unspaced") and words_of(text).isdisjoint(_telling(lang, _TABLES)):
        return
    pattern = _phrases(lang)
    for m in pattern.finditer(text) if pattern else ():
        word = " ".join(m[0].casefold().split())
        if word in topic.get("fractions", {}):
            yield Fact("fraction", topic["fractions"][word], *m.span())
        elif word in topic.get("vague", {}):
            yield _order(topic["vague"][word], *m.span())
        elif word in topic.get("amounts", {}):
            count, unit = topic["amounts"][word]
            yield Fact("number", str(count), *m.span(), hard=False, unit=ANY)
            yield Fact(f"{UNIT_OF}{count}", unit, *m.span())
        elif word in topic.get("collective", {}):
            value = canonical(Decimal(str(topic["collective"][word])))
            yield Fact("number", value, *m.span(), hard=False, unit=ANY)


def _order(orders: Sequence[int], start: int, end: int) -> Fact:
    first, *rest = (str(n) for n in orders)
    return Fact("order", first, start, end, alternatives=tuple(rest))


def _han_special(text: str) -> Iterator[Fact]:
    for m in _HAN_PERCENT.finditer(text):
        value = _han_decimal(m["n"])
        if value is not None:
            yield Fact("number", canonical(value), *m.span("n"), unit="percent")
    for m in _HAN_TENTHS.finditer(text):
        tenths = parse_amount(m["n"])
        if tenths:
            more = m["more"] or "零"
            value = tenths * 10 + (5 if more == "半" else parse_amount(more) or 0)
            yield Fact("number", canonical(value), *m.span(), hard=False, unit="percent")
    for m in _HAN_FRACTION.finditer(text):
        below, above = parse_amount(m["d"]), parse_amount(m["n"])
        if below and above:
            yield Fact("fraction", f"{canonical(above)}/{canonical(below)}", *m.span())
    for m in _HAN_VAGUE.finditer(text):
        if m["more"]:
            yield _order((3, 4), *m.span())
            continue
        size = parse_amount(m["n"])
        if size:
            yield _order((size.adjusted(),), *m.span())


def _han_decimal(text: str) -> Decimal | None:
    if text[0].isdecimal():
        return Decimal(text)
    whole, _, tail = text.replace("點", "点").partition("点")
    value = parse_amount(whole)
    digits = [parse_amount(c) for c in tail]
    if value is None or None in digits:
        return None
    return Decimal(f"{value}.{''.join(str(d) for d in digits)}") if tail else value


@cache
def _article(lang: str) -> re.Pattern[str] | None:
    words = load(lang, "quantities").get("articles", ())
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE) if words else None


@cache
def _telling(lang: str, tables: tuple[str, ...]) -> frozenset[str]:
    """The words without which there is no phrase of these tables."""
    topic = load(lang, "quantities")
    return telling_words(w for key in tables for w in topic.get(key, ()))


@cache
def _phrases(lang: str) -> re.Pattern[str] | None:
    topic = load(lang, "quantities")
    words = [w for key in _TABLES for w in topic.get(key, ())]
    if not words:
        return None
    body = "|".join(
        re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True)
    )
    return re.compile(body if topic.get("unspaced") else rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE)
