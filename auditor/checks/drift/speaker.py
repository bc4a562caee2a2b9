"""Finds words that one version gives to another person than the others do.

What it finds:
    A sentence with one name beside its word of saying (said Horn, selon Horn, 霍恩表示) where the
    other version has another person there: one of two who are named in both, or somebody whom only
    this version names.

Why it matters:
    Words are put into the mouth of someone who never said them, and each name by itself is right.

Example:
    « Le musée restera », a déclaré Demers, where the English version has "said Horn".

Leaves alone:
    A speaker who is a pronoun, an office or an acronym in one of the versions; sentences in which
    two people speak; "a spokesman for Horn"; the same name in another form, script or order;
    languages whose words of saying are not known.

Source:
    Measured on NTREX-128, and on the same lines with two names exchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.core import (
    Context,
    Evidence,
    Fact,
    Finding,
    Passage,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.text.matching import Comparison, Stated
from auditor.text.name_matching import strange
from auditor.text.names import NAME, find_names
from auditor.text.speakers import SPEAKER, find_speakers, may_be, speaker_conflicts
from auditor.text.witnesses import Dissent, Statement, dissents

ID = "drift/speaker"
HOW = Comparison(agree=may_be)
CONFIDENCE = {True: 0.7, False: 0.5}
WEAK_PASSAGE = 0.25
"""Below this the versions may not say the same at all."""
REACH = 2
"""Sentences on either side in which a person may be named whose words these are."""
MAX_QUOTED = 4


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares who speaks in the versions of a passage."""
    if passage.confidence < WEAK_PASSAGE:
        return

    def find(segment: Segment) -> Sequence[Fact]:
        return find_speakers(segment.text, segment.lang)

    for dissent in dissents(passage, context, find, (SPEAKER,), HOW, speaker_conflicts):
        exchanged = _are_exchanged(dissent, context)
        if exchanged is not None:
            yield _finding(dissent, exchanged=exchanged)


def _are_exchanged(dissent: Dissent, context: Context) -> bool | None:
    """True when each version names both people; False when neither names the other's; else None.

    Named in one version only, somebody may well be the same person under another name.
    """
    here, there = dissent.statement, dissent.against[0]
    named = _is_named(here, there, context), _is_named(there, here, context)
    return named[0] if named[0] == named[1] else None


def _is_named(speaker: Statement, there: Statement, context: Context) -> bool:
    segments = context.segments(there.segment.document)
    at = there.segment.index
    near = segments[max(0, at - REACH) : at + REACH + 1]
    names = [name for s in near for name in find_names(s.text, s.lang)]
    text = " ".join(s.text for s in near)
    return not strange([replace(speaker.fact, kind=NAME)], names, Stated(names, text))


def _finding(dissent: Dissent, *, exchanged: bool) -> Finding:
    statement = dissent.statement
    others = ", ".join(f"“{s.quote}” in {s.segment.document}" for s in dissent.against[:MAX_QUOTED])
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE[exchanged],
        message=f"These are the words of “{statement.quote}” here, but of {others}.",
        spans=(statement.span,),
        evidence=tuple(Evidence(s.span, s.quote) for s in dissent.against),
        values=(statement.fact.value, dissent.against[0].fact.value),
    )


RULE = Rule(
    id=ID,
    name="Speaker drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=("drift/name", "spam/injected", "spun/phrase"),
    needs_counterpart=True,
)
