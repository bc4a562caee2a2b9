"""Characters of an article that must not act in a terminal or in a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.report.characters import on_one_line, shown_parts, well_formed, well_formed_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\x1b[31mb", "a<U+001B>[31mb", id="escape"),
        pytest.param("a\u202eb", "a<U+202E>b", id="right-to-left-override"),
        pytest.param("a\u2066b", "a<U+2066>b", id="isolate"),
        pytest.param("a\u009b31mb", "a<U+009B>31mb", id="eight-bit-escape"),
        pytest.param("a\nb\r\nc\td", "a b c d", id="white-space-becomes-one-space"),
        pytest.param("a\N{NO-BREAK SPACE}: b", "a : b", id="no-break-space"),
        pytest.param("a\N{LINE SEPARATOR}b", "a b", id="line-separator"),
        pytest.param("天\N{IDEOGRAPHIC SPACE}地", "天\N{IDEOGRAPHIC SPACE}地", id="wide-space"),
        pytest.param(
            "می\N{ZERO WIDTH NON-JOINER}خواهم",
            "می\N{ZERO WIDTH NON-JOINER}خواهم",
            id="joiner-of-a-persian-word",
        ),
        pytest.param("a\N{ZERO WIDTH SPACE}b", "a<U+200B>b", id="zero-width-space"),
    ],
)
def test_terminal_line_names_what_could_act(text: str, expected: str) -> None:
    assert on_one_line(text) == expected


@given(st.text())
def test_terminal_line_holds_nothing_that_acts(text: str) -> None:
    line = on_one_line(text, keep="")
    assert all(c.isprintable() or c == "\N{IDEOGRAPHIC SPACE}" for c in line)


@given(st.text(alphabet=st.characters(codec=None)))
def test_well_formed_text_keeps_its_length_and_can_be_encoded(text: str) -> None:
    assert len(well_formed(text)) == len(text)
    well_formed(text).encode("utf-8")


def test_two_undecodable_file_names_stay_two() -> None:
    assert well_formed_name("a\udc80") == "a\\udc80"
    assert well_formed_name("a\udc80") != well_formed_name("a\udc81")


@given(st.text(), st.booleans())
def test_page_parts_join_to_the_text(text: str, marked: bool) -> None:  # noqa: FBT001
    assert "".join(part for part, _ in shown_parts(text, marked=marked)) == text


def test_page_names_direction_changes_everywhere() -> None:
    assert list(shown_parts("a\u202eb", marked=False)) == [
        ("a", ""),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("b", ""),
    ]


def test_page_names_soft_hyphens_only_in_a_mark() -> None:
    text = "co\N{SOFT HYPHEN}operate"
    assert list(shown_parts(text, marked=False)) == [(text, "")]
    assert ("\N{SOFT HYPHEN}", "U+00AD SOFT HYPHEN") in list(shown_parts(text, marked=True))


def test_mark_of_blanks_alone_is_named() -> None:
    assert list(shown_parts(" ", marked=True)) == [(" ", "U+0020 SPACE")]
