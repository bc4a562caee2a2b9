"""The checks of quantities on the development data beside the checkout, pair by pair."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.text.matching import Comparison, Conflict, Stated, conflicts
from auditor.text.quantities import UNIT_OF, find_quantities
from auditor.text.quantity_matching import CLOCKS, NUMBERS, UNITS

LANGUAGES = {
    "fr": ("fra", "fr"),
    "it": ("ita", "it"),
    "zh-CN": ("zho-CN", "zh-Hans"),
    "zh-TW": ("zho-TW", "zh-Hant"),
}
LONGEST = 3
UNIT = 8
TRUE_ERRORS = {
    ("zh-Hans", 165),
    ("zh-Hans", 443),
    ("zh-Hant", 115),
    ("zh-Hant", 139),
    ("zh-Hant", 748),
}
"""Lines of the references that say another number, or another time of day, than the source."""


def compared(source: str, target: str, lang: str) -> list[Conflict]:
    left, right = find_quantities(source, "en"), find_quantities(target, lang)
    units = sorted({f.kind for f in (*left, *right) if f.kind.startswith(UNIT_OF)})
    hows = ((["number"], NUMBERS), (["order"], Comparison()), (["clock"], CLOCKS), (units, UNITS))
    return [
        conflict
        for kinds, how in hows
        for conflict in conflicts(Stated(left, source), Stated(right, target), kinds, how)
    ]


def is_found(row: dict[str, str], start: int) -> bool:
    end = start + len(row["new"])
    return any(
        c.right.start <= end and start <= c.right.end
        for c in compared(row["src"], row["bad"], LANGUAGES[row["lang"]][1])
        if c.right.end - c.right.start <= LONGEST * (end - start) + UNIT
    )


@pytest.mark.parametrize(("kind", "least"), [("number", 0.95), ("magnitude", 0.98), ("unit", 0.88)])
def test_planted_quantities_are_found(shared: Path, kind: str, least: float) -> None:
    lines = (shared / "bench" / "drift-dev.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["type"] == kind]
    assert sum(is_found(row, row["start"]) for row in rows) >= least * len(rows) > 0


def test_on_clean_translations_only_true_errors_are_sure(shared: Path) -> None:
    folder = shared / "bench" / "ntrex-dev"
    sources = (folder / "eng.txt").read_text("utf-8").splitlines()
    flags = {
        (lang, number)
        for file, lang in LANGUAGES.values()
        for number, target in enumerate((folder / f"{file}.txt").read_text("utf-8").splitlines(), 1)
        for c in compared(sources[number - 1], target, lang)
        if not c.doubtful and c.left.kind != "order"
    }
    assert flags == TRUE_ERRORS
