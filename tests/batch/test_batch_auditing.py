"""What a worker does with a story: the same as `auditor audit`, and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_runs import CHEAP, HashEncoder, audit_into, content, write_stories

from auditor.batch.auditing import Auditor
from auditor.batch.inputs.folders import stories_in
from auditor.batch.job import Job, Setup, Status, Task
from auditor.cache import Cache
from auditor.core import AuditorError, Context, Finding, Phrase, Rule, Verdict
from auditor.encode import Vectors, open_encoder
from auditor.pipeline import Run, all_rules, audit_story, load_story
from auditor.report.as_json import to_json

HOSTILE = Setup(opener="batch_runs:hostile")
COUNTED = Setup(opener="test_batch_auditing:counted")

_RULES = {rule.id: rule for rule in all_rules()}
encoded: list[list[str]] = []
checked: list[str] = []


class CountingEncoder(HashEncoder):
    """Notes what it is asked for."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        if texts:
            encoded.append(list(texts))
        return super().encode(texts)


def _counting(rule: Rule) -> Rule:
    def check(subject: Any, context: Context) -> Iterator[Finding | Verdict]:
        checked.append(rule.id)
        # A check that asks for a text of its own, as many do.
        context.similarities([(Phrase(rule.id, "en"), Phrase(rule.id, "en"))])
        yield from rule.check(subject, context)

    return replace(rule, check=check)


def counted(setup: Setup) -> Run:
    """Rules that note when they run, and the cache of the setup."""
    chosen = tuple(_counting(_RULES[id]) for id in setup.rules)
    return Run(CountingEncoder(), Cache(Path(setup.cache)) if setup.cache else None, chosen)


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    encoded.clear()
    checked.clear()


def tasks_of(folder: Path) -> list[Task]:
    return [Task(entry) for entry in stories_in(folder) if isinstance(entry, Job)]


def test_a_night_reports_what_an_audit_of_the_story_reports(tmp_path: Path) -> None:
    story = next(write_stories(tmp_path, 1).iterdir())
    outcome = Auditor(Setup(rules=CHEAP)).audit(tasks_of(tmp_path)[0])
    loaded = load_story([story])
    rules = tuple(rule for rule in all_rules() if rule.id in CHEAP)
    audit = audit_story(loaded.story, Run(open_encoder(), rules=rules), loaded.problems)
    assert json.loads(outcome.report) == json.loads(json.dumps(to_json(audit)))
    # What the embedded encoder knows of words goes into the score, and must not get lost.
    assert outcome.story is not None
    assert outcome.story["fidelity"] is not None


def test_a_story_is_written_to_the_cache_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    put = Cache.put_many

    def counting(self: Cache, entries: Mapping[bytes, bytes]) -> None:
        sizes.append(len(entries))
        put(self, entries)

    monkeypatch.setattr(Cache, "put_many", counting)
    tasks = tasks_of(write_stories(tmp_path / "in", 2))
    kept = replace(COUNTED, cache=str(tmp_path / "cache"), rules=("drift/number", "drift/date"))
    auditor = Auditor(kept)
    for task in tasks:
        auditor.audit(task)
    # Two languages, two sentences, one alignment, two rules; the second story's vectors are those
    # of the first, and so is its alignment.
    assert sizes == [7, 6]


def test_a_new_rule_runs_alone_where_its_inputs_are_stored(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 3)
    kept = replace(COUNTED, cache=str(tmp_path / "cache"), rules=("drift/number", "drift/date"))
    audit_into(stories, tmp_path / "out", setup=kept)
    assert set(checked) == {"drift/number", "drift/date"}
    checked.clear()
    encoded.clear()
    more = replace(kept, rules=("drift/number", "drift/date", "encoding/mojibake"))
    assert audit_into(stories, tmp_path / "out", setup=more).counts == {Status.AUDITED: 3}
    assert set(checked) == {"encoding/mojibake"}
    # No sentence is encoded again; the new rule's own question is.
    assert {text for texts in encoded for text in texts} == {"encoding/mojibake"}
    audit_into(stories, tmp_path / "new", setup=replace(more, cache=""))
    new, out = content(tmp_path / "new"), content(tmp_path / "out")
    latest = {row["digest"] for row in new["stories"]}
    for dataset, rows in new.items():
        assert [row for row in out[dataset] if row["digest"] in latest] == rows


@pytest.mark.parametrize("what", ["version", "code", "package", "rule"])
def test_what_another_auditor_found_is_not_taken_for_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    stories = write_stories(tmp_path / "in", 1)
    kept = replace(COUNTED, cache=str(tmp_path / "cache"), rules=("drift/number",))
    audit_into(stories, tmp_path / "out", setup=kept)
    assert audit_into(stories, tmp_path / "out", setup=kept).counts == {Status.UNCHANGED: 1}
    checked.clear()
    if what == "version":
        monkeypatch.setattr("auditor.__version__", "99.0")
    elif what == "code":
        monkeypatch.setattr("auditor.batch.digest.code_digest", lambda *_: "changed")
        monkeypatch.setattr("auditor.pipeline.stored.code_digest", lambda *_: "changed")
    elif what == "package":
        monkeypatch.setattr("auditor.batch.digest.package_versions", lambda: "opencc 99")
        monkeypatch.setattr("auditor.pipeline.stored.package_versions", lambda: "opencc 99")
    else:
        newer = replace(_RULES["drift/number"], version=99)
        monkeypatch.setitem(_RULES, "drift/number", newer)
    assert audit_into(stories, tmp_path / "out", setup=kept).counts == {Status.AUDITED: 1}
    # A new version alone changes no result: those of rules whose code is the same may serve it.
    assert bool(checked) == (what != "version")


def test_sentences_of_many_stories_are_encoded_in_one_go(tmp_path: Path) -> None:
    tasks = tasks_of(write_stories(tmp_path, 5))
    one = Auditor(replace(COUNTED, rules=("drift/number",)))
    singly = [one.audit(task) for task in tasks]
    encoded.clear()
    together = Auditor(replace(COUNTED, rules=("drift/number",)))
    together.ahead(tasks)
    assert [len(texts) for texts in encoded] == [10]
    outcomes = [together.audit(task) for task in tasks]
    assert {text for texts in encoded[1:] for text in texts} == {"drift/number"}
    told = ("key", "status", "digest", "story", "findings", "passages", "report")
    for outcome, other in zip(outcomes, singly, strict=True):
        assert [getattr(outcome, name) for name in told] == [getattr(other, name) for name in told]


class EnglishOnly(HashEncoder):
    """Lacks the language of the second version."""

    id = "english/1"
    languages = frozenset({"en"})


def two_encoders(setup: Setup) -> Run:
    """An encoder that lacks French, and one that does not."""
    return Run(EnglishOnly(), rules=(_RULES["drift/number"],), second=CountingEncoder())


def test_a_story_in_a_language_that_the_first_encoder_lacks_is_read_by_the_second(
    tmp_path: Path,
) -> None:
    tasks = tasks_of(write_stories(tmp_path, 1))
    auditor = Auditor(Setup(opener="test_batch_auditing:two_encoders"))
    auditor.ahead(tasks)
    assert encoded == []
    outcome = auditor.audit(tasks[0])
    assert outcome.status is Status.AUDITED
    assert outcome.story is not None
    assert outcome.story["encoder"].startswith("hash/1 for the whole story, as english")
    assert len(encoded) == 1


def test_encoding_ahead_says_nothing_of_what_is_wrong_or_unchanged(tmp_path: Path) -> None:
    tasks = tasks_of(write_stories(tmp_path, 3))
    for name in ("en", "fr"):
        (tmp_path / "story-0001" / f"{name}.txt").write_bytes(b"\x00")
    auditor = Auditor(replace(COUNTED, rules=("drift/number",)))
    known = auditor.audit(tasks[0]).digest
    encoded.clear()
    group = [Task(tasks[0].job, known), *tasks[1:]]
    auditor.ahead(group)
    assert [len(texts) for texts in encoded] == [2]
    assert [auditor.audit(task).status for task in group] == [
        Status.UNCHANGED,
        Status.FAILED,
        Status.AUDITED,
    ]


def test_a_story_that_kills_its_worker_takes_none_of_its_group_with_it(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 6, story_0002="die here")
    setup = replace(HOSTILE, ahead=6)
    tally = audit_into(stories, tmp_path / "out", setup=setup, jobs=1)
    assert tally.counts == {Status.AUDITED: 5, Status.FAILED: 1}
    assert tally.failed == [("story-0002", "the worker died (SIGKILL), 2 times")]


def test_workers_take_the_devices_in_turn() -> None:
    setup = Setup(devices=("cuda:0", "cuda:1"))
    taken = [setup.for_worker(number).devices for number in range(3)]
    assert taken == [("cuda:0",), ("cuda:1",), ("cuda:0",)]
    assert Setup().for_worker(1) == Setup()
    assert Setup.from_json(setup.to_json()) == setup


def test_only_models_of_the_library_are_grouped_unless_asked() -> None:
    assert Setup().group == 1
    assert Setup(encoder="sentence-transformers:any").group == 64
    assert Setup(encoder="sentence-transformers:any", ahead=3).group == 3


def test_the_embedded_encoder_has_no_device() -> None:
    with pytest.raises(AuditorError, match="encoder use: cannot run on cuda; name a model"):
        Auditor(Setup(devices=("cuda",)))
