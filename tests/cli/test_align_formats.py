"""An alignment as a table and as a translation memory, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from auditor.align.notation import loads
from auditor.cli import auditor
from auditor.core import Alignment, Bead, ConfigError, Document, OffsetMap, Segment
from auditor.read.pairs import read_pairs
from auditor.report.as_tmx import beads_to_tmx

Call = Callable[..., Result]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REQUIRED = {
    *("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang"),
    "datatype",
}


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("AUDITOR_CACHE", "off")

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(auditor, [str(a) for a in arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two versions in which the last paragraph of one is the first of the other."""
    source, target = tmp_path / "en.txt", tmp_path / "fr.txt"
    first = [
        "The museum will open again in June, after two years of work.",
        "The roof, which the storm had damaged, was rebuilt with old tiles.",
        "The architect’s budget had not been enough for the garden & the fence.",
        "Regional trains will run again on Monday morning on a single track.",
    ]
    second = [
        "Les trains régionaux rouleront de nouveau lundi matin, sur une seule voie.",
        "Le musée rouvrira ses portes en juin, après deux ans de travaux.",
        "Le toit, endommagé par la tempête, a été refait avec des tuiles anciennes.",
        "Le budget de l’architecte n’a pas suffi pour le jardin & la clôture.",
    ]
    source.write_text("\n\n".join(first) + "\n", encoding="utf-8")
    target.write_text("\n\n".join(second) + "\n", encoding="utf-8")
    return source, target


def test_a_moved_paragraph_is_said_in_every_format(call: Call, files: tuple[Path, Path]) -> None:
    ladder = call("align", *files, "--format", "ladder").stdout.splitlines()
    assert sorted(ladder) == ["[0]:[1]", "[1]:[2]", "[2]:[3]", "[3]:[0]"]
    beads = json.loads(call("align", *files, "--format", "json").stdout)
    assert [b["source"] for b in beads if b.get("moved")] == [[3]]
    assert " moved\n  < Regional" in call("align", *files).stdout
    assert call("align", *files, "--format", "tmx").stdout.count('type="x-moved"') == 1


def test_the_translation_memory_is_valid_and_read_back(
    call: Call, files: tuple[Path, Path], tmp_path: Path
) -> None:
    memory = tmp_path / "memory.tmx"
    done = call("align", *files, "--format", "tmx", "-o", memory)
    assert (done.exit_code, done.stdout) == (0, "")
    root = etree.fromstring(memory.read_bytes())
    assert (root.tag, root.get("version"), [e.tag for e in root]) == (
        "tmx",
        "1.4",
        ["header", "body"],
    )
    assert set(root[0].attrib) == REQUIRED
    for unit in root[1]:
        assert [e.tag for e in unit if e.tag != "prop"] == ["tuv", "tuv"]
        assert [e.get(XML_LANG) for e in unit.iter("tuv")] == ["en", "fr"]
        assert all([e.tag for e in variant] == ["seg"] for variant in unit.iter("tuv"))
    pairs = read_pairs(memory)
    assert (pairs.source_lang, pairs.target_lang) == ("en", "fr")
    assert [(p.source, p.target) for p in pairs.pairs][2] == (
        "The architect’s budget had not been enough for the garden & the fence.",
        "Le budget de l’architecte n’a pas suffi pour le jardin & la clôture.",
    )


def test_the_table_converts_to_what_it_was_made_from(
    call: Call, files: tuple[Path, Path], tmp_path: Path
) -> None:
    table = tmp_path / "table.tsv"
    call("align", *files, "--format", "tsv", "-o", table)
    assert loads(table.read_text(encoding="utf-8"), "t").documents == ("en.txt", "fr.txt")
    for form in ("ladder", "tmx"):
        computed = call("align", *files, "--format", form).stdout
        converted = call("align", *files, "--from", table, "--format", form).stdout
        assert _links(converted, form) == _links(computed, form)


def test_a_table_by_hand_becomes_a_ladder(call: Call, root: Path) -> None:
    story = root / "corpora" / "storm-barrier"
    table = root / "alignments" / "storm-barrier.paragraphs.tsv"
    done = call("align", story / "en.txt", story / "fr.txt", "--from", table, "--format", "ladder")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "[0]:[0]"


def test_a_table_of_other_files_is_refused(
    call: Call, files: tuple[Path, Path], root: Path
) -> None:
    table = root / "alignments" / "zoom-case.paragraphs.tsv"
    with pytest.raises(ConfigError, match="is not named in the table"):
        call("align", *files, "--from", table)


def test_a_range_behind_the_end_is_refused(
    call: Call, files: tuple[Path, Path], tmp_path: Path
) -> None:
    table = tmp_path / "table.tsv"
    text = "# auditor alignment 1\ndocuments\ten.txt\tfr.txt\np1\t0-10\t0-99999\n"
    table.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="ends at 99999, behind its 287 characters"):
        call("align", *files, "--from", table)


def test_what_xml_forbids_is_named_and_what_it_uses_is_escaped() -> None:
    raw = "a <b> & \0 \ud83d ]]>\n"
    source, target = documents = [Document(name, name, raw, name, ()) for name in ("en", "fr")]
    segments = [
        Segment(d.id, 0, raw.strip(), OffsetMap.identity(len(raw.strip())), d.id) for d in documents
    ]
    bead = Bead((segments[0],), (segments[1],), 0.5)
    empty = Bead((segments[0],), (), 0.5)
    alignment = Alignment("en", "fr", (bead, empty), monotone=True)
    written = beads_to_tmx(alignment, source, target, "1")
    root = etree.fromstring(written.encode())
    assert [e.text for e in root.iter("seg")] == ["a <b> & <U+0000> <U+D83D> ]]>"] * 2


def _links(text: str, form: str) -> list[str]:
    if form == "ladder":
        return sorted(text.splitlines())
    return sorted(e.text for e in etree.fromstring(text.encode()).iter("seg"))
