"""The tags, addresses and brackets of a text: what a translation keeps as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,40})(?:\s[^<>]{0,2000})?/?>")
# Within JSON and PO a quotation mark has a backslash before it, which is not of the address.
_URL = re.compile(r"\bhttps?://[^\s<>\"'`\\)\]}，。；）」]{1,2000}", re.IGNORECASE)
_MAIL = re.compile(r"\b[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,5}\b")
_TRAILING = ".,;:!?"
# /en/, en.example.org, ?lang=en: what a localized link changes.
_LANGUAGE = re.compile(
    r"(?<=[/.=])[a-z]{2}(?:[-_][A-Za-z]{2,4})?(?=[/.&#]|\Z)|(?<=//)[a-z]{2}(?=\.)"
)
# Not 「」: a quotation goes on over sentences and paragraphs (74 of 1,007 lines from Taiwan).
_OPENING = {"(": ")", "[": "]", "（": "）", "【": "】", "《": "》"}
_CLOSING = {close: opening for opening, close in _OPENING.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """A tag, address or bracket.

    Attributes:
        name: what it is, in a form that may be compared.
        start: first code point.
        end: one past the last.
    """

    name: str
    start: int
    end: int


def find_tags(text: str) -> tuple[Part, ...]:
    """The tags of a text, each by its name in lower case, `/b` for the end of one."""
    return tuple(Part(m["close"] + m["name"].lower(), *m.span()) for m in _TAG.finditer(text))


def find_addresses(text: str) -> tuple[Part, ...]:
    """The e-mail addresses and URLs of a text, in order."""
    found = [Part(m[0].lower(), *m.span()) for m in _MAIL.finditer(text) if "://" not in m[0]]
    for match in _URL.finditer(text):
        address = match[0].rstrip(_TRAILING)
        found.append(Part(address, match.start(), match.start() + len(address)))
    inside = [(p.start, p.end) for p in found if "://" in p.name]
    kept = [p for p in found if "://" in p.name or not any(a <= p.start < b for a, b in inside)]
    return tuple(sorted(kept, key=lambda p: p.start))


def without_language(address: str) -> str:
    """An address without the parts that name a language: /en/hours and /fr/hours are one."""
    return _LANGUAGE.sub("", address.rstrip("/")).lower()


def alike(one: str, other: str, most: int = 2) -> bool:
    """True for two addresses that differ in one to `most` letters: a slip of the hand."""
    if one == other or abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        left, row[0] = row[0], at
        for there, their in enumerate(other, 1):
            cost = min(row[there] + 1, row[there - 1] + 1, left + (letter != their))
            left, row[there] = row[there], cost
        if min(row) > most:
            return False
    return row[-1] <= most


def unbalanced(text: str) -> tuple[Part, ...]:
    """The brackets of a text that none closes or opens."""
    open_ones: list[Part] = []
    alone: list[Part] = []
    for at, character in enumerate(text):
        if character in _OPENING:
            open_ones.append(Part(character, at, at + 1))
        elif character in _CLOSING:
            if open_ones and open_ones[-1].name in (_CLOSING[character], *_WIDE[character]):
                open_ones.pop()
            else:
                alone.append(Part(character, at, at + 1))
    return tuple(sorted((*open_ones, *alone), key=lambda p: p.start))


# (full-width） happens in Chinese typed on two keyboards, and no reader minds.
_WIDE = dict.fromkeys(_CLOSING, ()) | {")": ("（",), "）": ("(",)}
