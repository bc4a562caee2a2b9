"""The encoder beside its package: each at its best, on the same sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.bench.rate import NAMES, _main, rate_table


def row(first: float, again: float, cpu: float) -> dict[str, float]:
    return {"sentences": 10, "first": first, "again": again, "cpu": cpu}


def test_the_ratio_is_that_of_the_best_number_of_threads() -> None:
    rates = {
        ("package", 1): row(100, 110, 100),
        ("ours", 1): row(150, 200, 160),
        ("package", 2): row(50, 60, 40),
        ("ours", 2): row(300, 330, 150),
    }
    assert rate_table(rates)[-1].split()[-3:] == ["3.00", "3.00", "1.60"]


@pytest.mark.parametrize("name", NAMES)
def test_each_encodes_every_distinct_sentence_once(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "The harbour was closed on Monday.\n\nNobody was hurt in the storm.\n\n"
        "The harbour was closed on Monday.\n",
        encoding="utf-8",
    )
    measured = _main([name, "1", str(file)])
    assert measured["sentences"] == 2
    assert min(measured.values()) > 0
