"""The audit as annotations of a GitHub Actions run: workflow commands on standard output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.core import Finding, Severity, Tier
from auditor.report.characters import on_one_line, well_formed
from auditor.report.entries import Entry, Report
from auditor.report.wording import counted, crowds

MOST = 10
"""GitHub shows ten errors, ten warnings and ten notices a step, and drops the rest unsaid."""
LONGEST = 1_000
"""Characters of a message: an annotation is a note beside a line."""


def to_github(report: Report) -> str:
    """The report as workflow commands, one a line.

    Errors are findings that fail the build, warnings the other stable ones, notices what is
    neutral or of a preview rule. Beyond ten of a kind the last notice counts the rest.
    """
    crashes = [
        ("error", f"{e.rule} crashed on {e.document}: {e.error}", {"title": "check crashed"})
        for audit in report.audits
        for e in audit.errors
    ]
    problems = [
        ("error", problem, {"title": "not audited"})
        for audit in report.audits
        for problem in audit.problems
    ]
    # What the tool could not do comes first: there it must not be cut off.
    told = [*crashes, *problems]
    told += [_annotation(entry, _level(entry.finding, report)) for entry in _varied(report.active)]
    lines: list[str] = []
    left: list[str] = []
    room = {"error": MOST, "warning": MOST, "notice": MOST - 1}
    for level, message, properties in told:
        if room[level] > 0:
            lines.append(command(level, message, properties))
        else:
            left.append(level)
        room[level] -= 1
    if left:
        rest = ", ".join(counted(left.count(level), level) for level in room if left.count(level))
        more = f"Not shown beside the files: {rest}. The step summary and the reports have all."
        lines.append(command("notice", more, {"title": "translation-auditor"}))
    return "".join(f"{line}\n" for line in lines)


def command(name: str, message: str, properties: Mapping[str, str]) -> str:
    """One workflow command, escaped so that no text can end it or begin another."""
    held = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = on_one_line(well_formed(message))
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}\N{HORIZONTAL ELLIPSIS}"
    return f"::{name} {held}::{_escaped(text)}"


def _varied(entries: Sequence[Entry]) -> list[Entry]:
    """The first of each crowd before the rest of any: ten errors of one rule hide all others."""
    groups = crowds([e.finding for e in entries])
    ranks = [group[0] for group in groups] + [rank for group in groups for rank in group[1:]]
    return [entries[rank] for rank in ranks]


def _level(finding: Finding, report: Report) -> str:
    if finding.tier is Tier.PREVIEW or finding.severity is Severity.NEUTRAL:
        return "notice"
    return "error" if report.fails(finding) else "warning"


def _annotation(entry: Entry, level: str) -> tuple[str, str, dict[str, str]]:
    first, last = entry.lines
    properties = {"file": entry.version.file, "line": str(first), "endLine": str(last)}
    # Columns are refused where an annotation spans lines.
    place = entry.place
    if place.line == place.end_line:
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return level, entry.message, properties | {"title": f"{entry.name} ({entry.finding.rule})"}


def _escaped(text: str) -> str:
    # The percent sign first: the others make new ones.
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    shown = on_one_line(well_formed(text))
    return _escaped(shown).replace(":", "%3A").replace(",", "%2C")
