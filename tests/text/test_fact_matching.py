from __future__ import annotations

import pytest

from auditor.text.dates import find_dates
from auditor.text.matching import Stated, conflicts
from auditor.text.quantities import find_quantities
from auditor.text.quantity_matching import NUMBERS

KINDS = ("year", "month", "day")


def stated(text: str, lang: str) -> Stated:
    return Stated(find_dates(text, lang), text)


def quotes(one: str, other: str, other_lang: str = "fr") -> list[tuple[str, str]]:
    return [
        (one[c.left.start : c.left.end], other[c.right.start : c.right.end])
        for c in conflicts(stated(one, "en"), stated(other, other_lang), KINDS)
    ]


def test_two_unmatched_values_of_one_kind_conflict() -> None:
    assert quotes("in May 2011", "en juin 2011") == [("May", "juin")]


def test_unmatched_values_are_paired_in_order() -> None:
    assert quotes("from 2001 to 2005", "de 2002 à 2006") == [("2001", "2002"), ("2005", "2006")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in May 2011", "en 2011"),
        ("in 2011", "en juin"),
        ("on 06/04/1989", "le 4 juin 1989"),
        ("on 06/04/1989", "le 6 avril 1989"),
        ("2001 and 2005", "2005 et 2001"),
        ("the year 1500 and 1600", "1 500 mètres et 1700 ; 1600"),
    ],
)
def test_absences_readings_and_order_are_no_conflict(one: str, other: str) -> None:
    assert quotes(one, other) == []


def test_a_relative_year_on_one_side_makes_a_conflict_doubtful() -> None:
    found = conflicts(
        stated("last year, unlike 2015", "en"), stated("en 2017, pas comme en 2016", "fr"), KINDS
    )
    assert [c.doubtful for c in found] == [True]


def test_facts_around_can_satisfy_but_not_accuse() -> None:
    left = stated("in 2011", "en")
    right = stated("en 2012", "fr")
    moved = Stated(right.facts, right.text, find_dates("en 2011", "fr"))
    assert conflicts(left, moved, KINDS) == ()
    assert len(conflicts(left, right, KINDS)) == 1


def counted(text: str, lang: str) -> Stated:
    return Stated(find_quantities(text, lang), text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("500 cows", "800 vaches", [("500", "800")]),
        ("500 cows", "500 vaches", []),
        ("12 miles", "19 km", []),
        ("12 miles", "32 km", [("12", "32")]),
        ("about 1,200 cows", "1 187 vaches", []),
        ("about 1,200 cows", "1 287 vaches", [("1,200", "1 287")]),
        ("about 1,200 cows", "environ 1 187 vaches", [("1,200", "1 187")]),
        ("40 % of them", "70 euros", []),
        ("130 miles", "209 km (140 miles)", [("130", "140")]),
        ("a dozen cows", "12 vaches", []),
    ],
)
def test_quantities_conflict_by_value_unit_and_bound(
    one: str, other: str, expected: list[tuple[str, str]]
) -> None:
    found = conflicts(counted(one, "en"), counted(other, "fr"), ("number",), NUMBERS)
    pairs = [(one[c.left.start : c.left.end], other[c.right.start : c.right.end]) for c in found]
    assert pairs == expected


def test_a_second_look_and_two_words_are_doubtful() -> None:
    for one, other in (("1-0 after a goal", "4-0 après un but"), ("six cows", "sept vaches")):
        found = conflicts(counted(one, "en"), counted(other, "fr"), ("number",), NUMBERS)
        assert [c.doubtful for c in found] == [True]
