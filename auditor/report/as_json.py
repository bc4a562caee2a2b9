"""The audit as JSON, for other programs: a contract, published as a JSON Schema."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from auditor.core import (
    Audit,
    BeadScore,
    Document,
    DocumentResult,
    Finding,
    Metric,
    MqmScore,
    Passage,
    Relation,
    Rule,
    Severity,
    Span,
    Story,
    Suppression,
    Tier,
)
from auditor.report.characters import well_formed, well_formed_name

# Raised by the first number when a reader of the old one would fail, else by the second.
SCHEMA_VERSION = "1.3"


def to_json(audit: Audit) -> dict[str, Any]:
    """The audit as values that `json.dumps` takes, valid against `schema()`.

    Deterministic: the same audit gives the same keys, order and digits.
    """
    story = audit.story
    documents = {d.id: d for d in story.documents}
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "translation-auditor", "version": audit.version},
        "story": _story(story),
        "encoder": well_formed(audit.encoder),
        "documents": [_document(documents[r.document], r) for r in audit.documents],
        "passages": [_passage(passage) for passage in audit.passages],
        "beads": [_bead(bead) for bead in audit.beads],
        "metrics": [_metric(metric) for metric in audit.metrics],
        "findings": [_finding(finding, documents) for finding in audit.findings],
        "counts": _counts(audit.findings),
        "errors": [
            {
                "rule": e.rule,
                "document": well_formed_name(e.document),
                "error": well_formed(e.error),
            }
            for e in audit.errors
        ],
        "problems": [well_formed(problem) for problem in audit.problems],
        "rules": [_rule(rule) for rule in audit.rules],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "mqm": rule.mqm,
        "severity": rule.severity.value,
        "tier": rule.tier.value,
        "version": rule.version,
    }


def to_json_text(audit: Audit) -> str:
    """The audit as the text of a UTF-8 JSON file, indented, with a line end behind it."""
    return json.dumps(to_json(audit), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


@cache
def _schema_text() -> str:
    return (files(__package__) / "schema" / "audit-1.json").read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report."""
    loaded: dict[str, Any] = json.loads(_schema_text())
    return loaded


def _story(story: Story) -> dict[str, Any]:
    return {
        "name": well_formed_name(story.name),
        "source": None if story.source is None else well_formed_name(story.source),
        "date": None if story.date is None else story.date.isoformat(),
        "outlet": well_formed(story.outlet),
        "relations": [_relation(relation) for relation in story.relations],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "left": well_formed_name(relation.left),
        "right": well_formed_name(relation.right),
        "kind": relation.kind.value,
        "declared": relation.declared,
        "reason": well_formed(relation.reason),
    }


def _document(document: Document, result: DocumentResult) -> dict[str, Any]:
    score = result.score
    verdicts = sorted(result.verdicts, key=lambda v: v.name)
    return {
        "id": well_formed_name(document.id),
        "lang": document.lang,
        "lang_declared": document.lang_declared,
        "encoding": document.encoding,
        "length": len(document.raw),
        "sha256": sha256(document.raw.encode("utf-8", "surrogatepass")).hexdigest(),
        "fidelity": _number(score.fidelity, 1),
        "fidelity_parts": _parts(score.parts),
        "coverage": _number(score.coverage, 3),
        "against": well_formed_name(score.against),
        "verdicts": {v.name: _number(v.probability, 2) for v in verdicts},
        "verdict_reasons": {v.name: well_formed(v.reason) for v in verdicts},
        "mqm": _mqm(result.mqm),
        "rules_run": list(result.rules_run),
        "rules_not_run": [
            {"rule": n.rule, "reason": well_formed(n.reason)} for n in result.rules_not_run
        ],
    }


def _mqm(scored: MqmScore | None) -> dict[str, Any] | None:
    if scored is None:
        return None
    return {
        "variant": scored.variant,
        "words": scored.words,
        "penalty": _number(scored.penalty, 2),
        "score": _number(scored.score, 2),
        "interval": [_number(scored.low, 2), _number(scored.high, 2)],
        "enough_words": scored.enough,
        "errors": [{"type": t, "severity": s, "count": n} for t, s, n in scored.errors],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "index": passage.index,
        "confidence": _number(passage.confidence, 3),
        "spans": {
            well_formed_name(id): [_range(s.span()) for s in passage.of(id)]
            for id in passage.documents
        },
    }


def _bead(bead: BeadScore) -> dict[str, Any]:
    return {
        "source": well_formed_name(bead.source),
        "target": well_formed_name(bead.target),
        "passage": bead.passage,
        "fidelity": _number(bead.fidelity, 1),
        "parts": _parts(bead.parts),
        "replaced": [[well_formed(was), well_formed(now)] for was, now in bead.replaced],
        "judge": _number(bead.judged, 4),
    }


def _metric(metric: Metric) -> dict[str, Any]:
    return {
        "name": metric.name,
        "score": _number(metric.score, 4),
        "document": well_formed_name(metric.document),
        "against": well_formed_name(metric.against),
        "signature": well_formed(metric.signature),
    }


def _finding(finding: Finding, documents: Mapping[str, Document]) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "tier": finding.tier.value,
        "severity": finding.severity.value,
        "confidence": _number(finding.confidence, 2),
        "message": well_formed(finding.message),
        "spans": [_quoted(span, documents) for span in finding.spans],
        "evidence": [
            {**_quoted(e.span, documents), "note": well_formed(e.note)} for e in finding.evidence
        ],
        "repair": None if finding.repair is None else well_formed(finding.repair),
        "values": [well_formed(value) for value in finding.values],
        "fingerprint": finding.fingerprint,
        "suppression": _suppression(finding.suppression),
        "baseline": None if finding.baseline is None else finding.baseline.value,
    }


def _suppression(suppression: Suppression | None) -> dict[str, str] | None:
    if suppression is None:
        return None
    return {"kind": suppression.kind.value, "reason": well_formed(suppression.reason)}


def _range(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _quoted(span: Span, documents: Mapping[str, Document]) -> dict[str, Any]:
    text = documents[span.document].raw[span.start : span.end]
    return {
        "document": well_formed_name(span.document),
        **_range(span),
        "text": well_formed(text),
    }


def _counts(findings: Iterable[Finding]) -> dict[str, Any]:
    listed = list(findings)
    by_rule = Counter(f.rule for f in listed)
    return {
        "findings": len(listed),
        "by_tier": {t.value: sum(f.tier is t for f in listed) for t in Tier},
        "by_severity": {
            t.value: {
                s.value: sum(f.tier is t and f.severity is s for f in listed)
                for s in reversed(Severity)
            }
            for t in Tier
        },
        "by_rule": dict(sorted(by_rule.items())),
    }


def _parts(parts: Mapping[str, float]) -> dict[str, float | None]:
    return {name: _number(value, 3) for name, value in sorted(parts.items())}


def _number(value: float | None, digits: int) -> float | None:
    """Rounded, so that noise in the last digits is no change; null where it is no number."""
    if value is None or not math.isfinite(value):
        return None
    # Adding zero turns -0.0 into 0.0.
    return round(float(value), digits) + 0.0
