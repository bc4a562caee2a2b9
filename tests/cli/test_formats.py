"""`--format FMT[=PATH]`: several reports in one run, each whole or said to be missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from auditor.cli import auditor
from auditor.report.formats import FORMATS

Call = Callable[..., Result]
TEXT = "The barrier opened in 1997. It has closed twice since then.\n"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    monkeypatch.setenv("AUDITOR_CACHE", "off")
    (tmp_path / "en.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(auditor, list(arguments), catch_exceptions=False)

    return invoke


def test_every_format_is_written_in_one_run(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    wanted = [f"--format={name}" for name in FORMATS]
    done = call("audit", "en.txt", *wanted, "-o", "out")
    assert done.exit_code == 0, done.stderr
    assert sorted(p.name for p in out.iterdir()) == sorted(
        f"report.{made.ending}" for made in FORMATS.values()
    )
    run = json.loads((out / "report.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert run["artifacts"][0]["location"]["uri"] == "en.txt"
    assert str(tmp_path) not in (out / "report.sarif").read_text(encoding="utf-8")
    for name in ("report.junit.xml", "report.xlf", "report.1.2.xlf", "report.tmx"):
        etree.parse(out / name)


def test_a_dash_is_standard_output(call: Call, tmp_path: Path) -> None:
    done = call("audit", "en.txt", "--format", "sarif=-", "--format", "junit=a.xml")
    assert json.loads(done.stdout)["version"] == "2.1.0"
    assert (tmp_path / "a.xml").is_file()


def test_two_reports_on_standard_output_are_refused(call: Call) -> None:
    from auditor.core import ConfigError

    with pytest.raises(ConfigError, match="two reports go to one place"):
        call("audit", "en.txt", "--format", "sarif=-", "--format", "csv")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_report_that_cannot_be_written_does_not_cost_the_others(
    call: Call, tmp_path: Path
) -> None:
    done = call("audit", "en.txt", "--format", "sarif=/dev/full", "--format", "junit=a.xml")
    assert done.exit_code == 2
    assert "/dev/full: cannot be written: No space left on device" in done.stderr
    assert (tmp_path / "a.xml").is_file()
    assert list(tmp_path.glob(".auditor-*")) == []


def test_a_link_to_itself_is_refused_before_the_work(call: Call, tmp_path: Path) -> None:
    from auditor.core import ConfigError

    loop = tmp_path / "loop.sarif"
    loop.symlink_to(loop)
    with pytest.raises(ConfigError, match=r"loop\.sarif: is a link that leads to itself"):
        call("audit", "en.txt", "--format", "sarif=loop.sarif")


def test_help_lists_every_format(call: Call) -> None:
    shown = call("audit", "--help").stdout
    assert [name for name, made in FORMATS.items() if made.summary not in shown] == []


def test_one_pair_of_languages_a_file(call: Call, tmp_path: Path) -> None:
    (tmp_path / "fr.txt").write_text(
        "Le barrage a ouvert en 1997. Il s’est fermé deux fois depuis.\n", encoding="utf-8"
    )
    (tmp_path / "it.txt").write_text(
        "La barriera è stata aperta nel 1997. Da allora si è chiusa due volte.\n", encoding="utf-8"
    )
    done = call("audit", "en.txt", "fr.txt", "it.txt", "--format", "xliff=report.xlf")
    assert done.exit_code == 0
    assert (tmp_path / "report.en-fr.xlf").is_file()
    assert (tmp_path / "report.en-it.xlf").is_file()
    done = call("audit", "en.txt", "fr.txt", "it.txt", "--format", "xliff", "--format", "csv=a.csv")
    assert done.exit_code == 2
    assert "makes 2 files (en-fr, en-it); name a file" in done.stderr
    assert (tmp_path / "a.csv").is_file()
