"""One paragraph to sentences: ranges, in one pass over its full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.segment.rules import OPENERS, WIDE_STOPS, Rules

# The longest abbreviation is far shorter: bounds the look back at each full stop.
_LONGEST_WORD = 24
_LONGEST_START = 40
_LONGEST_NUMBER = 4
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]")  # C, U.S, J.-C
_SHORT_NUMBER = re.compile(r"[0-9]{1,2}")
_NUMBER = re.compile(r"[0-9]|[IVXLC]+\b")
_ENUMERATOR = re.compile(r"\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,4})")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST_WORD = re.compile(rf"[{re.escape(OPENERS)}\s]*")
_CLAUSE_END = re.compile(r"[,;:，；：、،؛]\s?|\s")
# (M. Dupont, «M. Dupont, 甲、P. Roe, 记者J. Roe
_SEPARATOR = re.compile(rf"[\s\u2e80-\u9fff，：；（）{re.escape(OPENERS.replace('-', ''))}]+")
# 「…。」，he said: the sentence goes on.
_GOES_ON = frozenset(",，、;；:：。")


def sentences(text: str, rules: Rules) -> list[tuple[int, int]]:
    """The ranges of the sentences of a paragraph.

    Args:
        text: a normalised block; a line end in it is a break that the author set.
        rules: of its language.

    Returns:
        Half-open ranges in order, none empty, white space at their ends left out. Every other
        character is in exactly one.
    """
    ranges: list[tuple[int, int]] = []
    for start, end in _lines(text):
        begin = start
        for cut in _cuts(text, start, end, rules):
            ranges += _trimmed(text, begin, cut, rules.longest)
            begin = cut
        ranges += _trimmed(text, begin, end, rules.longest)
    return ranges


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def _cuts(text: str, start: int, end: int, rules: Rules) -> Iterator[int]:
    """The places in a line where one sentence ends and another begins."""
    begin = counted = start
    inside = False
    for match in rules.stop.finditer(text, start, end):
        after = match.end()
        if not rules.spaced:
            # 他说。"我们 and "我们。"他说: without spaces only counting tells which it is.
            inside ^= text.count('"', counted, match.end("stops")) % 2 == 1
            counted = match.end("stops")
            quote = text.find('"', counted, after)
            if quote >= 0 and not inside:
                after = quote
        if after < end and _ends(text, begin, match, after, end, rules):
            yield after
            begin = after


def _ends(text: str, begin: int, match: re.Match[str], after: int, end: int, rules: Rules) -> bool:
    """True when a sentence begun at `begin` ends with this full stop and what is behind it."""
    stops = match.group("stops")
    if text[after] in _GOES_ON:
        return False
    if _is_wide(text, begin, match, after, rules):
        closed = after > match.end("stops")
        goes_on = closed and rules.continues_with and rules.continues_with.match(text, after)
        return not goes_on
    if not text[after].isspace():
        return stops == "." and _unspaced(text, match.start(), after, rules)
    start = _FIRST_WORD.match(text, after, end)
    at = start.end() if start else after
    if at >= end or (rules.cased and text[at].islower()):
        # "U.S. companies", "Why?" he asked, "... and so on"
        return False
    return stops != "." or _full_stop(text, begin, match.start(), at, rules)


def _is_wide(text: str, begin: int, match: re.Match[str], after: int, rules: Rules) -> bool:
    """True for a full stop that needs no space behind it."""
    stops = match.group("stops")
    if any(stop in WIDE_STOPS for stop in stops):
        return True
    # 好吗?他说 and 真好.他说, typed with the marks of another keyboard; but not "Yahoo!奇摩", and
    # not "一.", a number.
    beside = text[match.start() - 1 : match.start()] + text[after]
    usual = stops[-1] in "!?" or (stops == "." and match.start() - begin > _LONGEST_NUMBER)
    return not rules.spaced and usual and all(char > "\u2e7f" for char in beside)


def _full_stop(text: str, begin: int, stop: int, at: int, rules: Rules) -> bool:
    """True when the single full stop at `stop` is no part of an abbreviation or number."""
    words = _SEPARATOR.split(text[max(begin, stop - _LONGEST_WORD) : stop].strip())
    word = words[-1]
    first = _WORD.match(text, at, min(at + _LONGEST_START, len(text)))
    # In "J. A. Roe" and "А. С. Иванов" the second initial is no article and no preposition.
    initial = first is not None and len(first.group()) == 1 and text.startswith(".", first.end())
    starter = first is not None and not initial and first.group().casefold() in rules.starters
    if len(words) == 1 and begin + len(word) + 1 >= stop and _ENUMERATOR.fullmatch(word):
        # "1. Boil water." "a) ..." at the beginning
        return False
    if word in rules.before_name:
        return False
    if word in rules.before_number and _NUMBER.match(text, at):
        return False
    if word in rules.either or (_INITIALS.fullmatch(word) and word.upper() != word.lower()):
        return starter
    if rules.ordinals and _SHORT_NUMBER.fullmatch(word):
        return starter
    return True


def _unspaced(text: str, stop: int, after: int, rules: Rules) -> bool:
    """True for "the end.The next", a space lost in copying; never inside example.Com or a.m."""
    if after - stop != 1 or not text[after].isupper():
        return False
    before = text[max(0, stop - _LONGEST_WORD) : stop].split()
    first = _WORD.match(text, after)
    if not before or first is None or first.group().casefold() not in rules.starters:
        return False
    word = before[-1]
    follows = text[first.end() : first.end() + 1]
    return len(word) > 2 and word.isalpha() and word[1:].islower() and follows in (" ", "'")


def _trimmed(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """The range without white space at its ends, cut where it is too long; none when empty."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while end - start > longest:
        cut = _last_clause(text, start + longest // 2, start + longest)
        yield start, start + len(text[start:cut].rstrip())
        start = cut
        while text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _last_clause(text: str, start: int, end: int) -> int:
    """The place behind the last clause or word that ends in `[start, end)`; else `end`."""
    cut = spare = 0
    for match in _CLAUSE_END.finditer(text, start, end):
        if match.group().isspace():
            spare = match.end()
        else:
            cut = match.end()
    return cut or spare or end
