"""Placeholders of every notation, and what of a string is language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.placeholders import find_messages, find_placeholders, hidden_ranges
from auditor.text.tags import alike, find_addresses, find_tags, unbalanced, without_language


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%s of %d", ["%1s", "%2d"]),
        ("%2$d of %1$s", ["%2d", "%1s"]),
        ("%(date)s and %(count)03d", ["%(date)", "%(count)"]),
        ("{name}, {0} and {price:.2f}", ["{name}", "{0}", "{price}"]),
        ("{{ name }} and ${user.name}", ["{{name}}", "${user.name}"]),
        ("%{count} left", ["%{count}"]),
        ("{when, date, short}", ["{when}"]),
        ("50 % des billets, 20% off, 100%", []),
        ("{two words} and {} ", []),
        ("%ld of %-5.2f", ["%1d", "%2f"]),
        ("{n, plural, one {# of {all}} other {# of {all}}}", ["{n, plural}", "{all}", "{all}"]),
    ],
)
def test_each_notation_is_named_alike_in_every_language(text: str, names: list[str]) -> None:
    assert [p.name for p in find_placeholders(text)] == names


def test_a_message_is_taken_apart_and_only_its_last_branch_is_language() -> None:
    text = "In {n, plural, =0 {none} one {# file <b>a</b>} other {# files}} left"
    (message,) = find_messages(text)
    assert [(s, text[a:b]) for s, a, b in message.branches] == [
        ("=0", "none"),
        ("one", "# file <b>a</b>"),
        ("other", "# files"),
    ]
    shown = text
    for start, end in reversed(hidden_ranges(text)):
        shown = shown[:start] + shown[end:]
    assert shown == "In # files left"


@given(st.text(st.sampled_from("{}%$sd(), plural=other1'#<>ab"), max_size=60))
def test_any_text_is_searched_and_every_place_lies_in_it(text: str) -> None:
    for one in find_placeholders(text):
        assert 0 <= one.start < one.end <= len(text)
    last = 0
    for start, end in hidden_ranges(text):
        assert last <= start < end <= len(text)
        last = end


def test_hostile_messages_end_soon() -> None:
    text = "{a,plural,x{" * 400
    assert find_messages(text) == ()
    assert find_messages(text * 10) == ()


def test_addresses_are_compared_without_their_language() -> None:
    (one,) = find_addresses("See https://ferry.example/en/hours?lang=en.")
    (two,) = find_addresses("Voir (https://ferry.example/fr/hours?lang=fr)")
    assert without_language(one.name) == without_language(two.name)
    assert [a.name for a in find_addresses("a@b.example, https://u@c.example/x")] == [
        "a@b.example",
        "https://u@c.example/x",
    ]
    assert alike("harbour", "harbor")
    assert not alike("harbour", "harbour")
    assert not alike("harbour", "haven")


def test_tags_and_brackets() -> None:
    assert [t.name for t in find_tags('<a href="x">b</A> <br/> 1 < 2 > 0 <3')] == ["a", "/a", "br"]
    assert [(p.name, p.start) for p in unbalanced("a) (b [c] （d) e】")] == [
        (")", 1),
        ("(", 3),
        ("】", 15),
    ]
