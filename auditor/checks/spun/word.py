"""A word that was probably put in the place of another, in a version that reads as rewritten.

What it finds: in an English text, or a part of one, that `spun/document` calls spun, the words that
make it so: rarer than their place calls for, not expected by their neighbours, not used
again, and, beside another version, with nothing in it that answers to them. Neighbours are one.

Why it matters: who repairs such a text must find the places, and no list has the words of every
rewriter.

Example: "the council rebuffed the grievance about the sewerage levy" for "rejected the complaint
about the sewage charge".

Leaves alone: every word of a text that reads as sound, however rare; names; what `spun/phrase`
tells with its repair. Chinese, where its odds are too rough: one word in four would be wrong.

Source: the odds of each word by `text/doubts.py` and `text/doubts_beside.py`, and the share of
replaced words that is the likeliest in this text. On documents that nothing was fitted on, with
words replaced from an unseen thesaurus, nine in ten of the words told were put in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.core import Context, Document, Finding, Rule, Scope, Segment, Severity, Tier
from auditor.text import doubts, spun
from auditor.text.closer import CLOSER, rises_towards
from auditor.text.doubts import Doubt
from auditor.text.rewritten import Judged, judged
from auditor.text.substitution import Kind, Reading, Substitution

LEAST = 0.75
"""Probability of having been put in from which a word is told."""
GAP = " -"
"""What may stand between two words that are told as one."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each word, or words in a row.

    Args:
        document: the version judged.
        context: gives its segments, their counterparts and similarities.
    """
    known = judged(document, context)
    for first, last in known.spun_parts(document.lang):
        part = Judged(known.segments[first:last], known.readings[first:last], known.judgment)
        found = list(_words(part, document.lang))
        repairs = _repairs(found, context)
        for segment, word, probability in found:
            repair = repairs.get((segment, word.start, word.end))
            yield _finding(segment, word, probability, repair)


def _words(part: Judged, lang: str) -> Iterator[tuple[Segment, Doubt, float]]:
    """The words of a spun part that were probably put in, neighbours joined."""
    doubted = [doubt for reading in part.readings for doubt in reading.doubts]
    chances = iter(doubts.replaced(doubted, lang))
    for segment, reading in zip(part.segments, part.readings, strict=True):
        told = [s for s in reading.substitutions if s.kind is not Kind.NEAR]
        held: tuple[Doubt, float] | None = None
        for word in reading.doubts:
            chance = next(chances)
            if chance < LEAST or _is_told(word, told):
                continue
            if held and not segment.text[held[0].end : word.start].strip(GAP):
                joined = replace(held[0], end=word.end, beside=word.beside)
                held = (joined, max(held[1], chance))
                continue
            if held:
                yield segment, *held
            held = (word, chance)
        if held:
            yield segment, *held


def _is_told(word: Doubt, told: Sequence[Substitution]) -> bool:
    return any(s.start < word.end and word.start < s.end for s in told)


def _repairs(
    found: Sequence[tuple[Segment, Doubt, float]], context: Context
) -> dict[tuple[Segment, int, int], str]:
    """Neighbours in meaning that fit far better and lead closer to another version."""
    places = [
        (segment, near)
        for segment, word, _ in found
        for near in _near(spun.read(segment.text, segment.lang), word)
    ]
    rises = rises_towards(places, context)
    return {
        (segment, near.start, near.end): near.repair
        for (segment, near), rise in zip(places, rises, strict=True)
        if (rise or 0.0) >= CLOSER
    }


def _near(reading: Reading, word: Doubt) -> Iterator[Substitution]:
    for near in reading.substitutions:
        if near.kind is Kind.NEAR and (near.start, near.end) == (word.start, word.end):
            yield near


def _finding(segment: Segment, word: Doubt, chance: float, repair: str | None) -> Finding:
    quoted = segment.text[word.start : word.end]
    reasons = []
    if word.odds > 0:
        reasons.append("rarer than its place calls for, or less expected beside its neighbours")
    if word.beside is not None and word.beside > word.odds:
        reasons.append("hardly anything in the other version answers to it")
    if repair:
        reasons.append(f"“{repair}” fits better, and brings the sentence closer to that version")
    return Finding(
        rule=RULE.id,
        tier=Tier.PREVIEW,
        severity=Severity.MINOR,
        confidence=round(chance, 2),
        message=f"“{quoted}” may stand for another word: {'; '.join(reasons)}.",
        spans=(segment.span(word.start, word.end),),
        repair=repair,
        values=(quoted.casefold(),),
    )


RULE = Rule(
    id="spun/word",
    name="Spun word",
    mqm="Style/Unidiomatic style",
    severity=Severity.MINOR,
    tier=Tier.PREVIEW,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spun/phrase", "spam/injected", "encoding/mojibake", "encoding/homoglyph"),
    languages=("en",),
)
