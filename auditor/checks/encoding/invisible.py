"""Characters that nobody sees, or that show as a box, where they have no use.

What it finds:
    Zero-width characters and soft hyphens that cut a word where no word is cut, direction
    controls in text of one direction, direction overrides, hidden text in tag characters and
    variation selectors, control characters, private-use characters, and the replacement
    character that stands for what was lost.

Why it matters:
    Search does not find a word that is cut so, screen readers spell it, and hidden text is how
    spam passes filters. A lost character is a letter that readers miss.

Example:
    `ca[[U+200B]]sino` reads as one word and is none. Repair: delete it.

Leaves alone:
    Joiners in Persian, Indic scripts and emoji; direction marks beside Arabic and Hebrew; soft
    hyphens where words break; zero-width spaces in Thai, Khmer and at the edges of words;
    variation selectors behind emoji and ideographs.

Source:
    Unicode UAX #9, UTS #37, UTS #51 and UTR #36, see `text/invisible`.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Document, Finding, Rule, Scope, Severity, Span, Tier
from auditor.text.invisible import Invisible, Odd, find_invisible
from auditor.text.raw_text import content_pieces

RULE_ID = "encoding/invisible"
MOST = 100
"""Findings told one by one in a document; the last of them counts the rest."""
CONFIDENCE = 0.9
PREVIEWED = frozenset({Invisible.PRIVATE, Invisible.DIRECTION, Invisible.FILLER})
"""What harms only where the font or the reader's program cannot cope with it."""
SEVERITIES = {
    Invisible.LOST: Severity.MAJOR,
    Invisible.TAGS: Severity.MAJOR,
    Invisible.OVERRIDE: Severity.MAJOR,
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each run of odd characters of one kind."""
    del context
    found = [
        (piece.start, odd)
        for piece in content_pieces(document)
        for odd in find_invisible(piece.text)
    ]
    for number, (offset, odd) in enumerate(found[:MOST], start=1):
        more = len(found) - MOST if number == MOST else 0
        yield _finding(document, offset, odd, more)


def _finding(document: Document, offset: int, odd: Odd, more: int) -> Finding:
    names = ", ".join(odd.names)
    others = f"; {more} more in this document" if more > 0 else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.PREVIEW if odd.kind in PREVIEWED else Tier.STABLE,
        severity=SEVERITIES.get(odd.kind, Severity.MINOR),
        confidence=CONFIDENCE,
        message=f"Here is a {odd.kind} ({names}){others}.",
        spans=(Span(document.id, offset + odd.start, offset + odd.end),),
        repair="" if odd.deletable else None,
        values=(*odd.names, odd.kind.name),
    )


RULE = Rule(
    id=RULE_ID,
    name="Invisible characters",
    mqm="Design and markup/Character encoding",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    any_language=True,
    yields_to=("encoding/mojibake",),
)
