"""Advertising that somebody put into the text: gambling, adult, loans, pharmacy, papers.

What it finds
    Key phrases of spam trades where the text does not need them: inside a word that is
    whole without them, between words of a sentence about something else, as a sentence
    of their own, in hidden elements of a page.

Why it matters
    A hacked or scraped page advertises under the name of its publisher, and readers and
    search engines hold the publisher to it.

Example
    The minister raised the is[[online casino bonus]]sue on Monday. Repair: delete it.

Leaves alone
    Articles about casinos, lotteries, loans, drugs or spam itself: their other sentences
    name the trade too, or the other versions do. A bare term such as `casino` in a sentence
    that needs it, and what stands in quotation marks. A word alone is never enough.

Source
    The test by deletion is the one used against text spliced into pages: neighbours that
    become a word again. Word frequencies from wordfreq, similarity from the run's encoder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

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
from auditor.text.spam import (
    Hit,
    best_range,
    find_hits,
    is_needed,
    is_quoted,
    is_specific,
    is_word,
    knows_spam,
    names_trade,
)
from auditor.text.spam_signs import (
    BROKEN_WORD,
    PREVIEW,
    STABLE,
    UNRELATED,
    UNRELATED_REST,
    Signs,
    confidence,
    reasons,
    weigh,
)

RULE_ID = "spam/injected"
WHOLE_HIDDEN = 400
"""A hidden element up to this length is spam as a whole; in a longer one the phrase is."""
ALONE = 0.4
"""Letters that a sentence has beside the phrase, by those of the phrase, to be called alone."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A key phrase in a segment: `[start, end)` is the piece to take out."""

    hit: Hit
    segment: Segment
    start: int
    end: int
    gain: float
    advertises: bool

    @property
    def is_ordinary(self) -> bool:
        """A word of every day that neither a modifier nor a broken word speaks against."""
        return self.hit.ordinary and not self.advertises and self.gain < BROKEN_WORD

    @property
    def rest(self) -> str:
        return self.segment.text[: self.start] + self.segment.text[self.end :]

    @property
    def alone(self) -> bool:
        return sum(map(str.isalnum, self.rest)) <= ALONE * (self.end - self.start)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each piece of spam in a document."""
    found = _in_segments(context.segments(document.id), document.lang)
    for item, signs in zip(found, _signs(found, context), strict=True):
        log_odds = weigh(signs)
        if log_odds >= PREVIEW and not item.is_ordinary:
            span = item.segment.span() if item.alone else item.segment.span(item.start, item.end)
            counterparts = context.counterparts(item.segment) if signs.named is False else ()
            yield _finding(item.hit, span, log_odds, "; ".join(reasons(signs)), counterparts)
    yield from _in_hidden(document)


def _in_segments(segments: Sequence[Segment], lang: str) -> list[_Found]:
    """Every key phrase of the text, searched at once: the cost is by call, not by length."""
    starts = list(accumulate((len(s.text) + 1 for s in segments), initial=0))
    found = []
    for hit in find_hits("\n".join(s.text for s in segments), lang):
        start, end, gain, weight = best_range(hit, lang)
        if gain == 0 and not is_word(hit):
            continue
        segment = segments[bisect_right(starts, start) - 1]
        offset = starts[bisect_right(starts, start) - 1]
        advertises = hit.advertising or hit.contact or weight >= 1
        found.append(_Found(hit, segment, start - offset, end - offset, gain, advertises))
    return found


def _signs(found: Sequence[_Found], context: Context) -> Iterator[Signs]:
    """What is known of each key phrase; all similarities are asked for at once."""
    pairs = [pair for item in found for pair in _comparisons(item, context)]
    similarity = dict(zip(pairs, context.similarities(pairs), strict=True))
    quoted = [is_quoted(f.segment.text, f.start, f.end) for f in found]
    for item, is_cited in zip(found, quoted, strict=True):
        topic, rest, *versions = [similarity[pair] for pair in _comparisons(item, context)] or (
            UNRELATED,
            UNRELATED_REST,
        )
        text = item.segment.text
        yield Signs(
            gain=item.gain,
            advertises=item.advertises,
            specific=is_specific(item.hit),
            share=(item.end - item.start) / len(text),
            alone=item.alone,
            quoted=is_cited,
            cited=any(quoted),
            needed=is_needed(text, item.start, item.end, item.segment.lang),
            topic=topic,
            rest=rest,
            others=_others(item, found),
            named=_is_named(item, context),
            closer=versions[1] - versions[0] if versions else 0.0,
        )


def _comparisons(item: _Found, context: Context) -> list[tuple[Phrase, Phrase]]:
    """The sentence with the trade; with and without the phrase, with the other version."""
    lang = item.segment.lang
    if not context.can_compare(lang):
        return []
    topic = Phrase(item.hit.trade.topic, lang)
    pairs = [(Phrase(item.segment.text, lang), topic), (Phrase(item.rest, lang), topic)]
    other = _other_version(item, context)
    passage = context.passage_of(item.segment)
    if passage and other and context.can_compare(other[0].lang):
        own = passage.of(item.segment.document)
        there = Phrase(" ".join(s.text for s in other), other[0].lang)
        cut = " ".join(item.rest if s == item.segment else s.text for s in own)
        pairs.append((Phrase(" ".join(s.text for s in own), lang), there))
        pairs.append((Phrase(cut, lang), there))
    return pairs


def _other_version(item: _Found, context: Context) -> tuple[Segment, ...]:
    """The same place in the first version that can be compared."""
    others = context.counterparts(item.segment)
    return tuple(s for s in others if s.document == others[0].document)


def _others(item: _Found, found: Sequence[_Found]) -> int:
    """How many other terms of the trade other sentences use in passing."""
    term = item.hit.term
    return len(
        {
            f.hit.term
            for f in found
            if f.hit.trade.name == item.hit.trade.name
            and f.segment != item.segment
            and f.hit.term != term
            and not f.advertises
            and f.gain == 0
        }
    )


def _is_named(item: _Found, context: Context) -> bool | None:
    """Whether another version names the trade in the same place; None when nobody can tell."""
    there = [s for s in context.counterparts(item.segment) if knows_spam(s.lang)]
    if not there:
        return None
    return any(names_trade(s.text, s.lang, item.hit.trade.name) for s in there)


def _in_hidden(document: Document) -> Iterator[Finding]:
    """Key phrases in elements that a reader never sees."""
    for block in document.blocks:
        if block.kind is not BlockKind.HIDDEN:
            continue
        hits = [h for h in find_hits(block.text, document.lang) if h.advertising or h.contact]
        if hits and len(block.text) <= WHOLE_HIDDEN:
            ranges = [(hits[0], 0, len(block.text))]
        else:
            ranges = [(h, *best_range(h, document.lang)[:2]) for h in hits]
        for hit, start, end in ranges:
            span = Span(document.id, *block.offsets.to_origin(start, end))
            yield _finding(hit, span, 3.0, f"it is hidden ({block.note or 'not shown'})", ())


def _finding(
    hit: Hit, span: Span, log_odds: float, why: str, counterparts: Sequence[Segment]
) -> Finding:
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if log_odds >= STABLE else Tier.PREVIEW,
        severity=Severity.CRITICAL,
        confidence=confidence(log_odds),
        message=f"Reads like injected advertising ({hit.trade.name}): {why}.",
        spans=(span,),
        evidence=tuple(Evidence(s.span(), "says nothing of it") for s in counterparts),
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
