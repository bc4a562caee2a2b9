"""Finds text that was decoded with another encoding than it was written in, and undoes that.

Text of one encoding read as another is wrong in a way that can be computed back: `Ã©` are the
two bytes of `é`. A repair is proposed only where it gives text, so that `é »`, `SÃO` and names
with rare letters stay what they are.

Source: ftfy (Speer 2019; Apache-2.0) for UTF-8 read as a one-byte encoding: it knows which
sequences no language writes. Python's codecs for Cyrillic and Chinese read as western European.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from auditor.text.frequencies import common_words


@dataclass(frozen=True, slots=True)
class Garbled:
    """A stretch of text in the wrong encoding.

    Attributes:
        start: first code point in the searched text.
        end: one past its last.
        repair: what it was, or None where that is lost.
        how: what happened, such as `UTF-8 read as a one-byte encoding`.
    """

    start: int
    end: int
    repair: str | None
    how: str


UTF8 = "UTF-8 read as a one-byte encoding"
C1 = "windows-1252 read as latin-1"
CYRILLIC = "windows-1251 read as western European"
CHINESE = "GBK read as western European"
UTF8_AS_GBK = "UTF-8 read as GBK"
LOST = "a lost character read as GBK"

_ONE_BYTE = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014"
    "\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
# A byte that begins a UTF-8 sequence and one that continues it, as any one-byte encoding shows
# them: without such a pair ftfy, a tenth of a second to import, has nothing to look for.
_SUSPICIOUS = re.compile(rf"[\u00c2-\u00f4\u0102-\u017f\u0386-\u044f][{_ONE_BYTE}]")
# `â€` in front of a space: the third byte of a closing quotation mark, 9D, is not in windows-1252.
_HALF_QUOTE = re.compile("\u00e2\u20ac(?=[\\s.,;:!?)]|\\Z)")
_C1_RUN = re.compile("[\x80-\x84\x86-\x9f]+")
_HIGH_RUN = re.compile("[\u00a1-\u00ff]{4,400}")
_HIGH_WORD = re.compile("(?<![^\\W\\d_])[\u00c0-\u00ff]{4,40}(?![^\\W\\d_])")
# 、。「」 and ，！？ and “”… in UTF-8 begin E3 80, EF BC and E2 80, which are 銆, 锛 and 鈥 in
# GBK: characters that nobody writes.
_GBK_LEAD = re.compile("[銆锛鈥]")
_GBK_RUN = re.compile("[^\x00-\x7f]{2,400}")
_GBK_LOST = re.compile("(?:锟斤拷)+(?:锟斤?)?")
LONGEST = 400_000
"""Characters of a paragraph that are searched: the detector reads half a million in ten seconds."""
MOST = 2000
"""Stretches told of one paragraph: more is a file to be read again with the right encoding."""
MOSTLY = 0.8
"""Share of a run that must decode for it to be what it looks like."""


def find_mojibake(text: str) -> list[Garbled]:
    """The stretches of a text that are in the wrong encoding, in order, none overlapping.

    Args:
        text: a paragraph as it stands in the file.
    """
    if text.isascii():
        return []
    found = sorted(islice(_all(text[:LONGEST]), MOST), key=lambda g: (g.start, -g.end))
    result: list[Garbled] = []
    for garbled in found:
        if not result or garbled.start >= result[-1].end:
            result.append(garbled)
    return result


def _all(text: str) -> Iterator[Garbled]:
    if _SUSPICIOUS.search(text):
        yield from _utf8(text)
    for match in _C1_RUN.finditer(text):
        read = match[0].encode("latin-1").decode("cp1252", "replace")
        yield Garbled(*match.span(), None if "\N{REPLACEMENT CHARACTER}" in read else read, C1)
    for match in _HIGH_WORD.finditer(text):
        if read := _cyrillic(match[0]):
            yield Garbled(*match.span(), read, CYRILLIC)
    for match in _HIGH_RUN.finditer(text):
        if read := _chinese(match[0]):
            yield Garbled(*match.span(), read, CHINESE)
    yield from _gbk(text)


def _gbk(text: str) -> Iterator[Garbled]:
    """What was read as GBK."""
    for match in _GBK_LOST.finditer(text):
        yield Garbled(*match.span(), None, LOST)
    if _GBK_LEAD.search(text):
        for match in _GBK_RUN.finditer(text):
            if _GBK_LEAD.search(match[0]):
                yield from _utf8_as_gbk(match)


def _utf8(text: str) -> Iterator[Garbled]:
    """What ftfy calls UTF-8 in disguise, sequence by sequence: a paragraph may hold both."""
    import ftfy
    from ftfy.chardata import UTF8_DETECTOR_RE

    for match in _HALF_QUOTE.finditer(text):
        yield Garbled(*match.span(), "\N{RIGHT DOUBLE QUOTATION MARK}", UTF8)
    for match in UTF8_DETECTOR_RE.finditer(text):
        read = ftfy.fix_encoding(match[0])
        if read != match[0] and read != "\N{DAGGER}":
            yield Garbled(*match.span(), read, UTF8)


def _cyrillic(word: str) -> str:
    """The Russian word that a word of nothing but western capitals and accents was, or ``."""
    read = word.encode("latin-1").decode("cp1251")
    return read if read.lower() in common_words("ru") else ""


def _chinese(run: str) -> str:
    """The Chinese text that a run of western accents and signs was, or an empty string."""
    raw = run.encode("latin-1")
    if len(raw) % 2:
        return ""
    try:
        read = raw.decode("gb2312")
    except UnicodeDecodeError:
        return ""
    words = common_words("zh")
    return read if all(char in words for char in read) else ""


def _utf8_as_gbk(match: re.Match[str]) -> Iterator[Garbled]:
    """A run that is UTF-8 when it is taken back to the bytes of GBK."""
    try:
        raw = match[0].encode("gb18030")
    except UnicodeEncodeError:
        return
    read = raw.decode("utf-8", "ignore")
    if len(read.encode()) >= MOSTLY * len(raw):
        whole = len(read.encode()) == len(raw)
        yield Garbled(*match.span(), read if whole else None, UTF8_AS_GBK)
