"""Stage 3: blocks to sentences, each with its way back to the file."""

from __future__ import annotations

from auditor.core import Document, Segment
from auditor.segment.foreign import language_of
from auditor.segment.rules import rules_for
from auditor.segment.sentences import sentences

__all__ = ["segment"]


def segment(document: Document) -> tuple[Segment, ...]:
    """The sentences of a document, in order, of content, furniture and hidden blocks alike.

    Args:
        document: normalised, its language known.

    Returns:
        Segments numbered from 0, each with the kind of its block. Together they hold every
        character of the blocks but white space between sentences.
    """
    rules = rules_for(document.lang)
    segments: list[Segment] = []
    for number, block in enumerate(document.blocks):
        for start, end in sentences(block.text, rules):
            text = block.text[start:end]
            segments.append(
                Segment(
                    document=document.id,
                    index=len(segments),
                    text=text,
                    offsets=block.offsets.slice(start, end),
                    lang=language_of(text, document.lang, rules.starters),
                    block=number,
                    kind=block.kind,
                )
            )
    return tuple(segments)
