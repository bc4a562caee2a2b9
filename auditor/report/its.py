"""Findings in the words of ITS 2.0 (W3C), which translation tools and quality tools share.

Source: Internationalization Tag Set 2.0, section 8.17 and appendix C (values of
localization quality issue type).
"""

from __future__ import annotations

from auditor.core import Severity
from auditor.report.characters import on_one_line
from auditor.report.entries import Entry
from auditor.report.xml import visible_xml

NAMESPACE = "http://www.w3.org/2005/11/its"

TYPES = {
    "Accuracy/Addition": "addition",
    "Accuracy/Mistranslation": "mistranslation",
    "Accuracy/Omission": "omission",
    "Accuracy/Untranslated": "untranslated",
    "Design and markup/Extraneous content": "addition",
    "Linguistic conventions/Duplication": "duplication",
    "Linguistic conventions/Grammar": "grammar",
    "Linguistic conventions/Punctuation": "typographical",
    "Linguistic conventions/Spelling": "misspelling",
    "Design and markup/Character encoding": "characters",
    "Linguistic conventions/Character encoding": "characters",
    "Style/Inconsistent style": "inconsistency",
}
"""ITS types of MQM categories that have one of their own."""

DIMENSIONS = {
    "Accuracy": "mistranslation",
    "Audience appropriateness": "locale-specific-content",
    "Design and markup": "markup",
    "Linguistic conventions": "grammar",
    "Locale conventions": "locale-violation",
    "Style": "style",
    "Terminology": "terminology",
}
"""ITS types of the other categories, by their MQM dimension."""

DEFECTS = {
    "addition": "addition",
    "date": "numbers",
    "number": "numbers",
    "quantity": "numbers",
    "entity": "inconsistent-entities",
    "duplicate": "duplication",
    "omission": "omission",
    "untranslated": "untranslated",
    "name": "inconsistent-entities",
    "whitespace": "whitespace",
    "placeholder": "markup",
}
"""ITS types that are closer than the category of the rule, by the rule's own name."""

SEVERITIES = {
    Severity.NEUTRAL: "0",
    Severity.MINOR: "25",
    Severity.MAJOR: "60",
    Severity.CRITICAL: "100",
}
"""ITS severity, 0 to 100: the order of MQM, not its weights."""


def issue_type(entry: Entry) -> str:
    """The ITS type of a finding; `other` where nothing fits."""
    defect = entry.finding.rule.partition("/")[2]
    if defect in DEFECTS:
        return DEFECTS[defect]
    mqm = entry.rule.mqm if entry.rule else ""
    return TYPES.get(mqm) or DIMENSIONS.get(mqm.partition("/")[0], "other")


def attributes(entry: Entry) -> dict[str, str]:
    """The attributes of a marked text, in the ITS namespace."""
    held = {
        "locQualityIssueType": issue_type(entry),
        "locQualityIssueComment": visible_xml(comment(entry)),
        "locQualityIssueSeverity": SEVERITIES[entry.finding.severity],
    }
    if entry.finding.suppression is not None:
        held["locQualityIssueEnabled"] = "no"
    return {f"{{{NAMESPACE}}}{name}": value for name, value in held.items()}


def comment(entry: Entry) -> str:
    """What a translator reads: the message, the proposal and the rule, on one line."""
    finding = entry.finding
    parts = [entry.message]
    if finding.repair is not None:
        proposed = on_one_line(finding.repair)
        parts.append(f"Proposed: {proposed}" if proposed else "Proposed: delete it.")
    if finding.suppression is not None:
        parts.append(f"Accepted: {on_one_line(finding.suppression.reason) or 'no reason given'}")
    return " ".join([*parts, f"[{finding.rule}]"])
