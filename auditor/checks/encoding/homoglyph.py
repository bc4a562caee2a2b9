"""Letters of another script that look the same inside a word.

What it finds:
    Cyrillic and Greek letters in Latin words, Latin letters in Cyrillic and Greek words, words
    wholly made of doubles, katakana for the Chinese character of the same shape. The repair is
    the word in one script.

Why it matters:
    Nobody finds such a word by searching, a screen reader spells it, and it is how forged
    names and spam pass filters.

Example:
    `the [[pаypal]] account`, with a Cyrillic `а`. Repair: `paypal`.

Leaves alone:
    Words in two scripts by design (`iPhone’ом`, `TGFβ`, `µm`), Cyrillic and Greek quoted as
    such, full-width forms, names with letters that have no double.

Source:
    The doubles of Unicode UTS #39; word frequencies from wordfreq say that the repaired word is
    one. Without that the finding is only shown on request.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Document, Finding, Rule, Scope, Segment, Severity, Tier
from auditor.text.homoglyphs import Disguise, find_disguises

RULE_ID = "encoding/homoglyph"
MOST = 100
"""Findings told one by one in a document; the last of them counts the rest."""
KNOWN, UNKNOWN = 0.95, 0.5
"""Confidence where the repaired word is a word, and where it may be a name in two scripts."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each word in disguise."""
    found = [
        (segment, disguise)
        for segment in context.segments(document.id)
        for disguise in find_disguises(segment.text, segment.lang)
    ]
    for number, (segment, disguise) in enumerate(found[:MOST], start=1):
        more = len(found) - MOST if number == MOST else 0
        yield _finding(segment, disguise, more)


def _finding(segment: Segment, disguise: Disguise, more: int) -> Finding:
    word = segment.text[disguise.start : disguise.end]
    names = ", ".join(name.lower() for name in disguise.strangers)
    others = f"; {more} more in this document" if more > 0 else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if disguise.known else Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=KNOWN if disguise.known else UNKNOWN,
        message=f"“{word}” looks like {disguise.repair} but holds {names}{others}.",
        spans=(segment.span(disguise.start, disguise.end),),
        repair=disguise.repair,
        values=(word, disguise.repair),
    )


RULE = Rule(
    id=RULE_ID,
    name="Look-alike letters",
    mqm="Design and markup/Character encoding",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    any_language=True,
)
