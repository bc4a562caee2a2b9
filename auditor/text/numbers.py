"""Finds the numbers of a text, in digits, in words and in Han numerals, with their magnitudes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise

from auditor.lang import load
from auditor.text import han_numbers
from auditor.text.digits import digit_pattern, read_digits
from auditor.text.number_words import ordinal_pattern, read_ordinal, word_runs
from auditor.text.said import words_of

_DIGIT = re.compile(r"[\d½¼¾]")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ers?|res?|nds?|èmes?|emes?|ième|es?|è|º|ª|°|-?й|-?го)(?!\w)")
"""29th, 1er, 44è, 29e, 29º"""
_CODE = re.compile(r"[A-Za-z_À-ɏЀ-ӿ#@/]\Z|[A-Za-z]-\Z")
"""G20, SS19, COVID-19, F-16, #1, a path"""
_LETTER = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ_]|-[A-Z]|\.(?:com|org|net|[a-z]{2}/)")
_PHONE = re.compile(
    r"\+\d[\d ().-]{6,}\d|(?<!\d)\d{2,4}(?:[ -]\d{2,4}){3,}(?!\d)"
    r"|(?<!\d)0\d{2,4}[ -](?:\d{5,}|\d{3,4}[ -]\d{3,4}(?!\d))"
)
"""+39 06 1234 567, 01 23 45 67 89, 020 7946000, 0800 555 111"""
_LIST_NUMBER = re.compile(r"\W{0,3}(?P<n>\d{1,3})(?:[.)）．]\s|、)(?=\D)")
"""12. Iron lamps: the number of an item, which a translation may leave out."""
_LONG = re.compile(r"\d[\d ().-]{5,}\d")
"""Without this there is no telephone number: it is looked for first, for speed."""
_STARTS = re.compile(r"[\d½¼¾]|\.\d")
"""What begins a number in digits: tried there only, for speed."""
_KILO = "千(?![瓦米克卡赫焦伏帕])"
_MEGA = "兆(?![帕瓦赫字位焦伏吨]|[欧歐]姆|比特|[电電]子伏)"
"""Not the 千 of 千瓦, 千米, 千克 nor the 兆 of 兆帕 and 兆欧姆: these are units. But 兆歐元
is money, and 兆噸 in traditional characters a million million tonnes."""
_HAN = f"(?:[〇零一二三四五六七八九十百两兩]|{_KILO})"
_UNITS = rf"(?:[十百萬万億亿만억조천]|{_KILO}|{_MEGA})+"
_HAN_NUMBER = re.compile(
    # 6 470 万, 3, 000 万: blanks within a number that goes on
    rf"(?:\d{{1,3}}(?:,?\s\d{{3}})+(?=\s?[多餘余]?\s?[萬万億亿])|\d[\d,]*(?:\.\d+)?[½]?|{_HAN}+)"
    # 3億3,000萬, 35 万, 1万亿, 20多萬
    rf"(?:(?P<more>\s?[多餘余幾几])?\s?{_UNITS}(?:\s?\d[\d,]*(?:\.\d+)?|{_HAN}+)?)*"
)
_HAN_SKIP = re.compile(
    r"十分(?![鐘钟之])|千方百|万一|萬一|一些|一[下旦直般定样樣切起同向贯貫致]|统一|統一|三明治|五角大|"
    r"[百千]分之|九江|四川|十字|三[亞亚]|[唯第之周週期拜][一二三四五六七]|百[姓货貨]|千[萬万][不别別要]|一[方带帶]|"
    # the 20th century is a date
    r"\d{1,2} ?世[紀纪]|四處|四处|七[嘴上]八|乱七八糟|五花|四面|两[岸国國人]|兩[岸國人]"
)
"""Han numerals that count nothing: 十分 "very", 万一 "in case", 三明治 "sandwich"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number at its place.

    Attributes:
        start: first code point, without a currency sign.
        end: behind its magnitude: "2,3 milliards".
        value: what it most likely is.
        others: its other readings.
        hard: True for digits; words may be idioms.
        counts: False for what only satisfies another number: part of a name or a code, "one".
        factor: its magnitude, to be shared in "10 to 12 million"; 1 for none.
        more: True for 20多萬, which says "more than" inside.
        after: where its unit would stand: behind the ending of "65th minute"; 0 for `end`.
    """

    start: int
    end: int
    value: Decimal
    others: tuple[Decimal, ...] = ()
    hard: bool = True
    counts: bool = True
    factor: Decimal = Decimal(1)
    more: bool = False
    after: int = 0


def find_numbers(text: str, lang: str, taken: Iterable[range] = ()) -> list[Number]:
    """The numbers of a text, in order.

    Args:
        text: the text.
        lang: BCP 47 tag.
        taken: places that are dates or clock times: not looked at.
    """
    used = bytearray(len(text) + 1)
    for place in taken:
        used[place.start : place.stop] = b"\1" * len(place)
    digits = _DIGIT.search(text) is not None
    for m in _PHONE.finditer(text) if digits and _LONG.search(text) else ():
        _mark(used, *m.span())
    unspaced = bool(load(lang, "quantities").get("unspaced"))
    found = list(_in_han(text, lang, used) if unspaced else ())
    if digits:
        found += _in_digits(text, lang, used)
    if not unspaced:
        found += _in_words(text, lang, used)
    return sorted(found, key=lambda n: n.start)


def _mark(used: bytearray, start: int, end: int) -> None:
    used[start:end] = b"\1" * (end - start)


def _in_digits(text: str, lang: str, used: bytearray) -> Iterator[Number]:
    listed = _LIST_NUMBER.match(text)
    item = listed.start("n") if listed else -1
    for m in _digits(text, lang):
        start, end = m.span()
        if any(used[start:end]):
            continue
        readings = read_digits(m[0], lang)
        _mark(used, start, end)
        if not readings:
            continue
        if _CODE.search(text[max(0, start - 2) : start]):
            yield Number(start, end, readings[0], readings[1:], counts=False)
            continue
        scaled = _scaled(text, end, lang)
        factor, stop = scaled or (Decimal(1), end)
        ordinal = _ORDINAL.match(text, stop) if not scaled else None
        stop = ordinal.end() if ordinal else stop
        code = scaled is None and ordinal is None and _is_code(text, stop, lang)
        code = code or start == item
        _mark(used, end, stop)
        values = [value * factor for value in readings]
        number = Number(
            start, stop if scaled else end, values[0], tuple(values[1:]), factor=factor, after=stop
        )
        yield replace(_with_half(number, text, lang), counts=not code)


def _digits(text: str, lang: str) -> Iterator[re.Match[str]]:
    pattern = digit_pattern(lang)
    start = _STARTS.search(text)
    while start:
        m = pattern.match(text, start.start())
        if m:
            yield m
        start = _STARTS.search(text, m.end() if m else start.start() + 1)


def _is_code(text: str, at: int, lang: str) -> bool:
    """True for 3D, 5G, 60s; not for 85mph, 20h or 100km."""
    if not _LETTER.match(text, at):
        return False
    from auditor.text.measures import unit_pattern

    return unit_pattern(lang).match(text, at) is None


def _with_half(number: Number, text: str, lang: str) -> Number:
    """Two and a half, deux ans et demi, 兩年半: also a half more."""
    halves = load(lang, "quantities").get("half", ())
    near = text[number.end : number.end + 16]
    if any(half in near for half in halves):
        return replace(number, others=(*number.others, number.value + Decimal("0.5")))
    return number


@cache
def _magnitudes(lang: str) -> tuple[re.Pattern[str], dict[str, Decimal]] | None:
    topic = load(lang, "quantities")
    words = {w: Decimal(n) for w, n in topic.get("magnitudes", {}).items()}
    short = {w: Decimal(n) for w, n in topic.get("short", {}).items()}
    if not words:
        return None
    listed = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    glued = "|".join(re.escape(w) for w in sorted(short, key=len, reverse=True))
    tail = rf"|(?P<short>\s?(?:{glued}))(?![\w])" if glued else ""
    # 100 mille milliards; 1.2bn; 23 mila; 3-million
    between = "|".join(re.escape(w) for w in topic.get("between", ()))
    # six autres millions
    more = rf"(?:\s(?:{between})(?=\s))?" if between else ""
    pattern = rf"(?P<words>{more}(?:[\s-]?(?:{listed})(?!\w)){{1,2}}){tail}"
    return re.compile(pattern, re.IGNORECASE), words | short


def _scaled(text: str, at: int, lang: str) -> tuple[Decimal, int] | None:
    """The magnitude behind a number and where it ends."""
    known = _magnitudes(lang)
    if known is None:
        return None
    pattern, values = known
    m = pattern.match(text, at)
    if m is None:
        return None
    if m["words"] is None:
        short = m["short"].strip().casefold()
        # 5 m are metres, $5m are millions: one letter needs money before it.
        if len(short) == 1 and not _money_before(text, at):
            return None
        return values[short], m.end()
    factor = Decimal(1)
    rest = m["words"].casefold().replace("-", " ").strip()
    if rest in values:
        return values[rest], m.end()
    for word in rest.split():
        factor *= values.get(word, Decimal(1))
    return factor, m.end()


def _money_before(text: str, at: int) -> bool:
    start = at
    while start and (text[start - 1].isdigit() or text[start - 1] in ".,  "):
        start -= 1
    return text[start - 1 : start] in tuple("$€£¥₩₹＄￡￥") or text[at : at + 3].strip()[1:2] == "€"


def _in_words(text: str, lang: str, used: bytearray) -> Iterator[Number]:
    said = words_of(text)
    for start, end, value in word_runs(text, lang, said):
        if any(used[start:end]):
            continue
        _mark(used, start, end)
        # "one" and "un" are articles and pronouns; "cent" and "mille" alone stand for many.
        number = Number(start, end, value, hard=False, counts=value > 1)
        scaled = _scaled(text, end, lang)
        if scaled:
            _mark(used, end, scaled[1])
            # The one of "eine Million" is no article.
            number = replace(
                number, end=scaled[1], value=value * scaled[0], factor=scaled[0], counts=True
            )
        yield _with_half(number, text, lang)
    pattern = ordinal_pattern(lang)
    possible = pattern and not said.isdisjoint(load(lang, "quantities")["ordinals"])
    for m in pattern.finditer(text) if pattern and possible else ():
        place = read_ordinal(m[0], lang)
        if place and not any(used[m.start() : m.end()]):
            yield Number(*m.span(), Decimal(place), hard=False, counts=place > 2)


def _in_han(text: str, lang: str, used: bytearray) -> Iterator[Number]:
    for m in _HAN_SKIP.finditer(text):
        _mark(used, *m.span())
        place = han_numbers.parse_amount(m[0][1:]) if m[0][0] == "第" else None
        if place:
            # 第四章 is no four of anything, but may be the "Chapter Four" of the other text.
            yield Number(m.start() + 1, m.end(), place, hard=False, counts=False)
    measure = str(load(lang, "quantities").get("measure", ""))
    for m in _HAN_NUMBER.finditer(text):
        if any(used[m.start() : m.end()]) or (
            m[0].isdecimal() or not set(m[0]) - set("0123456789.,½")
        ):
            continue
        written = m[0].rstrip(" ,")
        joined = re.sub(r"[多餘余幾几½]|(?<=[\d,])\s(?=\d{3})", "", written)
        value = han_numbers.parse_amount(joined)
        if value is None:
            continue
        end = m.start() + len(written)
        if _CODE.search(text[max(0, m.start() - 2) : m.start()]):
            continue
        _mark(used, m.start(), end)
        digits = written[0].isdecimal()
        counted = text[end : end + 2].lstrip()[:1] in measure if measure else False
        counts = digits or _counts(written, counted=counted)
        number = Number(
            m.start(), end, value, hard=digits, counts=counts, more=m["more"] is not None
        )
        if digits:
            tail = re.search(r"[十百千萬万億亿兆만억조천]+\Z", written)
            number = (
                replace(number, factor=han_numbers.parse_amount(f"1{tail[0]}") or Decimal(1))
                if tail
                else number
            )
        yield _with_half(number, text, lang)


def _counts(written: str, *, counted: bool) -> bool:
    """True for 三十五 and for 三 before a measure word; not for 一, nor for 百萬 or 千 alone."""
    if written[0] not in han_numbers.DIGITS and written[0] != "十":
        return False
    if written in {"一", "零", "〇"}:
        return False
    return counted or (len(written) > 1 and any(c in written for c in "十百千萬万億亿"))


def shared_factor(numbers: Sequence[Number], text: str) -> list[Number]:
    """The numbers, with the magnitude of "10 to 12 million" as a reading of the 10 too."""
    out = list(numbers)
    for i, (left, right) in enumerate(pairwise(numbers)):
        if left.factor == 1 and right.factor > 1 and is_range(text[left.end : right.start]):
            out[i] = replace(left, others=(*left.others, left.value * right.factor))
    return out


_BROKEN = re.compile(r"\d{1,3}(?:[,.，]\s\d{3})+(?!\d)")
"""128, 700: a machine set a blank behind the sign that groups thousands."""


def pieces_joined(numbers: Sequence[Number], text: str) -> list[Number]:
    """The numbers, with what a broken one was before as a reading of each of its pieces.

    Only a reading: "128, 700 and 900" may be a list.
    """
    out = list(numbers)
    for m in _BROKEN.finditer(text):
        if text[m.start() - 1 : m.start()].isdecimal():
            continue
        whole = Decimal(re.sub(r"\D", "", m[0]))
        for i, number in enumerate(out):
            if m.start() <= number.start and number.start < m.end():
                out[i] = replace(number, others=(*number.others, whole * number.factor))
    return out


_RANGE = re.compile(
    # 10-12, $10-$12, 10～12, 10至12
    r"\s?[-\N{EN DASH}—~～至到](?:\s?[$€£])?\s?"
    # 10 to 12, de 18 à 29, tra i 18 e i 29
    r"|\s(?:to|and|or|à|a|al|e|et|ou|o|bis|und|oder|y|tot|до)\s(?:[$€£]|i |les |the )?"
    # 55 或 60, "55, 60 minutes"
    r"|\s?[或和及至到]\s?|,\s",
    re.IGNORECASE,
)


def is_range(between: str) -> bool:
    """True for what stands between two numbers that share their unit: 10-12, 55, 60 or 18 à 29."""
    return len(between) < 12 and _RANGE.fullmatch(between) is not None
