"""What a version leaves out.

What it finds: text that the source has and this version has not; where no source is declared, text
that most other versions of the same text have.

Why it matters: a paragraph that was cut or lost is the largest error a translation can have, and
the one that no reader of the translation can see.

Example: the English, French and Chinese versions all have a paragraph on the cost; the Italian goes
straight from the paragraph before it to the one behind it.

Leaves alone: what was merged into a neighbouring sentence, what moved elsewhere in the version,
long stretches of a version that was shortened (`fidelity/shortened` names them once), and anything
too short to be missed. Single sentences of a paragraph that is otherwise there are
preview: a good translator drops half a sentence now and then.

Source: the gaps in the passages (`align/gaps`), and DESIGN.md on votes. With two versions and no
declared source nobody can say which is wrong, so the message says that they differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import (
    Context,
    Evidence,
    Finding,
    Gap,
    Rule,
    Scope,
    Severity,
    Span,
    Story,
    Tier,
)
from auditor.text.cuts import cuts
from auditor.text.gaps import certainty, enumerated, is_sure, sentences


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Yields one finding for each stretch that a version lacks.

    Args:
        story: not asked: its gaps are known.
        context: gives the gaps.
    """
    del story
    shortened = {gap for cut in cuts(context.gaps, context.segments) for gap in cut.gaps}
    for gap in context.gaps:
        if not gap.added and certainty(gap) > 0 and gap not in shortened:
            yield _finding(gap)


def _finding(gap: Gap) -> Finding:
    having = [stretch[0].document for stretch in gap.stretches]
    message = (
        f"{enumerated(having)} {'have' if len(having) > 1 else 'has'} {sentences(gap)} here "
        "that this version does not have."
    )
    if not gap.judged:
        message += " Nothing says which of the two is the original."
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE if is_sure(gap) else Tier.PREVIEW,
        severity=Severity.MAJOR if gap.whole_block else Severity.MINOR,
        confidence=certainty(gap),
        message=message,
        spans=(gap.place,),
        evidence=tuple(
            Evidence(
                Span(s[0].document, s[0].span().start, s[-1].span().end), "not in this version"
            )
            for s in gap.stretches
        ),
        values=(gap.stretches[0][0].text[:80],),
    )


RULE = Rule(
    id="fidelity/omission",
    name="Omission",
    mqm="Accuracy/Omission",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
