"""Types that every stage shares. Standard library only; nothing here computes a result."""

from auditor.core.alignment import Alignment, Bead, Gap, Move, Passage
from auditor.core.audit import (
    Audit,
    BeadScore,
    CheckError,
    DocumentResult,
    DocumentScore,
    Metric,
    MqmScore,
    NotRun,
)
from auditor.core.document import Block, BlockKind, Document, Segment
from auditor.core.errors import (
    AlignError,
    AuditorError,
    ConfigError,
    EncodeError,
    JudgeError,
    ReadError,
)
from auditor.core.fact import Fact
from auditor.core.finding import (
    BaselineState,
    Evidence,
    Finding,
    Severity,
    Suppression,
    SuppressionKind,
    Tier,
    Verdict,
)
from auditor.core.rule import Check, Context, Near, Phrase, Rule, Scope
from auditor.core.span import OffsetMap, Run, Span, TextBuilder
from auditor.core.story import KnownName, Lag, Relation, RelationKind, Story

__all__ = [
    "AlignError",
    "Alignment",
    "Audit",
    "AuditorError",
    "BaselineState",
    "Bead",
    "BeadScore",
    "Block",
    "BlockKind",
    "Check",
    "CheckError",
    "ConfigError",
    "Context",
    "Document",
    "DocumentResult",
    "DocumentScore",
    "EncodeError",
    "Evidence",
    "Fact",
    "Finding",
    "Gap",
    "JudgeError",
    "KnownName",
    "Lag",
    "Metric",
    "Move",
    "MqmScore",
    "Near",
    "NotRun",
    "OffsetMap",
    "Passage",
    "Phrase",
    "ReadError",
    "Relation",
    "RelationKind",
    "Rule",
    "Run",
    "Scope",
    "Segment",
    "Severity",
    "Span",
    "Story",
    "Suppression",
    "SuppressionKind",
    "TextBuilder",
    "Tier",
    "Verdict",
]
