"""Advertising that somebody put into the text: gambling, adult, loans, pharmacy, papers.

What it finds:
    Key phrases of spam trades where the text does not need them: inside a word that is
    whole without them, between words of a sentence about something else, as a sentence
    of their own, in hidden elements of a page. Inside a word, as a sentence that sells, and,
    beside another version, between words, also what no list knows (preview, unless that
    version speaks clearly against it).

Why it matters:
    A hacked or scraped page advertises under the name of its publisher, and readers and
    search engines hold the publisher to it.

Example:
    The minister raised the is[[online casino bonus]]sue on Monday. Repair: delete it.

Leaves alone:
    Articles about casinos, lotteries, loans, drugs or spam itself: their other sentences
    name the trade too, or the other versions do. A bare term such as `casino` in a sentence
    that needs it, and what stands in quotation marks. A word alone is never enough.

Source:
    The test by deletion is the one used against text spliced into pages: neighbours that
    become a word again. Word frequencies from wordfreq, similarity from the run's encoder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.core import (
    Context,
    Document,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Tier,
)
from auditor.text import spam_signs
from auditor.text.spam import Hit
from auditor.text.spam_evidence import Unknown, known_signs, silent_versions, unknown_pieces
from auditor.text.spam_hidden import never_shown
from auditor.text.spam_place import Place, find_places, other_terms
from auditor.text.spam_sentences import Pitch, find_pitches
from auditor.text.spam_signs import confidence, reasons, weigh

RULE_ID = "spam/injected"
CERTAIN, UNCERTAIN = 0.9, 0.6
"""Confidence in text inside a word that no list knows, with and without clear evidence."""
REASONS = 3
"""Reasons that are told: more is no longer read."""
HIDDEN = 3.0
"""Log-odds of advertising that a reader never sees."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each piece of spam in a document."""
    segments = context.segments(document.id)
    places = find_places(segments, document.lang)
    telling: dict[Segment, float] = {}
    for place, signs in zip(places, known_signs(places, context), strict=True):
        log_odds = weigh(signs)
        if _tells(place, places):
            telling[place.segment] = max(log_odds, telling.get(place.segment, log_odds))
        if log_odds < spam_signs.PREVIEW:
            continue
        span = place.segment.span() if place.alone else place.segment.span(place.start, place.end)
        silent = context.counterparts(place.segment) if signs.named is False else ()
        yield _finding(place.hit, span, log_odds, "; ".join(reasons(signs)[:REASONS]), silent)
    for piece in unknown_pieces(segments, places, context):
        yield _unknown(piece, context)
    for pitch in find_pitches(segments, context, telling):
        yield _pitched(pitch)
    for hit, span, doubtful, why in never_shown(document, {p.hit.trade.name for p in places}):
        yield _finding(hit, span, 0.0 if doubtful else HIDDEN, why, ())


def _tells(place: Place, places: Sequence[Place]) -> bool:
    """True for a key phrase that is no word of every day, not quoted, and not the subject."""
    return not (place.hit.ordinary or place.quoted) and other_terms(place, places) < 1


def _unknown(piece: Unknown, context: Context) -> Finding:
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if piece.certain else Tier.PREVIEW,
        severity=Severity.CRITICAL,
        confidence=CERTAIN if piece.certain else UNCERTAIN,
        message=f"Reads like text spliced in: {piece.why}.",
        spans=(piece.segment.span(piece.start, piece.end),),
        evidence=silent_versions(context.counterparts(piece.segment)),
        repair="",
        values=("unknown",),
    )


def _pitched(pitch: Pitch) -> Finding:
    first, last = pitch.segments[0].span(), pitch.segments[-1].span()
    why = "it asks the reader to buy or write, and the rest is about something else"
    also = "; no other version has anything like it" if pitch.unlike else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if pitch.certain else Tier.PREVIEW,
        severity=Severity.CRITICAL if pitch.certain else Severity.MAJOR,
        confidence=CERTAIN if pitch.certain else UNCERTAIN,
        message=f"Reads like injected advertising: {why}{also}.",
        spans=(Span(first.document, first.start, last.end),),
        repair="",
        values=("pitch",),
    )


def _finding(hit: Hit, span: Span, log_odds: float, why: str, silent: Sequence[Segment]) -> Finding:
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if log_odds >= spam_signs.STABLE else Tier.PREVIEW,
        severity=Severity.CRITICAL,
        confidence=confidence(log_odds),
        message=f"Reads like injected advertising ({hit.trade.name}): {why}.",
        spans=(span,),
        evidence=silent_versions(silent),
        repair="",
        values=(hit.trade.name,),
    )


RULE = Rule(
    id=RULE_ID,
    name="Injected spam",
    mqm="Accuracy/Addition",
    severity=Severity.CRITICAL,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    any_language=True,
    version=2,
)
