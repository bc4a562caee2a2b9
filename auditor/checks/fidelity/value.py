"""Notes values that one version of a passage has and another has nothing for.

What it finds:
    A year, month, price, percentage, measure or long number in one version of a sentence, where
    the other one says the rest of it but no such value, nor another one in its place.

Why it matters:
    A figure that is left out is rarely a mistake and rarely noticed; the reader has less than the
    source said. One that was added came from somewhere.

Example:
    "The bridge cost a lot" where the source says: The bridge cost €4.2 million.

Leaves alone:
    Values that another version contradicts (that is drift); numbers below ten, ages, half and
    100 %, for which languages have words; values that stand within two sentences; "last year" for
    a year; two digits of a year; whole sentences that are missing.

Source:
    Measured on NTREX-128, where translators add and leave out such values too.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.core import Context, Evidence, Finding, Passage, Rule, Scope, Severity, Span, Tier
from auditor.text.lone_values import LoneValue, lone_values

ID = "fidelity/value"
CONFIDENCE = 0.5
WEAK_PASSAGE = 0.4
"""Below this the versions say the same only in part."""
MAX_QUOTED = 4


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares which values the versions of a passage have at all."""
    if passage.confidence < WEAK_PASSAGE:
        return ()
    return tuple(_finding(found) for found in lone_values(passage, context))


def _finding(found: LoneValue) -> Finding:
    first = found.stated[0]
    who = ", ".join(s.segment.document for s in found.stated[:MAX_QUOTED])
    if found.lacking:
        begin, end = found.lacking[0].span(), found.lacking[-1].span()
        place = Span(begin.document, begin.start, end.end)
        message = f"“{first.quote}” in {who} has no counterpart here."
        evidence = tuple(Evidence(s.span, s.quote) for s in found.stated)
    else:
        place = first.span
        message = f"“{first.quote}” has no counterpart in {', '.join(found.others[:MAX_QUOTED])}."
        evidence = ()
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MINOR,
        confidence=CONFIDENCE,
        message=message,
        spans=(place,),
        evidence=evidence,
        values=(first.fact.kind, first.fact.value),
    )


RULE = Rule(
    id=ID,
    name="Value in one version only",
    mqm="Accuracy/Omission",
    severity=Severity.MINOR,
    tier=Tier.PREVIEW,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=(
        "drift/date",
        "drift/number",
        "drift/unit",
        "drift/time",
        "fidelity/omission",
        "fidelity/addition",
        "fidelity/untranslated",
        "fidelity/wrong-language",
        "spam/injected",
        "spun/phrase",
    ),
    needs_counterpart=True,
)
