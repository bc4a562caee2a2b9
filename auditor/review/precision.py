"""How often the reviewers agreed with each rule, and what follows from it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, select, true

from auditor.core import Severity, Tier
from auditor.review.tables import DECISIONS, FINDINGS

Z = 1.96
"""Of a 95 % interval."""

ENOUGH = 20
"""Decisions below which no tier is proposed: the interval is wider than a tier."""

RISES, FALLS = 0.8, 0.5
"""A rule rises when it is surely right this often, and falls when it surely is not."""

PRIOR = 10
"""Decisions that a rule's own confidence is worth beside the measured ones."""

WRONG = ("false alarm", "intended")
"""Reasons by which a reviewer says that nothing should have been flagged. What was fixed elsewhere
was a defect."""


@dataclass(frozen=True, slots=True)
class Precision:
    """What the decisions say of one rule.

    Attributes:
        rule: its id.
        right: decisions that agreed with it.
        decided: all decisions.
        tier: what its findings mostly carry.
    """

    rule: str
    right: int
    decided: int
    tier: str = Tier.STABLE.value

    @property
    def value(self) -> float | None:
        """The share that was right, 0 to 1; None before the first decision."""
        return self.right / self.decided if self.decided else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval: sound for few decisions, and for none wrong."""
        return wilson(self.right, self.decided)

    @property
    def proposed(self) -> str:
        """The tier that the decisions speak for where it is another one; else empty."""
        low, high = self.interval
        if self.decided < ENOUGH:
            return ""
        if self.tier == Tier.PREVIEW and low >= RISES:
            return Tier.STABLE.value
        return Tier.PREVIEW.value if self.tier == Tier.STABLE and high < FALLS else ""


def wilson(right: int, decided: int) -> tuple[float, float]:
    """Wilson's score interval of a share.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference
    (1927).

    Returns:
        Both ends, 0 to 1; (0, 1) without a decision.
    """
    if not decided:
        return 0.0, 1.0
    share, square = right / decided, Z * Z / decided
    middle = share + square / 2
    reach = Z * math.sqrt(share * (1 - share) / decided + square / decided / 4)
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def precisions(connection: Connection, rule: str = "") -> tuple[Precision, ...]:
    """The precision of every rule that has findings, by rule.

    Only decisions taken by hand count, each finding once.

    Args:
        connection: to read from.
        rule: the only one wanted; all when empty.
    """
    undo = DECISIONS.alias()
    last = (
        select(DECISIONS.c.finding_id, func.max(DECISIONS.c.id).label("id"))
        .where(DECISIONS.c.undoes.is_(None))
        .where(~exists().where(undo.c.undoes == DECISIONS.c.id))
        .group_by(DECISIONS.c.finding_id)
        .subquery()
    )
    wanted = FINDINGS.c.rule == rule if rule else true()
    rows = connection.execute(
        select(FINDINGS.c.rule, FINDINGS.c.tier, DECISIONS.c.reason, func.count())
        .where(wanted)
        .select_from(FINDINGS)
        .outerjoin(last, last.c.finding_id == FINDINGS.c.id)
        .outerjoin(DECISIONS, (DECISIONS.c.id == last.c.id) & DECISIONS.c.by_hand)
        .group_by(FINDINGS.c.rule, FINDINGS.c.tier, DECISIONS.c.reason)
    )
    held: dict[str, dict[str, int]] = {}
    for name, tier, reason, count in rows:
        sums = held.setdefault(name, {"right": 0, "decided": 0, "stable": 0, "preview": 0})
        sums[tier] = sums.get(tier, 0) + count
        if reason is not None:
            sums["decided"] += count
            sums["right"] += 0 if reason in WRONG else count
    return tuple(
        Precision(
            name,
            sums["right"],
            sums["decided"],
            (Tier.PREVIEW if sums["preview"] > sums["stable"] else Tier.STABLE).value,
        )
        for name, sums in sorted(held.items())
    )


def rank(tier: str, severity: str, confidence: float, measured: Precision | None) -> int:
    """A number by which findings are sorted, the highest first.

    Stable before preview, then severity, then how likely a reviewer agrees: the rule's confidence,
    drawn towards what was measured the more decisions there are.
    """
    expected = confidence
    if measured and measured.decided:
        total = PRIOR + measured.decided
        expected = (PRIOR * confidence + measured.right) / total
    return (
        (tier == Tier.STABLE) * 100_000
        + Severity(severity).rank * 10_000
        + round(1_000 * min(1.0, max(0.0, expected)))
    )


def by_rule(measured: Iterable[Precision]) -> Mapping[str, Precision]:
    """The precisions by the id of their rule."""
    return {one.rule: one for one in measured}
