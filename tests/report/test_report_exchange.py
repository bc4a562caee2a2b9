"""XLIFF and TMX: valid, and read back by translate-toolkit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from report_samples import make_audit, make_clean, make_hostile, place
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from auditor.core import (
    Alignment,
    Audit,
    Bead,
    Block,
    BlockKind,
    Document,
    Finding,
    OffsetMap,
    Run,
    Segment,
    Severity,
    Span,
    Suppression,
    SuppressionKind,
    Tier,
)
from auditor.report.as_tmx import to_tmx
from auditor.report.as_xliff import to_xliff
from auditor.report.as_xliff12 import to_xliff12
from auditor.report.entries import Report, Settings
from auditor.report.shown import Shown
from auditor.report.translations import Cut, cut, exchanges

SCHEMAS = Path(__file__).parent / "schemas"
HOSTILE = "a\x1b[31m\u202eb\x00]]></source>\ufffe &amp;"
X = "{urn:oasis:names:tc:xliff:document:2.0}"
ITS = "{http://www.w3.org/2005/11/its}"

Write = Callable[[Report], dict[str, str]]
WRITERS = (
    pytest.param("xliff-2.1.rng", to_xliff, id="xliff"),
    pytest.param("xliff-1.2.rng", lambda r: {"": to_xliff12(r)}, id="xliff12"),
    pytest.param("tmx-1.4.rng", lambda r: {"": to_tmx(r)}, id="tmx"),
)
AUDITS = (
    pytest.param(make_audit(), id="everything"),
    pytest.param(make_clean(make_audit()), id="nothing-found"),
    pytest.param(make_hostile(make_audit(), HOSTILE), id="hostile"),
    pytest.param(replace(make_audit(), passages=(), segments={}), id="no-text"),
)


@pytest.mark.parametrize("audit", AUDITS)
@pytest.mark.parametrize(("schema", "write"), WRITERS)
def test_every_report_is_valid(audit: Audit, schema: str, write: Write) -> None:
    rules = etree.RelaxNG(etree.parse(SCHEMAS / schema))
    for text in write(Report((audit,), Settings(preview=True))).values():
        rules.assertValid(etree.fromstring(text.encode()))


def parts(audit: Audit | None = None) -> dict[str, etree._Element]:
    report = Report((audit or make_audit(),), Settings(preview=True))
    return {name: etree.fromstring(text.encode()) for name, text in to_xliff(report).items()}


def plain(element: etree._Element) -> str:
    """The text of a source or target, `cp` read back."""
    held = element.text or ""
    for child in element:
        held += chr(int(child.get("hex"), 16)) if child.tag == f"{X}cp" else plain(child)
        held += child.tail or ""
    return held


def test_one_part_for_each_pair_of_languages() -> None:
    held = parts()
    assert list(held) == ["en-fr", "en-it", "en-zh-Hant", "fr"]
    assert held["en-fr"].get("trgLang") == "fr"
    assert held["fr"].get("trgLang") is None


def test_the_marked_text_is_the_finding_with_its_its_attributes() -> None:
    (mark,) = [
        m
        for m in parts()["en-fr"].iter(f"{X}mrk")
        if m.get(f"{ITS}locQualityIssueType") == "numbers"
    ]
    assert plain(mark) == "2012"
    assert mark.getparent().tag == f"{X}target"
    assert mark.get(f"{ITS}locQualityIssueSeverity") == "100"
    assert mark.get(f"{ITS}locQualityIssueComment").endswith("Proposed: 2021 [drift/date]")
    unit = mark.getparent().getparent().getparent()
    (note,) = unit.iter(f"{X}note")
    assert (note.get("category"), note.get("appliesTo"), note.get("priority")) == (
        "drift/date", "target", "1",
    )  # fmt: skip


def test_an_omission_is_marked_where_the_source_has_no_counterpart() -> None:
    marks = [
        m
        for m in parts()["en-fr"].iter(f"{X}mrk")
        if m.get(f"{ITS}locQualityIssueType") == "omission"
    ]
    assert {m.getparent().tag for m in marks} == {f"{X}source"}
    assert plain(marks[0]).startswith("Not everyone is happy.")
    target = marks[0].getparent().getparent().find(f"{X}target")
    assert plain(target) == ""


def test_a_finding_about_the_whole_text_is_a_note_of_the_file() -> None:
    file = parts()["en-fr"].find(f"{X}file")
    categories = [n.get("category") for n in file.find(f"{X}notes")]
    assert "spun/document" in categories


def test_crossing_marks_are_split_and_no_text_is_lost() -> None:
    held = parts()["en-fr"]
    starts = list(held.iter(f"{X}sm"))
    ends = {e.get("startRef") for e in held.iter(f"{X}em")}
    assert {e.get("id") for e in starts} == ends != set()
    ids = [e.get("id") for e in held.iter(f"{X}mrk", f"{X}sm")]
    per_unit = [
        [e.get("id") for e in unit.iter(f"{X}mrk", f"{X}sm")] for unit in held.iter(f"{X}unit")
    ]
    assert len(ids) == sum(map(len, per_unit))
    assert all(len(set(unit)) == len(unit) for unit in per_unit)


@pytest.mark.parametrize("write", [to_xliff])
def test_text_is_that_of_the_segments(write: Write) -> None:
    audit = make_audit()
    report = Report((audit,), Settings(preview=True))
    for exchange in exchanges(report):
        name = exchange.source.document.lang
        name += f"-{exchange.target.document.lang}" if exchange.target else ""
        root = etree.fromstring(write(report)[name].encode())
        assert [plain(s) for s in root.iter(f"{X}source")] == [
            u.source.text for u in exchange.units
        ]


def test_what_xml_forbids_is_kept_as_code_points() -> None:
    root = parts(make_hostile(make_audit(), HOSTILE))["en"]
    (source,) = root.iter(f"{X}source")
    assert plain(source) == HOSTILE
    assert [c.get("hex") for c in source.iter(f"{X}cp")] == ["001B", "0000", "FFFE"]


def test_an_accepted_finding_is_an_issue_that_is_not_enabled() -> None:
    audit = make_audit()
    held = Suppression(SuppressionKind.BASELINE, "recounted")
    audit = replace(audit, findings=(replace(audit.findings[0], suppression=held),))
    (mark,) = parts(audit)["en-fr"].iter(f"{X}mrk")
    assert mark.get(f"{ITS}locQualityIssueEnabled") == "no"
    assert "Accepted: recounted" in mark.get(f"{ITS}locQualityIssueComment")


def test_beads_become_units_in_either_direction() -> None:
    audit = make_audit()
    english, french = audit.segments["en.txt"], audit.segments["fr.txt"]
    beads = (Bead((french[0],), (english[0],), 0.9), Bead(french[1:3], (english[1],), 0.7))
    audit = replace(audit, alignments=(Alignment("fr.txt", "en.txt", beads, monotone=True),))
    first = next(iter(exchanges(Report((audit,)))))
    assert first.target is not None
    assert (first.source.name, first.target.name) == ("en.txt", "fr.txt")
    assert [u.score for u in first.units] == [0.9, 0.7]
    target = first.units[1].target
    assert target is not None
    assert target.text == f"{french[1].text} {french[2].text}"


def test_translate_toolkit_reads_xliff12_with_notes_and_proposals() -> None:
    store = xlifffile.parsestring(to_xliff12(Report((make_audit(),))).encode())
    unit = next(u for u in store.units if "2012" in (u.target or ""))
    assert "drift/date" in unit.getnotes()
    assert any("2021" in other.target for other in unit.getalttrans())
    assert store.getfilenames() == ["fr.txt", "it.txt", "zh-Hant.txt", "autre/fr.txt"]


def test_translate_toolkit_reads_the_text_of_every_unit_of_xliff_2() -> None:
    report = Report((make_audit(),), Settings(preview=True))
    store = Xliff2File.parsestring(to_xliff(report)["en-fr"].encode())
    first = next(iter(exchanges(report)))
    read = [(u.source, u.target or "") for u in store.units]
    assert read == [(u.source.text, u.target.text if u.target else "") for u in first.units]
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "fr")


def test_translate_toolkit_reads_every_pair_of_the_memory() -> None:
    report = Report((make_audit(),))
    store = tmxfile.parsestring(to_tmx(report).encode())
    wanted = [
        (u.source.text, u.target.text)
        for e in exchanges(report)
        for u in e.units
        if u.target is not None and u.source.text and u.target.text
    ]
    assert [(u.source, u.target) for u in store.units] == wanted
    assert len(wanted) == 17


def test_the_memory_says_which_pairs_were_flagged() -> None:
    root = etree.fromstring(to_tmx(Report((make_audit(),))).encode())
    (flagged,) = [
        tu for tu in root.iter("tu") if any("2012" in (s.text or "") for s in tu.iter("seg"))
    ]
    assert flagged.find("prop[@type='x-flagged']").text == "yes"
    assert any("drift/date" in (n.text or "") for n in flagged.iter("note"))


@pytest.mark.parametrize(
    ("span", "wanted"),
    [
        pytest.param((0, 2), (0, 2), id="letter-by-letter"),
        pytest.param((3, 5), (2, 3), id="part-of-an-entity-is-all-of-it"),
        pytest.param((2, 8), (2, 4), id="over-its-end"),
        pytest.param((7, 8), (3, 4), id="behind-it"),
        pytest.param((1, 1), (1, 1), id="a-point"),
        pytest.param((20, 22), None, id="elsewhere"),
    ],
)
def test_a_place_of_the_file_is_found_in_the_segment(
    span: tuple[int, int], wanted: tuple[int, int] | None
) -> None:
    # `ab&eac;c` in the file is `abéc` to a reader.
    held = Cut("abéc", ((0, 2, 0, 2), (2, 3, 2, 7), (3, 4, 7, 8)))
    assert held.within(Span("a", *span)) == wanted


def made_of(raw: str, lang: str, blocks: tuple[Block, ...]) -> str:
    """The text of a segment whose normalised text is of no use to a translator."""
    document = Document("a", lang, raw, "a", blocks)
    offsets = OffsetMap((Run(0, 1, 0, len(raw), whole=True),))
    return cut(Shown(document), Segment("a", 0, "x", offsets, lang)).text


@pytest.mark.parametrize(
    ("raw", "lang", "wanted"),
    [
        pytest.param("l’ancien quai", "fr", "l’ancien quai", id="the-apostrophe-of-the-file"),
        pytest.param("so\n  long", "en", "so long", id="a-line-end-is-a-space"),
        pytest.param("再\r\n見", "zh-Hant", "再見", id="and-nothing-in-chinese"),
    ],
)
def test_a_memory_holds_the_text_of_the_file(raw: str, lang: str, wanted: str) -> None:
    block = Block(BlockKind.PARAGRAPH, raw, OffsetMap.identity(len(raw)))
    assert made_of(raw, lang, (block,)) == wanted


def test_an_entity_is_the_character_that_a_reader_sees() -> None:
    offsets = OffsetMap((Run(0, 1, 0, 1), Run(1, 2, 1, 9, whole=True), Run(2, 3, 9, 10)))
    assert made_of("a&eacute;b", "fr", (Block(BlockKind.PARAGRAPH, "aéb", offsets),)) == "aéb"


def test_a_finding_outside_every_sentence_is_not_lost() -> None:
    audit = make_audit()
    share = place(audit.story, "en.txt", "Share this: 25 shares 3 comments")
    found = Finding(
        "furniture/boilerplate", Tier.STABLE, Severity.MINOR, 0.9, "Share counter.", (share,)
    )
    held = parts(replace(audit, findings=(found,)))
    for name in ("en-fr", "en-it", "en-zh-Hant"):
        assert [n.get("category") for n in held[name].iter(f"{X}note")] == ["furniture/boilerplate"]
    assert [*held["fr"].iter(f"{X}note")] == []
