"""Every format of a report by its name: what `--format` takes, and what its help says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from auditor.core import Audit
from auditor.report.entries import Report

Parts = Mapping[str, str]
"""The texts of a report by name; one with an empty name where the format is a single file."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way to tell audits.

    Attributes:
        name: what `--format` takes.
        ending: of its file in a folder, `report.<ending>`.
        summary: for whom it is, in a few words.
        write: makes the texts.
    """

    name: str
    ending: str
    summary: str
    write: Callable[[Report], Parts]


def _terminal(report: Report) -> Parts:
    from io import StringIO

    from auditor.report.terminal import print_terminal

    held = StringIO()
    for audit in report.audits:
        print_terminal(audit, held, preview=report.settings.preview)
    return {"": held.getvalue()}


def _each(report: Report, write: Callable[[Audit], str]) -> Parts:
    """A format that holds one story: a part for each, named by its number where there are more."""
    if len(report.audits) == 1:
        return {"": write(report.audits[0])}
    return {str(number): write(audit) for number, audit in enumerate(report.audits, start=1)}


def _json(report: Report) -> Parts:
    from auditor.report.as_json import to_json_text

    return _each(report, to_json_text)


def _html(report: Report) -> Parts:
    from auditor.report.as_html import to_html

    return _each(report, to_html)


def _sarif(report: Report) -> Parts:
    from auditor.report.as_sarif import to_sarif_text

    return {"": to_sarif_text(report)}


def _junit(report: Report) -> Parts:
    from auditor.report.as_junit import to_junit

    return {"": to_junit(report)}


def _github(report: Report) -> Parts:
    from auditor.report.as_github import to_github

    return {"": to_github(report)}


def _summary(report: Report) -> Parts:
    from auditor.report.as_markdown import to_summary

    return {"": to_summary(report)}


def _gitlab(report: Report) -> Parts:
    from auditor.report.as_gitlab import to_gitlab_text

    return {"": to_gitlab_text(report)}


def _csv(report: Report) -> Parts:
    from auditor.report.as_csv import to_csv

    return {"": to_csv(report)}


def _markdown(report: Report) -> Parts:
    from auditor.report.as_markdown import to_markdown

    return {"": to_markdown(report)}


def _xliff(report: Report) -> Parts:
    from auditor.report.as_xliff import to_xliff

    parts = to_xliff(report)
    return {"": next(iter(parts.values()))} if len(parts) == 1 else parts


def _xliff12(report: Report) -> Parts:
    from auditor.report.as_xliff12 import to_xliff12

    return {"": to_xliff12(report)}


def _tmx(report: Report) -> Parts:
    from auditor.report.as_tmx import to_tmx

    return {"": to_tmx(report)}


FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        Format("terminal", "txt", "for people at a terminal", _terminal),
        Format("json", "json", "for programs, with a published schema", _json),
        Format("html", "html", "one page to read in a browser", _html),
        Format("sarif", "sarif", "SARIF 2.1.0: code scanning, editors", _sarif),
        Format("junit", "junit.xml", "JUnit XML: any CI server", _junit),
        Format("github", "github.txt", "annotations of a GitHub Actions step", _github),
        Format("summary", "summary.md", "Markdown for a step summary, up to 1 MB", _summary),
        Format("gitlab", "gitlab.json", "GitLab code quality", _gitlab),
        Format("csv", "csv", "a spreadsheet, one row a finding", _csv),
        Format("markdown", "md", "Markdown for an issue or a merge request", _markdown),
        Format("xliff", "xlf", "XLIFF 2.1 with ITS 2.0: translation tools", _xliff),
        Format("xliff12", "1.2.xlf", "XLIFF 1.2: older translation tools", _xliff12),
        Format("tmx", "tmx", "the beads as a translation memory", _tmx),
    )
}
