"""Strings as files write them, with the way back: which escape each character came from."""

from __future__ import annotations

import re
from collections.abc import Callable

from auditor.core import Block, BlockKind, TextBuilder

_JSON = re.compile(
    # A character beyond the first plane is two escapes: \ud83d\ude00.
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}"
    r'|\\["\\/bfnrt]'
)
_C = re.compile(r"\\(?:[0-7]{1,3}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "a": "\a", "v": "\v"}


def json_character(escape: str) -> str:
    """The character that an escape of JSON stands for."""
    if escape[1] != "u":
        return _SHORT.get(escape[1], escape[1])
    units = [int(escape[at : at + 4], 16) for at in range(2, len(escape), 6)]
    if len(units) == 1:
        return chr(units[0])
    return chr(0x10000 + ((units[0] - 0xD800) << 10) + (units[1] - 0xDC00))


def c_character(escape: str) -> str:
    r"""The character that an escape of PO stands for; an unknown one is its own letter.

    Gettext takes octal escapes (`\033`) and hexadecimal ones from C.
    """
    rest = escape[1:]
    if rest[0] in "01234567":
        return chr(int(rest, 8))
    if rest[0] == "x" and len(rest) == 3:
        return chr(int(rest[1:], 16))
    return _SHORT.get(rest, rest)


def add_json(builder: TextBuilder, raw: str, start: int, end: int) -> None:
    """Appends what stands between the quotes of a JSON string, `raw[start:end]`."""
    _add(builder, raw, start, end, _JSON, json_character)


def add_c(builder: TextBuilder, raw: str, start: int, end: int) -> None:
    """Appends what stands between the quotes of a PO string, `raw[start:end]`."""
    _add(builder, raw, start, end, _C, c_character)


def _add(
    builder: TextBuilder,
    raw: str,
    start: int,
    end: int,
    escapes: re.Pattern[str],
    character: Callable[[str], str],
) -> None:
    position = start
    for match in escapes.finditer(raw, start, end):
        builder.copy(raw[position : match.start()], position)
        builder.replace(character(match.group()), *match.span())
        position = match.end()
    builder.copy(raw[position:end], position)


def string_block(builder: TextBuilder, key: str) -> Block:
    """The block of a string in a container."""
    text, offsets = builder.build()
    return Block(BlockKind.STRING, text, offsets, key)
