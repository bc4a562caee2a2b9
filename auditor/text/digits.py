"""Reads and writes numbers in digits, with the separators of any locale."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from auditor.lang import base

LONGEST = 30
"""Digits of the longest number that is read: what is longer counts nothing in a newspaper."""
_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_HALVES = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


@cache
def separators(lang: str) -> tuple[str, str]:
    """The sign before decimals and the sign between thousands in a language, by CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(base(lang)).number_symbols
    except (UnknownLocaleError, ValueError):
        return ".", ","
    # Before CLDR 44 the systems of digits were not told apart.
    latin = symbols.get("latn", symbols)
    return str(latin["decimal"]), str(latin["group"])


@cache
def digit_pattern(lang: str) -> re.Pattern[str]:
    """Finds numbers in digits.

    A plain blank groups only where the language writes it so (1 000 000 in French): elsewhere
    "116 123" are two numbers.
    """
    blanks = _SPACES if separators(lang)[1].isspace() else _SPACES[1:]
    return re.compile(
        # 1,234,567.8  1.234,5  1 234  1'234
        rf"\d{{1,3}}(?P<g>[.,'’{blanks}])\d{{3}}(?:(?P=g)\d{{3}})*(?!\d)(?:[.,]\d+)?[½¼¾]?"
        # １，２３４: full-width digits with their own comma
        r"|[０-９]{1,3}(?:，[０-９]{3})+(?![０-９])"
        # .241, a batting average
        r"|(?<![\w.)\]…])\.\d+"
        # 1500  2.7  3,26  13½  ½
        r"|\d+(?:[.,．]\d+)?[½¼¾]?|[½¼¾]"
    )


def read_digits(text: str, lang: str) -> tuple[Decimal, ...]:
    """The value of a number in digits, then its other readings.

    Args:
        text: what `digit_pattern` found.
        lang: decides what 1.500 is first: fifteen hundred in Italian, one and a half in English.

    Returns:
        One value or two; none when it is too long.
    """
    rest = _HALVES.get(text[-1:], Decimal(0))
    plain = text.rstrip("½¼¾").replace("，", ",").replace("．", ".")
    if not plain or len(plain) > LONGEST:
        return () if plain else (rest,)
    if plain[0] == ".":
        # A .58 calibre is one of 58 elsewhere.
        return Decimal(f"0{plain}"), Decimal(plain[1:])
    pieces = re.split(r"\D", plain)
    marks = re.findall(r"\D", plain)
    if not marks:
        return (Decimal(pieces[0]) + rest,)
    whole, tail = "".join(pieces[:-1]), pieces[-1]
    fraction = Decimal(f"{whole}.{tail}") + rest
    integer = Decimal(whole + tail) + rest
    if len(marks) > 1 or marks[0] not in ".,":
        # 1,234.5; 1.234.567, 1 234
        return (fraction,) if marks[-1] != marks[0] else (integer,)
    if len(tail) != 3 or len(pieces[0]) > 3 or pieces[0].startswith("0"):
        return (fraction,)
    return (fraction, integer) if marks[0] == separators(lang)[0] else (integer, fraction)


def write_digits(value: Decimal, like: str, lang: str) -> str:
    """Writes a number in digits with the separators that `like` shows, else with the language's."""
    whole, _, tail = format(value.normalize(), "f").partition(".")
    decimal, group = separators(lang)
    shown = re.findall(r"(?<=\d)[^\d](?=\d)", like)
    if shown:
        readings = read_digits(like, lang)
        grouped = bool(readings) and readings[0] == readings[0].to_integral_value()
        if grouped:
            group = shown[0]
            decimal = "." if group == "," else ","
        else:
            decimal = shown[-1]
            group = shown[0] if len(shown) > 1 else {".": ",", ",": "."}.get(decimal, group)
    elif len(re.sub(r"\D", "", like)) > 3:
        group = ""  # 1500 stands ungrouped here
    if group.isspace() and not shown:
        group = "\N{NARROW NO-BREAK SPACE}" if base(lang) == "fr" else group
    if len(whole) > 3 and group:
        # Spanish, Portuguese and Polish write four digits together; where nothing is shown nobody
        # misses the sign.
        whole = f"{int(whole):,}".replace(",", group)
    written = f"{whole}{decimal}{tail}" if tail else whole
    return written.translate(_FULL_WIDTH) if re.match("[０-９]", like) else written


_FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
