"""Annotations, step summary, code quality, table and Markdown."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import make_audit, make_clean, make_hostile

from auditor.core import Audit, Severity, Suppression, SuppressionKind, Tier
from auditor.report import as_markdown
from auditor.report.as_csv import COLUMNS, cell, to_csv
from auditor.report.as_github import command, to_github
from auditor.report.as_gitlab import to_gitlab, to_gitlab_text
from auditor.report.as_markdown import literal, to_markdown, to_summary
from auditor.report.entries import Report, Settings

# What GitLab's documentation requires of a code quality report.
CODE_QUALITY: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!/|\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def accept_first(audit: Audit) -> Audit:
    held = Suppression(SuppressionKind.BASELINE, "recounted")
    return replace(
        audit, findings=(replace(audit.findings[0], suppression=held), *audit.findings[1:])
    )


def many(audit: Audit, number: int) -> Audit:
    findings = tuple(replace(audit.findings[0], fingerprint=f"1:{i}:0") for i in range(number))
    return replace(audit, findings=findings, errors=(), problems=())


def test_an_annotation_names_file_line_columns_and_rule() -> None:
    audit = make_clean(make_audit())
    audit = replace(audit, findings=make_audit().findings[:1])
    raw = audit.story.document("fr.txt").raw
    at = raw.index("2012")
    line, column = raw[:at].count("\n") + 1, at - raw.rfind("\n", 0, at)
    assert to_github(Report((audit,))) == (
        f"::error file=fr.txt,line={line},endLine={line},col={column},endColumn={column + 4},"
        f"title=Dates that differ (drift/date)::{audit.findings[0].message}\n"
    )


def test_levels_follow_severity_and_tier() -> None:
    lines = to_github(Report((make_audit(),), Settings(preview=True))).splitlines()
    levels = [COMMAND.fullmatch(line) for line in lines]
    held = [(m[1], m[2].rpartition("(")[2].rstrip(")")) for m in levels if m]
    assert ("error", "drift/date") in held
    assert ("warning", "fidelity/addition") in held
    assert ("notice", "furniture/boilerplate") in held
    assert ("notice", "spun/phrase") in held


def test_beyond_ten_errors_the_rest_is_counted_in_a_notice() -> None:
    lines = to_github(Report((many(make_audit(), 25),))).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error"] * 10 + ["::notice"]
    assert "15 errors" in lines[-1]


def test_a_crowd_of_one_rule_does_not_hide_the_other_findings() -> None:
    audit = replace(make_audit(), errors=(), problems=())
    phrase = replace(audit.findings[3], severity=Severity.MAJOR)
    crowd = tuple(replace(phrase, fingerprint=f"1:{i}:0") for i in range(30))
    audit = replace(audit, findings=(*crowd, audit.findings[4]))
    lines = to_github(Report((audit,))).splitlines()
    assert "spun/phrase" in lines[0]
    assert "fidelity/omission" in lines[1]
    text = to_markdown(Report((audit,)))
    assert "| major | en.txt | spun/phrase | *27 more* | | |" in text


def test_a_crash_is_never_cut_off() -> None:
    audit = replace(many(make_audit(), 25), errors=make_audit().errors)
    assert "variant/mixed-chinese crashed on it.txt" in to_github(Report((audit,))).splitlines()[0]


def test_an_accepted_finding_is_not_annotated_again() -> None:
    assert "drift/date" not in to_github(Report((accept_first(make_audit()),)))


@pytest.mark.parametrize(
    "text",
    ["a\n::error::b", "100%\r\n::stop-commands::x", "a,b:c", "\x1b]0;x\x07", "%0A::error::x"],
)
def test_no_text_ends_a_command_or_begins_another(text: str) -> None:
    line = command("error", text, {"file": text})
    assert "\n" not in line
    assert "\r" not in line
    found = COMMAND.fullmatch(line)
    assert found
    name, _, value = found[2].partition("=")
    assert name == "file"
    assert "," not in value
    if text.isprintable():
        assert unquote(found[3]) == text
        assert unquote(value) == text


def test_code_quality_is_what_gitlab_requires() -> None:
    audits = (make_audit(), make_hostile(make_audit(), "a\ud800\x00/b"))
    held = json.loads(to_gitlab_text(Report(audits, Settings(preview=True))))
    jsonschema.validate(held, CODE_QUALITY)
    assert held[0]["location"]["path"] == "fr.txt"
    assert held[0]["severity"] == "critical"
    prints = [issue["fingerprint"] for issue in held]
    assert len(set(prints)) == len(prints)


def test_code_quality_leaves_accepted_findings_out() -> None:
    stable = sum(f.tier is Tier.STABLE for f in make_audit().findings)
    assert len(to_gitlab(Report((accept_first(make_audit()),)))) == stable - 1


def rows_of(audit: Audit) -> list[dict[str, str]]:
    text = to_csv(Report((audit,), Settings(preview=True)))
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    return list(csv.DictReader(StringIO(text[1:], newline="")))


def test_the_table_has_a_row_for_each_finding_with_its_place_and_text() -> None:
    audit = make_audit()
    rows = rows_of(audit)
    assert len(rows) == len(audit.findings)
    assert tuple(rows[0]) == COLUMNS
    first = rows[0]
    raw = audit.story.document("fr.txt").raw
    assert (first["file"], first["text"]) == ("fr.txt", "2012")
    assert raw[int(first["start"]) : int(first["end"])] == "2012"
    assert (first["repair"], first["has_repair"]) == ("2021", "yes")
    assert (rows[1]["repair"], rows[1]["has_repair"]) == ("", "yes")
    assert rows[4]["has_repair"] == "no"


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", " =1", "＝1", "\r\n=1", "'=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")
    (row,) = rows_of(make_hostile(make_audit(), text))
    for name in ("file", "text", "message", "repair", "evidence"):
        assert not row[name].lstrip().startswith(("=", "+", "-", "@", "＝")), name


def shown(markdown: str) -> str:
    """The text that a reader of the rendered Markdown sees."""
    (inline,) = (t for t in MarkdownIt("gfm-like").parse(markdown) if t.type == "inline")
    children = inline.children or []
    assert {t.type for t in children} <= {"text", "text_special", "softbreak"}, markdown
    return "".join(t.content for t in children)


@pytest.mark.parametrize(
    "text",
    [
        "a | b", "<script>", "[x](javascript:y)", "![i](u)", "`code`", "**b** _c_ ~~d~~", "&lt;",
        "https://a.example/x", "www.a.example", "# a", "a\\b", "@team #12", "a@b.example",
    ],
)  # fmt: skip
def test_markdown_shows_text_as_it_stands(text: str) -> None:
    assert shown(f"x {literal(text)} y") == f"x {text} y"


@given(st.text(st.sampled_from("ab1.)-+=:/#|`*_~<>&;[]()!@$\\ \n字"), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_markdown_shows_any_text_as_it_stands(text: str) -> None:
    # A browser shows any white space as one space.
    assert shown(f"x {literal(text)} y").split() == f"x {text} y".split()


def test_markdown_names_what_turns_the_direction() -> None:
    assert shown(literal("a\u202eb")) == "a<U+202E>b"


def test_markdown_lists_findings_evidence_and_what_was_not_checked() -> None:
    text = to_markdown(Report((make_audit(),)))
    assert "**8 findings: 2 critical, 3 major, 2 minor, 1 neutral.**" in text
    row = next(line for line in text.splitlines() if line.startswith("| critical | fr.txt:"))
    assert "drift/date" in row
    assert "- proposed: 2021" in text
    assert "2 findings of preview rules not shown" in text
    assert "**crashed:** variant/mixed-chinese on it.txt" in text
    assert "not checked: spun/document" in text
    tables = [t for t in MarkdownIt("gfm-like").parse(text) if t.type == "table_open"]
    assert len(tables) == 2


def test_accepted_findings_are_listed_apart() -> None:
    text = to_markdown(Report((accept_first(make_audit()),)))
    assert "**7 findings: 1 critical" in text
    assert "1 finding accepted before:" in text


def test_a_step_summary_is_cut_at_a_line_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_markdown, "SUMMARY_BYTES", 3_000)
    report = Report((many(make_audit(), 50),))
    text = to_summary(report)
    assert len(text.encode()) <= 3_000
    kept = text.removesuffix(as_markdown.CUT)
    assert kept != text
    assert to_markdown(report).startswith(kept)
    assert kept.endswith("\n")


def test_severity_floor_decides_what_is_an_error() -> None:
    audit = replace(make_audit(), errors=(), problems=())
    strict = to_github(Report((audit,), Settings(fail_on=Severity.CRITICAL)))
    assert strict.count("::error ") == 2
