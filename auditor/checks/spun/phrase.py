"""A phrase that stands where another belongs, as a word-for-word rewriter leaves it.

What it finds: names and fixed expressions with one word replaced, forms that such programs are
known to leave, months named by a homograph, and Chinese words broken by a replacement across
their boundary; each with what probably stood there.

Why it matters: the reader meets a party, a court or a date that does not exist.

Example: "Wall Avenue" for Wall Street, "Could 31" for May 31, 噴鼻港 for 香港.

Leaves alone: "get together" as a meeting, "Could 31 people be wrong?", 首要 and 寧靜 where they
fit; any phrase whose repair the words around it do not expect.

Source: EVIDENCE.md, "Repair tests beat surprise": candidate, gain of the language model (English:
the trigram model of pocketsphinx; Chinese: word frequencies), then whether the repaired sentence
comes closer to the aligned version. Stable in a document that `spun/document` would judge spun,
and elsewhere where gain and comparison agree; otherwise preview.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from auditor.core import (
    Context,
    Document,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.lang import base
from auditor.text import spun
from auditor.text.closer import CLOSER, MUCH_CLOSER, agreed, rises_towards
from auditor.text.substitution import Kind, Substitution

MOST_TIMES = 1000.0
"""No more is said: the model's larger numbers mean no more."""
VERIFIED_SHARE = 4
"""At most one sentence in so many is encoded again, the greatest gains first."""
VERIFIED_LEAST = 4
"""Candidates that are always compared, in a text however short."""

_Place = tuple[Segment, Substitution]
_WHY = {
    Kind.TELL: "a form that word-for-word rewriting leaves",
    Kind.MONTH: "only the name of a month can stand here",
    Kind.BOUNDARY: "the replacement broke a word",
    Kind.FAINT: "a form that word-for-word rewriting leaves",
    Kind.NEAR: "a word near in meaning fits far better",
}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each phrase.

    Args:
        document: the version judged.
        context: gives its segments, their counterparts and similarities.
    """
    if not spun.supports(document.lang):
        return
    segments = [s for s in context.segments(document.id) if base(s.lang) == base(document.lang)]
    readings = [spun.read(segment.text, segment.lang) for segment in segments]
    is_spun = spun.judge(readings, document.lang).is_spun
    places = [
        (segment, found)
        for segment, reading in zip(segments, readings, strict=True)
        for found in reading.substitutions
    ]
    compared = _worth_comparing(places, len(segments), is_spun=is_spun)
    rises = dict(zip(map(_key, compared), rises_towards(compared, context), strict=True))
    for segment, found in places:
        rise = rises.get(_key((segment, found)))
        if _is_worth_telling(found, rise or 0.0, is_spun=is_spun):
            yield _finding(segment, found, rise, is_spun=is_spun)


def _key(place: _Place) -> tuple[int, int]:
    return place[0].index, place[1].start


def _worth_comparing(places: Sequence[_Place], segments: int, *, is_spun: bool) -> Sequence[_Place]:
    """The candidates on which a comparison decides, at most the share that may be encoded.

    In a spun text the tells stand without it; elsewhere they come first.
    """
    unsure = (Kind.NEAR,) if is_spun else (Kind.TELL, Kind.BOUNDARY, Kind.NEAR)
    open_places = [place for place in places if place[1].kind in unsure]
    open_places.sort(key=lambda p: (p[1].kind is Kind.NEAR, -p[1].gain))
    return open_places[: max(VERIFIED_LEAST, segments // VERIFIED_SHARE)]


def _is_worth_telling(found: Substitution, rise: float, *, is_spun: bool) -> bool:
    """False for what only one kind of evidence supports.

    8 in 1,000 clean words have a neighbour in meaning that fits better, and 1 in 1,000 is an
    ordinary word with a likelier synonym.
    """
    if found.kind is Kind.NEAR:
        return rise >= MUCH_CLOSER
    if found.kind is Kind.FAINT:
        return is_spun
    return is_spun or found.strong or rise >= CLOSER


def _finding(
    segment: Segment, found: Substitution, rise: float | None, *, is_spun: bool
) -> Finding:
    told = found.kind is not Kind.NEAR
    both = told and agreed(found, rise or 0.0)
    stable = found.kind is Kind.MONTH or both or (is_spun and told)
    reasons = [_WHY[found.kind]]
    if found.gain >= 1 and found.kind is not Kind.MONTH:
        times = min(math.exp(min(found.gain, 10.0)), MOST_TIMES)
        reasons.append(f"the words around it make the other {times:,.0f} times as likely")
    if rise is not None:
        direction = "closer to" if rise >= 0 else "farther from"
        reasons.append(
            f"with it the sentence comes {direction} the aligned version by {abs(rise):.2f}"
        )
    if is_spun:
        reasons.append("the whole text has many of these")
    quoted = segment.text[found.start : found.end]
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE if stable else Tier.PREVIEW,
        severity=Severity.MAJOR if stable else Severity.MINOR,
        confidence=0.95 if is_spun and (both or found.strong) else 0.85 if stable else 0.4,
        message=f"“{quoted}” reads like a substitute for “{found.repair}”: {'; '.join(reasons)}.",
        spans=(segment.span(found.start, found.end),),
        repair=found.repair,
        values=(quoted.casefold(), found.repair.casefold()),
    )


RULE = Rule(
    id="spun/phrase",
    name="Spun phrase",
    mqm="Style/Unidiomatic style",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected",),
    languages=spun.LANGUAGES,
)
