"""What a version alone says.

What it finds: text of one version that the declared source has not; where none is declared, text
that no other version of the same text has. With two versions and no source there is only a
difference, and `fidelity/omission` names it.

Why it matters: added text is either the translator's invention, another article that was glued on,
or something that was dropped everywhere else.

Example: the Italian version has a paragraph on an opposition party that neither the English nor
the Chinese one knows.

Leaves alone: a sentence split in two, what moved within the version, glosses and anything too short
to matter. Single sentences of a paragraph that is otherwise shared are preview.

Source: the gaps in the passages (`align/gaps`), and DESIGN.md on votes.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Finding, Gap, Rule, Scope, Severity, Story, Tier
from auditor.text.gaps import certainty, enumerated, is_sure, sentences


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Yields one finding for each stretch that a version alone has.

    Args:
        story: not asked: its gaps are known.
        context: gives the gaps.
    """
    del story
    for gap in context.gaps:
        if gap.added and certainty(gap) > 0:
            yield _finding(gap)


def _finding(gap: Gap) -> Finding:
    others = enumerated(gap.against)
    verb = "does" if len(gap.against) == 1 else "do"
    return Finding(
        rule=RULE.id,
        tier=Tier.STABLE if is_sure(gap) else Tier.PREVIEW,
        severity=Severity.MAJOR if gap.whole_block else Severity.MINOR,
        confidence=certainty(gap),
        message=f"This version has {sentences(gap)} here that {others} {verb} not have.",
        spans=(gap.place,),
        values=("addition",),
    )


RULE = Rule(
    id="fidelity/addition",
    name="Addition",
    mqm="Accuracy/Addition",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    yields_to=("spam/injected", "furniture/boilerplate", "fidelity/duplicate"),
    needs_counterpart=True,
)
