from __future__ import annotations

from pathlib import Path

from auditor.report.formats import FORMATS


def test_the_page_of_reports_names_every_format(root: Path) -> None:
    page = (root / "docs" / "reports.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| [`")]
    assert [line.split("`")[1] for line in rows] == list(FORMATS)


def test_every_anchor_of_the_table_is_a_heading(root: Path) -> None:
    page = (root / "docs" / "reports.md").read_text(encoding="utf-8")
    headings = {
        line[3:].lower().replace(",", "").replace(" ", "-")
        for line in page.splitlines()
        if line.startswith("## ")
    }
    used = {line.split("](#")[1].split(")")[0] for line in page.splitlines() if "](#" in line}
    assert used <= headings
