"""The figures of a night and of a pile."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.bench.batch import Night, _drift, made_stories, night_table
from auditor.bench.piles import Pile, _gold, pile_table
from auditor.core import ConfigError

NIGHT = Night(1, 100, 0, 5000, 50.0, 48.0, 0.3, 650.0, 120.0, 3000, 1.02)


def test_stories_are_made_of_documents_and_each_fifth_of_the_same_ones(tmp_path: Path) -> None:
    (tmp_path / "document_ids.txt").write_text("a\na\nb\n", encoding="utf-8")
    for lang in ("eng", "fra", "ita"):
        lines = "".join(f"{lang} {line}.\n" for line in range(3))
        (tmp_path / f"{lang}.txt").write_text(lines, encoding="utf-8")
    jobs = list(made_stories(tmp_path, 20))
    assert [(job.key, job.versions[1].id) for job in jobs[:5]] == [
        ("0000000-a", "fra"),
        ("0000001-a", "ita"),
        ("0000002-b", "fra"),
        ("0000003-b", "ita"),
        ("0000004-a", "fra"),
    ]
    assert jobs[5].versions[1].text == "ita 0. (5)\n\nita 1. (5)"
    assert len({version.text for job in jobs for version in job.versions}) == 40


def test_a_folder_without_versions_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no versions"):
        list(made_stories(tmp_path, 1))


def test_cost_is_compared_by_segment() -> None:
    assert _drift([(1.0, 10)] * 5 + [(3.0, 20)] * 5) == pytest.approx(1.5)
    assert _drift([]) == 1.0


def test_a_night_says_which_bounds_it_keeps() -> None:
    two = Night(2, 100, 0, 5000, 40.0, 48.0, 0.4, 650.0, 120.0, 3000, 1.02)
    lines = [line for line in night_table([NIGHT, two]) if line.endswith(("kept", "KEPT"))]
    assert [(line.split("  ")[0], "NOT" not in line) for line in lines] == [
        ("share outside the encoder", False),
        ("peak of a worker", True),
        ("last fifth against first", True),
        ("two workers against one", False),
    ]


def test_pairs_of_a_pile_are_counted_with_bounds() -> None:
    assert _gold([4, 7, 4, 4]) == {(0, 2), (0, 3), (2, 3)}
    (row,) = pile_table([Pile("dev", 4, 3, 2, 2, 0.5)])[1:]
    assert row.split()[:5] == ["dev", "4", "3", "2", "100.0%"]
    assert "66.7%" in row
