"""Markdown to blocks: what a reader sees, each character with its place in the file.

markdown-it tells blocks and inline marks; it gives lines, not characters, so the text is walked
along the file. Code fences, HTML blocks and link targets are no text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from auditor.core import Block, BlockKind, OffsetMap, ReadError, TextBuilder
from auditor.read.front_matter import front_matter

LARGEST = 4 * 1024 * 1024
"""Characters of a page; a book is a tenth of it."""

_LINE_END = re.compile(r"\r\n|[\n\r]")
_SPACE = re.compile(r"\s*")
_FORMATTING = ("em_open", "em_close", "strong_open", "strong_close", "s_open", "s_close")


def markdown_blocks(raw: str, where: str) -> tuple[Block, ...]:
    """The headings, paragraphs, list items and cells of a page, and the strings of its head.

    Args:
        raw: the decoded file.
        where: its name, for messages.

    Raises:
        ReadError: too large, or its front matter is not YAML.
    """
    from markdown_it import MarkdownIt

    if len(raw) > LARGEST:
        raise ReadError(where, f"the page has more than {LARGEST:,} characters", "split it")
    head = front_matter(raw, where)
    # `text_join` would hide which characters were escapes and entities.
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("text_join")
    starts = [0, *(m.end() for m in _LINE_END.finditer(raw))]
    first = bisect_right(starts, head.end) - 1
    blocks = list(head.blocks)
    kind, row, cursor = BlockKind.PARAGRAPH, -1, 0
    for token in parser.parse(_LINE_END.sub("\n", raw[head.end :])):
        if token.type in ("heading_open", "paragraph_open"):
            heading = token.type == "heading_open"
            kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
        elif token.type in ("th_open", "td_open"):
            kind = BlockKind.PARAGRAPH
        elif token.type == "inline" and token.map and token.content.strip():
            line = token.map[0] + first
            # The cells of a row lie on one line: the next one begins behind the last.
            cursor = cursor if row == line else starts[line]
            row = line
            lines = [(starts[n], _end(starts, n, raw)) for n in range(line, token.map[1] + first)]
            offsets = _place(token.content, raw, lines, cursor)
            if offsets is not None:
                cursor = offsets.to_origin(0, len(offsets))[1]
                block = _block(token, offsets, kind)
                if block is not None:
                    blocks.append(block)
    return tuple(blocks)


def _end(starts: Sequence[int], line: int, raw: str) -> int:
    return starts[line + 1] if line + 1 < len(starts) else len(raw)


def _place(
    content: str, raw: str, lines: Sequence[tuple[int, int]], cursor: int
) -> OffsetMap | None:
    """Where the content of a block lies: markdown-it cut marks and indents from its lines."""
    builder = TextBuilder()
    for (start, end), text in zip(lines, content.split("\n"), strict=False):
        at = raw.find(text, max(start, cursor), end)
        if at >= 0:
            builder.copy(text, at)
        else:
            _place_cell(text, raw, max(start, cursor), end, builder)
        builder.replace("\n", end - 1, end)
    text, offsets = builder.build()
    return offsets.slice(0, len(content)) if text.startswith(content) else None


def _place_cell(text: str, raw: str, start: int, end: int, builder: TextBuilder) -> None:
    r"""Appends the content of a cell: `a \| b` in the table is `a | b` in its content."""
    parts = text.split("|")
    found = re.compile(r"\\?\|".join(f"({re.escape(part)})" for part in parts))
    match = found.search(raw, start, end)
    if match is None:
        # A tab that was widened, a zero byte that was replaced: the line as a whole.
        builder.replace(text, start, end, whole=True)
        return
    for number, part in enumerate(parts, 1):
        if number > 1:
            builder.replace("|", match.end(number - 1), match.start(number))
        builder.copy(part, match.start(number))


def _block(token: Any, offsets: OffsetMap, kind: BlockKind) -> Block | None:
    builder = TextBuilder()
    _inline(token.children or (), token.content, builder)
    text, inner = builder.build()
    if not text.strip():
        return None
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    return Block(kind, text[left:right], inner.over(offsets).slice(left, right))


def _inline(children: Sequence[Any], content: str, builder: TextBuilder) -> int:
    """Appends the text of inline tokens as it stands in `content`; returns where they end."""
    at = 0
    for token in children:
        if token.type == "text":
            at = _copy(token.content, content, at, builder)
        elif token.type == "code_inline":
            at = _past(content, _copy(token.content, content, at, builder), token.markup)
        elif token.type == "text_special":
            place = content.find(token.markup, at)
            at = place + len(token.markup) if place >= 0 else at
            builder.replace(token.content, at - len(token.markup), at, whole=True)
        elif token.type in ("softbreak", "hardbreak"):
            at = _copy("\n", content, at, builder)
        elif token.type == "image":
            at = _after_link(content, _copy(token.content, content, at + 2, builder))
        else:
            at = _after_mark(token, content, at)
    return at


def _after_mark(token: Any, content: str, at: int) -> int:
    """Behind a mark that is no text."""
    if token.type == "html_inline":
        return _past(content, at, token.content)
    if token.type in _FORMATTING:
        return at + len(token.markup) if content.startswith(token.markup, at) else at
    if token.type == "link_open" or token.markup == "autolink":
        return at + 1
    return _after_link(content, at) if token.type == "link_close" else at


def _copy(text: str, content: str, at: int, builder: TextBuilder) -> int:
    place = content.find(text, at)
    if place < 0:
        # Code with line ends in it: `a\nb` is shown as `a b`.
        builder.replace(text, at, at, whole=True)
        return at
    builder.copy(text, place)
    return place + len(text)


def _past(content: str, at: int, mark: str) -> int:
    place = content.find(mark, at)
    return place + len(mark) if place >= 0 else at


def _after_link(content: str, at: int) -> int:
    """Behind the target of a link whose text ends at `at`: `](url "title")`, `][name]` or `]`."""
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    at = _past(content, at, "]")
    if content.startswith("[", at):
        return _past(content, at, "]")
    if not content.startswith("(", at):
        return at
    position = _spaces(content, at + 1)
    target = parseLinkDestination(content, position, len(content))
    if target.ok:
        position = _spaces(content, target.pos)
        title = parseLinkTitle(content, position, len(content))
        position = _spaces(content, title.pos) if title.ok else position
    return _past(content, position, ")")


def _spaces(content: str, at: int) -> int:
    space = _SPACE.match(content, at)
    return space.end() if space else at
