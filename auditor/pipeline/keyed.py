"""String files side by side: what has the same key says the same."""

from __future__ import annotations

from auditor.align.notation import PassageTable, Row
from auditor.core import Document, Span, Story


def keyed_table(story: Story) -> PassageTable | None:
    """The passages of a story whose versions are string files.

    Args:
        story: documents as read.

    Returns:
        One passage for each key that two versions have, in the order of the first version that
        has it; None where a version is no string file.
    """
    if len(story.documents) < 2 or not all(map(_is_keyed, story.documents)):
        return None
    places = [_places(document) for document in story.documents]
    keys = dict.fromkeys(key for held in places for key in held)
    rows = tuple(
        Row(f"p{number}", tuple(held.get(key, ()) for held in places))
        for number, key in enumerate(keys, 1)
    )
    ids = tuple(document.id for document in story.documents)
    return PassageTable(story.name, "paragraph", ids, rows)


def _is_keyed(document: Document) -> bool:
    content = [block for block in document.blocks if block.kind.is_content]
    # The title of a page has a key too; its paragraphs have none.
    return bool(content) and all(block.key for block in content)


def _places(document: Document) -> dict[str, tuple[Span, ...]]:
    held: dict[str, tuple[Span, ...]] = {}
    for block in document.blocks:
        if block.kind.is_content and block.text:
            span = Span(document.id, *block.offsets.to_origin(0, len(block.text)))
            held[block.key] = (*held.get(block.key, ()), span)
    return held
