"""A project's own names: beside the story, and by option."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import auditor
from auditor.core import ConfigError

NAMES = """\
schema = 1

[[name]]
name = "Petra Novak"
never = ["Petra Nowack"]
"""


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(auditor, [str(a) for a in arguments], catch_exceptions=False)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AUDITOR_CACHE", "off")
    path = tmp_path / "names.toml"
    path.write_text(NAMES, encoding="utf-8")
    return path


def test_pairs_take_the_names_of_an_option(tmp_path: Path, names: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "id\tsource\ttarget\n1\tPetra Novak left.\tPetra Nowack est partie.\n", encoding="utf-8"
    )
    options = ("--source-lang", "en", "--target-lang", "fr", "--names", names)
    (row,) = map(json.loads, call("pairs", table, *options).stdout.splitlines())
    found = [(f["rule"], f["repair"], f["spans"][0]["text"]) for f in row["findings"]]
    assert found == [("drift/name-spelling", "Petra Novak", "Petra Nowack")]


def test_an_audit_finds_the_names_beside_the_story(tmp_path: Path, names: Path) -> None:
    assert names.parent == tmp_path
    (tmp_path / "fr.txt").write_text("Petra Nowack est partie hier soir.\n", encoding="utf-8")
    report = json.loads(call("audit", tmp_path, "--format", "json").stdout)
    assert [f["rule"] for f in report["findings"]] == ["drift/name-spelling"]
    assert [d["id"] for d in report["documents"]] == ["fr.txt"]


def test_a_mistake_in_the_names_is_told_with_its_line(tmp_path: Path, names: Path) -> None:
    names.write_text("schema = 1\n\n[[name]]\nnmae = 'A'\n", encoding="utf-8")
    (tmp_path / "fr.txt").write_text("Petra est partie.\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"names\.toml:3: unknown key 'nmae'.*'name'"):
        call("audit", tmp_path)
