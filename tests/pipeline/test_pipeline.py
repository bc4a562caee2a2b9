from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import auditor
from auditor.cache import Cache
from auditor.core import Audit, Rule, Scope, Severity, Tier
from auditor.encode import Encoder, Vectors, open_encoder
from auditor.pipeline import Run, all_rules, audit_story, load_story
from auditor.report import to_json

DEFECTS = "storm-barrier-defects"


class Counting:
    """The embedded encoder, counting what it is asked for."""

    def __init__(self) -> None:
        self._encoder: Encoder = open_encoder()
        self.texts: list[str] = []

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def languages(self) -> frozenset[str]:
        return self._encoder.languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return self._encoder.encode(texts)


def report(audit: Audit) -> str:
    return json.dumps(to_json(audit), ensure_ascii=False, sort_keys=True)


def run_on(root: Path, encoder: Counting, cache: Cache | None) -> Audit:
    loaded = load_story([root / "corpora" / DEFECTS])
    return audit_story(loaded.story, Run(encoder=encoder, store=cache), loaded.problems)


def test_a_second_run_reads_everything_from_the_cache_and_says_the_same(
    root: Path, tmp_path: Path
) -> None:
    encoder = Counting()
    with Cache(tmp_path / "cache.sqlite3") as cache:
        first = run_on(root, encoder, cache)
        asked = list(encoder.texts)
        second = run_on(root, encoder, cache)
    assert asked
    assert encoder.texts == asked, "the second run encoded something"
    assert report(second) == report(first)


def test_each_distinct_text_is_encoded_once(root: Path) -> None:
    encoder = Counting()
    run_on(root, encoder, None)
    assert len(encoder.texts) == len(set(encoder.texts))


def test_the_cache_changes_nothing(root: Path, tmp_path: Path) -> None:
    with Cache(tmp_path / "cache.sqlite3") as cache:
        assert report(run_on(root, Counting(), cache)) == report(run_on(root, Counting(), None))


def test_a_version_in_a_language_without_support_is_named_and_the_others_are_audited(
    root: Path, tmp_path: Path
) -> None:
    for name in ("en.txt", "fr.txt"):
        text = (root / "corpora" / "storm-barrier" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "vi.txt").write_text(
        "Hội đồng thành phố đã quyết định thay cây cầu sắt cũ bắc qua sông trước mùa thu tới.\n\n"
        "Các kỹ sư phát hiện những vết nứt sâu ở hai trong bốn trụ cầu vào tháng ba.\n",
        encoding="utf-8",
    )
    audit = auditor.audit(tmp_path, cache=False)
    languages = {d.id: d.lang for d in audit.story.documents}
    assert languages == {"en.txt": "en", "fr.txt": "fr", "vi.txt": "vi"}
    scores = {d.document: d.score.fidelity for d in audit.documents}
    assert scores["vi.txt"] is None
    assert scores["fr.txt"] is not None
    unchecked = {n.rule: n.reason for n in audit.documents[2].rules_not_run}
    assert "vi" in unchecked["fidelity/omission"]
    assert not any(f.spans[0].document == "vi.txt" for f in audit.findings)


def test_a_check_that_crashes_is_an_error_and_the_others_still_speak(root: Path) -> None:
    def explode(subject: object, context: object) -> list[object]:
        raise RuntimeError("boom")

    broken = Rule(
        id="drift/broken",
        name="broken",
        mqm="Custom",
        severity=Severity.MINOR,
        tier=Tier.STABLE,
        scope=Scope.DOCUMENT,
        check=explode,  # type: ignore[arg-type]
    )
    loaded = load_story([root / "corpora" / DEFECTS])
    rules = (broken, *all_rules())
    audit = audit_story(loaded.story, Run(encoder=open_encoder(), rules=rules))
    assert {(e.rule, e.error) for e in audit.errors} == {("drift/broken", "RuntimeError: boom")}
    assert audit.findings
    assert "crashed" in audit.documents[0].rules_not_run[0].reason


def test_the_order_of_files_changes_only_the_order_of_the_report(root: Path) -> None:
    folder = root / "corpora" / "storm-barrier"
    names = ["en.txt", "fr.txt", "it.txt", "zh-Hans.txt"]
    one = auditor.audit([folder / n for n in names], cache=False)
    two = auditor.audit([folder / n for n in reversed(names)], cache=False)
    assert groups(one) == groups(two)


def groups(audit: Audit) -> set[frozenset[tuple[str, int]]]:
    return {frozenset((s.document, s.index) for s in p.segments) for p in audit.passages}


def test_every_content_segment_is_in_exactly_one_passage(root: Path) -> None:
    audit = auditor.audit(root / "corpora" / "storm-barrier", cache=False)
    seen = [s for p in audit.passages for s in p.segments]
    assert len(seen) == len(set(seen))
    assert {s.document for s in seen} == {d.id for d in audit.story.documents}


@pytest.mark.parametrize("given", ["folder", "files", "manifest"])
def test_a_story_may_be_named_in_three_ways(root: Path, given: str) -> None:
    folder = root / "corpora" / "storm-barrier"
    paths = {
        "folder": [folder],
        "manifest": [folder / "story.toml"],
        "files": sorted(folder.glob("*.txt")),
    }[given]
    loaded = load_story(paths)
    assert {d.id for d in loaded.story.documents} == {p.name for p in folder.glob("*.txt")}
    assert loaded.problems == ()
