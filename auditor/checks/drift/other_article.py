"""Finds numbers that another article on the same events gives otherwise.

What it finds:
    The only number of a sentence in one article and the only one of a sentence in another article,
    not a version of the same text, where a rare name stands beside both, what is said around them
    is alike, they count the same, and neither article has the number of the other anywhere.

Why it matters:
    Two articles of one outlet that give 47 and 74 injured cannot both be right.

Example:
    "Le barrage de Vellano a coûté 74 millions d'euros", where another article has 47.

Leaves alone:
    Versions of one text, which are compared passage by passage; numbers below ten; sentences with
    several numbers of a kind; rounding that is said to be rounding, right conversions; numbers
    beside no rare name or beside another one; dates, which have a rule of their own.

Source:
    Measured on all pairs of different documents of NTREX-128, in one language and across languages.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier
from auditor.text.number_claims import NumberClaim, contradicted, number_claims

ID = "drift/other-article"
CONFIDENCE = 0.45
MAX_QUOTED = 4


def check(story: Story, context: Context) -> Iterable[Finding]:
    """Compares the numbers of different texts."""
    if len(story.lineages()) < 2:
        return ()
    claims = number_claims({d.id: context.segments(d.id) for d in story.documents})
    return tuple(_finding(claim, others) for claim, others in contradicted(claims, context))


def _finding(claim: NumberClaim, others: tuple[NumberClaim, ...]) -> Finding:
    statement = claim.statement
    told = ", ".join(f"“{o.statement.quote}” in {o.document}" for o in others[:MAX_QUOTED])
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=f"The number is “{statement.quote}” here; another article has {told}.",
        spans=(statement.span,),
        evidence=tuple(Evidence(o.statement.span, o.statement.quote) for o in others),
        values=(statement.fact.value, others[0].statement.fact.value),
    )


RULE = Rule(
    id=ID,
    name="Number of another article",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    scope=Scope.STORY,
    check=check,
    yields_to=("drift/number", "drift/unit", "spam/injected", "spun/phrase"),
)
