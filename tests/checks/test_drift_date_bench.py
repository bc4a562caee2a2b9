"""The date check on the development data beside the checkout, sentence pair by sentence pair."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.checks.drift.date import KINDS
from auditor.text.dates import find_dates
from auditor.text.matching import Conflict, Stated, conflicts

LANGUAGES = {
    "fr": ("fra", "fr"),
    "it": ("ita", "it"),
    "zh-CN": ("zho-CN", "zh-Hans"),
    "zh-TW": ("zho-TW", "zh-Hant"),
}
MARGIN = 3
"""An ordinal ending may belong to the span: 4er."""


def compared(source: str, target: str, lang: str) -> tuple[Conflict, ...]:
    left, right = find_dates(source, "en"), find_dates(target, lang)
    return conflicts(Stated(left, source), Stated(right, target), KINDS)


def planted(shared: Path, kind: str) -> Iterator[bool]:
    for line in (shared / "bench" / "drift-dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["type"] == kind:
            start, end = row["start"], row["start"] + len(row["new"])
            yield any(
                c.right.start <= start <= end <= c.right.end <= c.right.start + end - start + MARGIN
                for c in compared(row["src"], row["bad"], LANGUAGES[row["lang"]][1])
            )


@pytest.mark.parametrize(("kind", "least"), [("year", 0.98), ("month", 0.98), ("day", 0.9)])
def test_planted_dates_are_found(shared: Path, kind: str, least: float) -> None:
    found = list(planted(shared, kind))
    assert sum(found) >= least * len(found) > 0


def test_clean_translations_show_at_most_one_flag_in_a_thousand(shared: Path) -> None:
    folder = shared / "bench" / "ntrex-dev"
    sources = (folder / "eng.txt").read_text("utf-8").splitlines()
    flags = [
        (lang, number)
        for file, lang in LANGUAGES.values()
        for number, target in enumerate((folder / f"{file}.txt").read_text("utf-8").splitlines())
        for _ in compared(sources[number], target, lang)
    ]
    # One true error of a reference: Sunday became samedi.
    assert flags == [("fr", 394)]
