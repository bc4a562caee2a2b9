"""The strings of a program and their translations, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.core import Block, BlockKind, Document, Span, Story

# What stands between the quotation mark of a file and the first or last letter of its string.
_SPACE_BEFORE = re.compile(r"(?:(?P<quote>[\"'])(?P<space>(?:[ \t]|\\[nt])*))\Z")
_SPACE_AFTER = re.compile(r"(?P<space>(?:[ \t]|\\[nt])*)[\"']")
_WINDOW = 200


@dataclass(frozen=True, slots=True)
class StringPair:
    """A string of one version and those that have its key in the version it is compared with.

    Attributes:
        ours: the string that is judged.
        document: its document.
        theirs: strings of the other version, at least one; several where it has plural forms.
        other: their document.
    """

    ours: Block
    document: Document
    theirs: tuple[Block, ...]
    other: Document


def string_pairs(story: Story) -> Iterator[StringPair]:
    """Every string of a version beside its source, or beside the first version of the story.

    Args:
        story: documents that are no string files have no pairs, but for their front matter.
    """
    if not story.documents:
        return
    first = story.document(story.source) if story.source else story.documents[0]
    known = _by_key(first)
    for document in story.documents:
        relation = story.relation(first.id, document.id)
        if document is first or relation is None or not relation.kind.same_text:
            continue
        for block in document.blocks:
            theirs = known.get(block.key, ()) if block.kind is BlockKind.STRING else ()
            if theirs and block.key and block.text:
                yield StringPair(block, document, tuple(theirs), first)


def _by_key(document: Document) -> dict[str, list[Block]]:
    held: dict[str, list[Block]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.STRING and block.key and block.text:
            held.setdefault(block.key, []).append(block)
    return held


def span_of(document: Document, block: Block, start: int = 0, end: int | None = None) -> Span:
    """The place in the file of a part of a block's text; all of it when not said otherwise."""
    stop = len(block.text) if end is None else end
    return Span(document.id, *block.offsets.to_origin(start, stop))


def edges(document: Document, block: Block) -> tuple[str, str] | None:
    """The white space at both ends of a string between quotation marks, as the file writes it.

    Returns:
        None for a string that has no quotation marks in its file: nobody can tell its spaces.
    """
    start, end = block.offsets.to_origin(0, len(block.text))
    before = _SPACE_BEFORE.search(document.raw, max(0, start - _WINDOW), start)
    after = _SPACE_AFTER.match(document.raw, end, end + _WINDOW)
    return (before["space"], after["space"]) if before and after else None
