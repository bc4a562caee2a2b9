"""Recognises page furniture in plain text: what belongs to the page, not to the article.

Share counters, skip links, breadcrumbs, comment forms, appeals for money, related
links, bylines, credits of pictures and reader comments. Each language's wording is data in
`lang/<language>/furniture.toml`; what is written the same everywhere (counters,
breadcrumbs, a passage repeated word for word) needs no language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor.core import Block, BlockKind
from auditor.lang import base, load

LONGEST_WORDS = 30
"""A longer paragraph is prose, even where it begins like furniture."""

EDGE = 0.1
"""Share of the text, from either end, in which breadcrumbs and appeals stand."""

TAIL = 0.6
"""Reader comments and related links stand in the last part of a page."""

COMMENT_MARKS = 2
"""Lines such as `Reply` that make what follows a heading `Comments` a forum."""

LONGEST_MARK = 80

NAMING = frozenset({"byline", "photo credit", "photo caption"})
"""Who wrote, pictured or reported it: not translated, but nothing to be deleted either."""

REPEAT = 60
"""Characters that stand word for word twice in the tail: nobody writes that twice."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a block that is furniture.

    Attributes:
        start: first code point in the block's text.
        end: one past the last.
        note: what it is, such as `share counter`.
    """

    start: int
    end: int
    note: str


@cache
def _patterns(lang: str, place: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, pattern) of a language; English wording appears on pages everywhere.

    Args:
        lang: BCP 47 tag.
        place: `whole` for patterns of a whole short paragraph, `edge` for what is said anywhere in
            one at the edge of the page, `inline` for what is glued into prose, `comment` for the
            lines around a reader's comment.
    """
    return tuple(
        (kind, re.compile("|".join(f"(?:{wording})" for wording in wordings), re.IGNORECASE))
        for tag in dict.fromkeys((lang, base(lang), "en"))
        for kind, wordings in load(tag, "furniture").get(place, {}).items()
    )


# `ACTUALITÉ > Monde`, `Home › World › Asia`, `首頁 » 國際`: a path of short names, no full stop.
_BREADCRUMB = re.compile(
    r"[^\s>›»|.。!?][^>›»|.。!?\n]{0,40}(?:\s*[>›»|]\s*[^\s>›»|.。!?][^>›»|.。!?\n]{0,40}){1,6}"
)

# `Facebook · Twitter | Print`: what stands between the buttons of a row.
_PARTS = re.compile(r"\s*[|·•▪►]\s*")

# `[lol]`, `[quote=Anna]`, `[/b]`: the mark-up of comment forms.
_FORUM_TAG = re.compile(r"\[/?[a-z]{1,8}(?:=[^\]\n]{0,40})?\]")


def mark_furniture(blocks: Sequence[Block], lang: str) -> tuple[Block, ...]:
    """The blocks with furniture told apart from content.

    A paragraph that is furniture changes its kind; one that holds some is split, so
    that the prose around it can still be aligned. What the file's own mark-up already
    called furniture or hidden is left as it is.

    Args:
        blocks: the blocks of one document, in reading order.
        lang: its BCP 47 tag.
    """
    total = sum(len(block.text) for block in blocks) or 1
    tail_from = _comments_from(blocks, lang)
    repeated = _repeated(blocks)
    result: list[Block] = []
    position = 0
    for number, block in enumerate(blocks):
        place = position / total
        position += len(block.text)
        if not block.kind.is_content or block.kind is BlockKind.STRING:
            result.append(block)
        elif number in repeated:
            result.append(_furniture(block, "repeated text"))
        elif number > tail_from:
            result.append(_furniture(block, "reader comments"))
        elif note := _whole(block.text, lang, place):
            result.append(_furniture(block, note))
        else:
            result.extend(_split(block, sorted(_stretches(block.text, lang), key=_start)))
    return tuple(result)


def _furniture(block: Block, note: str) -> Block:
    return replace(block, kind=BlockKind.BOILERPLATE, note=note)


def _start(stretch: Stretch) -> int:
    return stretch.start


def _whole(text: str, lang: str, place: float) -> str:
    """What kind of furniture a whole short paragraph is, or an empty string.

    Args:
        text: the paragraph.
        lang: BCP 47 tag.
        place: where in the document it stands, 0 to 1.
    """
    stripped = text.strip()
    words = len(stripped.split())
    if not stripped or words > LONGEST_WORDS or len(stripped) > 200:
        return ""
    # `Share on Facebook · Send by e-mail · Print` is furniture when each of its parts is.
    kinds = [_kind(part, lang) for part in _PARTS.split(stripped)]
    kind = kinds[0] if all(kinds) else _kind(stripped, lang)
    if kind or EDGE < place < 1 - EDGE:
        return kind
    if words <= 12 and _BREADCRUMB.fullmatch(stripped):
        return "breadcrumb"
    for kind, pattern in _patterns(lang, "edge"):
        # `By Popular Demand` may be a title: nobody is named before it.
        if (place or kind != "byline") and pattern.search(stripped):
            return kind.replace("_", " ")
    return ""


def _kind(text: str, lang: str) -> str:
    """The kind of furniture whose wording a text has from its first letter to its last."""
    for kind, pattern in _patterns(lang, "whole"):
        if pattern.fullmatch(text.rstrip(" .!:…。！：»")) or pattern.fullmatch(text):
            return kind.replace("_", " ")
    return ""


def _comments_from(blocks: Sequence[Block], lang: str) -> int:
    """Number of the block that opens the reader comments; behind the last one if none does.

    A heading such as `Comments (12)` or `Et vous ?` opens them only in the tail, and only
    when what follows shows marks of a forum, or is itself short: an article may end on a
    chapter of that name.
    """
    total = sum(len(block.text) for block in blocks) or 1
    position = 0
    for number, block in enumerate(blocks):
        place = position / total
        position += len(block.text)
        if place < TAIL or len(block.text) > 60:
            continue
        opens = any(
            kind == "comments_heading"
            and pattern.fullmatch(block.text.strip().rstrip(" .!:…。！："))
            for kind, pattern in _patterns(lang, "whole")
        )
        if opens and _is_forum("\n".join(later.text for later in blocks[number + 1 :]), lang):
            return number
    return len(blocks)


def _is_forum(text: str, lang: str) -> bool:
    """True when the end of a page shows the mark-up of forums, or what stands around comments."""
    if _FORUM_TAG.search(text):
        return True
    lines = (line.strip() for line in text.split("\n"))
    marks = (
        any(pattern.fullmatch(line) for _, pattern in _patterns(lang, "comment"))
        for line in lines
        if line and len(line) <= LONGEST_MARK
    )
    return sum(marks) >= COMMENT_MARKS


def _repeated(blocks: Sequence[Block]) -> frozenset[int]:
    """Paragraphs of the tail that repeat an earlier one from its first word to its last."""
    seen: set[str] = set()
    found: set[int] = set()
    for number, block in enumerate(blocks):
        text = " ".join(block.text.split())
        if len(text) >= REPEAT and text in seen and block.kind.is_content:
            found.add(number)
        seen.add(text)
    return frozenset(found)


def _stretches(text: str, lang: str) -> Iterator[Stretch]:
    for kind, pattern in _patterns(lang, "inline"):
        for match in pattern.finditer(text):
            yield Stretch(match.start(), match.end(), kind.replace("_", " "))


def _split(block: Block, stretches: Sequence[Stretch]) -> Iterator[Block]:
    position = 0
    for stretch in stretches:
        if stretch.start < position:
            continue
        yield from _part(block, position, stretch.start, block.kind, block.note)
        yield from _part(block, stretch.start, stretch.end, BlockKind.BOILERPLATE, stretch.note)
        position = stretch.end
    yield from _part(block, position, len(block.text), block.kind, block.note)


def _part(block: Block, start: int, end: int, kind: BlockKind, note: str) -> Iterator[Block]:
    while start < end and block.text[start].isspace():
        start += 1
    while end > start and block.text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Block(kind, block.text[start:end], block.offsets.slice(start, end), block.key, note)
