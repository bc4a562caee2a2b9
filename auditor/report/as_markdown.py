"""The audit as Markdown: for a step summary, a merge request or an issue."""

from __future__ import annotations

import re

from auditor.core import Audit
from auditor.report.characters import on_one_line, well_formed, well_formed_name
from auditor.report.entries import Entry, Report, remark
from auditor.report.measures import REPLACED, comparisons, judge_name, judged, signatures
from auditor.report.wording import (
    counted,
    crowds,
    headline,
    learned,
    not_checked,
    score,
    severities,
    sure,
)

SUMMARY_BYTES = 1_000_000
"""GitHub refuses a step summary of more than 1 MiB, and then shows none of it."""
CUT = "\n*The rest is left out: a step summary holds one megabyte. The other reports have all.*\n"

# `&lt;` would be read as `<`, `<script>` as a tag, `$x$` as a formula, `https://`, `www.` and
# `@name` as links; `- a`, `+ a`, `= a` and `1. a` only begin a block, so never within a word.
_ACTIVE = re.compile(
    r"[\\`*_\[\]<>#|~&@$]|^[-+=]|(?<=^\d)[.)]|(?<=[a-zA-Z]):(?=/)|(?<=www)\.", re.IGNORECASE
)
SHOWN = 3
"""Findings of a crowd that a table shows."""


def to_markdown(report: Report) -> str:
    """The report as GitHub-flavoured Markdown: what was found, then what was not checked."""
    parts = ["# Translation audit", ""]
    for number, audit in enumerate(report.audits):
        parts += _story(report, number, audit)
    return "\n".join(parts).rstrip("\n") + "\n"


def to_summary(report: Report) -> str:
    """The same, cut at a line end where a step summary must end."""
    text = to_markdown(report)
    if len(text.encode()) <= SUMMARY_BYTES:
        return text
    room = text.encode()[: SUMMARY_BYTES - len(CUT.encode())]
    return room.decode("utf-8", "ignore").rpartition("\n")[0] + "\n" + CUT


def literal(text: str) -> str:
    """Text that Markdown shows as it stands, on one line, invisible characters named."""
    shown = on_one_line(well_formed(text))
    return _ACTIVE.sub(lambda found: f"\\{found[0]}", shown)


def _story(report: Report, number: int, audit: Audit) -> list[str]:
    entries = [e for e in report.entries if e.audit == number]
    active = [e for e in entries if e.finding.suppression is None]
    accepted = [e for e in entries if e.finding.suppression is not None]
    name = literal(well_formed_name(audit.story.name))
    lines = [f"## {name}", "", _headline(audit, active), ""]
    if active:
        groups = [[active[i] for i in ranks] for ranks in crowds([e.finding for e in active])]
        lines += [*_table(groups), ""]
        told = [entry for group in groups for entry in group[:SHOWN]]
        lines += [line for entry in told for line in _detail(entry, report)]
    if accepted:
        lines += [
            f"{counted(len(accepted), 'finding')} accepted before:",
            "",
            *_table([[e] for e in accepted]),
        ]
        lines.append("")
    hidden = len(audit.findings) - len(entries)
    if hidden:
        lines += [f"{counted(hidden, 'finding')} of preview rules not shown (`--preview`).", ""]
    return [*lines, *_versions(audit), *_trouble(audit)]


def _headline(audit: Audit, active: list[Entry]) -> str:
    if not active:
        return f"{literal(headline(audit))}."
    found = [e.finding for e in active]
    return f"**{counted(len(found), 'finding')}: {severities(found)}.**"


def _table(groups: list[list[Entry]]) -> list[str]:
    lines = [
        "| severity | where | rule | text | why | sure |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for group in groups:
        lines += [_row(entry) for entry in group[:SHOWN]]
        if left := group[SHOWN:]:
            first, where = left[0].finding, literal(left[0].version.path)
            more = f"*{len(left)} more*"
            lines.append(f"| {first.severity.value} | {where} | {first.rule} | {more} | | |")
    return lines


def _row(entry: Entry) -> str:
    finding = entry.finding
    quote = literal(entry.version.quotation(finding.spans[0], 60))
    return (
        f"| {finding.severity.value} | {_where(entry)} | {literal(finding.rule)} | {quote} "
        f"| {literal(finding.message)} | {sure(finding.confidence)} |"
    )


def _where(entry: Entry) -> str:
    return f"{literal(entry.version.path)}:{entry.place.line}:{entry.place.column}"


def _detail(entry: Entry, report: Report) -> list[str]:
    """The evidence and the repair, folded away: a table cell holds neither."""
    finding = entry.finding
    if not finding.evidence and finding.repair is None:
        return []
    summary = f"{_where(entry)} {literal(finding.rule)}"
    lines = [f"<details><summary>{_html(summary)}</summary>", ""]
    for held in finding.evidence:
        other = report.version(entry.audit, held.span.document)
        at = other.place(held.span)
        quote = other.quotation(held.span)
        note = f" \N{EM DASH} {literal(said)}" if (said := remark(held, quote)) else ""
        lines.append(f"- {literal(other.path)}:{at.line}:{at.column}: {literal(quote)}{note}")
    if finding.repair is not None:
        lines.append(f"- proposed: {literal(finding.repair) or '(delete)'}")
    return [*lines, "", "</details>", ""]


def _html(text: str) -> str:
    """Markdown is not read inside an HTML line: backslashes off, entities instead."""
    bare = re.sub(r"\\(.)", r"\1", text)
    return bare.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _versions(audit: Audit) -> list[str]:
    verdict = judged(audit)
    lines = [
        f"| version | language | fidelity |{' judge |' if verdict else ''} rules run | not run |",
        f"| --- | --- | ---: |{' ---: |' if verdict else ''} ---: | ---: |",
    ]
    for result in audit.documents:
        document = audit.story.document(result.document)
        lines.append(
            f"| {literal(well_formed_name(document.id))} | {literal(document.lang)} "
            f"| {score(result.score.fidelity)} "
            + (f"| {learned(verdict.get(document.id))} " if verdict else "")
            + f"| {len(result.rules_run)} | {len(result.rules_not_run)} |"
        )
    return [*lines, "", *_measures(audit)]


def _measures(audit: Audit) -> list[str]:
    """Versions held against references and originals, and what all this was computed with."""
    lines: list[str] = []
    for one in comparisons(audit):
        names = f"{literal(well_formed_name(one.document))} against {literal(one.against)}"
        lines.append(f"- {names}: {one.told}")
        lines += [
            f"  - {literal(was) or '(nothing)'} \N{RIGHTWARDS ARROW} {literal(now) or '(deleted)'}"
            for was, now in one.replaced[:REPLACED]
        ]
        if len(one.replaced) > REPLACED:
            lines.append(f"  - and {len(one.replaced) - REPLACED} more phrases replaced")
    lines += [f"- {literal(signature)}" for signature in signatures(audit)]
    if judge := judge_name(audit):
        lines.append(f"- judge, on its own scale: {literal(judge)}")
    return [*lines, f"- encoder: {literal(audit.encoder)}", ""]


def _trouble(audit: Audit) -> list[str]:
    lines = [
        f"- **crashed:** {literal(e.rule)} on {literal(e.document)}: {literal(e.error)}"
        for e in audit.errors
    ]
    lines += [f"- **not audited:** {literal(problem)}" for problem in audit.problems]
    lines += [
        f"- not checked: {literal(rules)} in {literal(documents)}: {literal(reason)}"
        for rules, documents, reason in not_checked(audit)
    ]
    return [*lines, ""] if lines else []
