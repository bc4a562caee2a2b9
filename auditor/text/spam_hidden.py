"""Key phrases of spam where no reader sees them: hidden elements, comments, attributes."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from auditor.core import BlockKind, Document, Span
from auditor.text.attributes import attributes
from auditor.text.spam import Hit
from auditor.text.spam_place import advertising_ranges


def never_shown(
    document: Document, named: AbstractSet[str]
) -> Iterator[tuple[Hit, Span, bool, str]]:
    """Yields key phrases that no reader sees.

    Args:
        document: its hidden blocks and, in a page, the attributes of its tags are searched.
        named: the trades that its visible text names: a page about casinos links to them.

    Yields:
        The phrase, its place, whether it is doubtful, and where it stands.
    """
    for block in document.blocks:
        if block.kind is BlockKind.HIDDEN:
            for hit, start, end in advertising_ranges(block.text, document.lang):
                span = Span(document.id, *block.offsets.to_origin(start, end))
                yield hit, span, False, f"it is hidden ({block.note or 'not shown'})"
    for attribute in attributes(document.raw):
        for hit, start, end in advertising_ranges(attribute.text, document.lang):
            span = Span(document.id, attribute.start + start, attribute.start + end)
            doubtful = hit.trade.name in named
            yield hit, span, doubtful, f"it stands in the attribute {attribute.name}"
