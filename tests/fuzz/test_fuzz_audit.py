"""A whole audit of texts that nobody wrote: bounded work and memory, and no crash.

Work is counted in calls, so that it does not depend on the machine or its load: a text twice as
long may take twice as many, and some more for what both have once.
"""

from __future__ import annotations

import os
import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.bench.stages import forget_texts
from auditor.core import Audit, ReadError, Story
from auditor.encode import open_encoder
from auditor.pipeline import Run, audit_story
from auditor.read import document_from_text
from auditor.read.files import MAX_BLOCK

EXAMPLES = int(os.environ.get("AUDITOR_FUZZ", "12"))
SIZE = 6_000
TWICE = 3
"""Calls for twice the text, at most: 2, one more piece of a text that is cut, and what other tests
left in the caches or did not (2.43 seen); work that grows with the square of the text needs 4."""
BYTES = 1_000
"""Memory for each character, at most: 440 where every two characters are a word."""
RUN = Run(open_encoder("use"))

DOUBLES = "аеорсухіј"
HAN = (
    "香港政府官員昨日表示議會將會討論新的法例並且邀請市民提出意見以便改善交通運輸和公共衛生服務質素"
)


def drawn(letters: str, gap: str = "", width: int = 6) -> Callable[[int], str]:
    """Random letters, in words of some width where there is a gap between them."""

    def text(size: int) -> str:
        # Knuth's linear congruences: as good as any chance here, and the same everywhere.
        state, picked = 1, []
        for _ in range(size):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            picked.append(letters[(state >> 33) % len(letters)])
        made = "".join(picked)
        return gap.join(made[at : at + width] for at in range(0, size, width))[:size]

    return text


def again(piece: str) -> Callable[[int], str]:
    """A piece again and again."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    "no space": drawn("abcdefghijklmnopqrstuvwxyz"),
    "one letter": again("a"),
    "Chinese without a stop": drawn(HAN),
    "Chinese said again without a stop": again(HAN),
    "homoglyphs": drawn(DOUBLES + "tbdlmnwk", " "),
    "homoglyphs without a space": drawn(DOUBLES + "tbdlmnwk"),
    "nothing but homoglyphs": drawn(DOUBLES, " "),
    "zero-width characters": again("\N{ZERO WIDTH SPACE}"),
    "zero-width characters in words": again("ab\N{ZERO WIDTH SPACE}c\N{ZERO WIDTH JOINER} "),
    "direction controls": again("a\N{RIGHT-TO-LEFT OVERRIDE}b\N{POP DIRECTIONAL FORMATTING}"),
    "combining marks": again("a\N{COMBINING ACUTE ACCENT}\N{COMBINING GRAVE ACCENT}"),
    "digits": again("1234567890"),
    "numbers": again("1,500.5 % of 3 "),
    "opening brackets": again("(["),
    "quotation marks": again('"“‘'),
    "entities": again("&am"),
    "capitals": again("Anna, "),
    "dates": again("17 May 1989 "),
    "French without a stop": again("le port de la ville est fermé depuis mardi soir "),
}


def audit(text: str, *, html: bool = False) -> Audit:
    """Of one file with a text between two sentences, so that it has a language."""
    whole = text if html else f"The council met on Monday.\n\n{text}\n\nIt rained all day."
    document = document_from_text(whole, "a.html" if html else "a.txt", html=html)
    return audit_story(Story("a", (document,)), RUN)


def calls(text: str) -> int:
    """How often an audit calls a function, with what it knows of texts forgotten."""
    forget_texts()
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        done = audit(text)
    finally:
        sys.setprofile(None)
    assert not done.errors
    return count


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    # Once for the tables, which the first text that needs them loads.
    audit(TEXTS[name](2 * SIZE))
    once, twice = calls(TEXTS[name](SIZE)), calls(TEXTS[name](2 * SIZE))
    assert twice <= TWICE * once


@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(
    st.text(
        st.sampled_from(
            f"aZ1é.,;:!?&<>()[]{{}}“”'\"%-—/@#_ \n\t{DOUBLES[:3]}{HAN[:6]}\u200b\u202e"
        ),
        min_size=1,
        max_size=40,
    )
)
def test_any_piece_again_and_again_is_linear_work(piece: str) -> None:
    if not piece.strip():
        return
    text = again(piece)
    audit(text(2 * SIZE))
    assert calls(text(2 * SIZE)) <= TWICE * calls(text(SIZE))


@pytest.mark.parametrize("name", ["no space", "Chinese without a stop", "homoglyphs"])
def test_memory_is_bounded_by_the_length_of_the_text(name: str) -> None:
    audit(TEXTS[name](2 * SIZE))
    forget_texts()
    tracemalloc.start()
    try:
        audit(TEXTS[name](2 * SIZE))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= BYTES * 2 * SIZE


@pytest.mark.parametrize("close", ["</div>" * 10_000, ""], ids=["closed", "open"])
def test_ten_thousand_elements_inside_each_other_are_read(close: str) -> None:
    done = audit("<body>" + "<div>" * 10_000 + "The council met on Monday." + close, html=True)
    assert not done.errors
    assert [s.text for s in done.segments["a.html"]] == ["The council met on Monday."]


def test_nearly_a_million_zero_width_characters_are_one_finding() -> None:
    done = audit("\N{ZERO WIDTH SPACE}" * 990_000)
    assert not done.errors
    assert len(done.findings) <= 1


def test_a_paragraph_of_more_than_a_million_characters_is_refused() -> None:
    with pytest.raises(ReadError, match="break the text into paragraphs"):
        audit("a" * (MAX_BLOCK + 1))
