from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from auditor.bench.align import Counts, bench_align, count, read_ladder
from auditor.core import ConfigError, ReadError

Write = Callable[..., Any]


def test_beads_are_counted_strictly_laxly_and_by_null() -> None:
    gold = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,))]
    found = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((), (2,))]
    assert count(found, gold) == Counts(
        found=5,
        gold=2,
        strict_found=3,
        strict_gold=1,
        lax_found=4,
        lax_gold=2,
        null_found=3,
        null_gold=2,
        null_both=2,
    )


def test_counts_add_up_and_nothing_gives_zero() -> None:
    one = count([((0,), (0,))], [((0,), (0,))])
    assert (one + one).found == 2
    assert (one + one).strict_f1 == 1
    assert (Counts().strict_f1, Counts().lax_f1, Counts().null_f1) == (0, 0, 0)


def test_a_folder_of_gold_is_measured_set_by_set(write: Write, tmp_path: Path) -> None:
    for name in ("x", "y"):
        home = tmp_path / name
        home.mkdir()
        for side in ("source", "target"):
            segments, vectors = write(side, range(6))
            text = "".join(f"{s.text}\n" for s in segments)
            (home / f"00.{side}.txt").write_text(text, encoding="utf-8")
            np.save(home / f"00.{side}.npy", vectors)
        gold = "".join(f"[{k}]:[{k}]\n" for k in range(6))
        (home / "00.gold.ladder").write_text(gold, encoding="utf-8")
    rows = bench_align(tmp_path)
    assert [(row.name, row.documents, row.counts.strict_f1) for row in rows] == [
        ("x", 1, 1.0),
        ("y", 1, 1.0),
    ]
    assert all(row.peak > 2**20 and row.seconds > 0 for row in rows)


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no file ends in"):
        bench_align(tmp_path)


def test_missing_vectors_are_an_error(tmp_path: Path) -> None:
    for name in ("a.source.txt", "a.target.txt", "a.gold.ladder"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(ReadError, match=r"a\.source\.npy: holds no vectors"):
        bench_align(tmp_path)


@pytest.mark.parametrize("line", ["[0] [1]", "[0]:[a]", "0:1", "[True]:[1]", "[0.5]:[1]"])
def test_a_line_that_is_no_bead_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.gold.ladder"
    path.write_text(f"[0]:[0]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.gold\.ladder:2: .* is no bead"):
        read_ladder(path)
