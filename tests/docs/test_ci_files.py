"""The action and the hook, as far as they can be run without their hosts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

INPUT = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")


@pytest.fixture
def action(root: Path) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    return held


def run_step(
    action: dict[str, Any], tmp_path: Path, root: Path, **inputs: str
) -> subprocess.CompletedProcess[str]:
    """Runs the script of the audit step as a runner does, with `auditor` on the path."""
    step = action["runs"]["steps"][-1]
    given = {name: str(made.get("default", "")) for name, made in action["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    variables = {
        name: INPUT.sub(lambda found: given[found[1]], value) for name, value in step["env"].items()
    }
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "auditor").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    (tools / "auditor").chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=os.environ
        | variables
        | {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(root),
            "AUDITOR_CACHE": "off",
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_OUTPUT": str(tmp_path / "output.txt"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def write_story(folder: Path) -> None:
    folder.mkdir()
    (folder.parent / "auditor.toml").write_text(
        'inputs = ["the ferry/{lang}.txt"]\nsource = "en"\n', encoding="utf-8"
    )
    (folder / "en.txt").write_text(
        "The new ferry terminal opened on May 4, 2021, after nine years of work.\n",
        encoding="utf-8",
    )
    (folder / "fr.txt").write_text(
        "Le nouveau terminal des ferrys a ouvert le 4 mai 2012, après neuf ans de travaux.\n",
        encoding="utf-8",
    )


def test_the_action_fails_annotates_and_leaves_its_reports(
    action: dict[str, Any], tmp_path: Path, root: Path
) -> None:
    write_story(tmp_path / "the ferry")
    done = run_step(action, tmp_path, root, paths="the ferry\n", junit="j.xml")
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=the ferry/fr.txt,line=1,endLine=1,col=50,")
    assert (tmp_path / "output.txt").read_text().split() == [
        "exit-code=1",
        "sarif=translation-auditor.sarif",
    ]
    log = json.loads((tmp_path / "translation-auditor.sarif").read_text(encoding="utf-8"))
    (result,) = log["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "the%20ferry/fr.txt"
    assert "drift/date" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert (tmp_path / "j.xml").is_file()


def test_a_path_cannot_run_commands_or_be_an_option(
    action: dict[str, Any], tmp_path: Path, root: Path
) -> None:
    write_story(tmp_path / "the ferry")
    done = run_step(action, tmp_path, root, paths='$(touch ran)"; touch ran; "\n--no-cache')
    assert done.returncode == 2
    assert not (tmp_path / "ran").exists()


def test_no_input_is_written_into_a_script(action: dict[str, Any]) -> None:
    steps = action["runs"]["steps"]
    assert [step["name"] for step in steps if "${{" in step["run"]] == []
    used = {
        name for step in steps for value in step["env"].values() for name in INPUT.findall(value)
    }
    assert used == set(action["inputs"])


def test_the_examples_of_the_ci_page_are_valid_yaml_with_known_options(root: Path) -> None:
    page = (root / "docs" / "ci.md").read_text(encoding="utf-8")
    examples = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    assert [list(example) for example in examples] == [["jobs"], ["translations"], ["repos"]]
    steps = examples[0]["jobs"]["translations"]["steps"]
    known = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))["inputs"]
    assert set(steps[1]["with"]) <= set(known)


def test_the_hook_is_described_as_pre_commit_wants_it(root: Path) -> None:
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [(hook["id"], hook["language"]) for hook in hooks] == [
        ("auditor-check", "python"),
        ("auditor-check-installed", "system"),
    ]
    assert {hook["entry"] for hook in hooks} == {"auditor check"}


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@ferry.example"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_pre_commit_runs_the_hook_on_the_files_of_a_commit(tmp_path: Path, root: Path) -> None:
    hooks, site, tools = tmp_path / "hooks", tmp_path / "site", tmp_path / "bin"
    for folder in (hooks, site, tools):
        folder.mkdir()
    shutil.copy(root / ".pre-commit-hooks.yaml", hooks)
    write_story(site / "the ferry")
    for folder in (hooks, site):
        git(folder, "init", "-q")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "first")
    (tools / "auditor").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auditor "$@"\n')
    (tools / "auditor").chmod(0o755)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pre_commit", "try-repo", str(hooks)),
            *("auditor-check-installed", "--files", "the ferry/fr.txt"),
        ],
        cwd=site,
        env=os.environ
        | {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(root),
            "AUDITOR_CACHE": "off",
            "PRE_COMMIT_HOME": str(tmp_path / "home"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "translation-auditor......" in done.stdout
    assert "drift/date" in done.stdout
    assert "1 story, 2 versions: 1 finding, 0 accepted" in done.stdout
