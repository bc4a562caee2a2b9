"""A main-text extractor votes on the kinds of a page's blocks; it removes nothing.

trafilatura knows what articles look like but prunes and rewrites the tree, so that it
cannot say where text came from. It is asked only about paragraphs that already look like
furniture: short, or mostly links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from auditor.core import Block, BlockKind

# Beyond this an extractor takes seconds, and a page that long has other troubles.
_MAX_PAGE = 2_000_000
# A menu entry, a share counter, a line of rights; prose is longer.
_SHORT = 120
_SPACE = re.compile(r"\s+")
_FINAL = re.compile(r"[.!?。！？…؟][\"'”’»)\]』」）]*\s*$")


def main_text_vote(raw: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, paragraphs that neither look like prose nor belong to the article marked.

    Args:
        raw: the HTML file.
        blocks: what was read from it.

    Returns:
        The same blocks in the same order; a short paragraph without a full stop which the
        extractor leaves out is boilerplate.
    """
    if not any(_suspicious(block) for block in blocks) or len(raw) > _MAX_PAGE:
        return tuple(blocks)
    article = _article(raw)
    if not article:
        # No vote: a page of headings and links only, or one that the extractor cannot parse.
        return tuple(blocks)
    return tuple(
        replace(block, kind=BlockKind.BOILERPLATE, note="outside the main text", marked=True)
        if _suspicious(block) and _squeezed(block.text) not in article
        else block
        for block in blocks
    )


def _suspicious(block: Block) -> bool:
    """True for a paragraph that is short and no sentence."""
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(block.text) <= _SHORT
        and not _FINAL.search(block.text)
    )


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)


def _article(raw: str) -> str:
    """The text that the extractor takes for the article, without white space."""
    from trafilatura import extract

    try:
        text = extract(raw, include_comments=False, include_tables=True, favor_recall=True)
    except (RecursionError, ValueError, AssertionError):
        return ""
    return _squeezed(text or "")
