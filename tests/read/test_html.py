"""HTML to blocks: what a reader sees, what is hidden, and where each stands in the file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import Block, BlockKind
from auditor.read.html_blocks import parse_html
from auditor.read.html_vote import main_text_vote

LONG = "The harbour board met for the third time this week and could not agree on who should pay. "


def blocks(raw: str) -> tuple[Block, ...]:
    return parse_html(raw).blocks


def shown(raw: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks(raw)]


def source(raw: str, block: Block, part: str) -> str:
    at = block.text.index(part)
    return raw[slice(*block.offsets.to_origin(at, at + len(part)))]


@pytest.mark.parametrize(
    ("raw", "text", "part", "origin"),
    [
        pytest.param("<p>caf&eacute; noir", "café noir", "é", "&eacute;", id="named"),
        pytest.param("<p>l&#8217;eau", "l’eau", "’", "&#8217;", id="decimal"),
        pytest.param("<p>AT&T &lt;3", "AT&T <3", "<", "&lt;", id="bare ampersand"),
        pytest.param("<p>&copy 2020", "© 2020", "©", "&copy", id="without semicolon"),
        pytest.param("<p>&notit;", "¬it;", "it;", "it;", id="prefix of a name"),
        pytest.param("<p>a <b>b</b>c", "a bc", "bc", "b</b>c", id="inline tags"),
        pytest.param("<p title='a>b'>x", "x", "x", "x", id="bracket in an attribute"),
        pytest.param("<p>3 < 4", "3 < 4", "< 4", "< 4", id="bare bracket"),
        pytest.param(
            "<p>ca<!-- -->sino", "casino", "casino", "ca<!-- -->sino", id="comment inside"
        ),
    ],
)
def test_text_leads_back_to_the_file(raw: str, text: str, part: str, origin: str) -> None:
    block = blocks(raw)[0]
    assert block.text == text
    assert source(raw, block, part) == origin


def test_hexadecimal_reference_takes_every_digit_as_browsers_do() -> None:
    assert blocks("<p>&#x41elan")[0].text == "\N{CYRILLIC CAPITAL LETTER O}lan"


def test_blocks_end_at_block_elements_and_implied_ends() -> None:
    raw = "<h1>A</h1><p>B<p>C<ul><li>D<li>E</ul><table><tr><td>F<td>G</table><div>H</div>I"
    assert [text for _, text in shown(raw)] == list("ABCDEFGHI")


def test_headings_and_captions() -> None:
    raw = "<h2>A <em>b</em></h2><figure><img alt=x><figcaption><p>C</figcaption></figure><p>D"
    assert shown(raw) == [("heading", "A b"), ("caption", "C"), ("paragraph", "D")]


def test_line_break_is_kept_and_two_of_them_end_a_paragraph() -> None:
    raw = "<p>A<br>B<br/>\n<br>C"
    assert [text for _, text in shown(raw)] == ["A\N{LINE SEPARATOR}B", "C"]


def test_raised_digits_are_not_joined_to_numbers() -> None:
    raw = "<p>9 m<sup>2</sup> in 1989<sup>14</sup>, CO<sub>2</sub>, 1<sup>er</sup>"
    assert blocks(raw)[0].text == "9 m² in 1989¹⁴, CO₂, 1er"


@pytest.mark.parametrize(
    ("tag", "note"),
    [
        ("span style='display: none'", "display:none"),
        ("span style='VISIBILITY:hidden'", "visibility:hidden"),
        ("span style='font-size:0px'", "font-size:0"),
        ("span style='opacity:0'", "opacity:0"),
        ("span style='position:absolute; left:-9999px'", "off-screen position"),
        ("span style='text-indent:-999em'", "off-screen position"),
        ("span style='overflow:hidden;height:0'", "zero size"),
        ("span style='color:#fff;background:white'", "colour of its background"),
        (
            "span style='color:rgb(255, 255, 255);background-color:#FFFFFF'",
            "colour of its background",
        ),
        ("span hidden", "hidden attribute"),
        ("span aria-hidden=true", "aria-hidden"),
        ("template", "template"),
        ("noscript", "shown without scripts only"),
        ("dialog", "closed dialog"),
    ],
)
def test_hidden_text_is_kept_apart_with_its_reason(tag: str, note: str) -> None:
    raw = f"<body><p>{LONG}</p><{tag}>best <b>casino</b></{tag.split(maxsplit=1)[0]}><p>{LONG}</p>"
    found = [block for block in blocks(raw) if block.kind is BlockKind.HIDDEN]
    assert [(block.text, block.note) for block in found] == [("best casino", note)]
    assert source(raw, found[0], "casino") == "casino"


@pytest.mark.parametrize(
    "tag",
    [
        "span style='font-size:0.9em'",
        "span style='opacity:0.5'",
        "span style='color:#fff;background:#000'",
        "span style='position:absolute;left:-20px'",
        "span style='height:0'",
        "span aria-hidden=false",
        "span class=hidden-gem",
        "dialog open",
    ],
)
def test_what_can_be_seen_is_not_hidden(tag: str) -> None:
    raw = f"<p>{LONG}</p><{tag}>gates</{tag.split(maxsplit=1)[0]}>"
    assert not [block for block in blocks(raw) if block.kind is BlockKind.HIDDEN]


def test_hidden_text_inside_a_sentence_leaves_the_sentence_whole() -> None:
    raw = "<p>The ga<i style='display:none'>casino</i>tes failed."
    assert shown(raw) == [("paragraph", "The gates failed."), ("hidden", "casino")]


def test_hidden_end_follows_an_unclosed_element() -> None:
    raw = "<div hidden><p>a<b>b</div><p>c"
    assert shown(raw) == [("hidden", "ab"), ("paragraph", "c")]


def test_white_on_inherited_white_is_hidden() -> None:
    raw = f"<div style='background:#ffffff'><p>{LONG}</p><p style='color:white'>casino</p></div>"
    assert shown(raw)[1] == ("hidden", "casino")


@pytest.mark.parametrize(
    ("raw", "note"),
    [
        ("<nav><a>Home</a></nav>", "navigation"),
        ("<footer>Imprint</footer>", "page footer"),
        ("<aside><p>Read also</p></aside>", "beside the article"),
        ("<form><label>Your name</label></form>", "form"),
        ("<button>Share</button>", "button"),
        ("<div role=navigation>Home</div>", "navigation"),
        ("<a class='x screen-reader-text'>Skip to content</a>", "for screen readers only"),
    ],
)
def test_furniture_by_structure(raw: str, note: str) -> None:
    page = f"<p>{LONG}</p>{raw}<p>{LONG}</p>"
    marked = [block for block in blocks(page) if block.kind is BlockKind.BOILERPLATE]
    assert [block.note for block in marked] == [note]


def test_marker_around_the_whole_page_is_not_believed() -> None:
    raw = f"<form><nav>Home</nav><h1>Gates</h1><p>{LONG * 3}</p></form>"
    assert [block.kind for block in blocks(raw)] == [
        BlockKind.BOILERPLATE,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_button_in_a_sentence_does_not_make_it_furniture() -> None:
    raw = "<p>The gates <span role=button>(note)</span> failed.</p>"
    assert shown(raw) == [("paragraph", "The gates (note) failed.")]


def test_quotation_keeps_who_said_it() -> None:
    raw = "<blockquote><p>No.</p><footer>Jane Roe</footer></blockquote>"
    assert shown(raw) == [("paragraph", "No."), ("paragraph", "Jane Roe")]


def test_scripts_and_styles_are_dropped_and_comments_with_words_kept() -> None:
    raw = (
        "<style>p{}</style><script>if (a<b) '</p>'</script><!-- old lead -->"
        "<!--[if IE]>x<![endif]-->"
        "<!-- /wp:paragraph --><p>A</p><textarea>b</textarea>"
    )
    assert shown(raw) == [("hidden", "old lead"), ("paragraph", "A")]


def test_comment_leads_back_to_the_file() -> None:
    raw = "<p>A</p><!--  old lead -->"
    block = blocks(raw)[1]
    assert source(raw, block, "old lead") == "old lead"


def test_title_is_a_heading_only_where_the_page_shows_none() -> None:
    assert shown("<title>Gates &amp; tides</title><p>A") == [
        ("heading", "Gates & tides"),
        ("paragraph", "A"),
    ]
    assert shown("<title>Gates - Daily</title><h1>Gates</h1>") == [("heading", "Gates")]


def test_cdata_is_text_in_xhtml_only() -> None:
    assert shown("<?xml version='1.0'?><p><![CDATA[a <b> c]]></p>") == [("paragraph", "a <b> c")]
    assert shown("<p>A<![CDATA[old lead]]></p>") == [("paragraph", "A"), ("hidden", "old lead]]")]


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("<html lang=fr>", "fr"),
        ("<html lang='zh_TW'>", "zh-TW"),
        ("<html xml:lang='it'>", "it"),
        ("<html lang='?'>", ""),
        ("<html>", ""),
    ],
)
def test_page_says_its_language(tag: str, lang: str) -> None:
    assert parse_html(f"{tag}<p>A").lang == lang


def test_stray_end_tags_close_nothing() -> None:
    raw = "<div hidden><table><tr><td>a</div>b</td></tr></table>c</div>d"
    assert shown(raw) == [("hidden", "ab"), ("hidden", "c"), ("paragraph", "d")]


def test_cell_of_an_inner_table_does_not_close_the_outer_cell() -> None:
    raw = "<table><tr><td hidden>a<table><tr><td>b<td>c</table>d<td>e</table>"
    assert shown(raw) == [
        ("hidden", "a"),
        ("hidden", "b"),
        ("hidden", "c"),
        ("hidden", "d"),
        ("paragraph", "e"),
    ]


def test_ten_thousand_nested_elements_are_read() -> None:
    raw = "<div>" * 10_000 + "deep" + "</div>" * 10_000 + "<p>after"
    assert shown(raw) == [("paragraph", "deep"), ("paragraph", "after")]


@pytest.mark.parametrize(
    "piece", ["<!--", "<", "&", "<a ", '<a b="', "</x>", "<p", "<![CDATA[", "<script>", "&#", "<b>"]
)
def test_hostile_repetition_is_read(piece: str) -> None:
    # Quadratic time would take hours here.
    parse_html(piece * 10_000)


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<div hidden>",
                "</div>",
                "<br>",
                "&amp;",
                "&eacute",
                "a",
                " ",
                "<li>",
                "<ul>",
                "</ul>",
                "<td>",
                "<table>",
                "</table>",
                "<!-- word -->",
                "<",
                "é",
                "\n",
                "<nav>",
                "</nav>",
                "<h1>",
                "</h1>",
                "<script>x</script>",
                "<i style='opacity:0'>",
                "</i>",
            ]
        ),
        max_size=30,
    )
)
def test_every_character_of_a_block_leads_to_what_it_came_from(pieces: list[str]) -> None:
    raw = "".join(pieces)
    stands_for = {"&": ("&amp;", "&"), "é": ("&eacute", "&eacute;", "é")}
    for block in blocks(raw):
        assert block.text == block.text.strip() != ""
        for at, char in enumerate(block.text):
            start, end = block.offsets.to_origin(at, at + 1)
            if char == "\N{LINE SEPARATOR}":
                assert raw[start:end] == "<br>"
            else:
                assert raw[start:end] in stands_for.get(char, (char,))


def test_extractor_marks_a_stray_line_and_removes_nothing() -> None:
    raw = (
        "<html><body><div>Sign in</div><div>Most read</div><article><h1>Gates</h1>"
        + f"<p>{LONG * 4}</p>" * 4
        + "</article><div>All rights reserved</div></body></html>"
    )
    before = blocks(raw)
    after = main_text_vote(raw, before)
    assert [block.text for block in after] == [block.text for block in before]
    assert [(block.text, block.note) for block in after if block.kind is BlockKind.BOILERPLATE] == [
        ("Sign in", "outside the main text"),
        ("Most read", "outside the main text"),
        ("All rights reserved", "outside the main text"),
    ]


def test_extractor_is_not_asked_about_prose() -> None:
    raw = f"<p>{LONG}</p><div>{LONG}</div>"
    assert main_text_vote(raw, blocks(raw)) == blocks(raw)
