"""The page: self-contained, safe, complete, and marked at the right places."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from report_samples import make_audit, make_clean, make_hostile

from auditor.core import (
    Audit,
    Block,
    BlockKind,
    Document,
    DocumentResult,
    DocumentScore,
    Finding,
    OffsetMap,
    Passage,
    Severity,
    Span,
    Story,
    Suppression,
    SuppressionKind,
    Tier,
)
from auditor.report import to_html
from auditor.report.layout import lay_out
from auditor.report.shown import Shown
from auditor.report.view import Change, difference

VOID = {"meta", "input", "br", "rect"}


@dataclass
class Element:
    """A node of the page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            wanted = {k.replace("_", "-"): v for k, v in attributes.items()}
            same = all(
                v in child.attributes.get(k, "").split()
                if k == "css"
                else child.attributes.get(k) == v
                for k, v in wanted.items()
                if k != "css"
            )
            css = wanted.get("css")
            same = same and (not css or css in child.attributes.get("class", "").split())
            if same and (not tag or child.tag == tag):
                found.append(child)
            found += child.all(tag, **attributes)
        return found


class Parser(HTMLParser):
    """Builds the tree and refuses tags that do not close as they opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.stack = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID - {"rect"}:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


def parse(page: str) -> Element:
    parser = Parser()
    parser.feed(page)
    parser.close()
    assert len(parser.stack) == 1
    return parser.root


@pytest.fixture(scope="module")
def page() -> Element:
    return parse(to_html(make_audit()))


def _cell(page: Element, passage: int, column: int) -> Element:
    row = next(
        r for r in page.all("section") if r.attributes.get("aria-label") == f"Passage {passage}"
    )
    return next(c for c in row.all("div", css="cell") if c.attributes["data-column"] == str(column))


def test_page_loads_nothing_from_anywhere() -> None:
    text = to_html(make_audit())
    assert not re.findall(r"(?:src|href)=\"(?!#)", text)
    assert not re.findall(r"url\(|@import|https?://", text)


def test_policy_names_the_only_style_and_script_by_hash(page: Element) -> None:
    policy = next(
        m.attributes["content"]
        for m in page.all("meta")
        if m.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        held = page.all(tag)
        assert len(held) == 1
        digest = base64.b64encode(sha256(held[0].text().encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy


def test_no_inline_style_or_handler_that_the_policy_would_block(page: Element) -> None:
    for element in page.all():
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]


def test_ids_are_unique_and_every_link_leads_somewhere(page: Element) -> None:
    ids = Counter(e.attributes["id"] for e in page.all() if "id" in e.attributes)
    assert [id for id, count in ids.items() if count > 1] == []
    for link in page.all("a"):
        assert link.attributes["href"].removeprefix("#") in ids


def test_all_text_of_every_version_is_on_the_page(page: Element) -> None:
    text = re.sub(r"\s+", " ", page.all(id="text")[0].text())
    for document in make_audit().story.documents:
        for block in document.blocks:
            assert block.text in text


def test_versions_stand_side_by_side_with_their_language(page: Element) -> None:
    english, chinese = _cell(page, 2, 0), _cell(page, 2, 3)
    assert english.attributes["lang"] == "en"
    assert chinese.attributes["lang"] == "zh-Hant"
    assert "The old ferry Brennan crossed" in english.text()
    assert "舊渡輪布倫南號" in chinese.text()
    assert len(page.all("section", css="row")) == 7


def test_mark_holds_exactly_the_finding(page: Element) -> None:
    marks = _cell(page, 2, 1).all("mark")
    assert [(m.text(), m.attributes["data-f"]) for m in marks] == [("2012", "0")]
    assert "s-critical" in marks[0].attributes["class"].split()
    assert marks[0].all("a")[0].attributes["href"] == "#f0"
    assert [m.text() for m in _cell(page, 4, 3).all("mark")] == ["線上輪盤技巧"]


def test_evidence_is_quoted_where_it_stands(page: Element) -> None:
    quotes = _cell(page, 2, 3).all("span", css="q")
    assert [(q.text(), q.attributes["data-q"]) for q in quotes] == [("2021", "0")]


def test_overlapping_preview_marks_split_and_are_off(page: Element) -> None:
    marks = _cell(page, 4, 0).all("mark")
    assert [(m.text(), m.attributes["data-f"]) for m in marks] == [
        ("The Harbor Watchful Get together", "3"),
        ("coated the remaining, based on ", "8"),
        ("paperwork", "8 9"),
        # Cut once more where the evidence of another finding ends.
        (" the council printed", "9"),
        (" in Could", "9"),
    ]
    off = ["off" in m.attributes["class"].split() for m in marks]
    assert off == [False, True, True, True, True]


def test_omission_is_marked_in_the_empty_cell(page: Element) -> None:
    empty = _cell(page, 5, 1)
    assert "missing" in empty.attributes["class"].split()
    assert "not in this version" in empty.text()
    points = empty.all("mark", css="point")
    assert [m.attributes["data-f"] for m in points] == ["4"]


def test_finding_on_a_whole_document_marks_no_text(page: Element) -> None:
    assert not [m for m in page.all("mark") if "2" in m.attributes["data-f"].split()]
    assert "About the whole of en.txt" in page.all(id="f2")[0].text()


def test_preview_cards_are_hidden_at_first(page: Element) -> None:
    hidden = {c.attributes["id"]: "hidden" in c.attributes for c in page.all("article", css="card")}
    assert [id for id, is_hidden in hidden.items() if is_hidden] == ["f8", "f9"]
    assert len(hidden) == 10


def test_repair_is_shown_as_a_difference(page: Element) -> None:
    card = page.all(id="f3")[0]
    assert [d.text() for d in card.all("del")] == ["Harbor", "Watchful", "Get together"]
    assert [d.text() for d in card.all("ins")] == ["Harbour", "Watch", "Party"]


def test_other_article_stands_apart(page: Element) -> None:
    alone = page.all("article", css="alone")
    assert len(alone) == 1
    assert "La foule a envahi la digue" in alone[0].text()
    assert not alone[0].all("section", css="row")


def test_crowd_of_findings_is_folded_and_complete() -> None:
    audit = make_audit()
    phrase = next(f for f in audit.findings if f.rule == "spun/phrase")
    page = parse(to_html(replace(audit, findings=(*(phrase,) * 20, audit.findings[-1]))))
    folded = page.all("details", css="crowd")
    assert len(folded) == 1
    assert len(folded[0].all("article", css="card")) == 17
    assert len(page.all("article", css="card")) == 21
    assert "17 more spun/phrase in en.txt" in folded[0].text()


def test_article_alone_keeps_its_paragraphs_whole() -> None:
    audit = make_audit()
    sentences = audit.segments["autre/fr.txt"]
    own = tuple(Passage(100 + i, (s,), 1.0) for i, s in enumerate(sentences))
    page = parse(to_html(replace(audit, passages=(*audit.passages, *own))))
    alone = page.all("article", css="alone")[0]
    texts = [p.text() for p in alone.all("p") if "k-paragraph" in p.attributes.get("class", "")]
    document = audit.story.document("autre/fr.txt")
    assert texts == [b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH]


def test_furniture_stays_in_place_and_is_named(page: Element) -> None:
    held = _cell(page, 6, 0).all("div", css="furniture")
    assert "page furniture: share counter" in held[0].text()
    assert "Share this: 25 shares 3 comments" in held[0].text()


def test_what_went_wrong_is_told_at_the_top_and_in_the_notes(page: Element) -> None:
    top = re.sub(r"\s+", " ", page.all("header", css="top")[0].text())
    assert "1 check crashed. 1 input could not be audited." in top
    notes = page.all(id="notes")[0].text()
    assert "notes.bin: not text" in notes
    assert "ZeroDivisionError" in notes
    assert "spun/document on it.txt: language it not supported" in notes


def test_clean_story_says_so() -> None:
    text = parse(to_html(make_clean(make_audit()))).text()
    assert "Nothing found in 5 versions." in text
    assert "Not everything was checked" not in text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a</p></script><script>alert(1)</script><img src=x onerror=y>b", id="tags"),
        pytest.param('a" onmouseover="alert(1)" x=\'y\' b', id="attributes"),
        pytest.param("{{ 7*7 }}{% for a in b %}{{ story|safe }}", id="template"),
        pytest.param("a\u202eb\x1b\x00\ud800c<!-- ]]> -->", id="controls"),
        pytest.param("javascript:alert(1)&lt;b&gt;&#60;", id="entities"),
    ],
)
def test_hostile_text_stays_text(text: str) -> None:
    written = to_html(make_hostile(make_audit(), text))
    written.encode("utf-8")
    assert not set(written) & set("\u202e\x1b\x00")
    page = parse(written)
    assert len(page.all("script")) == 1
    assert not page.all("img")
    for element in page.all():
        assert not [name for name in element.attributes if name.startswith("on")]


def test_finding_in_markup_is_told_without_a_place_in_the_text() -> None:
    raw = '<p class="x">Bonjour.</p>'
    document = Document(
        "a.html",
        "fr",
        raw,
        "a.html",
        (Block(BlockKind.PARAGRAPH, "Bonjour.", OffsetMap.identity(8, 13)),),
    )
    finding = Finding(
        "markup/class", Tier.STABLE, Severity.MINOR, 0.9, "A class.", (Span("a.html", 3, 12),)
    )
    held = replace(
        make_audit(),
        story=Story("s", (document,)),
        segments={},
        passages=(),
        beads=(),
        findings=(finding,),
        documents=(
            DocumentResult("a.html", DocumentScore("a.html", None, None, "", {}), (), (), ()),
        ),
    )
    page = parse(to_html(held))
    assert 'class="x"' in page.all(id="f0")[0].text()
    assert not page.all("mark")


def test_empty_document_has_a_page() -> None:
    document = Document("a", "und", "", "a", ())
    result = DocumentResult("a", DocumentScore("a", None, None, "", {}), (), (), ())
    held = replace(
        make_clean(make_audit()),
        story=Story("s", (document,)),
        segments={},
        passages=(),
        beads=(),
        documents=(result,),
    )
    assert "not known" in parse(to_html(held)).text()


def test_sentence_passages_keep_the_paragraph_whole() -> None:
    audit: Audit = make_audit()
    split = [
        replace(passage, index=0, segments=(segment,))
        for passage in audit.passages
        for segment in passage.of("en.txt")
    ]
    passages = tuple(replace(p, index=i) for i, p in enumerate(split))
    held = replace(audit, passages=passages, beads=())
    shown = {d.id: Shown(d) for d in audit.story.documents}
    sheet = lay_out(held, shown).sheets[0]
    texts = [
        "".join(f.text for p in row.cells[0].paragraphs for f in p.fragments if p.kind.is_content)
        for row in sheet.rows
        if row.passage is not None
    ]
    assert len(texts) == len(passages)
    assert "".join(texts[1:4]) == audit.story.document("en.txt").blocks[2].text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("1983", "1989", [("delete", "1983"), ("insert", "1989")], id="value"),
        pytest.param(
            "Chinese Get together",
            "Chinese Party",
            [("keep", "Chinese "), ("delete", "Get together"), ("insert", "Party")],
            id="words",
        ),
        pytest.param(
            "渔民說",
            "漁民說",
            [("delete", "渔"), ("insert", "漁"), ("keep", "民說")],
            id="characters",
        ),
        pytest.param("spam", "", [("delete", "spam")], id="deletion"),
        pytest.param("", "word", [("insert", "word")], id="insertion"),
    ],
)
def test_difference_is_cut_at_words(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    assert difference(old, new) == tuple(Change(kind, text) for kind, text in expected)


def test_long_repair_is_shown_whole() -> None:
    old, new = "a " * 5000, "b " * 5000
    assert difference(old, new) == (Change("delete", old), Change("insert", new))


def test_same_audit_gives_the_same_page() -> None:
    assert to_html(make_audit()) == to_html(make_audit.__wrapped__())


def test_an_accepted_finding_says_so_and_no_longer_counts() -> None:
    audit = make_audit()
    held = Suppression(SuppressionKind.BASELINE, "recounted <b>")
    first, *others = audit.findings
    page = to_html(replace(audit, findings=(replace(first, suppression=held), *others)))
    assert '<span class="tag">accepted</span>' in page
    assert "Accepted: recounted &lt;b&gt;" in page
    assert "<title>saltmarsh-ferry: 7 findings in" in page
    assert "accepted" not in to_html(audit)
