"""Attributes of a page are read with their places; what is no page has none."""

from __future__ import annotations

import pytest

from auditor.text.attributes import attributes


def test_values_stand_where_they_say() -> None:
    raw = "<p>One <img src='a.jpg' alt=\"a dam\"> <a href='http://x.example/one-two'>two</a></p>"
    found = list(attributes(raw))
    assert [(a.name, a.text) for a in found] == [
        ("alt", "a dam"),
        ("href", "http:  x example one two"),
    ]
    assert all(len(raw[a.start : a.start + len(a.text)]) == len(a.text) for a in found)
    assert raw[found[0].start :].startswith("a dam")


@pytest.mark.parametrize("raw", ["", 'He wrote alt="casino" on the wall.', "a < b and c > d"])
def test_plain_text_has_none(raw: str) -> None:
    assert list(attributes(raw)) == []


@pytest.mark.parametrize(
    "raw", ["<p " * 100_000, "<p>" + "<a " + "title = " * 50_000, "<div>" * 10_000]
)
def test_broken_mark_up_is_read_in_bounds(raw: str) -> None:
    assert list(attributes(raw)) == []
