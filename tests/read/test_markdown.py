"""Markdown: what a reader sees, with the place of every character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import Block, BlockKind, ReadError
from auditor.read.markdown import markdown_blocks

PAGE = """---
title: "The \\u00e9 bridge"
draft: false
tags: [a, b]
---
# A *new* `bridge` &amp; \\* more #

Para with a [link](http://x.example/a(b) "title) link") and **bold** ![the alt](i.png) text
continues <b>here</b> at <http://a.example>.

```python
code = "left alone"
```

    indented code

> - quoted item
>   wraps

| a \\| q | b |
|---|---|
| x | b &copy; z |

<!-- a comment -->

[ref]: http://nowhere.example

Setext [with a reference][ref]
===
"""


def there(raw: str, block: Block, quote: str) -> str:
    at = block.text.index(quote)
    start, end = block.offsets.to_origin(at, at + len(quote))
    return raw[start:end]


def test_a_page_is_what_its_reader_sees() -> None:
    assert [(block.kind, block.text) for block in markdown_blocks(PAGE, "x.md")] == [
        (BlockKind.STRING, "The é bridge"),
        (BlockKind.HEADING, "A new bridge & * more"),
        (
            BlockKind.PARAGRAPH,
            "Para with a link and bold the alt text\ncontinues here at http://a.example.",
        ),
        (BlockKind.PARAGRAPH, "quoted item\nwraps"),
        (BlockKind.PARAGRAPH, "a | q"),
        (BlockKind.PARAGRAPH, "b"),
        (BlockKind.PARAGRAPH, "x"),
        (BlockKind.PARAGRAPH, "b © z"),
        (BlockKind.HEADING, "Setext with a reference"),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_quotation_leads_to_the_same_characters_in_the_file(line_end: str) -> None:
    raw = PAGE.replace("\n", line_end)
    blocks = markdown_blocks(raw, "x.md")
    assert there(raw, blocks[0], "é") == "\\u00e9"
    assert there(raw, blocks[1], "& *") == "&amp; \\*"
    assert there(raw, blocks[2], "link and bold").startswith("link](http://x")
    assert there(raw, blocks[2], "text\ncontinues") == f"text{line_end}continues"
    assert there(raw, blocks[3], "wraps") == "wraps"
    assert there(raw, blocks[4], "a | q") == "a \\| q"
    # The `b` of the first row, not one of `bridge`; the `b` of the second, not the first.
    assert raw[: blocks[5].offsets.to_origin(0, 1)[0]].endswith("q | ")
    assert there(raw, blocks[7], "©") == "&copy;"


def test_the_text_behind_a_link_is_not_looked_for_in_its_target() -> None:
    raw = "[see](see-this) this, [see this][] this\n\n[see this]: /x"
    (block,) = markdown_blocks(raw, "x.md")
    assert block.text == "see this, see this this"
    last = block.offsets.to_origin(len(block.text) - 4, len(block.text))
    assert last == (35, 39)


def test_toml_front_matter_gives_its_title() -> None:
    raw = '+++\ntitle = "A \\"new\\" bridge"\nweight = 2\n+++\nText.\n'
    assert [b.text for b in markdown_blocks(raw, "x.md")] == ['A "new" bridge', "Text."]


def test_broken_front_matter_is_an_error_with_its_line() -> None:
    with pytest.raises(ReadError, match=r"x\.md:3: is not YAML"):
        markdown_blocks("---\ntitle: [a\nb: c\n---\nText.\n", "x.md")


@given(st.text(st.sampled_from("ab *_`[]()<>!\\&#|-\n\r\t>:1.\"'=~é文;"), max_size=80))
def test_any_text_is_read_and_every_map_fits_its_block(raw: str) -> None:
    last = 0
    for block in markdown_blocks(raw, "x.md"):
        assert len(block.offsets) == len(block.text)
        start, end = block.offsets.to_origin(0, len(block.text))
        assert last <= start < end <= len(raw)
        # Cells whose place is only known by the line share it.
        last = start
