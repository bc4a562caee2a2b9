"""Writes a quantity in the notation of the text that it is to replace something in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from auditor.lang import load
from auditor.text.digits import digit_pattern, write_digits
from auditor.text.han_numbers import write_amount

_FEW = 4
"""Digits before a magnitude: 2300 millions, but not 23000."""


def write_number(value: Decimal, like: str, lang: str) -> str | None:
    """The value written as `like` is written.

    Args:
        value: canonical value.
        like: what stands in the text now, such as `2,3 milliards`, `2.3萬`, `1 500`, `twenty`.
        lang: BCP 47 tag of that text.

    Returns:
        The replacement for exactly the characters of `like`; None where the notation cannot
        carry the value.
    """
    if re.search(r"[〇零一二三四五六七八九十百千萬万億亿兆两兩만억조]", like):
        return write_amount(value, like) or (
            write_digits(value, "1", lang) if like[0].isdecimal() else None
        )
    digits = digit_pattern(lang).match(like)
    if digits is None:
        return None
    tail = like[digits.end() :]
    if not tail:
        return write_digits(value, like, lang)
    return _with_magnitude(value, digits[0], tail, lang)


def _with_magnitude(value: Decimal, digits: str, tail: str, lang: str) -> str | None:
    topic = load(lang, "quantities")
    table = {**topic.get("magnitudes", {}), **topic.get("short", {})}
    word = tail.strip(" -\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")
    gap = tail[: len(tail) - len(word)]
    own = table.get(word.casefold())
    if own is None:
        return None
    if _neat(value / own):
        return _written(value / own, digits, gap, _agreeing(word, value / own, lang), lang)
    for factor in sorted({n for n in table.values() if n >= 10**3}, reverse=True):
        if _neat(value / factor):
            names = [w for w, n in topic.get("magnitudes", {}).items() if n == factor]
            if names:
                chosen = names[-1] if value / factor >= 2 else names[0]
                return _written(value / factor, digits, gap, chosen, lang)
    return write_digits(value, "1", lang)


def _agreeing(word: str, count: Decimal, lang: str) -> str:
    """The magnitude in the number that the count asks for: 1 million, 2 millions."""
    magnitudes: Mapping[str, int] = load(lang, "quantities").get("magnitudes", {})
    factor = magnitudes.get(word.casefold())
    names = [w for w, n in magnitudes.items() if n == factor and w[:4] == word.casefold()[:4]]
    if len(names) < 2 or factor is None or factor < 10**6:
        return word
    return names[-1] if count >= 2 else names[0]


def _neat(count: Decimal) -> bool:
    whole, _, rest = format(count.normalize(), "f").partition(".")
    return whole != "0" and len(whole) <= _FEW and len(rest) <= 3


def _written(count: Decimal, digits: str, gap: str, word: str, lang: str) -> str:
    return (
        f"{write_digits(count, digits if ',' in digits or '.' in digits else '1', lang)}{gap}{word}"
    )
