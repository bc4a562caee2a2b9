"""What a review gives back, and what it takes in from files."""

from __future__ import annotations

import csv
import io
import json
import tomllib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given as given_by
from hypothesis import strategies as st
from lxml import etree
from review_stories import ENGLISH, FRENCH, finding, gates
from sqlalchemy import Engine

from auditor.core import Audit, ReadError
from auditor.pipeline.baseline import read_baseline
from auditor.review.database import writing
from auditor.review.decide import Choice, MissingError, RefusedError, comment, decide
from auditor.review.exports import export
from auditor.review.given import given
from auditor.review.importing import take_in
from auditor.review.queue import Filters, page
from auditor.review.repairs import Edit, repaired


def _decided(engine: Engine) -> None:
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
        year, amount = (row["id"] for row in page(connection, Filters()).findings)
        decide(connection, year, 0, Choice("repair", repair="1987"), "ana")
        decide(connection, amount, 0, Choice("dismiss", reason="intended", note="ours"), "ben")
        comment(connection, amount, "ask the bank", "ben")


def _texts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_repaired_text_differs_by_the_repairs_alone(engine: Engine) -> None:
    _decided(engine)
    with engine.connect() as connection:
        held = _texts(export(connection, 1, "text").content)
    assert held == {"en.txt": ENGLISH, "fr.txt": FRENCH.replace("1981", "1987")}


def test_repairs_that_overlap_are_named_and_not_made_twice(engine: Engine) -> None:
    wide = finding("fr.txt", FRENCH, "en 1981", fingerprint="1:w:0", repair="en 1987")
    narrow = finding("fr.txt", FRENCH, "1981", fingerprint="1:n:0", repair="1987")
    with writing(engine) as connection:
        take_in(connection, gates(findings=[wide, narrow]), "ana")
        for row in page(connection, Filters()).findings:
            repair = "en 1987" if row["quote"] == "en 1981" else "1987"
            decide(connection, row["id"], 0, Choice("repair", repair=repair), "ana")
        held = _texts(export(connection, 1, "text").content)
    assert held["fr.txt"] == FRENCH.replace("1981", "1987")
    assert "NOT-REPAIRED.txt" in held


def test_the_baseline_names_what_was_dismissed(engine: Engine) -> None:
    _decided(engine)
    with engine.connect() as connection:
        told = tomllib.loads(export(connection, 1, "baseline").content.decode())
    (entry,) = told["accepted"]
    assert told["schema"] == 1
    assert entry.pop("date")
    assert entry == {
        "document": "fr.txt",
        "rule": "drift/number",
        "fingerprint": "1:b:0",
        "quote": "80",
        "reason": "intended: ours",
        "author": "ben",
    }


def test_the_baseline_is_read_by_the_check(engine: Engine, tmp_path: Path) -> None:
    _decided(engine)
    with engine.connect() as connection:
        (tmp_path / "b.toml").write_bytes(export(connection, 1, "baseline").content)
    (entry,) = read_baseline(tmp_path / "b.toml")
    assert entry.key == ("fr.txt", "1:b:0")


def test_the_spreadsheet_says_what_was_decided(engine: Engine) -> None:
    _decided(engine)
    with engine.connect() as connection:
        text = export(connection, 1, "csv").content.decode("utf-8-sig")
    year, amount = csv.DictReader(io.StringIO(text))
    assert (year["repair"], year["suppressed"]) == ("1987", "")
    assert (amount["reason"], amount["suppressed"]) == ("intended", "baseline")
    assert "[ben: ask the bank]" in amount["message"]


def test_the_memory_holds_the_repaired_text(engine: Engine) -> None:
    story = gates()
    story.report["story"]["relations"] = [
        {"left": "en.txt", "right": "fr.txt", "kind": "translation", "declared": True, "reason": ""}
    ]
    with writing(engine) as connection:
        take_in(connection, story, "ana")
        year = page(connection, Filters()).findings[0]
        decide(connection, year["id"], 0, Choice("repair", repair="1987"), "ana")
        memory = etree.fromstring(export(connection, 1, "tmx").content)
        exchange = etree.fromstring(export(connection, 1, "xliff").content)
    segments = [seg.text for seg in memory.iter("{*}seg")]
    assert segments == [ENGLISH.strip(), FRENCH.strip().replace("1981", "1987")]
    notes = " ".join(note.text for note in exchange.iter("{*}note"))
    assert "[ana: repair]" in notes


def test_an_unknown_format_or_story_is_refused(engine: Engine) -> None:
    _decided(engine)
    with engine.connect() as connection:
        with pytest.raises(RefusedError):
            export(connection, 1, "exe")
        with pytest.raises(MissingError):
            export(connection, 7, "csv")


@given_by(
    st.text("abc", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.text("xyz", max_size=4))),
)
def test_edits_keep_everything_between_them(raw: str, drawn: list[tuple[int, int, str]]) -> None:
    edits = [
        Edit(min(at, len(raw)), min(at + length, len(raw)), text, number)
        for number, (at, length, text) in enumerate(drawn)
    ]
    held = repaired(raw, edits)
    assert len(held.edits) + len(held.left) == len(edits)
    # What no edit touches stands in the new text, at the place that `moved` says.
    touched = {i for e in held.edits for i in range(e.start, e.end)}
    for index, character in enumerate(raw):
        if index not in touched and not any(e.start == e.end == index for e in held.edits):
            assert held.text[held.moved(index)] == character


def _never(path: Path) -> Audit:
    raise AssertionError(path)


def _write(folder: Path) -> Path:
    for name, text in gates().texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "report.json"
    path.write_text(json.dumps(gates().report), encoding="utf-8")
    return path


def test_a_report_is_read_with_the_texts_beside_it(tmp_path: Path) -> None:
    path = _write(tmp_path)
    assert list(given([path], None, _never)) == [gates()]
    assert list(given([tmp_path], None, _never)) == [gates()]


def test_a_changed_text_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path)
    (tmp_path / "fr.txt").write_text(FRENCH.replace("80", "81"), encoding="utf-8")
    with pytest.raises(ReadError, match="has changed since"):
        list(given([path], None, _never))


def test_a_missing_text_says_where_to_look(tmp_path: Path) -> None:
    path = _write(tmp_path)
    (tmp_path / "fr.txt").unlink()
    with pytest.raises(ReadError, match="--root"):
        list(given([path], None, _never))


def test_a_report_cannot_name_files_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(FRENCH, encoding="utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    path = _write(inner)
    report = json.loads(path.read_text(encoding="utf-8").replace("fr.txt", "../secret.txt"))
    path.write_text(json.dumps(report), encoding="utf-8")
    with pytest.raises(ReadError, match="is not found"):
        list(given([path], None, _never))
