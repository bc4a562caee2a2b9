"""Writes a date value in the notation of the text that it is to replace something in."""

from __future__ import annotations

import re

from auditor.core import Fact
from auditor.lang import base, load
from auditor.text.date_names import month_forms, weekday_forms
from auditor.text.numerals import ordinal_words, parse_chinese, to_chinese
from auditor.text.years import MAX_YEAR

_DIGITS = re.compile(r"(['’‘]?)(\d+)(\D*)")
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def write_fact(fact: Fact, like: str, lang: str) -> str | None:
    """The value of a date written as `like` is, as by `write_date`.

    None for a date that can be read in two ways, such as 06/04: it is no proposal.
    """
    return None if fact.alternatives else write_date(fact.kind, int(fact.value), like, lang)


def write_date(kind: str, value: int, like: str, lang: str) -> str | None:
    """The value written as `like` is written.

    Args:
        kind: of the fact, such as `month`.
        value: canonical value, such as 5 for May.
        like: what stands in the text now, such as `juin`, `六` or `4th`.
        lang: BCP 47 tag of that text.

    Returns:
        The replacement for exactly the characters of `like`, such as `mai`, `五` or
        `5th`; None where the notation cannot carry the value.
    """
    digits = _DIGITS.fullmatch(like)
    if digits:
        return _in_digits(kind, value, digits, lang)
    if kind == "weekday":
        return _weekday_name(value, like, lang)
    if parse_chinese(like) is not None:
        return _in_chinese(kind, value, like)
    if kind == "month":
        return _month_name(value, like, lang)
    if kind == "century" and re.fullmatch(r"[IVX]+", like):
        return _roman(value)
    return _ordinal(value, like, lang) if kind in {"century", "anniversary"} else None


def _ordinal(value: int, like: str, lang: str) -> str | None:
    spelled = {n: word for word, n in ordinal_words(lang).items()}.get(value)
    return spelled.replace(" ", "-") if spelled and "-" in like else spelled


def _in_digits(kind: str, value: int, like: re.Match[str], lang: str) -> str | None:
    mark, number, ending = like.groups()
    if kind in {"year", "decade"} and len(number) == 2:
        return f"{mark}{value % 100:02d}"
    if kind == "year" and len(number) < 4:
        # 民國109年; an era of Japan says no number for a year outside it
        eras = load(lang, "dates").get("eras", {}) if base(lang) == "zh" else {}
        return str(value - min(eras.values())) if eras and value > min(eras.values()) else None
    if kind == "year" and int(number) > MAX_YEAR:
        return str(value + int(load(lang, "dates").get("year_offset", 0)))
    written = f"{value:02d}" if number.startswith("0") else str(value)
    if kind == "day":
        return mark + written + _ordinal_ending(value, ending, lang)
    return mark + written + ending


def _ordinal_ending(value: int, ending: str, lang: str) -> str:
    """The ending of a day: 1st, 2nd, 4th; French and Italian only mark the first."""
    if base(lang) == "en":
        last = 0 if value in (11, 12, 13) else value % 10
        return {1: "st", 2: "nd", 3: "rd"}.get(last, "th") if ending else ""
    if base(lang) == "fr":
        return "er" if value == 1 else ""
    return ending if value == 1 or base(lang) not in {"it", "es", "pt"} else ""


def _in_chinese(kind: str, value: int, like: str) -> str | None:
    if kind == "year":
        return to_chinese(value, in_row=True) if len(like) == len(str(value)) else None
    if kind == "decade":
        tens = value % 100
        written = to_chinese(tens, in_row=True) if like[-1] in "〇零" else to_chinese(tens or 1)
        return written.replace("〇", "零") if like.endswith("零") else written
    return to_chinese(value) if 1 <= value <= 99 else None


def _month_name(value: int, like: str, lang: str) -> str | None:
    forms = list(month_forms(lang).values())
    extra: dict[str, int] = load(lang, "dates").get("month_extra", {})
    # The locative of Russian and Polish is a whole set; "sept" alone is none.
    if set(extra.values()) == set(range(1, 13)):
        forms.append(tuple(sorted(extra, key=lambda name: extra[name])))
    if not forms or not 1 <= value <= 12:
        return None
    bare = like.casefold()
    for names in forms:
        if len(names) == 12 and bare in {name.casefold().rstrip(".") for name in names}:
            return _cased(names[value - 1].rstrip("."), like)
    return _cased(forms[0][value - 1].rstrip("."), like)


def _weekday_name(value: int, like: str, lang: str) -> str | None:
    if not 1 <= value <= 7:
        return None
    if len(like) == 1:
        signs: str = load(lang, "dates").get("weekday_signs", "一二三四五六日")
        return signs[value - 1]
    names = weekday_forms(lang)
    return _cased(names[value - 1], like) if names else None


def _cased(name: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return name.upper()
    return name[:1].upper() + name[1:] if like[:1].isupper() else name


def _roman(value: int) -> str | None:
    if not 1 <= value <= 39:
        return None
    written = ""
    for size, sign in _ROMAN:
        while value >= size:
            written, value = written + sign, value - size
    return written
