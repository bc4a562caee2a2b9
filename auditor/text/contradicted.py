"""The finding that a dissent makes: what a version says, and what the others say instead."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.core import Evidence, Finding, Passage, Severity, Tier
from auditor.text.witnesses import Dissent

WEAK_PASSAGE = 0.25
"""Alignment confidence below which a passage may not be one."""
MAX_QUOTED = 4
"""Contradicting versions that a message names; all are in the evidence."""


def is_sure(dissent: Dissent, passage: Passage) -> bool:
    """True when neither the conflict nor the passage is in doubt."""
    return not dissent.doubtful and passage.confidence >= WEAK_PASSAGE


def told(dissent: Dissent) -> str:
    """What the other versions say: “1989” in en.txt, fr.txt and “1998” in it.txt."""
    documents: dict[str, list[str]] = {}
    for statement in dissent.against[:MAX_QUOTED]:
        documents.setdefault(statement.quote, []).append(statement.segment.document)
    parts = [f"“{quote}” in {', '.join(ids)}" for quote, ids in documents.items()]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def contradicted(
    rule: str,
    dissent: Dissent,
    message: str,
    *,
    sure: bool,
    confidence: float,
    severity: Severity = Severity.MAJOR,
    repair: str | None = None,
    values: Sequence[str] | None = None,
) -> Finding:
    """The finding on the statement that other versions contradict.

    Args:
        rule: its id.
        dissent: the statement and who contradicts it.
        message: for the reader.
        sure: stable when True, else preview.
        confidence: 0 to 1.
        severity: of the finding.
        repair: what would stand there instead, or None.
        values: the conflicting values; those of the statement and of its first rival when None.
    """
    statement, rival = dissent.statement, dissent.against[0]
    return Finding(
        rule=rule,
        tier=Tier.STABLE if sure else Tier.PREVIEW,
        severity=severity,
        confidence=round(confidence, 2),
        message=message,
        spans=(statement.span,),
        evidence=tuple(Evidence(s.span, s.quote) for s in dissent.against),
        repair=repair,
        values=(statement.fact.value, rival.fact.value) if values is None else tuple(values),
    )
