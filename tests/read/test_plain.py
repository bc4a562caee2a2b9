"""Plain text to blocks: paragraphs as their author set them, with exact places."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.core import BlockKind
from auditor.read.plain import plain_blocks

WRAPPED = """The harbour board met for the third time this week and
still could not agree on who should pay for the gates
that failed in the storm of last November.

Engineers had warned two years before that the hinges
were worn, and that a tide of more than four metres
would open them.
"""


def texts(raw: str) -> list[str]:
    return [block.text for block in plain_blocks(raw)]


def kinds(raw: str) -> list[BlockKind]:
    return [block.kind for block in plain_blocks(raw)]


def test_blank_line_ends_a_paragraph() -> None:
    assert texts("One.\n\n\n \nTwo.\n") == ["One.", "Two."]


def test_lines_that_were_wrapped_are_one_paragraph() -> None:
    first, second = texts(WRAPPED)
    assert first.startswith("The harbour board")
    assert first.endswith("of last November.")
    assert second.startswith("Engineers had")


def test_wrapped_chinese_is_one_paragraph() -> None:
    raw = (
        "港務局本週第三次開會，仍未能就誰應該為去年十一月\n在暴風雨中失靈的閘門付費達成協議。工程師兩年前就\n"
        "警告說，鉸鏈已經磨損，超過四公尺的潮水會把它們打\n開，但是沒有人聽。\n"
    )
    assert len(texts(raw)) == 1


def test_lines_that_are_paragraphs_stay_apart() -> None:
    raw = (
        "港務局本週第三次開會，仍未能達成協議。\n工程師兩年前就警告說，鉸鏈已經磨損，沒有人聽。\n"
        "市長拒絕評論。\n下一次會議將於週五舉行，屆時居民可以發言，記者也可以到場採訪。\n"
    )
    assert len(texts(raw)) == 4


def test_two_short_lines_at_the_end_are_not_taken_for_wrapped_text() -> None:
    assert texts("A long paragraph about gates.\n\nSend a comment!\nYour name here") == [
        "A long paragraph about gates.",
        "Send a comment!",
        "Your name here",
    ]


def test_list_items_in_wrapped_text_begin_their_own_paragraphs() -> None:
    raw = (
        WRAPPED
        + "\n- the first gate, which failed at ten in the evening\n  and was found on the beach"
        + "\n- the second\n"
    )
    assert texts(raw)[2:] == [
        "- the first gate, which failed at ten in the evening\n  and was found on the beach",
        "- the second",
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("What the Engineers Said", BlockKind.HEADING, id="short, open, text follows"),
        pytest.param("工程師的說法", BlockKind.HEADING, id="Chinese"),
        pytest.param("Nobody answered.", BlockKind.PARAGRAPH, id="full stop"),
        pytest.param("沒有人回答。", BlockKind.PARAGRAPH, id="Chinese full stop"),
        pytest.param("In a letter, the board wrote:", BlockKind.PARAGRAPH, id="colon"),
        pytest.param("“Nobody answered.”", BlockKind.PARAGRAPH, id="full stop in quotes"),
        pytest.param("- the first gate", BlockKind.PARAGRAPH, id="list item"),
        pytest.param("The gates. (Jane Roe/AFP via Getty Images)", BlockKind.CAPTION, id="agency"),
        pytest.param("閘門全景。（圖片：市政府）", BlockKind.CAPTION, id="Chinese picture credit"),
        pytest.param("The gates (see also page 4).", BlockKind.PARAGRAPH, id="other brackets"),
        pytest.param("[/note]", BlockKind.HEADING, id="markup of a forum is no credit"),
        pytest.param("## What Engineers Said ##", BlockKind.HEADING, id="Markdown"),
    ],
)
def test_kind_of_a_line_between_paragraphs(line: str, kind: BlockKind) -> None:
    long = "The board met for the third time this week and could not agree on who should pay."
    assert kinds(f"{long}\n\n{line}\n\n{long}\n") == [
        BlockKind.PARAGRAPH,
        kind,
        BlockKind.PARAGRAPH,
    ]


def test_last_line_is_no_heading() -> None:
    assert kinds("A paragraph about gates.\n\nRelated articles")[-1] is BlockKind.PARAGRAPH


def test_markdown_marks_are_no_text() -> None:
    raw = "\n## The Gates ##\n\nThey failed.\n"
    block = plain_blocks(raw)[0]
    assert block.text == "The Gates"
    assert block.offsets.to_origin(0, 9) == (4, 13)


@given(st.text(alphabet="ab. \n\r\t一。#-", max_size=80))
@example("# #")
def test_every_block_is_what_stands_at_its_place(raw: str) -> None:
    last = 0
    for block in plain_blocks(raw):
        start, end = block.offsets.to_origin(0, len(block.text))
        assert raw[start:end] == block.text
        assert block.text.strip() == block.text != ""
        assert start >= last
        last = end


@given(st.text(alphabet="ab. \n\r\t一。", max_size=80))
def test_no_character_is_lost(raw: str) -> None:
    kept = "".join(texts(raw))
    assert "".join(kept.split()) == "".join(raw.split())
