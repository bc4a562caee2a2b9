"""The corrupted version in corpora/: every planted defect by exact span, with its repair."""

from __future__ import annotations

from pathlib import Path

import pytest
from labels import labels, place

import auditor
from auditor.core import Audit, Tier

STORY = "storm-barrier-corrupted"
RULES = (
    "encoding/entity",
    "encoding/homoglyph",
    "encoding/invisible",
    "encoding/mojibake",
    "fidelity/untranslated",
    "spam/injected",
)


@pytest.fixture(scope="module")
def audit(root: Path) -> Audit:
    return auditor.audit(root / "corpora" / STORY, cache=False)


@pytest.mark.parametrize("rule", RULES)
def test_what_was_planted_is_found_by_exact_span_and_repaired(
    root: Path, audit: Audit, rule: str
) -> None:
    wanted = {place(label): label.get("repair") for label in labels(root, STORY, rule)}
    found = {
        (f.spans[0].document, f.spans[0].start, f.spans[0].end): f.repair
        for f in audit.findings
        if f.rule == rule
    }
    assert wanted
    assert found == wanted


def test_nothing_else_is_shown(audit: Audit) -> None:
    shown = [(f.rule, f.message) for f in audit.findings if f.tier is Tier.STABLE]
    assert [rule for rule, _ in shown if rule not in RULES] == [], shown
