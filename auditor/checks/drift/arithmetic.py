"""Finds numbers of one version that do not fit each other.

What it finds:
    A weekday that was not the day of the date beside it, an age that does not fit the years of
    birth and death (or, where it is known, the day of publication), an anniversary or a number of
    years that two years do not give, a share that is not what the part and the whole give, a rise
    or "doubled" that does not lead from one number to the other, groups that do not add up.

Why it matters:
    It needs no other version: where a sum is wrong, one of its numbers was changed.

Example:
    "12 of the 48 members (40 %)".

Leaves alone:
    Rounded shares; "doubled" that is nearly so; dates without a year; dates before 1920, which may
    be of another calendar; 享年, which may count from one; "including 3 men", who are not all.

Source:
    The Gregorian calendar, and own patterns for English, French, Italian and Chinese.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.checks.encoding import GARBLED
from auditor.core import Context, Evidence, Finding, Rule, Scope, Segment, Severity, Tier
from auditor.text.arithmetic import Misfit, find_misfits
from auditor.text.date_notation import write_date

ID = "drift/arithmetic"
CONFIDENCE = {
    "weekday": 0.9,
    "age": 0.85,
    "anniversary": 0.8,
    "share": 0.8,
    "age today": 0.6,
    "change": 0.6,
    "factor": 0.6,
    "number of years": 0.6,
    "total": 0.6,
}
SURE = 0.8
"""Kinds below this are told on request: a rise may be rounded, a group may overlap another."""


def check(segment: Segment, context: Context) -> Iterable[Finding]:
    """Calculates what the numbers of a sentence say of each other."""
    published = context.story.date
    misfits = find_misfits(segment.text, segment.lang, published)
    if not misfits:
        return
    # The other versions make the same mistake: it was not made in translation.
    known = {
        (m.kind, m.stated, m.computed)
        for s in context.counterparts(segment)
        for m in find_misfits(s.text, s.lang, published)
    }
    for misfit in misfits:
        shared = (misfit.kind, misfit.stated, misfit.computed) in known
        yield _finding(segment, misfit, shared=shared)


def _finding(segment: Segment, misfit: Misfit, *, shared: bool) -> Finding:
    confidence = CONFIDENCE[misfit.kind]
    weak = shared or confidence < SURE
    quote = segment.text[misfit.start : misfit.end]
    places = [segment.span(*place) for place in misfit.others]
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW if weak else Tier.STABLE,
        severity=Severity.MINOR if weak else Severity.MAJOR,
        confidence=confidence,
        message=f"The {misfit.kind} “{quote}” does not fit the numbers beside it: {misfit.reason}.",
        spans=(segment.span(misfit.start, misfit.end),),
        evidence=tuple(
            Evidence(place, segment.text[start:end])
            for place, (start, end) in zip(places, misfit.others, strict=True)
        ),
        repair=write_date("weekday", int(misfit.computed), quote, segment.lang)
        if misfit.kind == "weekday"
        else None,
        values=(misfit.stated, misfit.computed),
    )


RULE = Rule(
    id=ID,
    name="Numbers that do not add up",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.SEGMENT,
    check=check,
    yields_to=(
        *GARBLED,
        *("spam/injected", "spun/phrase", "drift/date", "drift/number"),
    ),
)
