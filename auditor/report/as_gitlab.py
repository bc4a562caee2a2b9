"""The audit as a GitLab code quality report: a subset of the Code Climate format."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from auditor.core import Severity
from auditor.report.entries import Entry, Report

SEVERITIES = {
    Severity.NEUTRAL: "info",
    Severity.MINOR: "minor",
    Severity.MAJOR: "major",
    Severity.CRITICAL: "critical",
}


def to_gitlab(report: Report) -> list[dict[str, Any]]:
    """The findings as GitLab reads them; accepted ones are left out, since it knows none."""
    return [_issue(entry) for entry in report.active]


def to_gitlab_text(report: Report) -> str:
    """The report as the text of a UTF-8 JSON file without a byte-order mark."""
    return json.dumps(to_gitlab(report), ensure_ascii=False, indent=1) + "\n"


def _issue(entry: Entry) -> dict[str, Any]:
    begin, end = entry.lines
    return {
        "type": "issue",
        "check_name": entry.finding.rule,
        "description": entry.message,
        "severity": SEVERITIES[entry.finding.severity],
        "fingerprint": _fingerprint(entry),
        "location": {
            "path": entry.version.path,
            "lines": {"begin": begin, "end": end},
        },
    }


def _fingerprint(entry: Entry) -> str:
    # GitLab compares whole reports: of two issues with one fingerprint it keeps one, and the
    # same wrong date may stand in two files.
    parts = f"{entry.finding.fingerprint}\x1f{entry.version.file}"
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
