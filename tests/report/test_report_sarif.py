"""SARIF: valid against the standard's schema, and read back by sarif-tools."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from report_samples import make_audit, make_clean, make_document, make_hostile

from auditor.core import (
    Audit,
    BaselineState,
    Finding,
    Severity,
    Span,
    Story,
    Suppression,
    SuppressionKind,
    Tier,
)
from auditor.report import as_sarif
from auditor.report.as_sarif import to_sarif, to_sarif_text
from auditor.report.entries import Report, Settings

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0.json"
HOSTILE = "a\ud800\x1b[31m\u202eb\x00[x](http://y)</script>"


def make_lined(raw: str, start: int, end: int) -> Audit:
    """An audit of one plain text with one finding."""
    document = replace(make_document("a b.txt", "en", "x"), raw=raw)
    found = Finding(
        "drift/date", Tier.STABLE, Severity.MAJOR, 0.9, "Here.", (Span("a b.txt", start, end),),
        fingerprint="1:1:0",
    )  # fmt: skip
    story = Story("s", (document,))
    return replace(
        make_audit(), story=story, findings=(found,), documents=(), passages=(), segments={}
    )


def run_of(audit: Audit, **settings: Any) -> dict[str, Any]:
    run: dict[str, Any] = to_sarif(Report((audit,), Settings(**settings)))["runs"][0]
    return run


@pytest.fixture(scope="module")
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.mark.parametrize(
    "audit",
    [
        pytest.param(make_audit(), id="everything"),
        pytest.param(make_clean(make_audit()), id="nothing-found"),
        pytest.param(make_hostile(make_audit(), HOSTILE), id="hostile"),
    ],
)
def test_every_report_is_valid_against_the_schema(audit: Audit, validator: Any) -> None:
    log = json.loads(to_sarif_text(Report((audit, audit), Settings(preview=True))))
    validator.validate(log)


def test_sarif_tools_reads_rule_place_and_message(tmp_path: Path) -> None:
    from sarif import loader

    path = tmp_path / "a.sarif"
    path.write_text(to_sarif_text(Report((make_audit(),))), encoding="utf-8")
    records = loader.load_sarif_file(str(path)).get_records()
    date = next(r for r in records if r["Code"] == "drift/date")
    raw = make_audit().story.document("fr.txt").raw
    assert date["Location"] == "fr.txt"
    assert date["Line"] == raw[: raw.index("2012")].count("\n") + 1
    assert date["Severity"] == "error"
    assert len(records) == sum(f.tier is Tier.STABLE for f in make_audit().findings)


def test_target_is_the_location_and_evidence_is_related_with_what_it_says() -> None:
    first = run_of(make_audit())["results"][0]
    assert [loc["physicalLocation"]["artifactLocation"]["uri"] for loc in first["locations"]] == [
        "fr.txt"
    ]
    region = first["locations"][0]["physicalLocation"]["region"]
    assert region["snippet"] == {"text": "2012"}
    assert region["charLength"] == 4
    related = [
        (r["physicalLocation"]["artifactLocation"]["uri"], r["message"]["text"])
        for r in first["relatedLocations"]
    ]
    assert related == [
        ("en.txt", "en: 2021"),
        ("it.txt", "it: 2021"),
        ("zh-Hant.txt", "zh-Hant: 2021"),
        ("autre/fr.txt", "fr: another article: 2021"),
    ]
    assert "[en.txt](1), [it.txt](2) and [zh-Hant.txt](3)" in first["message"]["text"]


def test_our_fingerprint_stands_where_code_scanning_reads_it() -> None:
    first = run_of(make_audit())["results"][0]
    assert first["partialFingerprints"] == {
        "primaryLocationLineHash": "1:aaaa000000000001",
        "translationAuditor/v1": "1:aaaa000000000001",
    }


def test_repair_is_a_fix_and_an_empty_one_deletes() -> None:
    results = {r["ruleId"]: r for r in reversed(run_of(make_audit())["results"])}
    (change,) = results["drift/date"]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert replacement["insertedContent"] == {"text": "2021"}
    assert replacement["deletedRegion"]["charLength"] == 4
    assert results["spam/injected"]["fixes"][0]["description"] == {"text": "Delete the text."}
    assert "fixes" not in results["fidelity/omission"]


def test_an_accepted_finding_stays_with_its_reason_and_its_state() -> None:
    audit = make_audit()
    accepted = replace(
        audit.findings[0],
        suppression=Suppression(SuppressionKind.BASELINE, "recounted"),
        baseline=BaselineState.UNCHANGED,
    )
    new = replace(audit.findings[1], baseline=BaselineState.NEW)
    results = run_of(replace(audit, findings=(accepted, new)))["results"]
    assert results[0]["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "recounted"}
    ]
    assert [r["baselineState"] for r in results] == ["unchanged", "new"]
    assert "suppressions" not in results[1]


@pytest.mark.parametrize(
    ("raw", "start", "end", "place"),
    [
        pytest.param("ab\ncd", 3, 5, (2, 1, 2, 3), id="lf"),
        pytest.param("ab\r\ncd", 4, 6, (2, 1, 2, 3), id="crlf"),
        pytest.param("ab\rcd", 3, 5, (2, 1, 2, 3), id="cr"),
        pytest.param("\U0001f600x", 1, 2, (1, 2, 1, 3), id="an-emoji-is-one-column"),
        pytest.param("ab\ncd", 1, 3, (1, 2, 1, 4), id="a-line-end-belongs-to-its-line"),
        pytest.param("ab\N{LINE SEPARATOR}cd", 3, 5, (1, 4, 1, 6), id="u2028-is-no-line-end"),
        pytest.param("ab", 2, 2, (1, 3, 1, 3), id="a-point-is-empty"),
    ],
)
def test_lines_and_columns_count_code_points(
    raw: str, start: int, end: int, place: tuple[int, ...]
) -> None:
    (result,) = run_of(make_lined(raw, start, end))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    held = tuple(region[k] for k in ("startLine", "startColumn", "endLine", "endColumn"))
    assert held == place


def test_paths_are_relative_to_the_checkout_and_percent_encoded(tmp_path: Path) -> None:
    audit = make_lined("abc", 0, 1)
    document = replace(
        audit.story.documents[0], path=str(tmp_path / "pages" / "über #1%.txt"), id="über #1%.txt"
    )
    finding = replace(audit.findings[0], spans=(Span(document.id, 0, 1),))
    audit = replace(audit, story=Story("s", (document,)), findings=(finding,))
    run = run_of(audit, root=str(tmp_path))
    assert run["artifacts"][0]["location"]["uri"] == "pages/%C3%BCber%20%231%25.txt"
    # Outside the checkout only the name in the story is told.
    run = run_of(audit, root=str(tmp_path / "elsewhere"))
    assert run["artifacts"][0]["location"]["uri"] == "%C3%BCber%20%231%25.txt"
    assert str(tmp_path) not in json.dumps(run)


def test_brackets_in_a_message_are_no_link() -> None:
    audit = make_lined("abc", 0, 1)
    finding = replace(audit.findings[0], message="see [this](2) and a\\b {0}")
    (result,) = run_of(replace(audit, findings=(finding,)))["results"]
    assert result["message"]["text"] == "see \\[this\\](2) and a\\\\b {0}"


def test_crashes_and_unread_files_make_the_run_unsuccessful() -> None:
    (invocation,) = run_of(make_audit())["invocations"]
    assert invocation["executionSuccessful"] is False
    told = [(n["level"], n["message"]["text"]) for n in invocation["toolExecutionNotifications"]]
    assert told[0] == (
        "error",
        "variant/mixed-chinese crashed on it.txt: ZeroDivisionError: division by zero",
    )
    assert told[1][1].startswith("notes.bin: not text")
    assert told[2] == ("note", "2 findings of preview rules not shown; --preview does.")
    (clean,) = run_of(make_clean(make_audit()))["invocations"]
    assert clean["executionSuccessful"] is True


def test_a_rule_that_did_not_run_is_told_with_its_documents() -> None:
    (invocation,) = run_of(make_audit())["invocations"]
    told = {
        n["message"]["text"]: [
            loc["physicalLocation"]["artifactLocation"]["uri"] for loc in n["locations"]
        ]
        for n in invocation["toolConfigurationNotifications"]
    }
    assert told["spun/document did not run: language fr not supported"] == [
        "fr.txt",
        "autre/fr.txt",
    ]


def test_results_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_sarif, "MOST_RESULTS", 3)
    run = run_of(make_audit())
    assert len(run["results"]) == 3
    told = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    assert any(text.startswith("5 findings left out") for text in told)


def test_rules_carry_what_code_scanning_shows() -> None:
    rules = {r["id"]: r for r in run_of(make_audit())["tool"]["driver"]["rules"]}
    date = rules["drift/date"]
    assert date["properties"]["problem.severity"] == "error"
    assert date["properties"]["precision"] == "high"
    assert date["properties"]["tags"] == [
        "translation", "drift", "stable", "mqm/Accuracy/Mistranslation",
    ]  # fmt: skip
    assert date["help"]["markdown"]
    results = run_of(make_audit())["results"]
    ids = [r["id"] for r in run_of(make_audit())["tool"]["driver"]["rules"]]
    assert [ids[r["ruleIndex"]] for r in results] == [r["ruleId"] for r in results]
