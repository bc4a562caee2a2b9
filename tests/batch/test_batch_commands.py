"""The commands of `batch` as people call them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from batch_runs import write_stories
from click.testing import CliRunner, Result

from auditor.batch.job import Job
from auditor.batch.watch import Arrivals
from auditor.cli import auditor
from auditor.core import AuditorError

Call = Callable[..., Result]
RULES = ("--rule", "drift/number", "--rule", "encoding/mojibake")


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("AUDITOR_CACHE", "off")

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(auditor, [str(a) for a in arguments], catch_exceptions=False)

    return invoke


def test_a_night_from_the_stories_to_the_page(call: Call, tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 3)
    (stories / "story-0002" / "en.txt").write_bytes(b"\x00")
    (stories / "story-0002" / "fr.txt").write_bytes(b"\x00")
    store = tmp_path / "store"
    options = ("--store", store, "--jobs", "1", "--night", "2026-03-01", *RULES)
    done = call("batch", stories, *options)
    assert done.exit_code == 2
    assert "3 stories in" in done.stderr
    assert "2 audited, 1 failed" in done.stderr
    lines = (store / "log" / "2026-03-01.jsonl").read_text(encoding="ascii").splitlines()
    assert sorted(json.loads(line)["story"] for line in lines) == [
        f"story-{number:04}" for number in range(3)
    ]
    again = call("batch", stories, *options)
    assert "3 unchanged" in again.stderr
    asked = call("query", store, "SELECT key, rule, quote FROM findings", "--format", "csv")
    assert asked.stdout == "key,rule,quote\nstory-0000,drift/number,207\n"
    reported = call("query", store, "SELECT report FROM all_stories WHERE key = 'story-0001'",
                    "--format", "json")  # fmt: skip
    report = json.loads(json.loads(reported.stdout)["report"])
    assert [document["id"] for document in report["documents"]] == ["en.txt", "fr.txt"]
    page = tmp_path / "night.html"
    assert call("report", store, "-o", page).exit_code == 0
    assert "story-0000" in page.read_text(encoding="utf-8")
    assert "drifted" in call("query", store).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("batch", "nothing", "--store", "s"), "is no folder and no list of stories"),
        (("batch", ".", "--store", "s", "--scheduler", "tcp://x:1"), "is for a Dask cluster"),
        (("batch", ".", "--store", "s", "--lang", "a.txt=fr"), "names one file"),
        (("query", "nothing", "worst"), "is no store"),
        (("report", "nothing"), "is no store"),
    ],
)
def test_what_cannot_be_done_is_said_on_one_line(
    call: Call,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AuditorError, match=said) as raised:
        call(*arguments)
    assert "\n" not in str(raised.value)


def test_a_story_that_is_still_being_copied_waits(tmp_path: Path) -> None:
    stories = write_stories(tmp_path, 1)
    arrivals = Arrivals(stories)

    def found() -> list[str]:
        return [entry.key for entry in arrivals.look() if isinstance(entry, Job)]

    assert found() == []
    (stories / "story-0000" / "it.txt").write_text("Ancora in arrivo.", encoding="utf-8")
    assert found() == []
    assert found() == ["story-0000"]
    assert found() == []
    (stories / "story-0000" / "it.txt").write_text("Arrivato, e altro ancora.", encoding="utf-8")
    assert found() == []
    assert found() == ["story-0000"]


def test_watching_audits_what_arrives(call: Call, tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 2)
    store = tmp_path / "store"
    options = ("--jobs", "1", "--interval", "0.05", "--looks", "3", *RULES)
    assert call("watch", stories, "--store", store, *options).exit_code == 0
    asked = call("query", store, "SELECT key FROM stories ORDER BY key", "--format", "csv")
    assert asked.stdout == "key\nstory-0000\nstory-0001\n"
