"""The audit as a table for a spreadsheet: one row a finding."""

from __future__ import annotations

import csv
from io import StringIO

from auditor.report.characters import on_one_line, well_formed
from auditor.report.entries import Entry, Report

COLUMNS = (
    "file", "line", "column", "end_line", "end_column", "start", "end", "lang", "rule", "severity",
    "tier", "confidence", "text", "message", "evidence", "repair", "has_repair", "suppressed",
    "reason", "baseline", "fingerprint",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
           "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
"""What a spreadsheet takes for the beginning of a formula, in East Asian settings too."""


def to_csv(report: Report) -> str:
    """The report as CSV (RFC 4180) with a byte-order mark.

    Without the mark Excel reads UTF-8 as a Western code page. Every cell is quoted, white space is
    single spaces, invisible characters are named, and text that a spreadsheet would take for a
    formula has an apostrophe before it.
    """
    held = StringIO()
    writer = csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in report.entries:
        writer.writerow([cell(value) for value in _row(entry, report)])
    return f"\N{ZERO WIDTH NO-BREAK SPACE}{held.getvalue()}"


def cell(value: str) -> str:
    """Text that is text in a spreadsheet, and no formula."""
    shown = on_one_line(well_formed(value))
    # An apostrophe of the text itself would look like ours: it gets one too.
    return f"'{shown}" if shown.lstrip().startswith((*FORMULA, "'")) else shown


def plain(value: str) -> str:
    """What a cell says, without the apostrophe that `cell` put before it."""
    return value.removeprefix("'")


def _row(entry: Entry, report: Report) -> tuple[str, ...]:
    finding, version, place = entry.finding, entry.version, entry.place
    span = finding.spans[0]
    evidence = []
    for held in finding.evidence:
        other = report.version(entry.audit, held.span.document)
        at = other.place(held.span)
        said = held.note or other.quotation(held.span)
        evidence.append(f"{other.path}:{at.line}:{at.column} {said}")
    suppression = finding.suppression
    return (
        version.path,
        *map(str, (place.line, place.column, place.end_line, place.end_column)),
        str(span.start),
        str(span.end),
        version.document.lang,
        finding.rule,
        finding.severity.value,
        finding.tier.value,
        f"{finding.confidence:.2f}",
        version.text(span),
        finding.message,
        " | ".join(evidence),
        finding.repair or "",
        "no" if finding.repair is None else "yes",
        "" if suppression is None else suppression.kind.value,
        "" if suppression is None else suppression.reason,
        "" if finding.baseline is None else finding.baseline.value,
        finding.fingerprint,
    )
