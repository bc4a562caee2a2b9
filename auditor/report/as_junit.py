"""The audit as JUnit XML: one suite a document, one test a finding or a rule that found nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.core import DocumentResult
from auditor.report.characters import on_one_line
from auditor.report.entries import Entry, Report, Version, by_version, remark
from auditor.report.xml import element, serialise, visible_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMED = 40
"""Characters of a quotation in a test's name."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A test: its name, and `failure`, `error` or `skipped` with message, type and text."""

    rule: str
    name: str
    outcome: str = ""
    message: str = ""
    kind: str = ""
    text: str = ""


def to_junit(report: Report) -> str:
    """The report as the text of an XML file.

    A finding fails its test from the severity on that a build fails for; a milder one passes and
    is told in the test's output; an accepted one and a rule that did not run are skipped.
    A crashed check is an error. Names of tests hold no line numbers: a CI server follows a
    test through its history by its name.
    """
    entries = by_version(report.entries)
    root = element("testsuites", name="translation-auditor")
    total: Counter[str] = Counter()
    for number, version in report.versions():
        id = version.document.id
        audit = report.audits[number]
        result = next((r for r in audit.documents if r.document == id), None)
        crashed = [
            _Case(e.rule, e.rule, outcome="error", message=e.error, kind="crash")
            for e in audit.errors
            if e.document == id
        ]
        found = list(_findings(entries.get((number, id), ()), report))
        silent = list(_rules(result, {c.rule for c in (*crashed, *found)})) if result else []
        total += _suite(root, version.path, version, [*crashed, *found, *silent])
    # What could not be read has no document of its own.
    problems = [
        _Case("input", "input", outcome="error", message=problem, kind="input")
        for audit in report.audits
        for problem in audit.problems
    ]
    known = {(n, v.document.id) for n, v in report.versions()}
    problems += [
        _Case(e.rule, e.rule, outcome="error", message=f"{e.document}: {e.error}", kind="crash")
        for n, audit in enumerate(report.audits)
        for e in audit.errors
        if (n, e.document) not in known
    ]
    if problems:
        total += _suite(root, "input", None, problems)
    _count(root, total)
    return serialise(root)


def _findings(entries: Iterable[Entry], report: Report) -> Iterator[_Case]:
    seen: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        finding = entry.finding
        quote = entry.version.quotation(finding.spans[0], NAMED)
        seen[finding.rule, quote] += 1
        again = seen[finding.rule, quote]
        # Where something is missing there is nothing to quote.
        name = finding.rule
        if quote:
            name += f" \N{LEFT DOUBLE QUOTATION MARK}{quote}\N{RIGHT DOUBLE QUOTATION MARK}"
        name += f" ({again})" if again > 1 else ""
        outcome = "failure" if report.fails(finding) else "output"
        message = entry.message
        if finding.suppression is not None:
            outcome = "skipped"
            message = f"accepted: {finding.suppression.reason or message}"
        yield _Case(
            finding.rule,
            name,
            outcome,
            message,
            finding.severity.value,
            _told(entry, report),
        )


def _told(entry: Entry, report: Report) -> str:
    finding, place = entry.finding, entry.place
    lines = [
        f"{entry.version.path}:{place.line}:{place.column}",
        entry.message,
        f"  found: {entry.version.quotation(finding.spans[0])}",
    ]
    for evidence in finding.evidence:
        other = report.version(entry.audit, evidence.span.document)
        at = other.place(evidence.span)
        quote = other.quotation(evidence.span)
        note = f" ({said})" if (said := remark(evidence, quote)) else ""
        lines.append(f"  {other.path}:{at.line}:{at.column}: {quote}{note}")
    if finding.repair is not None:
        lines.append(f"  proposed: {on_one_line(finding.repair) or '(delete)'}")
    lines.append(f"  {finding.severity.value}, {finding.tier.value}, {finding.fingerprint}")
    return "\n".join(lines)


def _rules(result: DocumentResult, told: set[str]) -> Iterator[_Case]:
    for rule in result.rules_run:
        if rule not in told:
            yield _Case(rule, rule)
    for skipped in result.rules_not_run:
        if skipped.rule not in told:
            yield _Case(
                skipped.rule, skipped.rule, outcome="skipped", message=f"not run: {skipped.reason}"
            )


def _suite(
    root: _Element, name: str, version: Version | None, cases: Iterable[_Case]
) -> Counter[str]:
    suite = element("testsuite", name=visible_xml(name))
    if version is not None:
        # The schema that Jenkins reads by has the file here, not at the test.
        suite.set("file", visible_xml(version.path))
    counts: Counter[str] = Counter()
    for case in cases:
        counts["tests"] += 1
        counts[case.outcome] += 1
        made = element("testcase", classname=visible_xml(name), name=visible_xml(case.name))
        made.set("time", "0")
        made.extend(_outcome(case))
        suite.append(made)
    _count(suite, counts)
    suite.set("time", "0")
    root.append(suite)
    return counts


def _outcome(case: _Case) -> Iterator[_Element]:
    if case.outcome == "output":
        yield element("system-out", visible_xml(case.text))
    elif case.outcome == "skipped":
        yield element("skipped", message=visible_xml(on_one_line(case.message)))
    elif case.outcome:
        text = visible_xml(case.text or on_one_line(case.message))
        message = visible_xml(on_one_line(case.message))
        yield element(case.outcome, text, message=message, type=visible_xml(case.kind))


def _count(element: _Element, counts: Counter[str]) -> None:
    element.set("tests", str(counts["tests"]))
    element.set("failures", str(counts["failure"]))
    element.set("errors", str(counts["error"]))
    if element.tag == "testsuite":
        element.set("skipped", str(counts["skipped"]))
