"""Finds addresses of pages and of people that a translation changed.

What it finds:
    A URL or an e-mail address that differs by a letter or two from the one in the same place of
    another version; as preview, one that is another address, or is missing.

Why it matters:
    Nobody reads an address, and the reader's letter goes nowhere.

Example:
    "Scrivete a [[harbor@island.example]]" where the others have harbour@island.example.

Leaves alone:
    The part that names a language (/en/, fr.example.org, ?lang=it); the full stop of the sentence
    behind an address.

Source:
    RFC 3986 and RFC 5322, as far as people write addresses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.core import (
    Block,
    Context,
    Document,
    Evidence,
    Finding,
    Rule,
    Scope,
    Severity,
    Span,
    Story,
    Tier,
)
from auditor.text.strings import string_pairs
from auditor.text.tags import Part, alike, find_addresses, without_language

ID = "markup/link"
CONFIDENCE = 0.93
CONFIDENCE_OTHER = 0.4
MARKDOWN = (".md", ".markdown")


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Compares the addresses of each string, and of each passage of Markdown pages."""
    for pair in string_pairs(story):
        theirs = [a for block in pair.theirs for a in _addresses(pair.other, [block])]
        yield from _differing(
            pair.document, _addresses(pair.document, [pair.ours]), pair.other, theirs
        )
    first = story.document(story.source) if story.source else story.documents[0]
    for passage in context.passages:
        sides = {id: sorted({s.block for s in passage.of(id)}) for id in passage.documents}
        for document in story.documents:
            pages = first.id.endswith(MARKDOWN) and document.id.endswith(MARKDOWN)
            if pages and document is not first and {first.id, document.id} <= set(sides):
                ours, theirs = (
                    _addresses(page, [page.blocks[at] for at in sides[page.id]])
                    for page in (document, first)
                )
                yield from _differing(document, ours, first, theirs)


def _addresses(document: Document, blocks: Sequence[Block]) -> list[Part]:
    """The addresses of blocks as their file writes them, with places in the file."""
    found: list[Part] = []
    for block in blocks:
        start, end = block.offsets.to_origin(0, len(block.text))
        if document.id.endswith(MARKDOWN):
            # The target of the last link stands behind the last letter that is shown.
            line = document.raw.find("\n", end)
            end = line if line >= 0 else len(document.raw)
        parts = find_addresses(document.raw[start:end])
        found += [Part(p.name, p.start + start, p.end + start) for p in parts]
    return found


def _differing(
    document: Document, ours: Sequence[Part], other: Document, theirs: Sequence[Part]
) -> Iterator[Finding]:
    known = {without_language(part.name) for part in theirs}
    mine = {without_language(part.name) for part in ours}
    lost = [part for part in theirs if without_language(part.name) not in mine]
    for part in ours:
        name = without_language(part.name)
        # The address in a tag may differ while its text is right: a slip is one beside any.
        slip = next((p for p in theirs if alike(name, without_language(p.name))), None)
        if name in known or not (slip or lost):
            continue
        there = slip or lost[0]
        right = other.raw[there.start : there.end]
        yield Finding(
            rule=ID,
            tier=Tier.STABLE if slip else Tier.PREVIEW,
            severity=Severity.MAJOR,
            confidence=CONFIDENCE if slip else CONFIDENCE_OTHER,
            message=f"The address is {part.name} here, and {there.name} in {other.id}.",
            spans=(Span(document.id, part.start, part.end),),
            evidence=(Evidence(Span(other.id, there.start, there.end), right),),
            repair=right if slip else None,
            values=(part.name, there.name),
        )


RULE = Rule(
    id=ID,
    name="Address changed",
    mqm="Design and markup/Link/cross-reference",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
