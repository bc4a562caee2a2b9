from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.bench.drift import Row, false, is_hit, measure, missed, read_corpus, table
from auditor.bench.drift_speed import FINDERS, measure_finders, speed_table
from auditor.core import ConfigError, Evidence, Finding, Severity, Span, Tier
from auditor.encode import open_encoder
from auditor.pipeline import Run

ROW = Row("1", "doc", "fr", "year", "In 1989.", "En 1989.", "En 1983.", "1989", "1983", 3)

SOURCES = ("The bridge opened in 1989.", "The tower was finished in 1975.")
TARGETS = ("Le pont a ouvert en 1989.", "La tour a été achevée en 1975.")


def finding(start: int, end: int, document: str = "target") -> Finding:
    spans = (Span(document, start, end),)
    return Finding("drift/date", Tier.STABLE, Severity.MAJOR, 0.9, "Differs.", spans)


@pytest.mark.parametrize(
    ("start", "end", "hit"),
    [(3, 7, True), (0, 8, True), (6, 7, True), (3, 6, False), (8, 12, False), (0, 40, False)],
)
def test_a_hit_holds_what_was_changed_and_little_else(start: int, end: int, *, hit: bool) -> None:
    assert is_hit(finding(start, end), ROW) is hit


def test_a_finding_on_the_source_hits_by_its_evidence() -> None:
    own = finding(3, 7, "source")
    assert not is_hit(own, ROW)
    assert is_hit(replace(own, evidence=(Evidence(Span("target", 3, 7)),)), ROW)


def test_what_old_and_new_share_at_their_ends_need_not_be_marked() -> None:
    row = replace(ROW, old="Senator Flake of Ohio", new="Senator Bloom of Ohio", start=0)
    assert is_hit(finding(8, 13), row)
    assert not is_hit(finding(8, 12), row)
    assert not is_hit(finding(14, 21), row)


def test_a_deletion_is_hit_where_something_is_gone() -> None:
    row = replace(ROW, old="non ", new="", start=5)
    assert is_hit(finding(5, 8), row)
    assert is_hit(finding(2, 5), row)
    assert not is_hit(finding(6, 8), row)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    clean = tmp_path / "ntrex-dev"
    clean.mkdir()
    for name, lines in (
        ("eng", SOURCES),
        ("fra", TARGETS),
        ("document_ids", ("one", "two")),
    ):
        (clean / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [
        {
            "id": "fr-year-1",
            "doc": "one",
            "lang": "fr",
            "type": "year",
            "src": SOURCES[0],
            "good": TARGETS[0],
            "bad": TARGETS[0].replace("1989", "1983"),
            "old": "1989",
            "new": "1983",
            "start": TARGETS[0].index("1989"),
        },
        {
            "id": "fr-person-2",
            "doc": "two",
            "lang": "fr",
            "type": "person",
            "src": SOURCES[1],
            "good": TARGETS[1],
            "bad": TARGETS[1],
            "old": "La tour",
            "new": "La tour",
            "start": 0,
        },
    ]
    (tmp_path / "drift-dev.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def test_the_table_counts_what_was_planted_and_what_was_found(folder: Path) -> None:
    measured = measure(read_corpus(folder), Run(encoder=open_encoder("use")))
    lines = [line.split() for line in table(measured)]
    assert next(line[:4] for line in lines if line[:1] == ["year"]) == ["year", "1", "1", "1.000"]
    assert next(line[:4] for line in lines if line[:1] == ["person"]) == [
        "person",
        "1",
        "0",
        ".000",
    ]
    assert next(line[3:6] for line in lines if line[:2] == ["all", "drift"]) == ["2", "0", "0.00"]
    assert missed(measured)[0].startswith("fr-person-2")
    assert false(measured) == []


def test_halves_share_no_document_and_make_the_whole(folder: Path) -> None:
    halves = [read_corpus(folder, half=half) for half in ("dev", "test")]
    assert [[row.document for row in half.rows] for half in halves] == [["one"], ["two"]]
    assert [[line.document for line in half.lines] for half in halves] == [["one"], ["two"]]


def test_a_sample_is_the_same_for_the_same_seed(folder: Path) -> None:
    assert read_corpus(folder, sample=1, seed=7) == read_corpus(folder, sample=1, seed=7)


def test_a_rule_that_does_not_exist_is_refused(folder: Path) -> None:
    with pytest.raises(ConfigError, match="is no rule"):
        measure(read_corpus(folder), Run(encoder=open_encoder("use")), rules=["drift/nothing"])


def test_a_row_without_its_fields_is_named(folder: Path) -> None:
    (folder / "drift-dev.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"drift-dev\.jsonl:1"):
        read_corpus(folder)


def test_the_cost_of_the_finders_is_told_beside_the_encoders(folder: Path) -> None:
    measured = measure_finders(read_corpus(folder).lines, open_encoder("use"))
    assert measured.keys() == {"en", "fr", "all"}
    assert measured["all"].keys() == {"sentences", "encoder", *FINDERS}
    assert measured["all"]["sentences"] == 4
    assert speed_table(measured)[-1].split()[:2] == ["all", "4"]
