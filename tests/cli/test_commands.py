"""The commands as other programs call them: output, exit codes, formats."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from auditor.cli import auditor
from auditor.report import schema

Call = Callable[..., Result]


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("AUDITOR_CACHE", "off")

    def invoke(*arguments: str | Path) -> Result:
        return CliRunner().invoke(auditor, [str(a) for a in arguments], catch_exceptions=False)

    return invoke


@pytest.fixture
def defects(root: Path) -> Path:
    return root / "corpora" / "storm-barrier-defects"


@pytest.fixture
def sound(root: Path) -> Path:
    return root / "corpora" / "storm-barrier"


def test_an_audit_exits_with_0_whatever_it_finds(call: Call, defects: Path) -> None:
    done = call("audit", defects)
    assert done.exit_code == 0
    assert "spam/injected" in done.stdout


@pytest.mark.parametrize(("story", "code"), [("defects", 1), ("sound", 0)])
def test_fail_on_exits_with_1_where_there_is_such_a_finding(
    call: Call, request: pytest.FixtureRequest, story: str, code: int
) -> None:
    assert call("audit", request.getfixturevalue(story), "--fail-on", "major").exit_code == code


def test_several_reports_come_from_one_run(call: Call, defects: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "a.html", tmp_path / "a.json"
    done = call("audit", defects, "--format", f"html={page}", "--format", f"json={data}")
    assert done.exit_code == 0
    assert done.stdout == ""
    report = json.loads(data.read_text(encoding="utf-8"))
    jsonschema.validate(report, schema())
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    for finding in report["findings"]:
        span = finding["spans"][0]
        text = (defects / span["document"]).read_bytes().decode("utf-8")
        assert text[span["start"] : span["end"]] == span["text"]


def test_one_file_alone_is_a_story_too(call: Call, defects: Path) -> None:
    done = call("audit", defects / "en.txt", "--format", "json")
    report = json.loads(done.stdout)
    assert "spun/document" in {f["rule"] for f in report["findings"]}
    skipped = {n["rule"]: n["reason"] for n in report["documents"][0]["rules_not_run"]}
    assert skipped["fidelity/omission"] == "no other version of the same text"


def test_align_prints_every_sentence_once_as_a_ladder(call: Call, tmp_path: Path) -> None:
    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text(
        "The bridge is closed.\nBoats wait.\nNobody knows how long the repairs will take.\n",
        encoding="utf-8",
    )
    target.write_text(
        "Le pont est fermé.\nPersonne ne sait combien de temps dureront les réparations.\n",
        encoding="utf-8",
    )
    done = call(
        "align", source, target, "--segmented", "--format", "ladder",
        "--source-lang", "en", "--target-lang", "fr",
    )  # fmt: skip
    assert done.stdout.splitlines() == ["[0]:[0]", "[1]:[]", "[2]:[1]"]


def test_an_empty_line_stands_alone(call: Call, tmp_path: Path) -> None:
    # Given as segmented, a file may have any ending: `novel.en`.
    source, target = tmp_path / "a.en", tmp_path / "a.fr"
    source.write_text("The bridge is closed.\n\nBoats wait outside.\n", encoding="utf-8")
    target.write_text("Le pont est fermé.\nLes bateaux attendent dehors.\n\n\n", encoding="utf-8")
    done = call(
        "align", source, target, "--segmented", "--format", "ladder",
        "--source-lang", "en", "--target-lang", "fr",
    )  # fmt: skip
    lines = ["[0]:[0]", "[1]:[]", "[2]:[1]", "[]:[2]", "[]:[3]"]
    assert done.stdout.splitlines() == lines


def test_saved_passages_can_be_read_back(call: Call, sound: Path, tmp_path: Path) -> None:
    from auditor.align.notation import loads

    path = tmp_path / "passages.tsv"
    call("audit", sound, "--save-alignment", path, "--format", f"json={tmp_path / 'a.json'}")
    report = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert len(loads(path.read_text(encoding="utf-8"), str(path)).rows) == len(report["passages"])


def test_passages_made_by_hand_replace_the_computed_ones(call: Call, root: Path) -> None:
    folder = root / "corpora" / "storm-barrier-defects"
    table = root / "alignments" / "storm-barrier-defects.paragraphs.tsv"
    done = call("audit", folder, "--alignment", table, "--format", "json")
    report = json.loads(done.stdout)
    declared = {r["reason"] for r in report["story"]["relations"] if "fr-2.txt" not in r["right"]}
    assert declared == {"aligned by hand"}
    head, *rows = [
        line.split("\t")
        for line in table.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    wanted = [
        {
            name: int(cell.split("-")[0])
            for name, cell in zip(head[1:], row[1:], strict=True)
            if cell != "-"
        }
        for row in rows
    ]
    found = [
        {name: spans[0]["start"] for name, spans in p["spans"].items()} for p in report["passages"]
    ]
    assert [row for row in wanted if row not in found] == []


def test_a_table_for_another_story_is_one_clear_line(call: Call, root: Path) -> None:
    from auditor.core import ConfigError

    table = root / "alignments" / "zoom-case.paragraphs.tsv"
    with pytest.raises(ConfigError, match="is no version of this story; choose from"):
        call("audit", root / "corpora" / "storm-barrier", "--alignment", table)


def test_pairs_give_one_object_a_line_with_spans_in_source_or_target(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text(
        "id\tsource\ttarget\n"
        "good\tThe barrier opened on May 4, 2013.\tLe barrage a ouvert le 4 mai 2013.\n"
        "bad\tThe barrier opened on May 4, 2013.\tLe barrage a ouvert le 4 mai 2018.\n"
        "wrong\tThe barrier opened on May 4, 2013.\tLa soupe est froide.\n"
        "empty\tThe barrier opened on May 4, 2013.\t\n",
        encoding="utf-8",
    )
    done = call("pairs", path, "--source-lang", "en", "--target-lang", "fr")
    rows = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert list(rows) == ["good", "bad", "wrong", "empty"]
    assert rows["good"]["findings"] == []
    (finding,) = rows["bad"]["findings"]
    assert finding["spans"][0] == {"document": "target", "start": 29, "end": 33, "text": "2018"}
    assert finding["repair"] == "2013"
    assert rows["good"]["fidelity"] > 65
    assert rows["wrong"]["fidelity"] < 50
    assert rows["empty"]["fidelity"] == 0


def test_a_pair_is_less_faithful_where_the_next_target_says_what_its_source_says(
    call: Call, tmp_path: Path
) -> None:
    sources = ["The harbour was closed by a storm.", "Her uncle sells second-hand books."]
    targets = ["Le port a été fermé par une tempête.", "Son oncle vend des livres d’occasion."]
    path = tmp_path / "pairs.tsv"

    def fidelities(*pairs: tuple[str, str]) -> list[float]:
        rows = [f"{number}\t{source}\t{target}" for number, (source, target) in enumerate(pairs)]
        path.write_text("\n".join(["id\tsource\ttarget", *rows]) + "\n", encoding="utf-8")
        done = call("pairs", path, "--source-lang", "en", "--target-lang", "fr")
        return [json.loads(line)["fidelity"] for line in done.stdout.splitlines()]

    alone = fidelities((sources[0], targets[1]))[0]
    swapped = fidelities(*zip(sources, targets[::-1], strict=True))
    sound = fidelities(*zip(sources, targets, strict=True))
    assert max(swapped) < 0.5 * alone < 0.2 * min(sound)
    assert sound[0] == fidelities((sources[0], targets[0]))[0]


def test_pairs_are_measured_against_references_of_the_same_length(
    call: Call, tmp_path: Path
) -> None:
    path, reference = tmp_path / "pairs.tsv", tmp_path / "reference.txt"
    path.write_text("id\tsource\ttarget\n1\tGood morning.\tBonjour.\n", encoding="utf-8")
    reference.write_text("Bonjour.\n", encoding="utf-8")
    langs = ("--source-lang", "en", "--target-lang", "fr")
    done = call("pairs", path, *langs, "--reference", reference)
    assert json.loads(done.stdout)["metrics"] == {"chrf": 100, "bleu": 100, "ter": 0}
    assert "chrf 100.00 nrefs:1" in done.stderr
    from auditor.core import ConfigError

    reference.write_text("Bonjour.\nSalut.\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="has 2 lines for 1 pairs"):
        call("pairs", path, *langs, "--reference", reference)


def test_rules_are_listed_and_explained(call: Call) -> None:
    assert "drift/date" in call("rules").stdout
    page = call("rules", "drift/date").stdout
    assert "What it finds" in page
    assert "Leaves alone" in page


def test_the_bench_counts_findings_on_line_aligned_files(call: Call, tmp_path: Path) -> None:
    english = ["The bridge is closed until May.", "Boats wait outside the harbour."]
    french = ["Le pont est fermé jusqu’en mai.", "Les bateaux attendent devant le port."]
    (tmp_path / "document_ids.txt").write_text("a\na\n", encoding="utf-8")
    (tmp_path / "eng.txt").write_text("\n".join(english) + "\n", encoding="utf-8")
    (tmp_path / "fra.txt").write_text("\n".join(french) + "\n", encoding="utf-8")
    done = call("bench", "clean", tmp_path)
    row = next(line for line in done.stdout.splitlines() if line.startswith("eng-fra"))
    assert row.split()[1:5] == ["1", "2", "0", "0.00"]


def test_a_manifest_may_name_files_that_lie_elsewhere(call: Call, root: Path, shared: Path) -> None:
    done = call(
        "audit", root / "corpora" / "zoom-case", "--root", shared / "seeds", "--format", "json"
    )
    assert done.exit_code == 0
    report = json.loads(done.stdout)
    assert report["story"]["date"] == "2020-12-24"
    assert {r["declared"] for r in report["story"]["relations"]} == {True}
    assert "drift/date" in {f["rule"] for f in report["findings"]}


def test_a_manifest_refuses_another_file_than_it_means(
    call: Call, root: Path, shared: Path, tmp_path: Path
) -> None:
    for path in (shared / "seeds").iterdir():
        (tmp_path / path.name).write_text("Something else entirely.\n", encoding="utf-8")
    from auditor.core import ReadError

    with pytest.raises(ReadError, match="its sha256 differs"):
        call("audit", root / "corpora" / "zoom-case", "--root", tmp_path)
