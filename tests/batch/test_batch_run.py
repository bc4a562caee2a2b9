"""Runs over many stories: what is audited, what is not again, what happens when all goes wrong."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_runs import NIGHT, SETUP, Alone, audit_into, content, write_stories

from auditor.batch import tables
from auditor.batch.asked import ask
from auditor.batch.inputs.folders import stories_in
from auditor.batch.job import Refused, Setup, Status
from auditor.batch.known import Known, Seen
from auditor.batch.pool import Pool
from auditor.batch.run import Plan, run_batch
from auditor.batch.store import MANIFEST, OpenStore, Store, writing
from auditor.batch.told import summary
from auditor.core import AuditorError, ConfigError

HOSTILE = Setup(opener="batch_runs:hostile")
LONG = os.environ.get("AUDITOR_LONG") == "1"
PATHS = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]


@pytest.fixture(autouse=True)
def own_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers find the encoder of the tests."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def statuses(store: Path) -> dict[str, str]:
    return {row["key"]: row["status"] for row in content(store)["stories"]}


def reasons(store: Path) -> dict[str, str]:
    return {row["key"]: row["reason"] for row in content(store)["stories"] if row["reason"]}


def test_what_is_found_does_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 12)
    audit_into(stories, tmp_path / "one", jobs=1)
    audit_into(stories, tmp_path / "three", jobs=3)
    one = content(tmp_path / "one")
    assert one == content(tmp_path / "three")
    assert [row["key"] for row in one["stories"]] == [f"story-{n:04}" for n in range(12)]
    assert {row["key"] for row in one["findings"]} == {"story-0000", "story-0005", "story-0010"}


def test_an_unchanged_story_is_not_audited_twice_and_a_changed_one_is(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 4)
    audit_into(stories, tmp_path / "out")
    french = stories / "story-0002" / "fr.txt"
    french.write_text(french.read_text(encoding="utf-8").replace("202", "205"), encoding="utf-8")
    again = audit_into(stories, tmp_path / "out")
    assert again.counts == {Status.UNCHANGED: 3, Status.AUDITED: 1}
    third = audit_into(stories, tmp_path / "out")
    assert third.counts == {Status.UNCHANGED: 4}


def test_a_story_is_audited_again_by_other_rules(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 2)
    audit_into(stories, tmp_path / "out")
    again = audit_into(stories, tmp_path / "out", setup=HOSTILE)
    assert again.counts == {Status.AUDITED: 2}


def test_a_crashing_check_leaves_the_story_incomplete_and_the_others_alone(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 3, story_0001="crash here")
    tally = audit_into(stories, tmp_path / "out", setup=HOSTILE)
    assert statuses(tmp_path / "out") == {
        "story-0000": "audited",
        "story-0001": "incomplete",
        "story-0002": "audited",
    }
    assert tally.crashed == 1
    assert reasons(tmp_path / "out") == {
        "story-0001": "test/trouble crashed: ValueError: on purpose"
    }


def test_a_story_that_never_ends_is_listed_with_the_limit(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 4, story_0001="never end")
    # The first story reads word lists, which takes seconds on a busy machine.
    tally = audit_into(stories, tmp_path / "out", setup=HOSTILE, jobs=1, limit=12)
    assert tally.counts == {Status.AUDITED: 3, Status.FAILED: 1}
    assert reasons(tmp_path / "out") == {"story-0001": "took longer than 12 s"}
    again = audit_into(stories, tmp_path / "out", setup=HOSTILE)
    assert again.counts == {Status.UNCHANGED: 4}


def test_a_story_that_kills_its_worker_is_tried_twice_and_listed(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    stories = write_stories(tmp_path / "in", 4, story_0001="die here", story_0002=f"once:{flag}")
    audit_into(stories, tmp_path / "out", setup=HOSTILE, jobs=2)
    assert statuses(tmp_path / "out") == {
        "story-0000": "audited",
        "story-0001": "failed",
        "story-0002": "audited",
        "story-0003": "audited",
    }
    assert reasons(tmp_path / "out") == {"story-0001": "the worker died (SIGKILL), 2 times"}


def test_failed_stories_are_audited_again_on_request_only(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 3)
    (stories / "story-0001" / "en.txt").write_bytes(b"\x00\x01\x02")
    (stories / "story-0001" / "fr.txt").write_bytes(b"")
    assert audit_into(stories, tmp_path / "out").counts[Status.FAILED] == 1
    assert audit_into(stories, tmp_path / "out").counts == {Status.UNCHANGED: 3}
    retried = audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, retry_failed=True))
    assert retried.counts == {Status.UNCHANGED: 2, Status.FAILED: 1}
    assert "story-0001" in retried.failed[0][0]


def test_stories_that_stay_failed_are_counted_and_named_as_such(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 3)
    for name in ("en", "fr"):
        (stories / "story-0001" / f"{name}.txt").write_bytes(b"")
    audit_into(stories, tmp_path / "out")
    again = audit_into(stories, tmp_path / "out")
    assert (again.counts[Status.UNCHANGED], again.still) == (3, 1)
    said = summary(again, 1.0, tmp_path / "out")
    assert said[1] == "  of the unchanged, 1 failed or are incomplete: --retry-failed"


def test_the_latest_outcome_of_a_story_is_the_one_that_is_known() -> None:
    known = Known(
        [
            (["a", "b", "a"], [5, 1, 2], ["a5" * 16, "b1" * 16, "a2" * 16], [True, True, False]),
            (["b", "c"], [7, 3], ["b7" * 16, None], [False, False]),
        ]
    )
    assert len(known) == 3
    assert [known.digest(key) for key in "abd"] == ["a5" * 16, "b7" * 16, ""]
    assert [known.is_sound(key) for key in "abcd"] == [True, False, False, False]
    seen = Seen(known)
    assert [seen.again(key) for key in "adbadb"] == [False] * 3 + [True] * 3
    known.forget_unsound()
    assert [known.digest(key) for key in "abc"] == ["a5" * 16, "", ""]
    assert Known().digest("a") == ""


_TINY = """
import resource, sys
from pathlib import Path
from auditor.batch.job import Job, Outcome, Status, Version
from auditor.batch.run import Plan, run_batch
from auditor.batch.store import writing
from batch_runs import NIGHT

class Nothing:
    def audit(self, jobs, known):
        for job in jobs:
            digest = f"{int(job.key):032x}"
            same = known.digest(job.key) == digest
            yield Outcome(job.key, Status.UNCHANGED if same else Status.AUDITED, digest=digest)

jobs = (Job(str(n), versions=(Version("en", text="A tiny one."),)) for n in range(int(sys.argv[2])))
with writing(Path(sys.argv[1])) as store:
    run_batch(jobs, Nothing(), store, Plan(NIGHT))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
"""


def test_a_million_tiny_stories_cost_the_parent_a_hundred_bytes_each(tmp_path: Path) -> None:
    few, many = (2_000, 1_000_000) if LONG else (2_000, 100_000)

    def peak(store: str, count: int) -> int:
        done = subprocess.run(
            [sys.executable, "-c", _TINY, str(tmp_path / store), str(count)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(PATHS)},
            check=True,
            capture_output=True,
            text=True,
        )
        return int(done.stdout)

    start = peak("few", few)
    # Keys seen and digests known take a hundred bytes a story; the rest does not grow.
    bound = 30 + 110 * many / 1e6
    assert peak("many", many) - start < bound
    # The night after, when all of them are known and unchanged.
    assert peak("many", many) - start < bound


def test_a_run_ends_after_too_many_errors_and_keeps_what_it_has(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 8)
    for number in range(1, 8):
        for name in ("en", "fr"):
            (stories / f"story-{number:04}" / f"{name}.txt").write_bytes(b"")
    tally = audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, max_errors=2))
    assert tally.stopped == "more than 2 stories failed (--max-errors)"
    assert statuses(tmp_path / "out")["story-0000"] == "audited"


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 30)
    pool = Pool(SETUP, 2, 60)
    killed = threading.Event()

    def kill_one(_: object) -> None:
        if not killed.is_set():
            os.kill(pool.pids()[0], signal.SIGKILL)
            killed.set()

    try:
        with writing(tmp_path / "out") as store:
            tally = run_batch(stories_in(stories), pool, store, Plan(NIGHT), [kill_one])
    finally:
        pool.close()
    assert killed.is_set()
    assert tally.counts == {Status.AUDITED: 30}


@pytest.mark.parametrize(
    ("stories", "kills"),
    [
        (60, 4),
        pytest.param(
            500, 20, marks=pytest.mark.skipif(not LONG, reason="minutes; run by make stress")
        ),
    ],
)
def test_a_run_killed_at_random_moments_ends_as_one_that_was_not(
    tmp_path: Path, stories: int, kills: int
) -> None:
    folder = write_stories(tmp_path / "in", stories)
    audit_into(folder, tmp_path / "whole", jobs=2)
    moments = random.Random(5)  # noqa: S311 - the moments of a test
    command = [sys.executable, str(Path(__file__).with_name("batch_runs.py"))]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(PATHS),
    }
    for _ in range(kills):
        run = subprocess.Popen(
            [*command, str(folder), str(tmp_path / "out"), "2"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moments.uniform(0.5, 5.0))
        run.kill()
        run.wait()
    done = subprocess.run(
        [*command, str(folder), str(tmp_path / "out"), "2"],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"{stories} stories\n"
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_full_disk_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = write_stories(tmp_path / "in", 6)
    written: list[Path] = []
    write = tables.write_table

    def full(path: Path, content: Iterable[pa.Table], dataset: str) -> None:
        written.append(path)
        if len(written) == 5:
            # The second file of the second part.
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, content, dataset)

    monkeypatch.setattr("auditor.batch.store.write_table", full)
    with pytest.raises(ConfigError, match="No space left on device; make room"):
        audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, part_seconds=0))
    monkeypatch.setattr("auditor.batch.store.write_table", write)
    assert len(content(tmp_path / "out")["stories"]) == 1
    assert audit_into(stories, tmp_path / "out").counts == {
        Status.UNCHANGED: 1,
        Status.AUDITED: 5,
    }
    audit_into(stories, tmp_path / "whole")
    assert content(tmp_path / "out") == content(tmp_path / "whole")


def test_a_disk_that_takes_no_more_in_earnest_ends_the_run_with_one_line(tmp_path: Path) -> None:
    folder = write_stories(tmp_path / "in", 3)
    # The system refuses to let any file grow beyond 4,000 bytes.
    program = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000));"
        f"sys.argv = ['x', {str(folder)!r}, {str(tmp_path / 'out')!r}, '0'];"
        f"runpy.run_path({str(Path(__file__).with_name('batch_runs.py'))!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(PATHS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "cannot be written: File too large; make room" in done.stderr.splitlines()[-1]
    assert not list((tmp_path / "out").rglob("*.part*"))
    assert audit_into(folder, tmp_path / "out").counts == {Status.AUDITED: 3}


def test_two_runs_on_one_store_at_once_are_refused(tmp_path: Path) -> None:
    with (
        writing(tmp_path / "out"),
        pytest.raises(ConfigError, match=r"another run is at work on this store \(number \d+"),
        writing(tmp_path / "out"),
    ):
        pass
    with writing(tmp_path / "out"):
        pass


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ('{"format": "translation-auditor-store", "version": 0}', "older ones cannot be converted"),
        (
            '{"format": "translation-auditor-store", "version": 9, "written_by": "3.0"}',
            "written by version 3.0 of the auditor: install",
        ),
        ('{"format": "else", "version": 1}', "of another program"),
        ("{", "is damaged"),
    ],
    ids=["older", "newer", "strange", "damaged"],
)
def test_a_store_that_is_not_ours_is_left_alone(tmp_path: Path, manifest: str, said: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(ConfigError, match=said), writing(tmp_path):
        pass
    with pytest.raises(ConfigError, match=said):
        Store(tmp_path)


def test_a_folder_of_something_else_is_not_made_a_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(ConfigError, match=r"holds other files \(letter.txt\)"), writing(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_small_parts_become_one_and_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = write_stories(tmp_path / "in", 9)
    audit_into(stories, tmp_path / "whole")
    audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, part_seconds=0))
    assert len(Store(tmp_path / "out").parts()) == 9
    monkeypatch.setattr("auditor.batch.store.MANY", 3)
    with writing(tmp_path / "out") as store:
        store.merge()
    assert len(Store(tmp_path / "out").parts()) == 1
    assert len(list((tmp_path / "out").glob("*/night=*/*"))) == 3
    assert content(tmp_path / "out") == content(tmp_path / "whole")


@pytest.mark.parametrize("moment", range(9))
def test_a_merge_cut_short_at_any_moment_loses_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    stories = write_stories(tmp_path / "in", 4)
    audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, part_seconds=0))
    before = content(tmp_path / "out")
    monkeypatch.setattr("auditor.batch.store.MANY", 3)
    steps = 0

    def stop_at(target: object, name: str) -> None:
        real = getattr(target, name)

        def step(*arguments: object, **named: object) -> object:
            nonlocal steps
            steps += 1
            if steps > moment:
                raise KeyboardInterrupt
            return real(*arguments, **named)

        monkeypatch.setattr(target, name, step)

    with writing(tmp_path / "out") as store:
        stop_at(Path, "replace")
        stop_at(Path, "unlink")
        with pytest.raises(KeyboardInterrupt):
            store.merge()
    monkeypatch.undo()
    assert content(tmp_path / "out") == before
    with writing(tmp_path / "out"):
        pass
    assert content(tmp_path / "out") == before
    assert not list((tmp_path / "out").rglob(".*.part"))


def _rewrite(store: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    for path in Store(store).files(tables.STORIES):
        with pq.ParquetFile(path) as file:
            part = file.read()
        pq.write_table(change(part), path)


def test_a_store_from_before_a_column_was_added_is_asked_and_written_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = write_stories(tmp_path / "in", 3)
    audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, part_seconds=0))
    _rewrite(tmp_path / "out", lambda part: part.drop_columns(["coverage", "preview"]))
    question = "SELECT key, coverage, preview FROM worst ORDER BY key"
    nothing = tuple((f"story-{number:04}", None, None) for number in range(3))
    assert ask(Store(tmp_path / "out"), question).rows == nothing
    assert audit_into(stories, tmp_path / "out").counts == {Status.UNCHANGED: 3}
    monkeypatch.setattr("auditor.batch.store.MANY", 3)
    with writing(tmp_path / "out") as store:
        store.merge()
    assert len(Store(tmp_path / "out").parts()) == 1
    assert ask(Store(tmp_path / "out"), question).rows == nothing


def test_columns_of_a_newer_auditor_survive_a_run_of_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stories = write_stories(tmp_path / "in", 3)
    audit_into(stories, tmp_path / "out", plan=Plan(NIGHT, part_seconds=0))
    _rewrite(tmp_path / "out", lambda p: p.append_column("mood", pa.array(["good"] * len(p))))
    monkeypatch.setattr("auditor.batch.store.MANY", 3)
    assert audit_into(stories, tmp_path / "out").counts == {Status.UNCHANGED: 3}
    rows = ask(Store(tmp_path / "out"), "SELECT mood FROM all_stories").rows
    assert rows == (("good",),) * 3


def test_an_encoder_that_cannot_be_opened_ends_the_run_with_its_reason(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 2)
    with pytest.raises(AuditorError, match="there is no encoder of that name"):
        audit_into(stories, tmp_path / "out", setup=Setup(encoder="nothing"), jobs=1)


def test_refused_stories_are_failed_ones_and_a_key_given_twice_counts_once(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 2)
    entries = [*stories_in(stories), *stories_in(stories), Refused("lost", "lost: is not there")]
    with writing(tmp_path / "out") as store:
        tally = run_batch(entries, Alone(SETUP), store, Plan(NIGHT))
    assert tally.counts == {Status.AUDITED: 2, Status.FAILED: 3}
    assert statuses(tmp_path / "out")["story-0000"] == "audited"
    assert reasons(tmp_path / "out")["lost"] == "lost: is not there"


def test_files_of_a_killed_run_are_cleared_away(tmp_path: Path) -> None:
    stories = write_stories(tmp_path / "in", 1)
    audit_into(stories, tmp_path / "out")
    before = content(tmp_path / "out")
    folder = next((tmp_path / "out" / "findings").iterdir())
    (folder / ".part-x.parquet.part").write_bytes(b"half")
    (folder / "part-0000-lonely.parquet").write_bytes(b"whole, but without its stories")
    with writing(tmp_path / "out") as store:
        assert isinstance(store, OpenStore)
    assert len(list(folder.iterdir())) == 1
    assert content(tmp_path / "out") == before
