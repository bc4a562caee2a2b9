"""The whole name around a replaced word: `College of Haverstrand`, `Second World Warfare`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditor.text.substitution import Kind, Substitution

MOST_WORDS = 4
"""Words that a name may have on either side of what was replaced."""
_TITLE_CASE = 0.6
"""Share of capitalised words from which a line is a headline, where capitals tell no name."""

_WORD = r"St\.|[^\W\d_](?:[\w’'-]|\.(?=\w))*"
"""St. Nicholas, O'Neill, U.S.-based as one word, and `Tromdal` before a full stop."""
_LINK = r"of the|of|&"
"""Ministry of the Interior, College of Law; not `and`: Monday and Wall Avenue."""
_BEHIND = re.compile(rf" (?:(?:{_LINK}) )?(?P<word>{_WORD})")
_BEFORE = re.compile(rf"(?P<word>{_WORD})(?: (?:{_LINK}))? $")
_REACH = 60
"""Code points within which the next word of a name begins."""
_POSSESSIVE = ("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")


def whole_names(text: str, substitutions: Sequence[Substitution]) -> list[Substitution]:
    """Substitutions inside names, widened to the name.

    Left alone: what is not capitalised, headlines, a sentence's first word (`Yesterday Wall
    Avenue`), owners (`China's`), and any word that another substitution has.

    Args:
        text: the text that they were found in.
        substitutions: in order, not overlapping.
    """
    words = re.findall(_WORD, text)
    capitals = sum(word[0].isupper() for word in words)
    if not words or capitals >= _TITLE_CASE * len(words):
        return list(substitutions)
    widened: list[Substitution] = []
    for at, found in enumerate(substitutions):
        floor = widened[-1].end if widened else 0
        after = substitutions[at + 1] if at + 1 < len(substitutions) else None
        widened.append(_widened(text, found, floor, after.start if after else len(text)))
    return widened


def _widened(text: str, found: Substitution, floor: int, ceiling: int) -> Substitution:
    if found.kind is not Kind.TELL and found.kind is not Kind.FAINT:
        return found
    quoted = text[found.start : found.end]
    start, end = found.start, found.end
    if quoted[0].isupper() and found.repair[:1].isupper():
        start = _start(text, start, floor)
    *_, last = found.repair.split() or [""]
    if quoted.split()[-1][0].isupper() and last[:1].isupper() and not quoted.endswith(_POSSESSIVE):
        end = _end(text, end, ceiling)
    repair = text[start : found.start] + found.repair + text[found.end : end]
    return replace(found, start=start, end=end, repair=repair)


def _start(text: str, start: int, floor: int) -> int:
    for _ in range(MOST_WORDS):
        match = _BEFORE.search(text, max(floor, start - _REACH), start)
        opens = match and not text[: match.start()].strip(" “\"'(")
        if not match or opens or not _is_part(match["word"]):
            break
        start = match.start()
    return start


def _end(text: str, end: int, ceiling: int) -> int:
    for _ in range(MOST_WORDS):
        match = _BEHIND.match(text, end, min(ceiling, end + _REACH))
        if not match or not _is_part(match["word"]):
            break
        end = match.end()
        if match["word"].endswith(_POSSESSIVE):
            return end - 2
    return end


def _is_part(word: str) -> bool:
    """True for a word of a name; not for `U.S.-based` or `U.S.`, which stand before names."""
    return word == "St." or (word[0].isupper() and not {".", "-"} & set(word))
