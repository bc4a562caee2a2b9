"""What a page's style sheet hides, and what its class names say is no part of the article."""

from __future__ import annotations

import pytest

from auditor.core import BlockKind
from auditor.read import document_from_text

ARTICLE = (
    "<p>" + "The ferry will run twice a day from March, said the harbour master. " * 4 + "</p>"
)
SPAM = "cheap poker chips here"


def kind_and_note(page: str, text: str) -> tuple[BlockKind, str]:
    document = document_from_text(page, "page.html", html=True)
    (block,) = (block for block in document.blocks if text in block.text)
    start, end = block.offsets.to_origin(0, len(block.text))
    assert document.raw[start:end] == block.text
    return block.kind, block.note


@pytest.mark.parametrize(
    ("css", "reason"),
    [
        (".x { display: none }", "display:none"),
        ("#y{font-size:0!important}", "font-size:0"),
        ("p{color:red}/* .z{} */.a,.x{position:absolute;left:-9999px}", "off-screen position"),
        (".x{text-indent:-9999px;opacity:0}", "off-screen position"),
        ("@import url(a.css);.x{display:none}", "display:none"),
        ("@media print{.b{color:red}}.x{display:none}", "display:none"),
        (".x{display:block}.x{display:none}", "display:none"),
    ],
)
def test_an_element_that_the_style_sheet_hides_is_hidden(css: str, reason: str) -> None:
    page = f'<style>{css}</style><body>{ARTICLE}<div class="n x" id=y>{SPAM}</div>{ARTICLE}'
    assert kind_and_note(page, SPAM) == (BlockKind.HIDDEN, f"{reason} in the style sheet")


@pytest.mark.parametrize(
    "css",
    [
        pytest.param("@media print { .x { display: none } }", id="on paper only"),
        pytest.param(".x { opacity: 0; visibility: hidden }", id="fades in"),
        pytest.param(".js .x { display: none }", id="under a condition"),
        pytest.param(".x { display: none } .x.open { display: block }", id="opens"),
        pytest.param(".x { display: none } .x { display: block }", id="taken back"),
        pytest.param("/* .x { display: none } */", id="comment"),
        pytest.param(".xy { display: none }", id="another name"),
        pytest.param(".x { display: none", id="not closed"),
        pytest.param("}}}{{{.x{display:none}", id="not well formed"),
    ],
)
def test_an_element_that_a_reader_may_see_is_not_hidden(css: str) -> None:
    page = f'<style>{css}</style><body>{ARTICLE}<p class="x">Tickets cost four euros.</p>{ARTICLE}'
    assert kind_and_note(page, "Tickets")[0] is BlockKind.PARAGRAPH


def test_a_style_sheet_that_hides_most_of_the_page_is_not_believed() -> None:
    page = f'<style>.story{{display:none}}</style><div class="story">{ARTICLE}</div>{ARTICLE[:60]}'
    document = document_from_text(page, "page.html", html=True)
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 2


@pytest.mark.parametrize(
    ("attribute", "note"),
    [
        ('class="entry comments-area"', "reader comments"),
        ('id="disqus_thread"', "reader comments"),
        ('class="share-bar"', "share bar"),
        ('id="Cookie-Banner"', "cookie notice"),
        ('class="related-posts"', "related links"),
    ],
)
def test_the_usual_names_tell_what_is_around_an_article(attribute: str, note: str) -> None:
    page = f"{ARTICLE}<div {attribute}><p>I could not agree more with this!</p></div>{ARTICLE}"
    assert kind_and_note(page, "agree more") == (BlockKind.BOILERPLATE, note)


def test_a_name_around_the_whole_page_is_not_believed() -> None:
    page = f'<div class="comments">{ARTICLE}</div><p>Read on tomorrow in this place.</p>'
    assert kind_and_note(page, "twice a day") == (BlockKind.PARAGRAPH, "")


def test_a_paragraph_about_comments_is_the_article() -> None:
    page = f"{ARTICLE}<p class='comment-lead'>Comments on the law were invited.</p>{ARTICLE}"
    assert kind_and_note(page, "Comments on")[0] is BlockKind.PARAGRAPH


def test_a_style_sheet_of_nothing_but_braces_ends_in_time() -> None:
    page = f"<style>{'{' * 300_000}{'.x{' * 100_000}</style>{ARTICLE}"
    assert kind_and_note(page, "ferry")[0] is BlockKind.PARAGRAPH
