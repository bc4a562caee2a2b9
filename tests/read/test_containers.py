"""PO, XLIFF and TMX: both sides of a file, string against string, each at its place."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import Block, ReadError
from auditor.read.containers import read_container
from auditor.read.po import po_catalogue

PO = r"""# A catalogue.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: fr\n"

#, fuzzy
msgid "not sure"
msgstr "pas sûr"

msgid "not yet"
msgstr ""

#: a.c
msgctxt "menu"
msgid "Open \"it\""
msgstr ""
"Ouvrir "
"\"là\""

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d fichier"
msgstr[1] "%d fichiers"

#~ msgid "old"
#~ msgstr "vieux"
"""
XLIFF = """<?xml version="1.0" encoding="UTF-16"?>
<!-- décor --><xliff version="1.2"><file source-language="en" target-language="fr"><body>
<trans-unit id="1"><source>A &amp; b <g id="1">bold</g><ph id="2">&lt;br&gt;</ph> x</source>
<target>A &#233; <![CDATA[<x>]]> fin</target>
<alt-trans><target>proposal</target></alt-trans></trans-unit>
<trans-unit id="2"><source>untranslated</source></trans-unit></body></file></xliff>"""
XLIFF2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"
 trgLang="zh-Hant"><file id="f"><unit id="u"><segment><source>One.</source><target>一。</target>
</segment><segment><source>Two.</source><target>二。</target></segment></unit></file></xliff>"""
TMX = """<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="fr"><seg>Un</seg></tuv><tuv xml:lang="en"><seg>One</seg></tuv>
<tuv xml:lang="it"><seg>Uno</seg></tuv></tu></body></tmx>"""


def read(tmp_path: Path, name: str, text: str) -> dict[str, tuple[str, list[str]]]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    documents = read_container(tmp_path / name, tmp_path, source="en")
    return {d.id: (d.lang, [b.text for b in d.blocks]) for d in documents}


def there(raw: str, block: Block, quote: str) -> str:
    at = block.text.index(quote)
    start, end = block.offsets.to_origin(at, at + len(quote))
    return raw[start:end]


def test_po_gives_both_sides_and_leaves_out_what_is_not_translated(tmp_path: Path) -> None:
    assert read(tmp_path, "fr.po", PO) == {
        "fr.po#en": ("en", ['Open "it"', "%d file", "%d files"]),
        "fr.po": ("fr", ['Ouvrir "là"', "%d fichier", "%d fichiers"]),
    }
    catalogue = po_catalogue(PO, "fr.po")
    assert catalogue.untranslated == 2
    assert [b.key for b in catalogue.source] == [b.key for b in catalogue.target]
    assert there(PO, catalogue.target[0], 'Ouvrir "l') == 'Ouvrir "\n"\\"l'


def test_one_plural_form_stands_against_the_plural(tmp_path: Path) -> None:
    text = 'msgid "one file"\nmsgid_plural "%d files"\nmsgstr[0] "%d 個檔案"\n'
    held = read(tmp_path, "zh.po", text)
    assert [texts for _, texts in held.values()] == [["%d files"], ["%d 個檔案"]]


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), min_size=1, max_size=20
)


@given(st.dictionaries(TEXTS, TEXTS, max_size=3), st.integers(20, 90))
def test_po_is_read_as_polib_writes_it(messages: dict[str, str], width: int) -> None:
    catalogue = polib.POFile(wrapwidth=width)
    for source, target in messages.items():
        catalogue.append(polib.POEntry(msgid=source, msgstr=target))
    read = po_catalogue(str(catalogue), "x.po")
    pairs = zip(read.source, read.target, strict=True)
    assert {left.text: right.text for left, right in pairs} == messages


def test_xliff_1_2_gives_text_without_codes_and_its_places(tmp_path: Path) -> None:
    assert read(tmp_path, "a.xlf", XLIFF) == {
        "a.xlf#en": ("en", ["A & b bold x"]),
        "a.xlf": ("fr", ["A é <x> fin"]),
    }
    source, target = read_container(tmp_path / "a.xlf", tmp_path)
    assert there(XLIFF, source.blocks[0], "& b") == "&amp; b"
    assert there(XLIFF, target.blocks[0], "é") == "&#233;"
    assert there(XLIFF, target.blocks[0], "<x>") == "<x>"


def test_xliff_2_gives_each_segment(tmp_path: Path) -> None:
    assert read(tmp_path, "a.xliff", XLIFF2) == {
        "a.xliff#en": ("en", ["One.", "Two."]),
        "a.xliff": ("zh-Hant", ["一。", "二。"]),
    }


def test_tmx_gives_every_language_the_source_first(tmp_path: Path) -> None:
    assert read(tmp_path, "m.tmx", TMX) == {
        "m.tmx#en": ("en", ["One"]),
        "m.tmx#fr": ("fr", ["Un"]),
        "m.tmx#it": ("it", ["Uno"]),
    }


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {after} "{f"&{before};" * 10}">'
        for before, after in zip("abcdefg", "bcdefgh", strict=True)
    )
    + ']><xliff version="1.2"><file source-language="en"><body><trans-unit id="1"><source>&h;'
    "</source></trans-unit></body></file></xliff>"
)
OUTSIDE = (
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff version="1.2"><file'
    ' source-language="en"><body><trans-unit id="1"><source>&a;</source></trans-unit></body></file>'
    "</xliff>"
)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.po", 'msgid "a"\nmsgstr "b\n', "a.po:2: is no line of a PO file"),
        ("a.po", 'msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', "a.po:1: the message lacks"),
        ("a.po", 'msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"\n', "a.po:3: the message stands"),
        ("a.po", 'msgstr "b"\n', "a.po:1: msgstr does not belong here"),
        ("a.xlf", BOMB, "it declares the entity 'a'"),
        ("a.xlf", OUTSIDE, "it declares the entity 'a'"),
        ("a.xlf", "<xliff><file>", "is not well-formed XML"),
        ("a.tmx", "<html/>", "is no TMX file"),
        ("a.xlf", "<xliff>" + "<g>" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_or_hostile_file_is_one_clear_error(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r".") as raised:
        read_container(tmp_path / name, tmp_path)
    assert said in str(raised.value)
