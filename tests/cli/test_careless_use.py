"""What a careless or hasty person does: reports in the wrong place, Ctrl-C, a closed pipe."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from auditor.cli.options import write
from auditor.core.errors import ConfigError

AUDITOR = [sys.executable, "-m", "auditor"]
ENGLISH = "The ferry will run twice a day from March.\n\nThe harbour master confirmed it.\n"
FRENCH = "Le bac circulera deux fois par jour à partir de mars.\n\nLe capitaine l'a confirmé.\n"


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    (folder / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "fr.txt").write_text(FRENCH, encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text("id\tsource\ttarget\n1\tYes.\tOui.\n", encoding="utf-8")
    return folder


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*AUDITOR, *arguments],
        cwd=cwd,
        env={**os.environ, "AUDITOR_CACHE": "off", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "story", "-o", "none/report.txt"], ["none/report.txt", "make none"]),
        (["audit", "story", "--format", "json=story"], ["story: is a folder"]),
        (["audit", "story", "--save-alignment", "none/a.tsv"], ["none/a.tsv", "make none"]),
        (["audit", "story", "-o", "story/en.txt"], ["en.txt", "is a version"]),
        (["audit", "story/en.txt", "-o", "story/en.txt"], ["en.txt", "is a version"]),
        (["audit", "story", "-o", "story", "--format", "html"], ["report.html", "elsewhere"]),
        (["align", "story/en.txt", "story/fr.txt", "-o", "story/fr.txt"], ["one of the files"]),
        (["align", "story/en.txt", "story/fr.txt", "-o", "none/a"], ["none/a"]),
        (["pairs", "pairs.tsv", "-o", "pairs.tsv"], ["pairs.tsv", "itself"]),
        (["pairs", "pairs.tsv", "-o", "none/a.jsonl"], ["none/a.jsonl"]),
        (["audit", "x" * 5_000], ["too long"]),
        (["align", "x" * 5_000, "story/fr.txt"], ["too long"]),
        (["audit"], ["Missing argument", "auditor audit --help"]),
        (["audit", "story", "--date", "2020-13-45"], ["--date", "auditor audit --help"]),
        (["audit", "story", "--lang", "xx"], ["--lang xx", "--lang FILE=xx"]),
        (["audit", "story", "--lang", "!!"], ["--lang !!", "no language tag"]),
        (["adit", "story"], ["adit", "auditor --help"]),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_what_cannot_work_is_one_line_and_changes_no_file(
    story: Path, arguments: list[str], words: list[str]
) -> None:
    before = {path: path.read_bytes() for path in story.parent.rglob("*") if path.is_file()}
    done = run(*arguments, cwd=story.parent)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert len(line) < 500
    for word in words:
        assert word in line
    assert {p: p.read_bytes() for p in story.parent.rglob("*") if p.is_file()} == before


def test_a_report_may_lie_in_the_story_where_a_manifest_lists_the_versions(story: Path) -> None:
    (story / "story.toml").write_text(
        'schema = 1\n[[document]]\nfile = "en.txt"\n', encoding="utf-8"
    )
    done = run("audit", "story", "-o", "story", "--format", "html", cwd=story.parent)
    assert done.returncode == 0, done.stderr
    assert (story / "report.html").is_file()


def test_writing_to_a_device_leaves_the_device(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write(pipe, "report")
    reader.join(timeout=10)
    assert read == ["report"]
    assert pipe.is_fifo()


def test_writing_through_a_link_changes_the_file_behind_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link.json").symlink_to(tmp_path / "real" / "report.json")
    write(tmp_path / "link.json", "{}")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real" / "report.json").read_text(encoding="utf-8") == "{}"


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "full").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="taken: cannot be written"):
        write(tmp_path / "taken", "report")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


INTERRUPTED = """
import signal, sys
from auditor import cli
from auditor.cli import audit
def busy(*args, **kwargs):
    try:
        signal.raise_signal(signal.SIGINT)
    except BaseException:
        raise {error}
audit.languages = busy
sys.argv = ["auditor", "audit", "story"]
cli.main()
"""


@pytest.mark.parametrize("error", ["", "ValueError('swallowed')", "SystemExit(0)"])
def test_ctrl_c_is_one_line_and_130(story: Path, error: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED.format(error=error)],
        cwd=story.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        # As from a shell: what runs the tests may ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert done.returncode == 130
    assert done.stderr.split() == ["auditor:", "stopped;", "nothing", "more", "is", "written"]


@pytest.mark.parametrize("command", [["rules"], ["rules", "--markdown"], ["pairs", "pairs.tsv"]])
def test_a_closed_pipe_is_no_error(story: Path, command: list[str]) -> None:
    left, right = os.pipe()
    os.close(left)
    with os.fdopen(right, "wb") as closed:
        done = subprocess.run(
            [*AUDITOR, *command],
            cwd=story.parent,
            env={**os.environ, "AUDITOR_CACHE": "off"},
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_that_knows_only_ascii_gets_a_report(story: Path) -> None:
    (story / "fr.txt").rename(story / "français \u202e<b>.txt")
    done = run("audit", "story", cwd=story.parent, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.isascii()


def test_without_standard_output_the_exit_code_still_tells(story: Path) -> None:
    closed = 'exec "$@" >&-'
    done = subprocess.run(
        ["/bin/sh", "-c", closed, "sh", *AUDITOR, "audit", "story"],
        cwd=story.parent,
        env={**os.environ, "AUDITOR_CACHE": "off"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_full_disk_is_one_line(story: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*AUDITOR, "rules"],
            cwd=story.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "auditor: input or output: No space left on device; check the path and the place"
    ]


def test_pairs_without_a_word_have_no_fidelity(tmp_path: Path) -> None:
    (tmp_path / "pairs.tsv").write_text("id\tsource\ttarget\n1\t\t\n", encoding="utf-8")
    done = run("pairs", "pairs.tsv", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"id": "1", "fidelity": None, "findings": []}
