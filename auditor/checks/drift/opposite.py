"""Finds words that say the opposite of what the other versions say there.

What it finds:
    A direction, a side or a judgment turned round: north for south, outside for inside,
    secret for public, fewer for more, allow for forbid, import for export. The other
    version has the opposite, nothing in it accounts for the word, and the sentence comes
    closer to it when the word is replaced by its opposite.

Why it matters:
    One word turns a sentence round, and it reads as well as before.

Example:
    "dans le nord-est de la province" where the English version says "in the southwest".

Leaves alone:
    A word whose opposite no version has, or that has a like of its own there, as its opposite
    has here ("refused to authorize", "weigerten sich zu genehmigen"); both sides in one
    sentence ("from north to south"); set phrases ("de plus en plus", "more or less", 左右);
    "last year" for "the year before"; the same thing said the other way round ("not far" for
    "near") unless the encoder finds the opposite closer.

Source:
    Multilingual sentence vectors know opposites (Yang et al. 2020 for the encoder): measured on
    NTREX-128, of the words that a table calls opposites the sentence test keeps one clean
    flag in ten.
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier
from auditor.text.opposed import Opposition, answered, oppositions

ID = "drift/opposite"
SURE_RISE, SURE_CONTRAST = 0.01, 0.15
"""No clean pair of 4,028 (NTREX-128) has both, and three tenths of the planted ones do."""
LEAST_WEIGHT, LEAST_RISE, LEAST_RISE_OF_SEVERAL = 0.15, -0.002, -0.006
"""Of contrast + 12 rise: three clean pairs in 1,000, three fifths of the planted ones."""
LEAST_WEIGHT_SOFT = 0.17
"""The same for words that often mean something else, such as last, right, before."""
CONFIDENCE = {Tier.STABLE: 0.9, Tier.PREVIEW: 0.6}


def check(_: Story, context: Context) -> Iterable[Finding]:
    """Compares the words of all passages."""
    findings: dict[tuple[str, int], Finding] = {}
    raised = [found for found in oppositions(context.passages, context) if believed(found)]
    for found, has_like in zip(raised, answered(raised, context), strict=True):
        if has_like:
            continue
        finding = _finding(found)
        place = finding.spans[0].document, finding.spans[0].start
        known = findings.get(place)
        if known is None or finding.confidence > known.confidence:
            findings[place] = finding
    return tuple(findings.values())


def believed(found: Opposition) -> bool:
    """True when the encoder confirms that the opposite belongs there."""
    least = LEAST_RISE if len(found.dissent.against) == 1 else LEAST_RISE_OF_SEVERAL
    weight = LEAST_WEIGHT_SOFT if found.soft else LEAST_WEIGHT
    return found.rise >= least and found.weight >= weight


def _finding(found: Opposition) -> Finding:
    statement, against = found.dissent.statement, found.dissent.against
    sure = not found.soft and found.rise >= SURE_RISE and found.contrast >= SURE_CONTRAST
    tier = Tier.STABLE if sure else Tier.PREVIEW
    quotes = " and ".join(
        dict.fromkeys(f"“{s.quote}” in {s.segment.document}" for s in against[:3])
    )
    return Finding(
        rule=ID,
        tier=tier,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE[tier],
        message=f"This says “{statement.quote}”, but the opposite stands there: {quotes}.",
        spans=(statement.span,),
        evidence=tuple(Evidence(s.span, s.quote) for s in against),
        repair=found.repair,
        values=(statement.fact.value, against[0].fact.value),
    )


RULE = Rule(
    id=ID,
    name="Opposite",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    yields_to=("spam/injected", "spun/phrase", "drift/date"),
    needs_counterpart=True,
)
