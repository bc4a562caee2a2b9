from __future__ import annotations

import pytest

from auditor.core import Audit, Story
from auditor.encode import open_encoder
from auditor.pipeline import Run, all_rules, audit_story
from auditor.read import document_from_text

GARBLED = "12 Ð¼Ð¸Ñ€ 33 \N{RIGHT-TO-LEFT OVERRIDE} 44"


@pytest.fixture(scope="module")
def audit() -> Audit:
    document = document_from_text(GARBLED, "page.txt")
    return audit_story(Story("story", (document,)), Run(encoder=open_encoder(), rules=all_rules()))


def test_a_garbled_text_whose_language_cannot_be_told_is_judged_by_its_characters(
    audit: Audit,
) -> None:
    assert [document.lang for document in audit.story.documents] == ["und"]
    found = {(f.rule, GARBLED[f.spans[0].start : f.spans[0].end]) for f in audit.findings}
    assert found == {
        ("encoding/mojibake", "Ð¼Ð¸Ñ€"),
        ("encoding/invisible", "\N{RIGHT-TO-LEFT OVERRIDE}"),
    }


def test_what_needs_a_language_is_told_as_not_checked(audit: Audit) -> None:
    (result,) = audit.documents
    assert "encoding/mojibake" in result.rules_run
    reasons = {n.rule: n.reason for n in result.rules_not_run}
    assert reasons["drift/date"].startswith("its language could not be told")
