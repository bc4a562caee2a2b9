"""Finds headings and list items of Markdown that a translation shows as something else.

What it finds:
    A heading whose translation is a heading of another level or a plain paragraph; a list item
    whose translation is none; and the other way round.

Why it matters:
    The table of contents lacks a chapter, and links to it lead nowhere.

Example:
    "[[Orari]]" as a paragraph, where the source has the heading "Hours".

Leaves alone:
    Files that are no Markdown; a heading that is missing (that is an omission); ordered for
    unordered lists; passages of several blocks.

Source:
    CommonMark 0.31, sections 4.2, 4.3 and 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.core import (
    BlockKind,
    Context,
    Document,
    Evidence,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Story,
    Tier,
)

ID = "markup/structure"
CONFIDENCE = 0.9
SURE = 0.5
"""Passages that are less sure may not say the same."""
MARKDOWN = (".md", ".markdown")
_ATX = re.compile(r"[ \t>]*(?:[-*+]\s+)?(#{1,6})[ \t]+")
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_SETEXT = re.compile(r"[^\r\n]*\r?\n[ \t]{0,3}(=+|-+)[ \t]*(?:\r?\n|\Z)")


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Compares what each block of a Markdown page is with its source."""
    pages = [d for d in story.documents if d.id.endswith(MARKDOWN)]
    first = next((d for d in pages if d.id == story.source), None) or next(iter(pages), None)
    if first is None:
        return
    seen: set[tuple[str, int]] = set()
    for passage in context.passages:
        theirs = passage.of(first.id)
        if passage.confidence < SURE or len({s.block for s in theirs}) != 1:
            continue
        there = _what(first, theirs[0])
        for page in pages:
            ours = passage.of(page.id)
            if page is first or len({s.block for s in ours}) != 1:
                continue
            here = _what(page, ours[0])
            if here != there and (page.id, ours[0].block) not in seen:
                seen.add((page.id, ours[0].block))
                evidence = Evidence(theirs[0].span(), there)
                yield _finding(page.id, ours, here, there, evidence)


def _what(page: Document, segment: Segment) -> str:
    """What the block of a segment is, in the words of a message."""
    block = page.blocks[segment.block]
    start = block.offsets.to_origin(0, 1)[0]
    line = page.raw.rfind("\n", 0, start) + 1
    if block.kind is BlockKind.STRING:
        return "a string of the front matter"
    if block.kind is BlockKind.HEADING:
        marks = _ATX.match(page.raw, line)
        if marks:
            return f"a heading of level {len(marks[1])}"
        under = _SETEXT.match(page.raw, line)
        return f"a heading of level {1 if under and under[1][0] == '=' else 2}"
    return "a list item" if _ITEM.match(page.raw, line, start) else "a paragraph"


def _finding(
    id: str, ours: tuple[Segment, ...], here: str, there: str, evidence: Evidence
) -> Finding:
    return Finding(
        rule=ID,
        tier=Tier.STABLE if "heading" in here + there else Tier.PREVIEW,
        severity=Severity.MINOR,
        confidence=CONFIDENCE,
        message=f"This is {here}, and {there} in {evidence.span.document}.",
        spans=(Span(id, ours[0].span().start, ours[-1].span().end),),
        evidence=(evidence,),
        values=(here, there),
    )


RULE = Rule(
    id=ID,
    name="Heading or list changed",
    mqm="Design and markup/Markup tag",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
