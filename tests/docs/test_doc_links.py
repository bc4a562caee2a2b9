"""Every link of the documentation leads somewhere, and generated pages are fresh."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from auditor.pipeline.config_keys import KEYS, reference

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("corpora/*.md")])


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as code hosts make them."""
    found: set[str] = set()
    tokens = MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8"))
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            text = "".join(c.content for c in token.children or ())
            kept = "".join(
                c for c in text.lower() if c in " -_" or unicodedata.category(c)[0] in "LN"
            )
            found.add(kept.replace(" ", "-"))
    return found


def links(page: Path) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))
    children = [child for token in tokens for child in token.children or ()]
    targets = [str(c.attrs.get("href") or c.attrs.get("src") or "") for c in children]
    return [target for target in targets if target and not re.match(r"[a-z]+:", target)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        assert there.is_relative_to(ROOT)
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{page.name}: {target}"


def test_every_page_is_reached_from_the_first() -> None:
    first = ROOT / "docs" / "index.md"
    reached = {(first.parent / target.partition("#")[0]).resolve() for target in links(first)}
    assert reached == set((ROOT / "docs").glob("*.md")) - {first}


def test_the_settings_page_is_made_from_the_settings() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == reference(), "stale: run make docs"
    assert [key.name for key in KEYS] == re.findall(r"^## (.+)$", page, re.MULTILINE)
