"""The command: what it takes in, what it refuses, what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from review_stories import gates, many

from auditor.cli import auditor
from auditor.core import ConfigError
from auditor.review.database import open_database, writing
from auditor.review.decide import Choice, decide
from auditor.review.importing import take_in


def _call(*arguments: str | Path, **environment: str) -> Result:
    return CliRunner().invoke(
        auditor, [str(a) for a in arguments], catch_exceptions=False, env=environment
    )


@pytest.fixture
def report(tmp_path: Path) -> Path:
    for name, text in gates().texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = tmp_path / "report.json"
    path.write_text(json.dumps(gates().report), encoding="utf-8")
    return path


def test_a_report_is_taken_in_and_then_known(report: Path, tmp_path: Path) -> None:
    arguments = ("review", report, "--database", tmp_path / "r.db", "--import-only", "-q")
    assert "2 new findings, 0 known, 0 gone" in _call(*arguments).stderr
    assert "0 new findings, 2 known, 0 gone" in _call(*arguments).stderr


def test_the_rules_say_how_often_reviewers_agreed(report: Path, tmp_path: Path) -> None:
    database = tmp_path / "r.db"
    _call("review", report, "--database", database, "--import-only", "-q")
    engine = open_database(str(database))
    with writing(engine) as connection:
        decide(connection, 1, 0, Choice("accept"), "ana")
    engine.dispose()
    told = _call("rules", "drift/date", "--decisions", database).stdout
    assert told.split(None, 2) == ["drift/date", "stable", "1 of 1 right, 100% (21% to 100%)\n"]


def test_sarif_carries_the_measured_precision_of_a_rule(tmp_path: Path, root: Path) -> None:
    database, story = tmp_path / "r.db", root / "corpora" / "storm-barrier-drift"
    engine = open_database(str(database))
    with writing(engine) as connection:
        take_in(connection, many("Many", 20), "ana")
        for id in range(1, 21):
            dismissed = Choice("dismiss", reason="false alarm")
            decide(connection, id, 0, dismissed if id > 12 else Choice("accept"), "ana")
    engine.dispose()
    sarif = json.loads(
        _call("audit", story, "--format", "sarif", "--decisions", database, "-q").stdout
    )
    rules = {
        r["id"]: r["properties"]["precision"] for r in sarif["runs"][0]["tool"]["driver"]["rules"]
    }
    assert rules["drift/date"] == "medium"
    assert rules["drift/number"] == "high"


def test_no_database_is_made_by_asking_for_its_decisions(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such database"):
        _call("rules", "--decisions", tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_another_address_without_users_is_refused_before_it_listens(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nobody has one yet"):
        _call("review", "--database", tmp_path / "r.db", "--host", "192.0.2.1", "-q")


def test_a_short_password_is_refused(tmp_path: Path) -> None:
    arguments = ("review", "--database", tmp_path / "r.db", "--add-user", "ana")
    with pytest.raises(ConfigError, match="too short"):
        _call(*arguments, AUDITOR_PASSWORD="short")  # noqa: S106 - refused is what is tested
    assert _call(*arguments, AUDITOR_PASSWORD="long enough for us").exit_code == 0  # noqa: S106


@pytest.mark.parametrize("where", ["mysql://x/y", "no/such/folder/r.db", "http://x"])
def test_a_database_that_cannot_be_is_refused_in_one_line(where: str) -> None:
    with pytest.raises(ConfigError):
        _call("review", "--database", where, "--import-only")


def test_a_password_in_an_address_is_never_shown() -> None:
    where = "postgresql://ana:geheim@127.0.0.1:1/x"
    with pytest.raises(ConfigError) as told:
        open_database(where)
    assert "geheim" not in str(told.value)
