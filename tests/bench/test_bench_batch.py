"""The figures of a night and of a pile."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.batch.job import Setup
from auditor.bench.batch import Night, Scaling, Sitting, made_stories, measure_night
from auditor.bench.batch_table import night_table, scaling_table
from auditor.bench.piles import Pile, _gold, pile_table
from auditor.core import ConfigError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "clean"
    made.mkdir()
    (made / "document_ids.txt").write_text("a\na\nb\n", encoding="utf-8")
    for lang in ("eng", "fra", "ita"):
        lines = "".join(f"{lang} {line}.\n" for line in range(3))
        (made / f"{lang}.txt").write_text(lines, encoding="utf-8")
    return made


def test_stories_are_made_of_documents_and_each_fifth_of_the_same_ones(folder: Path) -> None:
    jobs = list(made_stories(folder, 20))
    assert [(job.key, job.versions[1].id) for job in jobs[:5]] == [
        ("0000000-a", "fra"),
        ("0000001-a", "ita"),
        ("0000002-b", "fra"),
        ("0000003-b", "ita"),
        ("0000004-a", "fra"),
    ]
    assert jobs[5].versions[1].text == "ita 0 (5).\n\nita 1 (5)."
    assert len({version.text for job in jobs for version in job.versions}) == 40


def test_a_folder_without_versions_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no versions"):
        list(made_stories(tmp_path, 1))


def test_a_night_is_measured_in_several_sittings(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1] / "batch"))
    setup, place = Setup(opener="batch_runs:cheap", cache="yes"), tmp_path / "night"
    moments = iter([0.0, 0.0, 0.0, 0.0, 0.0, 30.0])
    monkeypatch.setattr("auditor.bench.batch.monotonic", lambda: next(moments, 100.0))
    # The clock passes the minute after four stories were given out.
    first = measure_night(folder, place, 10, setup, 1, minutes=0.4)
    assert first.stories == 4
    assert first.last_to_first is None
    assert first.median_last_to_first is None
    whole = measure_night(folder, place, 10, setup, 1)
    assert [sitting.stories for sitting in whole.sittings] == [4, 6]
    assert whole.stories == 10
    assert whole.failed == 0
    assert whole.last_to_first is not None
    assert whole.stored > 0
    with pytest.raises(ConfigError, match="of another auditor or of more or fewer workers"):
        measure_night(folder, place, 10, setup, 2)


def sitting(*, encoder_cpu: float = 30.0, megabytes: float = 650.0) -> Sitting:
    return Sitting("d", 2, 100, 0, 5000, 50.0, 40.0, encoder_cpu, megabytes, 120.0)


def verdicts(lines: list[str]) -> dict[str, bool]:
    told = [line for line in lines if line.endswith(("kept", "KEPT"))]
    return {line[:28].strip(): "NOT" not in line for line in told}


def test_a_night_says_which_bounds_it_keeps() -> None:
    good = night_table(Night((sitting(), sitting()), 200, 3000, 90_000, 1.02, 0.9))
    assert verdicts(good) == {
        "share outside the encoder": True,
        "peak of a worker": True,
        "last fifth against first": True,
        "the same, median of pairs": True,
    }
    bad = Night((sitting(encoder_cpu=20.0), sitting(megabytes=701.0)), 200, 1, 1, 1.2, 1.11)
    assert not any(verdicts(night_table(bad)).values())


def test_an_unfinished_night_says_how_long_it_takes_yet() -> None:
    lines = night_table(Night((sitting(),), 340, 1, 1, None, None))
    assert "about 2 minutes more: the same command goes on" in lines


def test_two_workers_are_compared_with_one() -> None:
    scaling = Scaling(100, (100.0, 54.0), (90.0, 99.0))
    lines = scaling_table(scaling, 5000, 2)
    assert verdicts(lines) == {"two workers against one": True}
    assert "5,000 stories take about 22 minutes with 2 workers" in lines
    assert verdicts(scaling_table(Scaling(100, (100.0, 56.0), (1.0, 1.0)), 5, 2)) == {
        "two workers against one": False
    }


def test_pairs_of_a_pile_are_counted_with_bounds() -> None:
    assert _gold([4, 7, 4, 4]) == {(0, 2), (0, 3), (2, 3)}
    (row,) = pile_table([Pile("dev", 4, 3, 2, 2, 0.5)])[1:]
    assert row.split()[:5] == ["dev", "4", "3", "2", "100.0%"]
    assert "66.7%" in row
