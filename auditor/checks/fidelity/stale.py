"""Finds versions whose source was changed after them.

What it finds:
    A version that was last changed before its source was, by the history of git, or by the commit
    that its front matter names (`sourceCommit: 1a2b3c4`).

Why it matters:
    What was true when it was translated may no longer be what the source says, also where no
    number and no name differs.

Example:
    fr/hours.md of March, where en/hours.md was changed in May.

Leaves alone:
    Versions that were changed in the same commit as their source, or later; files that git does not
    know. It runs in `auditor check` with `stale = true` alone: nothing else asks git.

Source:
    git log; the front matter of MDN Web Docs (`l10n.sourceCommit`).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier

ID = "fidelity/stale"
CONFIDENCE = 0.9


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Yields one finding for each version that lags behind its source."""
    for lag in story.lags:
        ours, theirs = context.segments(lag.document), context.segments(lag.source)
        if not ours or not theirs:
            continue
        yield Finding(
            rule=ID,
            tier=Tier.STABLE,
            severity=Severity.MINOR,
            confidence=CONFIDENCE,
            message=f"{lag.source} was changed {lag.when} and this version was not since.",
            spans=(ours[0].span(),),
            evidence=(Evidence(theirs[0].span(), f"changed {lag.when}"),),
            values=(lag.revision,),
        )


RULE = Rule(
    id=ID,
    name="Source changed since",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
