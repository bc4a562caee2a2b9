"""What stands around a number: its unit or currency, and whether it is more or less."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from auditor.lang import load
from auditor.text.units import MONEY, SIGNS, unit_words

_BEFORE = 28
"""Characters before a number in which "no fewer than" or 不少於 is looked for."""
_SIGN_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:US|U\.S\.|A|C|CA|HK|NT|NZ|AU|S|R))?(?P<sign>[$＄€£￡¥￥₩₹₽])\s?\Z"
    r"|(?<![A-Za-z])(?P<code>USD|EUR|GBP|JPY|CNY|CHF)\s?\Z"
)
_PER_HOUR = {"mile": "mile-per-hour", "kilometer": "kilometer-per-hour"}
"""每小時 85 英里, 時速 60 公里: the hour stands before the number."""
_NOT_A_UNIT = re.compile(r"[級级代輕轻青度]|[級级]")
"""3年級 is a class of a school, 90年代 a decade."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit and the words that name it.

    Attributes:
        units: what the word may mean, the likeliest first.
        start: first code point of the word or sign.
        end: one past the last.
    """

    units: tuple[str, ...]
    start: int
    end: int


@cache
def unit_pattern(lang: str) -> re.Pattern[str]:
    """Finds the unit behind a number: " miles", "-year-old", " de dollars", 公里."""
    words = sorted(unit_words(lang), key=len, reverse=True)
    # "30 million Europeans" are no EUR.
    signs = "|".join(re.escape(s) + (r"(?!\w)" if s.isalpha() else "") for s in SIGNS)
    body = "|".join(re.escape(word).replace(r"\ ", r"[\s-]") for word in words)
    if load(lang, "quantities").get("unspaced"):
        # 20多年, 20 個月
        return re.compile(rf"\s?[多餘余來来]?\s?(?P<unit>{body}|{signs})", re.IGNORECASE)
    # millions de dollars, 20 US dollars, deux dernières décennies, six long months
    between = "|".join(re.escape(w) for w in load(lang, "quantities").get("between", ()))
    link = rf"(?:(?:de|d['’]|di|of|US|U\.S\.{'|' if between else ''}{between})\s?){{0,2}}"
    return re.compile(rf"[\s-]?{link}(?P<unit>(?:{body})(?!\w)|{signs})", re.IGNORECASE)


def unit_of(text: str, start: int, end: int, lang: str) -> Measure | None:
    """The unit of the number at a place, behind it or as a sign before it."""
    sign = _SIGN_BEFORE.search(text[max(0, start - 6) : start])
    if sign:
        begin = max(0, start - 6)
        key = sign["sign"] or sign["code"]
        group = "sign" if sign["sign"] else "code"
        named = tuple(MONEY + f for f in SIGNS[key])
        behind = _behind(text, end, lang)
        # $1.4 億美元: the word behind says more than the sign.
        # £28 億元: 元 is the money of wherever the story happens, so that the sign says more.
        if behind and len(behind.units) == 1 and behind.units[0].startswith(MONEY):
            return behind
        return Measure(named, begin + sign.start(group), begin + sign.end(group))
    behind = _behind(text, end, lang)
    speed = _PER_HOUR.get(behind.units[0]) if behind else None
    if behind and speed:
        before = text[max(0, start - 8) : start].rstrip()
        if before.endswith(tuple(load(lang, "quantities").get("per_hour", ("\0",)))):
            return Measure((speed,), behind.start, behind.end)
    return behind


def _behind(text: str, end: int, lang: str) -> Measure | None:
    m = unit_pattern(lang).match(text, end)
    if m is None:
        return None
    word = m["unit"]
    units = unit_words(lang).get(re.sub(r"[\s\N{NO-BREAK SPACE}]+", " ", word).casefold())
    if units is None:
        units = unit_words(lang).get(word.casefold().replace("-", " "))
    if units is None and word.upper() in SIGNS:
        units = tuple(MONEY + f for f in SIGNS[word.upper()])
    if not units or _NOT_A_UNIT.match(text, m.end()):
        return None
    return Measure(units, m.start("unit"), m.end("unit"))


@dataclass(frozen=True, slots=True)
class Bound:
    """A word that says whether the true value is above, below or near: `over`, `under`, `near`."""

    value: str
    start: int
    end: int


_DIRECTIONS = ("over", "under", "near")
_TURNED = {"over": "under", "under": "over"}
"""What a denial makes of a bound: "not over", 不多于; "not about 20" is rare."""


@cache
def _before(lang: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    return _words(
        lang, "", r"\s?(?:[$€£¥]|US\$|the |les |le |des |de |di |i |le |gli |有|为|為|達|达)?\s?\Z"
    )


@cache
def _after(lang: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    return _words(lang, "_after", "")


def _words(lang: str, suffix: str, tail: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    topic = load(lang, "quantities")
    table = {w: d for d in _DIRECTIONS for w in topic.get(f"{d}{suffix}", ())}
    if not table:
        return None
    body = "|".join(re.escape(w) for w in sorted(table, key=len, reverse=True))
    edge = "" if topic.get("unspaced") else r"(?<!\w)"
    close = "" if topic.get("unspaced") or tail else r"(?!\w)"
    lead = r"\s?" if suffix else ""
    return re.compile(rf"{lead}{edge}(?P<word>{body}){close}{tail}", re.IGNORECASE), table


def bound_of(text: str, start: int, end: int, unit: Measure | None, lang: str) -> Bound | None:
    """What a number is said to be: more than itself, less, or about it."""
    first = min(start, unit.start) if unit else start
    before = _before(lang)
    begin = max(0, first - _BEFORE)
    m = before[0].search(text[begin:first]) if before else None
    if before and m:
        found = before[1][m["word"].casefold()]
        bound = Bound(found, begin + m.start("word"), begin + m.end("word"))
        return _denied(bound, text, lang)
    after = _after(lang)
    if after is None:
        return None
    stops = {end, max(end, unit.end)} if unit else {end}
    for stop in sorted(stops):
        m = after[0].match(text, stop)
        if m:
            return Bound(after[1][m["word"].casefold()], *m.span("word"))
    return None


def _denied(bound: Bound, text: str, lang: str) -> Bound:
    """The bound, turned round where a denial stands right before its words."""
    denial = _denial(lang)
    turned = _TURNED.get(bound.value)
    if denial is None or turned is None:
        return bound
    begin = max(0, bound.start - _BEFORE)
    m = denial.search(text[begin : bound.start])
    return Bound(turned, begin + m.start("word"), bound.end) if m else bound


@cache
def _denial(lang: str) -> re.Pattern[str] | None:
    topic = load(lang, "quantities")
    words = sorted(topic.get("bound_denied", ()), key=len, reverse=True)
    if not words:
        return None
    edge, gap = ("", r"\s?") if topic.get("unspaced") else (r"(?<!\w)", r"\s")
    return re.compile(rf"{edge}(?P<word>{'|'.join(map(re.escape, words))}){gap}\Z", re.IGNORECASE)
