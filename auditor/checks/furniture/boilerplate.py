"""Page furniture in what should be the article.

What it finds: share counters, skip links, navigation, breadcrumbs, cookie notices, comment forms,
reader comments, appeals for money, related links and other pieces of the page that were saved
with the article.

Why it matters: furniture is not part of the text. Republished with it, a story ends in
`Please enter your comment!`; aligned with it, every count of what is missing is wrong.

Example: `25 SHARES 3 0`, `Skip to content`, `Articoli correlati`.

Leaves alone: prose that speaks of sharing, comments or donations; headings of chapters;
captions that say what a picture shows. Bylines, credits of pictures and captions that end on one
are named in a neutral preview finding: they are not compared, nor to be deleted. What the mark-up
of a web page makes its menu, footer or comment form is where it belongs: a neutral preview finding
says that it was left out.

Source: the block kinds that reading and `text/furniture` decide before alignment, so that what
is reported here is exactly what was left out of every comparison.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from auditor.core import (
    Block,
    BlockKind,
    Context,
    Document,
    Finding,
    Rule,
    Scope,
    Severity,
    Span,
    Tier,
)
from auditor.text.furniture import NAMING

CONFIDENCE = 0.9
"""Share of marked stretches that readers called furniture, on the articles read for this rule."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each run of furniture of one kind.

    Args:
        document: its blocks, kinds decided.
        context: not asked.
    """
    del context
    for (kind, note, marked), run in groupby(document.blocks, key=_kind):
        if kind is BlockKind.BOILERPLATE:
            blocks = list(run)
            first, last = blocks[0].offsets, blocks[-1].offsets
            start = first.to_origin(0, len(first))[0]
            end = last.to_origin(0, len(last))[1]
            wanted = marked or note in NAMING
            yield Finding(
                rule=RULE.id,
                tier=Tier.PREVIEW if wanted else Tier.STABLE,
                severity=Severity.NEUTRAL if wanted else Severity.MINOR,
                confidence=CONFIDENCE,
                message=_message(note),
                spans=(Span(document.id, start, end),),
                repair=None if wanted else "",
            )


def _message(note: str) -> str:
    if note in NAMING:
        return f"This names who made the article or a picture, and is not compared: {note}."
    return f"This belongs to the page, not to the article: {note or 'furniture'}."


def _kind(block: Block) -> tuple[BlockKind, str, bool]:
    return block.kind, block.note, block.marked


RULE = Rule(
    id="furniture/boilerplate",
    name="Page furniture",
    mqm="Design and markup/Extraneous content",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
)
