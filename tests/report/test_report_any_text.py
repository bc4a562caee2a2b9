"""Whatever a story says: every format carries it, or shows visibly what it cannot carry."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from lxml import etree
from report_samples import make_audit, make_hostile

from auditor.core import Audit
from auditor.report.as_csv import plain, to_csv
from auditor.report.as_github import to_github
from auditor.report.as_gitlab import to_gitlab_text
from auditor.report.as_junit import to_junit
from auditor.report.as_markdown import to_markdown
from auditor.report.as_sarif import to_sarif_text
from auditor.report.as_tmx import to_tmx
from auditor.report.as_xliff import to_xliff
from auditor.report.as_xliff12 import to_xliff12
from auditor.report.characters import on_one_line, well_formed, well_formed_name
from auditor.report.entries import Report, Settings
from auditor.report.xml import visible_xml

ATTACKS = (
    "\x00", "\x1b[2J", "\u202e", "\ud800", "\r\n", "\n", "\r", "]]>", "&lt;", "<a>", "::", "%0A",
    "=1+1", "@x", '"', "'", ",", ";", "|", "`", "[x](y)", "{0}", "\N{ZERO WIDTH SPACE}", "\ufffe",
    "\N{LINE SEPARATOR}", "../", "/", "字", "\U0001f600", "e\N{COMBINING ACUTE ACCENT}",
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()), min_size=1, max_size=30) | st.lists(
    st.sampled_from(ATTACKS), min_size=1, max_size=6
).map("".join)
# What may turn the direction, move the cursor or hide.
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def audit_of(text: str) -> tuple[Audit, Report]:
    audit = make_hostile(make_audit(), text)
    return audit, Report((audit,), Settings(preview=True))


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_json_formats_give_the_message_and_the_quotation_back(text: str) -> None:
    audit, report = audit_of(text)
    (run,) = json.loads(to_sarif_text(report))["runs"]
    (result,) = run["results"]
    said = re.sub(r"\\([\\\[\]])", r"\1", result["message"]["text"])
    assert said.startswith(on_one_line(text))
    (span,) = audit.findings[0].spans
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region["startLine"] >= 1 <= region["startColumn"]
    assert region.get("snippet", {"text": ""})["text"] == well_formed(text[span.start : span.end])
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", run["artifacts"][0]["location"]["uri"])
    (issue,) = json.loads(to_gitlab_text(report))
    assert issue["description"] == on_one_line(text)


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_line_formats_keep_one_line_and_let_nothing_act(text: str) -> None:
    _, report = audit_of(text)
    annotations = to_github(report)
    assert not ACTING.search(annotations)
    assert all(
        re.match(r"::(error|warning|notice) ", line) for line in annotations.split("\n")[:-1]
    )
    markdown = to_markdown(report)
    assert not ACTING.search(markdown)
    rows = list(csv.reader(StringIO(to_csv(report)[1:], newline="")))
    assert len(rows) == 2
    message = rows[1][rows[0].index("message")]
    assert plain(message) == on_one_line(well_formed(text))


@given(ANY)
@settings(max_examples=60, deadline=None)
def test_xml_formats_are_well_formed_and_give_the_text_back(text: str) -> None:
    _, report = audit_of(text)
    suites = JUnitXml.fromstring(to_junit(report).encode())
    names = [suite.name for suite in suites]
    assert names[0] == on_one_line(well_formed_name(text.lstrip("/")))
    (part,) = to_xliff(report).values()
    source = next(etree.fromstring(part.encode()).iter("{*}source"))
    # A line end within a paragraph is a space, or nothing in Chinese.
    assert "".join(read_back(source).split()) == "".join(well_formed(text).split())
    old = next(etree.fromstring(to_xliff12(report).encode()).iter("{*}source"))
    assert "".join("".join(old.itertext()).split()) == "".join(
        visible_xml(well_formed(text)).split()
    )
    etree.fromstring(to_tmx(report).encode())


def read_back(element: etree._Element) -> str:
    held = element.text or ""
    for child in element:
        code = child.get("hex")
        held += chr(int(code, 16)) if code else read_back(child)
        held += child.tail or ""
    return held
