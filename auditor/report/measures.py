"""What other measures than fidelity say of the versions, as every report for people tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from auditor.core import Audit

LABELS = MappingProxyType({"chrf": "chrF++", "bleu": "BLEU", "ter": "TER"})

JUDGE = "judge"

REPLACED = 10
"""Replaced phrases of a rewrite that a report shows; all are in the JSON report."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One version held against its reference, or against the version that it rewrites.

    Attributes:
        document: id of the version.
        against: file name of the reference, or id of the original.
        told: its scores in words: `chrF++ 62.1, BLEU 40.2, TER 51.3`.
        replaced: what the original says and what stands for it; none for a reference.
    """

    document: str
    against: str
    told: str
    replaced: tuple[tuple[str, str], ...]


def judged(audit: Audit) -> Mapping[str, float]:
    """What the learned judge says of each version, by id; empty without a judge."""
    return {m.document: m.score for m in audit.metrics if m.name == JUDGE}


def judge_name(audit: Audit) -> str:
    """The judge with its version, precision and device; empty without one."""
    return next((m.signature for m in audit.metrics if m.name == JUDGE), "")


def comparisons(audit: Audit) -> list[Comparison]:
    """Every version that was held against another text in its language, in the audit's order."""
    scores: dict[tuple[str, str], list[str]] = {}
    for metric in audit.metrics:
        if metric.name != JUDGE:
            told = f"{LABELS[metric.name]} {metric.score:.1f}"
            scores.setdefault((metric.document, metric.against), []).append(told)
    return [
        Comparison(document, against, ", ".join(told), _replaced(audit, document, against))
        for (document, against), told in scores.items()
    ]


def signatures(audit: Audit) -> list[str]:
    """By what settings the string metrics were computed, each once: `BLEU nrefs:1|case:mixed`."""
    told = [f"{LABELS[m.name]} {m.signature}" for m in audit.metrics if m.name != JUDGE]
    return list(dict.fromkeys(told))


def _replaced(audit: Audit, document: str, against: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        pair
        for bead in audit.beads
        if bead.target == document and bead.source == against
        for pair in bead.replaced
    )
