from __future__ import annotations

from pathlib import Path

import pytest

from auditor.core import ReadError
from auditor.read.pairs import Pair, read_pairs


def written(folder: Path, text: str, name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_columns_are_found_by_name_and_quotes_are_text(tmp_path: Path) -> None:
    text = 'target\tscore\tid\tsource\n"Oui" dit-il\t3\t7\tHe said "yes"\n'
    assert read_pairs(written(tmp_path, text)).pairs == (
        Pair("7", 'He said "yes"', '"Oui" dit-il'),
    )


def test_empty_sides_and_windows_line_ends_are_kept(tmp_path: Path) -> None:
    text = "id\tsource\ttarget\r\n1\tGone.\t\r\n"
    assert read_pairs(written(tmp_path, text)).pairs == (Pair("1", "Gone.", ""),)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("a\tb\n1\t2\n", "pairs.tsv", "header row with id, source, target"),
        ("id\tsource\ttarget\n1\tonly\n", "pairs.tsv", "line 2 has 2 columns"),
        ("id\tsource\ttarget\n", "pairs.docx", ".tmx"),
    ],
    ids=["no-header", "short-row", "other-format"],
)
def test_a_wrong_file_is_named_with_its_remedy(
    tmp_path: Path, text: str, name: str, words: str
) -> None:
    with pytest.raises(ReadError, match=words):
        read_pairs(written(tmp_path, text, name))


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read_pairs(tmp_path / "none.tsv")


TMX = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="en-GB"/><body>
<tu tuid="a"><tuv xml:lang="fr">
<seg>Le <bpt i="1">&lt;b&gt;</bpt>pont<ept i="1">&lt;/b&gt;</ept> est fermé.</seg></tuv>
<tuv xml:lang="en-GB"><seg>The <hi>bridge</hi> is closed.</seg></tuv></tu>
<tu><tuv xml:lang="en-GB"><seg>Only English.</seg></tuv></tu>
</body></tmx>"""


def test_tmx_units_are_read_from_the_source_language_without_codes(tmp_path: Path) -> None:
    held = read_pairs(written(tmp_path, TMX, "memory.tmx"))
    assert held.pairs == (Pair("a", "The bridge is closed.", "Le pont est fermé."),)
    assert (held.source_lang, held.target_lang) == ("en-GB", "fr")


def test_a_tmx_file_may_be_read_from_another_side(tmp_path: Path) -> None:
    held = read_pairs(written(tmp_path, TMX, "memory.tmx"), source_lang="fr", target_lang="en")
    assert held.pairs == (Pair("a", "Le pont est fermé.", "The bridge is closed."),)


def test_xliff_1_2_units_are_read_with_their_languages(tmp_path: Path) -> None:
    text = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file source-language="en" target-language="zh-TW" original="a" datatype="plaintext"><body>
<trans-unit id="7"><source>Close <g id="1">the</g> gate<x id="2"/>.</source>
<target>關上閘門。</target></trans-unit>
<trans-unit id="8"><source>Not yet.</source></trans-unit></body></file></xliff>"""
    held = read_pairs(written(tmp_path, text, "a.xlf"))
    assert held.pairs == (Pair("7", "Close the gate.", "關上閘門。"), Pair("8", "Not yet.", ""))
    assert (held.source_lang, held.target_lang) == ("en", "zh-TW")


def test_xliff_2_segments_are_read_one_by_one(tmp_path: Path) -> None:
    text = """<xliff version="2.0" srcLang="en" trgLang="it"
 xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f"><unit id="u"><segment id="s1"><source>One <pc id="1">big</pc> one.</source>
<target>Uno grande.</target></segment>
<segment><source>Two.</source><target>Due.</target></segment></unit></file></xliff>"""
    held = read_pairs(written(tmp_path, text, "a.xliff"))
    assert held.pairs == (Pair("u/s1", "One big one.", "Uno grande."), Pair("u/2", "Two.", "Due."))


def test_po_messages_and_plurals_are_read(tmp_path: Path) -> None:
    text = """msgid ""
msgstr "Language: fr\\nContent-Type: text/plain; charset=UTF-8\\n"

msgid "Closed until May"
msgstr "Fermé jusqu’en mai"

msgid "%d day"
msgid_plural "%d days"
msgstr[0] "%d jour"
msgstr[1] "%d jours"

#~ msgid "Old"
#~ msgstr "Vieux"
"""
    held = read_pairs(written(tmp_path, text, "fr.po"))
    assert [(p.source, p.target) for p in held.pairs] == [
        ("Closed until May", "Fermé jusqu’en mai"),
        ("%d day", "%d jour"),
        ("%d days", "%d jours"),
    ]
    assert held.target_lang == "fr"


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>&c;&d;x</seg></tuv>
<tuv xml:lang="fr"><seg>y</seg></tuv></tu></body></tmx>"""


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    (pair,) = read_pairs(written(tmp_path, BOMB, "bomb.tmx")).pairs
    assert pair.source == "x"


@pytest.mark.parametrize(
    ("text", "name"),
    [("<tmx", "a.tmx"), ("<html/>", "a.tmx"), ("<html/>", "a.xlf"), ("no key here\n", "a.po")],
    ids=["broken", "no-tmx", "no-xliff", "broken-po"],
)
def test_a_file_that_is_not_its_format_is_one_clear_line(
    tmp_path: Path, text: str, name: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read_pairs(written(tmp_path, text, name))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
