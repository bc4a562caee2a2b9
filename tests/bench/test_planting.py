"""What `auditor bench drift --plant` changes in sound lines."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.bench.drift import Line, Row
from auditor.bench.planting import plant

DAY = date(2018, 5, 2)
LINES = (
    Line(
        1, "a", "fr", "“The city lied to all its residents.”", "« La ville a menti à tous. Oui. »"
    ),
    Line(
        2, "a", "fr", "Police arrested the alleged thief.", "La police arrêta le voleur présumé ."
    ),
    Line(3, "b", "fr", "“It will hold,” said Demers.", "« Il tiendra », a déclaré Demers."),
    Line(4, "b", "fr", "Kowalczyk said it would not.", "Kowalczyk a dit que non."),
    Line(5, "c", "it", "Demers told Mr. Kowalczyk so.", "Demers lo disse a Kowalczyk."),
    Line(6, "c", "zh-Hans", "The mill burnt down last year.", "磨坊去年烧毁。"),
    Line(7, "c", "zh-Hans", "Nothing to change here.", "这里没有什么可以改变的。"),
)


def of(kind: str, seed: int = 1) -> list[Row]:
    rows = [row for row in plant(LINES, seed, DAY) if row.type == kind]
    return sorted(rows, key=lambda row: row.id)


def test_a_line_that_is_a_quotation_loses_its_marks() -> None:
    (row,) = of("quotation")
    assert row.bad == "La ville a menti à tous. Oui."


def test_a_suspicion_becomes_a_fact() -> None:
    (row,) = of("hedge")
    assert row.bad == "La police arrêta le voleur ."


def test_somebody_else_of_the_document_speaks() -> None:
    other, swapped, exchanged = of("speaker")
    assert [row.id[-1] for row in (other, swapped, exchanged)] == ["3", "4", "5"]
    assert other.bad == "« Il tiendra », a déclaré Kowalczyk."
    assert swapped.bad == "Demers a dit que non."
    assert exchanged.bad == "Kowalczyk lo disse a Demers."


def test_last_year_becomes_a_year_that_it_is_not() -> None:
    (row,) = of("relative")
    assert row.bad == f"磨坊{row.new}年烧毁。"
    assert 2008 <= int(row.new) <= 2014


def test_without_a_date_nothing_is_relative_to_it() -> None:
    assert not [row for row in plant(LINES, 1) if row.type == "relative"]


@pytest.mark.parametrize("kind", ["quotation", "hedge", "speaker", "relative"])
def test_what_was_put_in_stands_where_the_row_says(kind: str) -> None:
    for row in of(kind):
        assert row.bad[row.start : row.start + len(row.new)] == row.new
        assert row.bad != row.good


def test_one_seed_plants_the_same() -> None:
    assert plant(LINES, 3, DAY) == plant(LINES, 3, DAY)
