from __future__ import annotations

from pathlib import Path

from auditor.cli.rules import reference
from auditor.pipeline import all_rules


def test_the_rule_reference_is_what_the_rules_say(root: Path) -> None:
    page = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == reference(all_rules()), "it is stale: run `make docs`"


def test_the_changelog_names_every_rule(root: Path) -> None:
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [rule.id for rule in all_rules() if f"`{rule.id}`" not in log] == []
