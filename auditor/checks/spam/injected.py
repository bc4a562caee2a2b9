"""Advertising that somebody put into the text: gambling, adult, loans, pharmacy, papers.

What it finds:
    Key phrases of spam trades where the text does not need them: inside a word that is
    whole without them, between words of a sentence about something else, as a sentence
    of their own, in hidden elements of a page.

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
    BlockKind,
    Context,
    Document,
    Evidence,
    Finding,
    Phrase,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Tier,
)
from auditor.text import spam_signs
from auditor.text.spam import Hit, names_trade
from auditor.text.spam_lexicon import knows_spam
from auditor.text.spam_place import Place, advertising_ranges, find_places, other_terms
from auditor.text.spam_signs import Signs, confidence, reasons, weigh

RULE_ID = "spam/injected"
HIDDEN = 3.0
"""Log-odds of advertising that a reader never sees."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each piece of spam in a document."""
    places = find_places(context.segments(document.id), document.lang)
    for place, signs in zip(places, _signs(places, context), strict=True):
        log_odds = weigh(signs)
        if log_odds < spam_signs.PREVIEW:
            continue
        span = place.segment.span() if place.alone else place.segment.span(place.start, place.end)
        silent = context.counterparts(place.segment) if signs.named is False else ()
        yield _finding(place.hit, span, log_odds, "; ".join(reasons(signs)), silent)
    yield from _in_hidden(document)


def _signs(places: Sequence[Place], context: Context) -> Iterator[Signs]:
    """What is known of each key phrase; all similarities are asked for at once."""
    pairs = [pair for place in places for pair in _comparisons(place, context)]
    similarity = dict(zip(pairs, context.similarities(pairs), strict=True))
    quoted = any(place.quoted for place in places)
    for place in places:
        values = [similarity[pair] for pair in _comparisons(place, context)]
        yield Signs(
            gain=place.gain,
            ordinary=place.hit.ordinary,
            advertises=place.advertises,
            specific=place.specific,
            share=(place.end - place.start) / len(place.around),
            alone=place.alone,
            quoted=place.quoted,
            cited=quoted,
            needed=place.needed,
            topic=values[0] if values else spam_signs.UNRELATED,
            rest=values[1] if values else spam_signs.UNRELATED_REST,
            others=other_terms(place, places),
            named=_is_named(place, context),
            closer=values[3] - values[2] if values[2:] else 0.0,
        )


def _comparisons(place: Place, context: Context) -> list[tuple[Phrase, Phrase]]:
    """The sentence with the trade; its passage with the other version; both without the phrase."""
    lang = place.segment.lang
    if not context.can_compare(lang):
        return []
    topic = Phrase(place.hit.trade.topic, lang)
    pairs = [(Phrase(place.around, lang), topic), (Phrase(place.rest, lang), topic)]
    passage = context.passage_of(place.segment)
    there = context.counterparts(place.segment)
    if passage and there and context.can_compare(there[0].lang):
        first = [s.text for s in there if s.document == there[0].document]
        other = Phrase(" ".join(first), there[0].lang)
        for text in (place.around, place.rest):
            own = passage.of(place.segment.document)
            whole = " ".join(text if s == place.segment else s.text for s in own)
            pairs.append((Phrase(whole, lang), other))
    return pairs


def _is_named(place: Place, context: Context) -> bool | None:
    """Whether another version names the trade in the same place; None when nobody can tell."""
    there = [s for s in context.counterparts(place.segment) if knows_spam(s.lang)]
    if not there:
        return None
    return any(names_trade(s.text, s.lang, place.hit.trade.name) for s in there)


def _in_hidden(document: Document) -> Iterator[Finding]:
    """Key phrases in elements that a reader never sees."""
    for block in document.blocks:
        if block.kind is BlockKind.HIDDEN:
            for hit, start, end in advertising_ranges(block.text, document.lang):
                span = Span(document.id, *block.offsets.to_origin(start, end))
                yield _finding(hit, span, HIDDEN, f"it is hidden ({block.note or 'not shown'})", ())


def _finding(hit: Hit, span: Span, log_odds: float, why: str, silent: Sequence[Segment]) -> Finding:
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if log_odds >= spam_signs.STABLE else Tier.PREVIEW,
        severity=Severity.CRITICAL,
        confidence=confidence(log_odds),
        message=f"Reads like injected advertising ({hit.trade.name}): {why}.",
        spans=(span,),
        evidence=tuple(Evidence(s.span(), "does not mention it") for s in silent),
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
)
