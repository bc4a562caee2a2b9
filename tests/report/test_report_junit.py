"""JUnit XML: valid against the schema that Jenkins uses, and read back by junitparser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite
from lxml import etree
from report_samples import make_audit, make_clean, make_hostile

from auditor.core import Audit, Severity, Suppression, SuppressionKind
from auditor.report.as_junit import to_junit
from auditor.report.entries import Report, Settings

SCHEMA = Path(__file__).parent / "schemas" / "junit-10.xsd"
HOSTILE = "a\ud800\x1b[31m\u202eb\x00]]></failure>\ufffe"


def suites_of(audit: Audit, fail_on: Severity = Severity.MAJOR) -> dict[str, TestSuite]:
    text = to_junit(Report((audit,), Settings(fail_on=fail_on)))
    return {suite.name: suite for suite in JUnitXml.fromstring(text.encode())}


def outcome(case: TestCase) -> str:
    kinds = [type(result).__name__ for result in case.result]
    return kinds[0] if kinds else "passed"


@pytest.mark.parametrize(
    "audit",
    [
        pytest.param(make_audit(), id="everything"),
        pytest.param(make_clean(make_audit()), id="nothing-found"),
        pytest.param(make_hostile(make_audit(), HOSTILE), id="hostile"),
    ],
)
def test_every_report_is_valid_against_the_schema(audit: Audit) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(to_junit(Report((audit, audit))).encode()))


def test_a_finding_fails_from_the_severity_that_a_build_fails_for() -> None:
    french = {c.name: outcome(c) for c in suites_of(make_audit())["fr.txt"]}
    assert french["drift/date “2012”"] == "Failure"
    assert french["fidelity/omission"] == "Failure"
    addition = next(name for name in french if name.startswith("fidelity/addition"))
    assert french[addition] == "passed"
    assert french["furniture/boilerplate"] == "passed"
    assert french["spun/document"] == "Skipped"
    strict = suites_of(make_audit(), Severity.MINOR)["fr.txt"]
    assert {c.name: outcome(c) for c in strict}[addition] == "Failure"


def test_a_failure_says_where_what_and_the_evidence() -> None:
    (case,) = [c for c in suites_of(make_audit())["fr.txt"] if c.name.startswith("drift/date")]
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert failure.message == make_audit().findings[0].message
    assert failure.type == "critical"
    raw = make_audit().story.document("fr.txt").raw
    line = raw[: raw.index("2012")].count("\n") + 1
    assert failure.text.splitlines()[0].startswith(f"fr.txt:{line}:")
    assert "  proposed: 2021" in failure.text
    assert "4 mai 2021 (another article: 2021)" in failure.text


def test_a_milder_finding_is_told_in_the_output_of_a_passing_test() -> None:
    (case,) = [c for c in suites_of(make_audit())["fr.txt"] if c.name.startswith("fidelity/add")]
    assert "fr.txt has a sentence that no other version has." in case.system_out


def test_an_accepted_finding_is_skipped_with_its_reason() -> None:
    audit = make_audit()
    accepted = replace(
        audit.findings[0], suppression=Suppression(SuppressionKind.IN_SOURCE, "recounted")
    )
    (case,) = [
        c
        for c in suites_of(replace(audit, findings=(accepted,)))["fr.txt"]
        if c.name.startswith("drift/date")
    ]
    (skipped,) = case.result
    assert isinstance(skipped, Skipped)
    assert skipped.message == "accepted: recounted"


def test_a_crash_and_an_unread_file_are_errors() -> None:
    suites = suites_of(make_audit())
    (crash,) = [c for c in suites["it.txt"] if outcome(c) == "Error"]
    assert isinstance(crash.result[0], Error)
    assert crash.result[0].message == "ZeroDivisionError: division by zero"
    (unread,) = list(suites["input"])
    assert unread.result[0].message.startswith("notes.bin: not text")


def test_counts_are_those_of_the_cases() -> None:
    text = to_junit(Report((make_audit(),)))
    root = JUnitXml.fromstring(text.encode())
    read = (root.tests, root.failures, root.errors)
    root.update_statistics()
    assert read == (root.tests, root.failures, root.errors)
    for suite in root:
        held = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        assert held == (suite.tests, suite.failures, suite.errors, suite.skipped)


def test_names_do_not_change_when_lines_are_inserted_above() -> None:
    audit = make_audit()
    before = [c.name for s in suites_of(audit).values() for c in s]
    moved = tuple(replace(d, raw="\n" * 20 + d.raw, blocks=()) for d in audit.story.documents)
    findings = tuple(
        replace(
            f,
            spans=tuple(replace(s, start=s.start + 20, end=s.end + 20) for s in f.spans),
            evidence=(),
        )
        for f in audit.findings
    )
    later = replace(audit, story=replace(audit.story, documents=moved), findings=findings)
    assert [c.name for s in suites_of(later).values() for c in s] == before
