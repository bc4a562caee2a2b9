"""Character references that a reader sees: `&amp;nbsp;`, `&#8217;`.

What it finds:
    Names and numbers of HTML characters that stand in the text as such, because the text was
    escaped twice or never read as a page, and the escapes of JSON. The repair is the character.

Why it matters:
    Readers see code, and a translation of such a string breaks the escape or translates it.

Example:
    `l[[&#8217;]]accord`. Repair: `’`.

Leaves alone:
    Escapes that the file's own format reads (`&amp;` in a web page is `&`), software strings,
    passages about HTML or Unicode, escapes in quotation marks, `R&D;` and other ampersands.

Source:
    The character references of HTML 5.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import (
    BlockKind,
    Context,
    Document,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.text.entities import Escape, find_escapes

RULE_ID = "encoding/entity"
MOST = 100
"""Findings told one by one in a document; the last of them counts the rest."""
CONFIDENCE = 0.95


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each visible escape."""
    found = [
        (segment, escape)
        for segment in context.segments(document.id)
        # A string of a program is often mark-up itself, read by what shows it.
        if segment.kind is not BlockKind.STRING
        for escape in find_escapes(segment.text)
    ]
    for number, (segment, escape) in enumerate(found[:MOST], start=1):
        more = len(found) - MOST if number == MOST else 0
        yield _finding(segment, escape, more)


def _finding(segment: Segment, escape: Escape, more: int) -> Finding:
    quote = segment.text[escape.start : escape.end]
    # `&nbsp;` stands for nothing that could be shown here.
    meant = f"“{escape.repair}”" if escape.repair.strip() else "a space"
    others = f"; {more} more in this document" if more > 0 else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE,
        severity=Severity.MINOR,
        confidence=CONFIDENCE,
        message=f"Readers see {quote} here instead of {meant}{others}.",
        spans=(segment.span(escape.start, escape.end),),
        repair=escape.repair,
        values=(quote, escape.repair),
    )


RULE = Rule(
    id=RULE_ID,
    name="Visible character reference",
    mqm="Design and markup/Character encoding",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    any_language=True,
)
