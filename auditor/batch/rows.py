"""From an audit to the rows of the store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from auditor.core import Audit, Evidence, Finding, Severity, Tier
from auditor.report.characters import well_formed, well_formed_name

QUOTED = 400
"""Characters of a quotation that are kept: a finding may mark a whole document."""

Row = dict[str, Any]


def story_row(audit: Audit) -> Row:
    """One row about a story.

    `fidelity` is that of its worst version, `mean_fidelity` the mean over its versions; both None
    where nothing could be compared.
    """
    scores = [r.score.fidelity for r in audit.documents if r.score.fidelity is not None]
    shares = [r.score.coverage for r in audit.documents if r.score.coverage is not None]
    stable = [f for f in audit.findings if f.tier is Tier.STABLE]
    severities = Counter(f.severity for f in stable)
    return {
        "name": well_formed_name(audit.story.name),
        "outlet": well_formed(audit.story.outlet),
        "published": audit.story.date.isoformat() if audit.story.date else None,
        "versions": len(audit.story.documents),
        "langs": [document.lang for document in audit.story.documents],
        "segments": sum(len(segments) for segments in audit.segments.values()),
        "characters": sum(len(document.raw) for document in audit.story.documents),
        "stable": len(stable),
        "preview": len(audit.findings) - len(stable),
        "critical": severities[Severity.CRITICAL],
        "major": severities[Severity.MAJOR],
        "minor": severities[Severity.MINOR],
        "fidelity": round(min(scores), 1) if scores else None,
        "mean_fidelity": round(sum(scores) / len(scores), 1) if scores else None,
        "coverage": round(min(shares), 3) if shares else None,
        "encoder": well_formed(audit.encoder),
        "version": audit.version,
    }


def finding_rows(audit: Audit) -> list[Row]:
    """One row for each finding, in the order of the report."""
    return [_finding(audit, number, finding) for number, finding in enumerate(audit.findings)]


def _finding(audit: Audit, number: int, finding: Finding) -> Row:
    span = finding.spans[0]
    return {
        "number": number,
        "rule": finding.rule,
        "tier": finding.tier.value,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 2),
        "message": well_formed(finding.message),
        "document": well_formed_name(span.document),
        "lang": audit.story.document(span.document).lang,
        "start": span.start,
        "end": span.end,
        "quote": _quote(audit, span.document, span.start, span.end),
        "repair": None if finding.repair is None else well_formed(finding.repair),
        "fingerprint": finding.fingerprint,
        "evidence": json.dumps([_evidence(audit, e) for e in finding.evidence], ensure_ascii=False),
    }


def _evidence(audit: Audit, evidence: Evidence) -> Row:
    span = evidence.span
    return {
        "document": well_formed_name(span.document),
        "start": span.start,
        "end": span.end,
        "quote": _quote(audit, span.document, span.start, span.end),
        "note": well_formed(evidence.note),
    }


def _quote(audit: Audit, document: str, start: int, end: int) -> str:
    return well_formed(audit.text(document, start, min(end, start + QUOTED)))


def passage_rows(audit: Audit) -> Iterator[Row]:
    """One row for each document of each passage: where it stands, and how faithful it is.

    `fidelity` is that of the bead whose target it is, the lowest of several; None elsewhere.
    """
    fidelity: dict[tuple[int, str], float] = {}
    for bead in audit.beads:
        place = bead.passage, bead.target
        fidelity[place] = min(bead.fidelity, fidelity.get(place, 100.0))
    for passage in audit.passages:
        for document in passage.documents:
            spans = [segment.span() for segment in passage.of(document)]
            yield {
                "passage": passage.index,
                "document": well_formed_name(document),
                "start": spans[0].start,
                "end": max(span.end for span in spans),
                "confidence": round(passage.confidence, 3),
                "fidelity": fidelity.get((passage.index, document)),
                "moved": document in passage.moved,
            }
