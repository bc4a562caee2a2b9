"""The content of a document as it stands in the file, before anything was normalised away.

Later stages compare normalised text, in which invisible characters are gone. Here the file
itself is read, in the ranges that hold content, with mark-up blanked out character for
character, so that every position is a position of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.core import Document

_MARKUP = re.compile(
    r"<!--.{0,20000}?-->"  # <!-- a comment between two words -->
    r"|<(script|style)\b.{0,200000}?</\1\s*>"  # a counter inside a paragraph
    r"|</?[A-Za-z][^<>]{0,4000}>",  # <a href="...">
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RawPiece:
    """The file's own characters of one block.

    Attributes:
        start: where it begins in the file.
        text: the characters, mark-up replaced by as many spaces.
        block: number of the block among the document's.
    """

    start: int
    text: str
    block: int


def content_pieces(document: Document) -> Iterator[RawPiece]:
    """What readers see of a document, block by block, as it stands in the file.

    Args:
        document: its content blocks are read; furniture and hidden elements are not.

    Yields:
        Pieces in the order of the file that never overlap.
    """
    done = 0
    for number, block in enumerate(document.blocks):
        if not block.kind.is_content or not block.text:
            continue
        start, end = block.offsets.to_origin(0, len(block.offsets))
        start = max(start, done)
        if start < end:
            done = end
            raw = document.raw[start:end]
            yield RawPiece(start, _MARKUP.sub(_blank, raw) if "<" in raw else raw, number)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
