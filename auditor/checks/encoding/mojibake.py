"""Text that was decoded with another encoding than it was written in.

What it finds:
    UTF-8 read as windows-1252 and its like, once or twice over; windows-1252 read as latin-1;
    Cyrillic and Chinese read as western European; UTF-8 read as GBK. The repair is what was
    written, where it can be computed.

Why it matters:
    Readers see it at once, and nothing of it can be searched, quoted or translated.

Example:
    `l[[â€™]]accord de MontrÃ©al`. Repair: `’`.

Leaves alone:
    What only looks odd: `é »` before a French quotation mark, `SÃO PAULO`, names with rare
    letters, a passage that quotes a garbled word in quotation marks to speak about it.

Source:
    ftfy's detector of sequences that no language writes (Apache-2.0); Python's codecs.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Document, Finding, Rule, Scope, Severity, Span, Tier
from auditor.text.mojibake import Garbled, find_mojibake
from auditor.text.raw_text import content_pieces

RULE_ID = "encoding/mojibake"
MOST = 100
"""Findings told one by one in a document; the last of them counts the rest."""
CONFIDENCE = 0.95
"""A sequence that decodes to text by chance and is no text itself: none in 10,000 clean lines."""
OPENING, CLOSING = "\"'“‘«「『`", "\"'”’»」』`"


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each stretch in the wrong encoding."""
    del context
    found = [
        (piece.start, garbled)
        for piece in content_pieces(document)
        for garbled in find_mojibake(piece.text)
        if not _is_cited(piece.text, garbled)
    ]
    for number, (offset, garbled) in enumerate(found[:MOST], start=1):
        more = len(found) - MOST if number == MOST else 0
        yield _finding(document, offset, garbled, more)


def _is_cited(text: str, garbled: Garbled) -> bool:
    """True for `Ã©` in quotation marks by itself: the text speaks about it."""
    before = text[garbled.start - 1] if garbled.start else ""
    after = text[garbled.end : garbled.end + 1]
    return bool(before and after) and before in OPENING and after in CLOSING


def _finding(document: Document, offset: int, garbled: Garbled, more: int) -> Finding:
    start, end = offset + garbled.start, offset + garbled.end
    quote = document.raw[start:end]
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in quote[:40])
    was = f": {shown} was {garbled.repair[:40]}" if garbled.repair else f": {shown}"
    others = f"; {more} more in this document" if more > 0 else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=f"This reads like {garbled.how}{was}{others}.",
        spans=(Span(document.id, start, end),),
        repair=garbled.repair,
        values=(garbled.how, garbled.repair or ""),
    )


RULE = Rule(
    id=RULE_ID,
    name="Wrong encoding",
    mqm="Design and markup/Character encoding",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    any_language=True,
)
