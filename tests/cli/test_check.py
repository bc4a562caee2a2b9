"""`auditor check` and `auditor baseline`, as a build calls them, on the example site."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from auditor.cli import main

Call = Callable[..., "Done"]

EXPECTED = {
    ("content/fr/lighthouse.md", "drift/date", "1989"),
    ("content/it/lighthouse.md", "drift/number", "16"),
    (
        "content/it/museum.md",
        "fidelity/wrong-language",
        "The guided tours begin at 11:00 and end at the old pans.",
    ),
    ("locale/fr.po", "markup/placeholder", "%(jour)s"),
    ("locale/it.po", "drift/time", "19:45"),
    ("strings/fr.json", "drift/number", "40"),
    ("strings/it.json", "markup/link", "harbor@island.example"),
}
"""What was planted in the example site."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all: each text is encoded once."""
    return tmp_path_factory.mktemp("cache") / "cache.sqlite3"


@pytest.fixture
def site(tmp_path: Path, root: Path) -> Path:
    shutil.copytree(root / "corpora" / "island-site", tmp_path / "site")
    return tmp_path / "site"


@dataclass(frozen=True)
class Done:
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def auditor(
    cache: Path,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> Call:
    """Runs a command in the site: in this process, where the tables of languages are loaded."""
    monkeypatch.chdir(site)
    monkeypatch.setenv("AUDITOR_CACHE", str(cache))
    monkeypatch.setenv("CI", "1")

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["auditor", *arguments])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capfdbinary.readouterr()
        code = left.value.code
        return Done(code if isinstance(code, int) else 0, out.decode(), err.decode())

    return run


def found(output: str) -> set[tuple[str, str, str]]:
    rows = csv.DictReader(io.StringIO(output.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")))
    return {(r["file"], r["rule"], r["text"]) for r in rows if r["suppressed"] == ""}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_example_fails_with_exactly_what_was_planted(auditor: Call) -> None:
    done = auditor("check", "--format", "csv")
    assert done.returncode == 1, done.stderr
    assert found(done.stdout) == EXPECTED
    assert "6 stories, 18 versions: 7 findings, 0 accepted" in done.stderr


def test_a_baseline_accepts_what_is_there_and_nothing_new(auditor: Call, site: Path) -> None:
    written = auditor("baseline", "write", "--reason", "known", "--author", "Ada")
    assert written.stdout.startswith("7 findings accepted")
    clean = auditor("check", "--format", "csv")
    assert (clean.returncode, found(clean.stdout)) == (0, set()), clean.stderr
    assert clean.stdout.count('"baseline","known","unchanged"') == 7

    edit(site / "content" / "zh-Hant" / "museum.md", "1820年", "1840年")
    new = auditor("check", "--format", "csv")
    assert new.returncode == 1
    assert found(new.stdout) == {("content/zh-Hant/museum.md", "drift/date", "1840")}


def test_known_findings_stay_accepted_when_twenty_lines_are_inserted_above(
    auditor: Call, site: Path
) -> None:
    auditor("baseline", "write")
    for page in site.glob("content/*/*.md"):
        notes = "".join(f"<!-- a note of the editor, number {n} -->\n" for n in range(20))
        edit(page, "\n\n# ", f"\n\n{notes}\n# ")
    for catalogue in site.glob("locale/*.po"):
        edit(catalogue, "\n\n#: ", "\n\n" + "# a note of the editor\n" * 20 + "\n#: ")
    for strings in site.glob("strings/*.json"):
        lines = "".join(f'  "extra{n}": "OK {n}",\n' for n in range(20))
        edit(strings, "{\n", "{\n" + lines)
    done = auditor("check", "--format", "csv")
    assert (done.returncode, found(done.stdout)) == (0, set())
    assert done.stdout.count('"unchanged"') == 7


def test_paragraphs_that_every_version_gains_open_nothing(auditor: Call, site: Path) -> None:
    auditor("baseline", "write")
    added = {
        "en": "The island has no cars.",
        "fr": "Il n’y a pas de voitures sur l’île.",
        "it": "Sull’isola non ci sono automobili.",
        "zh-Hant": "島上沒有汽車。",
    }
    for lang, text in added.items():
        for page in (site / "content" / lang).glob("*.md"):
            edit(page, "\n\n# ", f"\n\n{text}\n\n# ")
    done = auditor("check", "--format", "csv")
    assert (done.returncode, found(done.stdout)) == (0, set())


def test_a_changed_source_opens_what_was_accepted(auditor: Call, site: Path) -> None:
    auditor("baseline", "write")
    edit(site / "strings" / "en.json", "within 14 days", "within 15 days")
    edit(site / "strings" / "it.json", "entro 14 giorni", "entro 15 giorni")
    edit(site / "strings" / "zh-Hant.json", "14 天", "15 天")
    done = auditor("check", "--format", "csv")
    assert done.returncode == 1
    assert found(done.stdout) == {("strings/fr.json", "drift/number", "40")}


def test_fixed_findings_are_pruned_and_expired_ones_count_again(auditor: Call, site: Path) -> None:
    auditor("baseline", "write", "--expires", "2020-01-01", "--reason", "until the spring")
    edit(site / "content" / "fr" / "lighthouse.md", "1989", "1983")
    expired = auditor("check", "--format", "csv")
    assert expired.returncode == 1
    assert len(found(expired.stdout)) == 6
    assert "was accepted until 2020-01-01 (until the spring); it counts again" in expired.stderr
    assert "1 accepted finding no longer found" in expired.stderr
    assert auditor("baseline", "prune").stdout == "1 accepted finding removed, 6 kept\n"
    shown = auditor("baseline", "show").stdout
    assert "content/it/lighthouse.md  drift/number  “16”" in shown
    assert "fr/lighthouse.md" not in shown
    again = auditor("baseline", "write", "--reason", "for good")
    assert again.stdout.startswith("6 findings accepted")
    assert auditor("check").returncode == 0


def test_a_second_run_says_the_same_without_reading_for_meaning(auditor: Call, site: Path) -> None:
    first = auditor("check", "--format", "json")
    again = auditor("check", "--format", "json")
    fresh = auditor("check", "--format", "json", "--no-cache")
    assert first.stdout == again.stdout == fresh.stdout


def test_a_comment_with_a_reason_accepts_and_others_are_told(auditor: Call, site: Path) -> None:
    edit(
        site / "content" / "fr" / "lighthouse.md",
        "Le 4 juin",
        "<!-- auditor: ignore drift/date -- as in the archive -->\n\nLe 4 juin",
    )
    edit(
        site / "content" / "it" / "lighthouse.md",
        "I biglietti",
        "<!-- auditor: ignore drift -->\n\nI biglietti",
    )
    edit(
        site / "content" / "en" / "museum.md",
        "# The museum",
        "<!-- auditor: ignore drift/number -- recounted -->\n\n# The museum",
    )
    edit(
        site / "content" / "it" / "museum.md",
        "title: Il",
        "auditor-ignore: fidelity/wrong-language -- a quotation\ntitle: Il",
    )
    edit(
        site / "locale" / "it.po",
        "#: shop/basket.py:20",
        "# auditor: ignore drift/time -- winter timetable\n#: shop/basket.py:20",
    )
    done = auditor("check", "--format", "csv")
    assert found(done.stdout) == {
        ("content/it/lighthouse.md", "drift/number", "16"),
        ("locale/fr.po", "markup/placeholder", "%(jour)s"),
        ("strings/fr.json", "drift/number", "40"),
        ("strings/it.json", "markup/link", "harbor@island.example"),
    }
    assert "content/it/lighthouse.md:16: the comment gives no reason" in done.stderr
    assert "content/en/museum.md:5: the comment accepts nothing: drift/number" in done.stderr
    assert done.stderr.count("comment") == 2


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@island.example"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_changed_since_checks_only_the_stories_that_git_names(auditor: Call, site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-q", "-m", "first")
    none = auditor("check", "--changed-since", "HEAD", "--format", "csv")
    assert none.returncode == 0
    assert "0 stories" in none.stderr
    edit(site / "content" / "en" / "museum.md", "1820", "1821")
    (site / "content" / "en" / "lighthouse.md").unlink()
    some = auditor("check", "--changed-since", "HEAD", "--format", "csv")
    assert "2 stories, 7 versions" in some.stderr
    unknown = auditor("check", "--changed-since", "nowhere")
    assert unknown.returncode == 2
    assert "--changed-since nowhere" in unknown.stderr
    option = auditor("check", "--changed-since=--output=x")
    assert option.returncode == 2


def test_paths_choose_stories_and_others_are_no_error(auditor: Call, site: Path) -> None:
    one = auditor("check", "content/fr/museum.md", "--format", "csv")
    assert "1 story, 4 versions" in one.stderr
    assert auditor("check", "auditor.toml").returncode == 0
    missing = auditor("check", "content/fr/nothing.md")
    assert (missing.returncode, missing.stderr.count("no such file")) == (2, 1)


def test_rules_severity_and_overrides_select_what_counts(auditor: Call, site: Path) -> None:
    settings = site / "auditor.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text
        + 'ignore = ["drift/time", "markup"]\n'
        + '[[override]]\npaths = ["content/**"]\nselect = ["fidelity"]\n',
        encoding="utf-8",
    )
    done = auditor("check", "--format", "csv")
    assert {(file, rule) for file, rule, _ in found(done.stdout)} == {
        ("content/it/museum.md", "fidelity/wrong-language"),
        ("strings/fr.json", "drift/number"),
    }
    assert auditor("check", "--fail-on", "critical").returncode == 0
    shown = auditor("check", "--show-config").stdout
    assert 'source = "en"\n' in shown
    assert 'ignore = ["drift/time", "markup"]\n' in shown


def test_versions_older_than_their_source_are_told_where_the_settings_ask(
    auditor: Call, site: Path
) -> None:
    settings = site / "auditor.toml"
    settings.write_text(
        'inputs = ["content/{lang}/museum.md"]\nsource = "en"\nstale = true\n'
        'select = ["fidelity/stale"]\nfail-on = "minor"\n',
        encoding="utf-8",
    )
    assert auditor("check").returncode == 2
    git(site, "init", "-q")
    git(site, "add", ".")
    git(site, "commit", "-q", "-m", "first")
    assert auditor("check").returncode == 0
    page = site / "content" / "en" / "museum.md"
    edit(page, "1820", "1821")
    uncommitted = auditor("check", "--format", "csv")
    assert len(found(uncommitted.stdout)) == 3
    edit(site / "content" / "fr" / "museum.md", "1820", "1821")
    git(site, "commit", "-q", "-a", "-m", "the year of the model")
    committed = auditor("check", "--format", "csv")
    assert {file for file, _, _ in found(committed.stdout)} == {
        "content/it/museum.md",
        "content/zh-Hant/museum.md",
    }
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=site, capture_output=True, text=True, check=True
    ).stdout
    edit(site / "content" / "it" / "museum.md", "---\n", f"---\nsourceCommit: {head.strip()}\n")
    git(site, "commit", "-q", "-a", "-m", "the Italian page is fine")
    edit(page, "1821", "1822")
    git(site, "commit", "-q", "-a", "-m", "the year again")
    last = auditor("check", "--format", "csv")
    assert {file for file, _, _ in found(last.stdout)} == {
        "content/fr/museum.md",
        "content/it/museum.md",
        "content/zh-Hant/museum.md",
    }
