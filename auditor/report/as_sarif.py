"""The audit as SARIF 2.1.0: what code hosts and editors show beside the line it is about.

Source: SARIF 2.1.0 (OASIS), and what GitHub code scanning reads of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from auditor.core import (
    Audit,
    BaselineState,
    Evidence,
    Finding,
    NotRun,
    Rule,
    Severity,
    Span,
    SuppressionKind,
    Tier,
)
from auditor.report.characters import on_one_line, well_formed, well_formed_name
from auditor.report.entries import Entry, Report, Version
from auditor.report.rule_text import about, about_markdown, first_line
from auditor.report.shown import QUOTED
from auditor.report.wording import counted, family, listed

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more."""
MOST_RELATED = 100
"""GitHub takes a thousand places a result; nobody compares a hundred."""
MOST_NOTES = 1_000
"""Rules that did not run, told one by one."""
LINKED = 3
"""Evidence that the message itself links to."""
BASE = "%SRCROOT%"
"""The folder that paths are relative to: the checkout. Who reads the file knows where it is."""

LEVELS = {
    Severity.NEUTRAL: "note",
    Severity.MINOR: "warning",
    Severity.MAJOR: "error",
    Severity.CRITICAL: "error",
}
PROBLEMS = {"note": "recommendation", "warning": "warning", "error": "error"}
PRECISION = {Tier.STABLE: "high", Tier.PREVIEW: "medium"}
MEASURED = ((0.95, "very-high"), (0.8, "high"), (0.5, "medium"), (0.0, "low"))
"""What a measured precision is called from which share on."""
SUPPRESSIONS = {SuppressionKind.IN_SOURCE: "inSource", SuppressionKind.BASELINE: "external"}


def to_sarif(report: Report) -> dict[str, Any]:
    """The report as values that `json.dumps` takes, valid against the standard's schema.

    Deterministic, and without a path of this machine.
    """
    entries = report.entries[:MOST_RESULTS]
    ids = sorted({*report.rules, *(e.finding.rule for e in entries)})
    index = {id: number for number, id in enumerate(ids)}
    # A file may belong to several stories, and is listed once.
    files: dict[str, tuple[int, Version]] = {}
    for audit, version in report.versions():
        files.setdefault(version.uri, (audit, version))
    number = {uri: n for n, uri in enumerate(files)}
    artifacts = {(audit, v.document.id): number[v.uri] for audit, v in report.versions()}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(report, ids)},
                "automationDetails": {"id": _category(report.audits)},
                "invocations": [_invocation(report, index, artifacts)],
                "columnKind": "unicodeCodePoints",
                # A lone carriage return ends a line for us and for editors too.
                "newlineSequences": ["\r\n", "\n", "\r"],
                "originalUriBaseIds": {BASE: {"description": {"text": "The checkout."}}},
                "artifacts": [_artifact(report, *held) for held in files.values()],
                "results": [_result(e, report, index, artifacts) for e in entries],
            }
        ],
    }


def to_sarif_text(report: Report) -> str:
    """The report as the text of a UTF-8 file, with a line end behind it."""
    return json.dumps(to_sarif(report), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _driver(report: Report, ids: Sequence[str]) -> dict[str, Any]:
    version = next((audit.version for audit in report.audits), "")
    driver: dict[str, Any] = {
        "name": "translation-auditor",
        "fullName": f"translation-auditor {version}".strip(),
        "shortDescription": {"text": "Finds where a translation drifted, at the exact character."},
        "rules": [_rule(id, report.rules.get(id), report.settings.measured.get(id)) for id in ids],
    }
    return driver | ({"semanticVersion": version} if version else {})


def _precision(tier: Tier, measured: float | None) -> str:
    """How often a rule is right: as reviewers found it, or as its tier promises."""
    if measured is None:
        return PRECISION[tier]
    return next(name for least, name in MEASURED if measured >= least)


def _rule(id: str, rule: Rule | None, measured: float | None) -> dict[str, Any]:
    if rule is None:
        return {"id": id, "shortDescription": {"text": id}}
    level = LEVELS[rule.severity]
    page = well_formed(about_markdown(rule))
    described: dict[str, Any] = {
        "id": id,
        "name": "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", rule.name)),
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": first_line(rule)},
        "help": {"text": well_formed(about(rule)) or rule.name, "markdown": page or rule.name},
        "defaultConfiguration": {"level": level},
        "properties": {
            "problem.severity": PROBLEMS[level],
            "precision": _precision(rule.tier, measured),
            "tags": ["translation", family(id), rule.tier.value, f"mqm/{rule.mqm}"],
            "mqm": rule.mqm,
            "severity": rule.severity.value,
        },
    }
    # Alerts keep their history through a renaming.
    return described | ({"deprecatedIds": list(rule.aliases)} if rule.aliases else {})


def _category(audits: Sequence[Audit]) -> str:
    """What tells this run from others on the same commit: a second upload replaces the first."""
    names = {on_one_line(well_formed_name(audit.story.name)) for audit in audits}
    story = re.sub(r"[^\w.-]+", "-", names.pop()).strip("-") if len(names) == 1 else ""
    return f"translation-auditor/{story}/" if story else "translation-auditor/"


def _artifact(report: Report, audit: int, version: Version) -> dict[str, Any]:
    document = version.document
    result = next((r for r in report.audits[audit].documents if r.document == document.id), None)
    properties: dict[str, Any] = {"lang": document.lang}
    if result is not None:
        properties["fidelity"] = result.score.fidelity
        properties["coverage"] = result.score.coverage
        own = [m for m in report.audits[audit].metrics if m.document == document.id]
        if own:
            properties["metrics"] = [
                {
                    "name": metric.name,
                    "score": metric.score,
                    "against": well_formed_name(metric.against),
                    "signature": well_formed(metric.signature),
                }
                for metric in own
            ]
        properties["verdicts"] = {v.name: v.probability for v in result.verdicts}
    return {
        "location": {"uri": version.uri, "uriBaseId": BASE},
        "roles": ["analysisTarget"],
        "encoding": document.encoding,
        "properties": properties,
    }


def _result(
    entry: Entry, report: Report, index: dict[str, int], artifacts: dict[tuple[int, str], int]
) -> dict[str, Any]:
    finding = entry.finding
    related = _related(entry, report, artifacts)
    links = [r["id"] for r in related if "evidence" in r.get("properties", {}).get("tags", [])]
    preview = finding.tier is Tier.PREVIEW
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": "note" if preview else LEVELS[finding.severity],
        "message": {"text": _linked(finding, links, entry, report)},
        "locations": [_location(entry.version, finding.spans[0], entry.audit, artifacts)],
        "relatedLocations": related,
        "partialFingerprints": {
            # Code scanning knows an alert by this one alone, and fills in the line's text
            # where it is absent: then a comma added to the paragraph would reopen the alert.
            "primaryLocationLineHash": finding.fingerprint,
            "translationAuditor/v1": finding.fingerprint,
        },
        "rank": round(100 * finding.confidence, 1),
        "properties": {
            "severity": finding.severity.value,
            "tier": finding.tier.value,
            "confidence": round(finding.confidence, 2),
            "values": [well_formed(value) for value in finding.values],
        },
    }
    if finding.baseline is not None:
        result["baselineState"] = _baseline(finding.baseline)
    if finding.suppression is not None:
        kind = SUPPRESSIONS[finding.suppression.kind]
        reason = well_formed(finding.suppression.reason)
        result["suppressions"] = [
            {"kind": kind, "status": "accepted"} | ({"justification": reason} if reason else {})
        ]
    if finding.repair is not None:
        result["fixes"] = [_fix(entry, finding.repair, artifacts)]
    return {key: value for key, value in result.items() if value != []}


def _baseline(state: BaselineState) -> str:
    return state.value


def _linked(finding: Finding, links: Sequence[int], entry: Entry, report: Report) -> str:
    """The message with links to the first pieces of evidence, `[fr.txt](1)`."""
    text = _literal(entry.message)
    named = [
        f"[{_literal(report.version(entry.audit, evidence.span.document).name)}]({id})"
        for evidence, id in zip(finding.evidence[:LINKED], links, strict=False)
    ]
    return f"{text} Compare {listed(named)}." if named else text


def _literal(text: str) -> str:
    """Text in which brackets are no link: SARIF 2.1.0, 3.11.6.

    Braces stay single: no reader found takes `{0}` for a placeholder in a message without
    arguments, and all show `{{name}}` as it stands.
    """
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text)


def _related(
    entry: Entry, report: Report, artifacts: dict[tuple[int, str], int]
) -> list[dict[str, Any]]:
    finding = entry.finding
    held: list[tuple[Span, str, str]] = [
        (e.span, _note(e, report.version(entry.audit, e.span.document)), "evidence")
        for e in finding.evidence
    ]
    held += [(span, "The same defect here.", "place") for span in finding.spans[1:]]
    return [
        {
            "id": number,
            **_location(report.version(entry.audit, s.document), s, entry.audit, artifacts),
            "message": {"text": _literal(text)},
            "properties": {"tags": [tag]},
        }
        for number, (s, text, tag) in enumerate(held[:MOST_RELATED], start=1)
    ]


def _note(evidence: Evidence, version: Version) -> str:
    where = version.document.lang
    said = on_one_line(evidence.note) or version.quotation(evidence.span) or "here"
    return f"{where}: {said}"


def _location(
    version: Version, span: Span, audit: int, artifacts: dict[tuple[int, str], int]
) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": _artifact_location(version, audit, artifacts),
            "region": _region(version, span),
        }
    }


def _artifact_location(
    version: Version, audit: int, artifacts: dict[tuple[int, str], int]
) -> dict[str, Any]:
    return {
        "uri": version.uri,
        "uriBaseId": BASE,
        "index": artifacts[audit, version.document.id],
    }


def _region(version: Version, span: Span, *, snippet: bool = True) -> dict[str, Any]:
    place = version.place(span)
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": span.start,
        "charLength": len(span),
    }
    # A snippet is the region's text to the letter: of a whole article there is none.
    if snippet and 0 < len(span) <= QUOTED:
        region["snippet"] = {"text": version.text(span)}
    return region


def _fix(entry: Entry, repair: str, artifacts: dict[tuple[int, str], int]) -> dict[str, Any]:
    span = entry.finding.spans[0]
    replacement = {
        "deletedRegion": _region(entry.version, span, snippet=False),
        "insertedContent": {"text": well_formed(repair)},
    }
    location = _artifact_location(entry.version, entry.audit, artifacts)
    verb = "Replace the text." if repair else "Delete the text."
    return {
        "description": {"text": verb},
        "artifactChanges": [{"artifactLocation": location, "replacements": [replacement]}],
    }


def _invocation(
    report: Report, index: dict[str, int], artifacts: dict[tuple[int, str], int]
) -> dict[str, Any]:
    errors = [e for audit in report.audits for e in audit.errors]
    problems = [p for audit in report.audits for p in audit.problems]
    told = [
        _notification(f"{e.rule} crashed on {e.document}: {e.error}", "error", e.rule, index)
        for e in errors
    ]
    told += [_notification(problem, "error") for problem in problems]
    if (left := len(report.entries) - MOST_RESULTS) > 0:
        told.append(
            _notification(
                f"{counted(left, 'finding')} left out: {MOST_RESULTS} is the most that code "
                "scanning takes; the JSON report has all.",
                "warning",
            )
        )
    if report.hidden:
        hidden = f"{counted(report.hidden, 'finding')} of preview rules not shown; --preview does."
        told.append(_notification(hidden, "note"))
    return {
        "executionSuccessful": not errors and not problems,
        "toolExecutionNotifications": told,
        "toolConfigurationNotifications": list(_not_run(report, index, artifacts))[:MOST_NOTES],
    }


def _not_run(
    report: Report, index: dict[str, int], artifacts: dict[tuple[int, str], int]
) -> Iterable[dict[str, Any]]:
    """Not checked is not clean: each rule that did not run, why, and on which documents."""
    held: dict[NotRun, list[tuple[int, str]]] = {}
    for number, audit in enumerate(report.audits):
        for result in audit.documents:
            for skipped in result.rules_not_run:
                held.setdefault(skipped, []).append((number, result.document))
    for skipped, places in held.items():
        told = _notification(
            f"{skipped.rule} did not run: {skipped.reason}", "note", skipped.rule, index
        )
        files = {
            report.version(number, document).uri: _artifact_location(
                report.version(number, document), number, artifacts
            )
            for number, document in places
        }
        told["locations"] = [
            {"physicalLocation": {"artifactLocation": location}}
            for location in list(files.values())[:MOST_RELATED]
        ]
        yield told


def _notification(
    text: str, level: str, rule: str = "", index: dict[str, int] | None = None
) -> dict[str, Any]:
    told: dict[str, Any] = {"level": level, "message": {"text": _literal(on_one_line(text))}}
    if rule:
        known = index or {}
        told["associatedRule"] = {"id": rule} | ({"index": known[rule]} if rule in known else {})
    return told
