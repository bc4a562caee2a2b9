"""The story in corpora/ with facts changed in translation: what of it is found, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from labels import findings, labels, place, places

import auditor
from auditor.core import Audit, Severity, Tier

STORY = "storm-barrier-drift"


@pytest.fixture(scope="module")
def audit(root: Path) -> Audit:
    return auditor.audit(root / "corpora" / STORY, cache=False)


@pytest.mark.parametrize("rule", ["drift/opposite", "drift/unit"])
def test_changed_facts_are_found_by_exact_span(root: Path, audit: Audit, rule: str) -> None:
    wanted = {place(label) for label in labels(root, STORY, rule)}
    assert wanted
    assert places(findings(audit, rule, preview=True)) == wanted


def test_word_that_lost_its_negation_is_found(root: Path, audit: Audit) -> None:
    (lost,) = [x for x in labels(root, STORY, "drift/negation") if x["document"] == "fr.txt"]
    ((document, start, end),) = places(findings(audit, "drift/negation", preview=True))
    name, first, last = place(lost)
    # A lost denial leaves no character: the word that had it is marked, and a neighbour at most.
    assert document == name
    assert start <= first < last <= end <= start + 11


def test_turned_direction_is_repaired(audit: Audit) -> None:
    found = findings(audit, "drift/opposite", preview=True)
    repairs = {f.repair for f in found if f.spans[0].document == "fr.txt"}
    assert repairs == {"nord-ouest"}


def test_nothing_is_shown_but_what_was_changed(root: Path, audit: Audit) -> None:
    rules = {f.rule for f in audit.findings if f.tier is Tier.STABLE}
    wanted = {place(x) for rule in rules for x in labels(root, STORY, rule)}
    shown = {f for f in audit.findings if f.tier is Tier.STABLE}
    assert places(list(shown)) <= wanted
    assert all(f.severity.rank >= Severity.MAJOR.rank for f in shown)
