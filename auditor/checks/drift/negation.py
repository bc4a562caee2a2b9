"""Finds sentences that deny what the other versions state, or state what they deny.

What it finds:
    A negation (not, never, without, ne ... pas, non, 不, 没) in one version where the others
    have nothing that denies, or the reverse, when the sentences come closer to one another
    without it. Where a negation is missing, the word is marked that has lost it.

Why it matters:
    One word of three letters, and the article says the contrary.

Example:
    "La banque a remboursé ses clients" where the English version says "has not repaid".

Leaves alone:
    "not only", "no doubt", sans cesse, 不仅, 不断, "could not be worse"; a negation said by a
    verb or an adjective (fail, refuse, lack, unable) on the other side, unless the encoder
    finds the plain statement much closer; double negations; passages of several sentences.

Source:
    A logistic model: by how much the sentences and their clauses come closer without the
    negation, and what else denies on both sides; fitted on half of NTREX-128 by
    tools/fit_negation.py, its weights in auditor/lang/und/denied.toml.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier
from auditor.text.denied import Denial, lone_denials

ID = "drift/negation"
SURE = 2.0
"""Score of a denial from which the confidence is the higher one."""
CONFIDENCE = {True: 0.6, False: 0.5}


def check(_: Story, context: Context) -> Iterable[Finding]:
    """Compares the negations of all passages."""
    return tuple(_finding(found) for found in lone_denials(context.passages, context))


def _finding(found: Denial) -> Finding:
    quote = found.segment.text[found.start : found.end].strip()
    listed = " and ".join(other.document for other, _ in found.others[:3])
    evidence = tuple(
        Evidence(other.span(*place) if place else other.span()) for other, place in found.others
    )
    said = " and ".join(
        dict.fromkeys(f"“{o.text[place[0] : place[1]]}”" for o, place in found.others if place)
    )
    message = (
        f"{listed} denies this with {said}; here nothing does, and it may belong to “{quote}”."
        if found.missing
        else f"“{quote}” denies this here; in {listed} nothing does."
    )
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE[found.score >= SURE],
        message=message,
        spans=(found.segment.span(found.start, found.end),),
        evidence=evidence,
        repair=found.repair,
        values=("affirmed", "denied") if found.missing else ("denied", "affirmed"),
    )


RULE = Rule(
    id=ID,
    name="Negation",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    scope=Scope.STORY,
    check=check,
    yields_to=("spam/injected", "spun/phrase", "drift/opposite"),
    needs_counterpart=True,
)
