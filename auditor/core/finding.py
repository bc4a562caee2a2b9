"""What the auditor tells: findings, their evidence, and verdicts on documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from auditor.core.span import Span


class Severity(StrEnum):
    """MQM severity levels, from the mildest."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for neutral to 3 for critical."""
        return list(Severity).index(self)


class Tier(StrEnum):
    """Whether people see a finding by default."""

    STABLE = "stable"
    PREVIEW = "preview"


class SuppressionKind(StrEnum):
    """Where somebody said that a finding is accepted."""

    IN_SOURCE = "in_source"
    """By a comment in the file itself."""
    BASELINE = "baseline"
    """By a baseline or another record outside the file."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding no longer counts: it is reported as accepted, never dropped.

    Attributes:
        kind: where that was said.
        reason: in the words of who accepted it; may be empty.
    """

    kind: SuppressionKind
    reason: str = ""


class BaselineState(StrEnum):
    """A finding compared with those of the baseline."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that contradicts or supports what was found, and why.

    Attributes:
        span: the place, in this or in another document.
        note: what it says, such as `1989` or `31st anniversary in 2020: 1989`.
    """

    span: Span
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect.

    Attributes:
        rule: id of the rule, `family/defect`.
        tier: stable or preview; a rule may report weak evidence as preview.
        severity: MQM severity.
        confidence: probability that a reader would agree, 0 to 1, two decimals.
        message: one sentence that states the evidence.
        spans: `spans[0]` is where to look; more when one defect has several places.
        evidence: the places elsewhere that contradict it.
        repair: proposed replacement of `spans[0]` in the document's own notation;
            an empty string proposes deletion; None proposes nothing.
        values: the conflicting values in canonical form, found first, for the fingerprint.
        fingerprint: identity across runs, set by `resolve`; empty before.
        suppression: why it no longer counts; None where it counts.
        baseline: how it compares with the baseline; None where there is none.
    """

    rule: str
    tier: Tier
    severity: Severity
    confidence: float
    message: str
    spans: tuple[Span, ...]
    evidence: tuple[Evidence, ...] = ()
    repair: str | None = None
    values: tuple[str, ...] = ()
    fingerprint: str = ""
    suppression: Suppression | None = None
    baseline: BaselineState | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A probability about a whole document, whether or not it is a finding.

    Attributes:
        document: its id.
        name: what is judged, such as `spun`.
        probability: 0 to 1, four decimals at most.
        reason: the evidence counted, in words.
    """

    document: str
    name: str
    probability: float
    reason: str
