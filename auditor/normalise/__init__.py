"""Stage 2: text as later stages compare it, with the way back to every character of the file."""

from __future__ import annotations

from dataclasses import replace

from auditor.core import Block, Document
from auditor.normalise.unicode import normalise_text

__all__ = ["normalise", "normalise_text"]


def normalise(document: Document) -> Document:
    """The document with each block's text normalised and its offsets composed to the file.

    Args:
        document: as `read` gave it.

    Returns:
        The same blocks in the same order. A block of nothing but invisible characters has an
        empty text.
    """
    return replace(document, blocks=tuple(_normalised(block) for block in document.blocks))


def _normalised(block: Block) -> Block:
    text, offsets = normalise_text(block.text)
    if text == block.text:
        return block
    return replace(block, text=text, offsets=offsets.over(block.offsets))
