"""Finds character references that a reader sees as such, as `&amp;` and the escapes of JSON.

A page is escaped once and read once. Text that was escaped twice, or taken out of a page
without being read as one, shows the escapes.

Source: the names of HTML 5 (Python's `html.entities`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Escape:
    """An escape that stands in the text.

    Attributes:
        start: first code point in the searched text.
        end: one past its last.
        repair: the character that it stands for.
    """

    start: int
    end: int
    repair: str


_ESCAPE = re.compile(
    r"&(?:amp;){0,4}#(?:\d{2,7}|[xX][0-9A-Fa-f]{2,6});"  # l&#8217;accord, &amp;#8217;
    r"|&(?:amp;){0,4}[A-Za-z][A-Za-z0-9]{1,30};"  # caf&eacute;, &amp;nbsp;
    r"|(?<![\\\w])\\u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4}){0,400}"  # Montr\u00e9al out of JSON
)
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])\\u00[89a-fA-F][0-9a-fA-F]")
# A text about HTML names its escapes; so does code.
_ABOUT = re.compile(
    r"</?[a-z]{1,10}>|\bHTML\b|\bXML\b|\bentit(?:y|ies|és|à)\b|\bUnicode\b|实体|實體|转义|跳脫",
    re.IGNORECASE,
)
_MARKS = "\"'“‘«「『`（(", "\"'”’»」』`）)"


def find_escapes(text: str) -> Iterator[Escape]:
    """Yields the escapes that a reader sees, none in quotation marks or in text about mark-up.

    Args:
        text: a paragraph, with the escapes of its own format already read.
    """
    if "&" not in text and "\\u" not in text:
        return
    if _ABOUT.search(text):
        return
    for pattern in (_ESCAPE, _INSIDE_WORD):
        for match in pattern.finditer(text):
            repair = _read(match[0])
            if repair is not None and not _is_cited(text, *match.span()):
                yield Escape(*match.span(), repair)


def _read(found: str) -> str | None:
    """What an escape stands for, or None where it is none: `R&D;` names nothing."""
    if found.startswith("\\u"):
        units = [int(part, 16) for part in found.split("\\u")[1:]]
        raw = b"".join(unit.to_bytes(2, "big") for unit in units)
        read = raw.decode("utf-16-be", "replace")
        return read if read.isprintable() and "\N{REPLACEMENT CHARACTER}" not in read else None
    if not found.startswith("&amp;") and found[1] != "#" and found[1:] not in _names():
        return None
    held = found
    for _ in range(6):
        read = html.unescape(held)
        if read == held:
            break
        held = read
    if len(held) > 2 or held == found or "\N{REPLACEMENT CHARACTER}" in held:
        return None
    return held


@cache
def _names() -> frozenset[str]:
    from html.entities import html5

    return frozenset(name for name in html5 if name.endswith(";"))


def _is_cited(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return bool(before and after) and before in _MARKS[0] and after in _MARKS[1]
