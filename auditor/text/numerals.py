"""Numerals that are not plain digits: Chinese, Roman, and ordinal words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from auditor.lang import load

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
    "元": 1,  # 令和元年, 民國元年: the first year of an era
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LONGEST = 12
"""No date, century or anniversary needs more characters; longer input is refused unread."""


def parse_numeral(text: str, lang: str) -> int | None:
    """The value of digits, a Chinese or Roman numeral, or an ordinal word.

    Args:
        text: the numeral alone, such as `31`, `三十一`, `XIX`, `trente et unième`.
        lang: BCP 47 tag whose ordinal words are tried.

    Returns:
        A number of at most twelve digits, or None when it is no numeral.
    """
    ordinal = ordinal_words(lang).get(text.casefold().replace("-", " "))
    if ordinal is not None:
        return ordinal
    if not text or len(text) > _LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    return parse_chinese(text) or parse_roman(text)


def parse_chinese(text: str) -> int | None:
    """The value of a Chinese numeral below ten thousand, or of digits in a row.

    Args:
        text: such as `十二`, `三十一`, `一百`, `二〇一九`, `八十`; mixed forms such as
            `2十` are refused.
    """
    if not text or len(text) > _LONGEST:
        return None
    if all(c in _HAN_DIGITS for c in text):
        return int("".join(str(_HAN_DIGITS[c]) for c in text))
    total, digit, smallest = 0, None, 10_000
    for c in text:
        if c in _HAN_DIGITS:
            if digit:
                return None
            digit = _HAN_DIGITS[c]
        elif (unit := _HAN_UNITS.get(c, 10_000)) < smallest:
            # 一百十 is read as 110: a missing digit before a unit is one.
            total += (1 if digit is None else digit) * unit
            digit, smallest = None, unit
        else:
            return None
    return total + (digit or 0)


def to_chinese(value: int, *, in_row: bool = False) -> str:
    """Writes a number as a Chinese numeral.

    Args:
        value: 1 to 99, or any number of digits with `in_row`.
        in_row: digit by digit, as in the year 二〇一九; otherwise 十二.

    Raises:
        ValueError: outside 1 to 99 without `in_row`.
    """
    signs = "〇一二三四五六七八九"
    if in_row:
        return "".join(signs[int(c)] for c in str(value))
    if not 1 <= value <= 99:
        raise ValueError(f"{value} is not between 1 and 99")
    tens, ones = divmod(value, 10)
    return (
        (signs[tens] if tens > 1 else "") + ("十" if tens else "") + (signs[ones] if ones else "")
    )


def parse_roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals, or None when it is not well formed."""
    if not text or not _ROMAN_FORM.fullmatch(text):
        return None
    total = 0
    for c, following in zip(text, (*text[1:], None), strict=True):
        value = _ROMAN[c]
        total += -value if following and _ROMAN[following] > value else value
    return total


@cache
def ordinal_words(lang: str) -> Mapping[str, int]:
    """The ordinal words of a language, 1 to 100, hyphens written as spaces."""
    words = load(lang, "dates").get("ordinals", ())
    return MappingProxyType({word: i for i, word in enumerate(words, start=1)})
