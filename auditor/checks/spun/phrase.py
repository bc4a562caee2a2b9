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
where weak forms need gain, frequency and comparison together, and elsewhere where gain and
comparison agree; otherwise preview.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from auditor.checks.encoding import GARBLED
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
from auditor.text import spun
from auditor.text.closer import CLOSER, MUCH_CLOSER, Place, agreed, compared
from auditor.text.rewritten import judged
from auditor.text.substitution import Kind, Substitution, apart

MOST_TIMES = 1000.0
"""No more is said: the model's larger numbers mean no more."""

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
    known = judged(document, context)
    segments, is_spun = known.segments, known.judgment.is_spun
    places = [
        (segment, found)
        for segment, reading in zip(segments, known.readings, strict=True)
        for found in reading.substitutions
        if is_spun or found.kind is not Kind.FAINT
    ]
    by_segment: dict[int, list[Place]] = {}
    for place in compared(places, len(segments), context, is_spun=is_spun):
        if _is_worth_telling(place, is_spun=is_spun):
            by_segment.setdefault(place[0].index, []).append(place)
    for kept in by_segment.values():
        for segment, found in _as_told(kept):
            yield _finding(segment, found, is_spun=is_spun)


def _as_told(kept: Sequence[Place]) -> Iterator[Place]:
    """What was kept in one sentence, parts of one phrase joined; neighbours never join."""
    segment = kept[0][0]
    told = [found for _, found in kept if found.kind is not Kind.NEAR]
    whole = spun.phrases(segment.text, segment.lang, told)
    near = [found for _, found in kept if found.kind is Kind.NEAR]
    yield from ((segment, found) for found in [*whole, *apart(near, whole)])


def _is_worth_telling(place: Place, *, is_spun: bool) -> bool:
    """False for what only one kind of evidence supports.

    8 in 1,000 clean words have a neighbour in meaning that fits better, and 1 in 1,000 is an
    ordinary word with a likelier synonym; a repair that leads away from the aligned version
    repairs nothing.
    """
    segment, found = place
    rise = found.rise or 0.0
    if found.kind is Kind.NEAR:
        return rise >= MUCH_CLOSER
    if is_spun:
        return spun.believed(found, segment.lang)
    return rise >= 0 and (found.strong or rise >= CLOSER)


def _finding(segment: Segment, found: Substitution, *, is_spun: bool) -> Finding:
    rise = found.rise
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
    yields_to=("spam/injected", *GARBLED),
    languages=spun.LANGUAGES,
)
