"""Our own story with words put in: what is spun is called so, at its exact characters."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

import auditor
from auditor.core import Audit, Tier
from auditor.read.manifest import read_manifest

STORY = "storm-barrier-spun"


def audit(root: Path, *names: str) -> Audit:
    return auditor.audit([root / "corpora" / STORY / name for name in names], cache=False)


def called(found: Audit) -> dict[str, tuple[int, int]]:
    return {
        f.spans[0].document: (f.spans[0].start, f.spans[0].end)
        for f in found.findings
        if f.rule == "spun/document"
    }


def expected(root: Path) -> dict[str, tuple[int, int]]:
    story = read_manifest(root / "corpora" / STORY / "story.toml")
    return {label["document"]: (label["start"], label["end"]) for label in story.expected}


def test_files_are_the_ones_that_were_labelled(root: Path) -> None:
    for listed in read_manifest(root / "corpora" / STORY / "story.toml").documents:
        file = root / "corpora" / STORY / listed.file
        assert sha256(file.read_bytes()).hexdigest() == listed.sha256, listed.file


@pytest.mark.parametrize("name", ["en-40.txt", "en-part.txt", "zh-Hans-40.txt"])
def test_what_is_spun_is_called_so_alone(root: Path, name: str) -> None:
    assert called(audit(root, name)) == {name: expected(root)[name]}


def test_a_tenth_of_the_words_is_worth_a_look(root: Path) -> None:
    assert list(called(audit(root, "it.txt", "en-10.txt"))) == ["en-10.txt"]


def test_a_tenth_of_the_words_alone_is_not_enough_to_be_sure(root: Path) -> None:
    found = audit(root, "en-10.txt")
    assert [f.tier for f in found.findings if f.rule == "spun/document"] == [Tier.PREVIEW]


def test_the_message_says_that_the_sentences_moved_away_from_the_other_version(root: Path) -> None:
    beside = audit(root, "it.txt", "en-20.txt")
    assert list(called(beside)) == ["en-20.txt"]
    finding = next(f for f in beside.findings if f.rule == "spun/document")
    assert "less like those of the other versions" in finding.message


def test_the_sound_story_is_not_called_spun(root: Path) -> None:
    story = root / "corpora" / "storm-barrier"
    found = auditor.audit([story / name for name in ("en.txt", "it.txt", "zh-Hans.txt")])
    assert called(found) == {}
