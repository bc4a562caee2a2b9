"""What `auditor check` refuses: one clear line, exit code 2, and nothing read outside the root."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.cli import main

OUTSIDE_TEXT = "Nobody should read about the herring."
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcde", "bcdef", strict=True)
    )
    + ']><xliff version="1.2"><file source-language="en" target-language="fr"><body>'
    '<trans-unit id="1"><source>&f;</source><target>&f;</target></trans-unit></body></file></xliff>'
)
NOT_EXPANDED = "declares the entity 'a', and entities are neither expanded nor fetched"
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "../secret.txt">]><xliff version="1.2">'
    '<file source-language="en" target-language="fr"><body><trans-unit id="1">'
    "<source>&a;</source><target>&a;</target></trans-unit></body></file></xliff>"
)


@dataclass(frozen=True)
class Done:
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


Check = Callable[[], Done]


@pytest.fixture
def check(
    site: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Check:
    """Runs the check in the site."""
    monkeypatch.chdir(site)
    monkeypatch.setenv("AUDITOR_CACHE", "off")
    monkeypatch.setattr(sys, "argv", ["auditor", "check", "--quiet"])

    def run() -> Done:
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfdbinary.readouterr()
        code = left.value.code
        return Done(code if isinstance(code, int) else 0, out.decode(), err.decode())

    return run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text(OUTSIDE_TEXT, encoding="utf-8")
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


def settings(site: Path, text: str) -> None:
    (site / "auditor.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("fr.po", 'msgid "a"\nmsgstr "b\n', "fr.po:2: is no line of a PO file"),
        ("fr.xlf", BOMB, NOT_EXPANDED),
        (
            "fr.xlf",
            OUTSIDE,
            NOT_EXPANDED,
        ),
        ("fr.tmx", "<tmx><body>", "is not well-formed XML"),
        ("fr.json", '{"a": ', "is not JSON"),
        ("fr.yaml", "a: [", "is not YAML"),
        ("fr.md", "---\na: [\n---\nText.\n", "is not YAML"),
    ],
)
def test_a_broken_or_hostile_file_is_named_with_its_place(
    site: Path, check: Check, name: str, text: str, said: str
) -> None:
    settings(site, f'inputs = ["{{lang}}{Path(name).suffix}"]\nsource = "en"\n')
    (site / name).write_text(text, encoding="utf-8")
    done = check()
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "herring" not in done.stdout + done.stderr


def test_a_pattern_that_matches_nothing_is_an_error(site: Path, check: Check) -> None:
    settings(site, 'inputs = ["content/{lang}/*.md"]\n')
    done = check()
    assert (done.returncode, done.stdout) == (2, "")
    assert "content/{lang}/*.md: this pattern matches no file" in done.stderr


def test_two_files_for_one_version_are_an_error(site: Path, check: Check) -> None:
    settings(site, 'inputs = ["page.{lang}.md"]\n')
    for name in ("page.zh-TW.md", "page.zh-Hant.md"):
        (site / name).write_text("文。\n", encoding="utf-8")
    done = check()
    assert done.returncode == 2
    assert "is the version in zh-TW already" in done.stderr


def test_links_in_a_circle_and_out_of_the_root_are_errors(site: Path, check: Check) -> None:
    settings(site, 'inputs = ["content/{lang}/**/*.txt"]\n')
    (site / "content" / "en").mkdir(parents=True)
    loop = site / "content" / "en" / "loop"
    loop.symlink_to(site / "content")
    circle = check()
    assert circle.returncode == 2
    assert "links lead in a circle" in circle.stderr
    loop.unlink()
    loop.symlink_to(site.parent)
    outside = check()
    assert outside.returncode == 2
    assert "leads outside the folder" in outside.stderr
    loop.unlink()
    (site / "content" / "en" / "a.txt").symlink_to(site.parent / "secret.txt")
    file = check()
    assert file.returncode == 2
    assert "leads outside the folder" in file.stderr
    assert "herring" not in circle.stdout + outside.stdout + file.stdout


def test_no_settings_and_wrong_ones_are_errors(site: Path, check: Check) -> None:
    assert "holds no settings" in check().stderr
    settings(site, 'input = ["{lang}.md"]\n')
    done = check()
    assert done.returncode == 2
    assert "unknown key 'input'; did you mean 'inputs'?" in done.stderr


def test_a_broken_baseline_is_an_error(site: Path, check: Check) -> None:
    settings(site, 'inputs = ["{lang}.txt"]\n')
    (site / "en.txt").write_text("The bridge is closed.\n", encoding="utf-8")
    (site / "auditor-baseline.toml").write_text("schema = 1\n[[accepted]]\nrule = 1\n")
    done = check()
    assert done.returncode == 2
    assert "auditor-baseline.toml: an entry lacks one of document, rule, fingerprint" in done.stderr
