"""Plain text to blocks: paragraphs, headings and captions.

A blank line ends a paragraph. Whether a single line end does is decided for the whole file: in
hard-wrapped text a line ends because the next word would not have fitted; where each
line is a paragraph, it would have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.core import Block, BlockKind, OffsetMap

# Mail and books wrap at 60 to 80, some editors at 120; a longer line was not wrapped by width.
_MAX_WIDTH = 160
_MIN_WIDTH = 24
_MIN_LINES = 3
# Wrapping breaks few lines just where a sentence ends; lines that are paragraphs all end so.
_MAX_ENDED = 0.5
# Of the lines that another follows: a verse or a list also has short lines.
_WRAPPED_SHARE = 0.8
# "What Happened Next", "La réaction de Zoom"; a sentence without full stop is longer.
_MAX_HEADING = 110
_MAX_HEADING_WIDE = 34
_MAX_CAPTION = 500
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|\Z)")
_BULLET = re.compile(r"\s*(?:[-*+•‣◦▪–—·]|\(?[0-9]{1,3}[.)、]|[a-zA-Z][.)])\s")
_MARKDOWN_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+(?=\S)")
_CLOSERS = "\"'”’»)]』」》〉）】*_ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_FULL_STOPS = frozenset(".!?…。！？؟।॥")
_FINAL = ".!?:;,…。！？：；，、؟؛।॥」"
_WIDE = re.compile(r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
# A credit in brackets at the end: an agency after a slash, ©, or a word for "picture".
_CREDIT = re.compile(
    r"[(（\[]\s*[^()（）\[\]]{0,160}"
    r"(?:(?-i:[^\s/]/\s?[A-Z][A-Za-z])"  # (NAME SURNAME/AFP via Getty Images), but not [/note]
    r"|©|\(c\)"  # (© Jane Roe)
    r"|\b(?:photo|foto|image|immagine|imagen|picture|courtesy|screenshot|illustration)s?\b"
    r"|\b(?:AFP|Reuters|Getty|ANSA|EPA|Xinhua|DPA|EFE|Keystone|Shutterstock)\b"
    r"|[攝摄]|[圖图]片|照片|法新社|路透|美聯社|美联社)"
    r"[^()（）\[\]]{0,160}[)）\]]\s*\.?\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: its place in the file without its end."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def plain_blocks(raw: str) -> tuple[Block, ...]:
    """The paragraphs, headings and captions of a plain text.

    Args:
        raw: the decoded file.

    Returns:
        Blocks whose text is the file's, from the first to the last character that is not white
        space, line ends of wrapped paragraphs included.
    """
    groups = _groups(_lines(raw))
    paragraphs = (
        _joined(groups) if _wrapped(groups) else [[line] for group in groups for line in group]
    )
    texts = [_extent(raw, paragraph[0].start, paragraph[-1].end) for paragraph in paragraphs]
    kinds = _kinds([raw[start:end] for start, end in texts])
    return tuple(
        _block(raw, start, end, kind) for (start, end), kind in zip(texts, kinds, strict=True)
    )


def _block(raw: str, start: int, end: int, kind: BlockKind) -> Block:
    mark = _MARKDOWN_HEADING.match(raw, start, end)
    # "## Title ##"
    title_end = start + len(raw[start:end].rstrip("# \t"))
    # "# #" is no heading: nothing stands between its marks.
    if mark and mark.end() < title_end:
        start, end, kind = mark.end(), title_end, BlockKind.HEADING
    return Block(kind, raw[start:end], OffsetMap.identity(end - start, start))


def _lines(raw: str) -> list[_Line]:
    lines: list[_Line] = []
    for match in _LINE.finditer(raw):
        text = match.group().rstrip("\n\r\x0b\x0c\x85\u2028\u2029")
        lines.append(_Line(match.start(), match.start() + len(text), text))
    return lines


def _groups(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Lines between blank lines."""
    groups: list[list[_Line]] = [[]]
    for line in lines:
        if not line.blank:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _wrapped(groups: Sequence[Sequence[_Line]]) -> bool:
    """True when single line ends in this file mean nothing."""
    inner = [pair for group in groups for pair in pairwise(group)]
    if len(inner) < _MIN_LINES:
        return False
    width = max(_width(line.text) for line, _ in inner)
    ended = sum(_ends(line.text) for line, _ in inner)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH or ended > _MAX_ENDED * len(inner):
        return False
    # The widest line proves nothing: any word would have been too much for it.
    full = sum(_width(line.text) + _first_word(after.text) > width for line, after in inner) - 1
    return full >= _WRAPPED_SHARE * (len(inner) - 1)


def _ends(text: str) -> bool:
    """True when a line ends as a sentence does."""
    return text.rstrip(_CLOSERS)[-1:] in _FULL_STOPS


def _first_word(text: str) -> int:
    """The columns that the first word of the next line would have taken, with a space."""
    word = text.split(maxsplit=1)[0]
    # Chinese breaks anywhere: a full stop may not begin a line, so two characters go over.
    return 3 if _WIDE.match(word) else _width(word) + 1


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    stripped = text.strip()
    return len(stripped) + len(_WIDE.findall(stripped))


def _joined(groups: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """Paragraphs of wrapped text: a list item or a Markdown heading begins its own."""
    paragraphs: list[list[_Line]] = []
    for group in groups:
        for number, line in enumerate(group):
            heading_before = number and _MARKDOWN_HEADING.match(group[number - 1].text)
            if not number or heading_before or _begins(line.text):
                paragraphs.append([line])
            else:
                paragraphs[-1].append(line)
    return paragraphs


def _begins(text: str) -> bool:
    return bool(_BULLET.match(text) or _MARKDOWN_HEADING.match(text))


def _extent(raw: str, start: int, end: int) -> tuple[int, int]:
    """A range without the white space at its ends."""
    text = raw[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _kinds(texts: Sequence[str]) -> list[BlockKind]:
    """Paragraph, heading or caption: a heading is short, ends openly, and text follows."""
    kinds: list[BlockKind] = []
    for number, text in enumerate(texts):
        follows = number + 1 < len(texts)
        if len(text) <= _MAX_CAPTION and _CREDIT.search(text[-400:]):
            kinds.append(BlockKind.CAPTION)
        elif follows and _like_heading(text) and len(texts[number + 1]) > len(text):
            kinds.append(BlockKind.HEADING)
        else:
            kinds.append(BlockKind.PARAGRAPH)
    return kinds


def _like_heading(text: str) -> bool:
    longest = _MAX_HEADING_WIDE if _WIDE.search(text) else _MAX_HEADING
    if len(text) > longest or "\n" in text or _BULLET.match(text):
        return False
    last = text.rstrip(_CLOSERS)[-1:]
    return any(map(str.isalpha, text)) and last not in _FINAL
