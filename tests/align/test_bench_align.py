from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from auditor.bench.align import AlignRow, aligned, gold_documents, reliability, table
from auditor.bench.exports import blocks, export
from auditor.bench.gold import Counts, count, read_ladder
from auditor.cli.bench import command
from auditor.core import ConfigError, ReadError
from auditor.encode import open_encoder
from auditor.pipeline import Run

Write = Callable[..., Any]
RUN = Run(encoder=open_encoder())


def test_beads_are_counted_strictly_laxly_and_by_null() -> None:
    gold = [((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,))]
    found = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), ()), ((), (2,))]
    assert count(found, gold) == Counts(
        found=5,
        gold=2,
        strict_found=3,
        strict_gold=1,
        lax_found=4,
        lax_gold=2,
        null_found=3,
        null_gold=2,
        null_both=2,
    )


def test_counts_add_up_and_nothing_gives_zero() -> None:
    one = count([((0,), (0,))], [((0,), (0,))])
    assert (one + one).found == 2
    assert (one + one).strict.f1 == 1
    assert (Counts().strict.f1, Counts().lax.f1, Counts().null.f1) == (0, 0, 0)


def test_precision_counts_found_nulls_and_recall_gold_links_only() -> None:
    counted = count([((0,), (0,)), ((1,), ())], [((0,), (0,)), ((), (1,))])
    assert (counted.strict.precision, counted.strict.recall) == (0.5, 1)
    assert (counted.null.precision, counted.null.recall) == (0, 0)


def measured(folder: Path, **langs: str | None) -> list[AlignRow]:
    rows = []
    for name, documents in gold_documents(folder).items():
        row = AlignRow(name)
        for one in aligned(documents, RUN, langs.get("source"), langs.get("target")):
            row.add(one)
        rows.append(row)
    return rows


def write_set(home: Path, write: Write) -> None:
    home.mkdir()
    for side in ("source", "target"):
        segments, vectors = write(side, range(6))
        text = "".join(f"{s.text}\n" for s in segments)
        (home / f"00.{side}.txt").write_text(text, encoding="utf-8")
        np.save(home / f"00.{side}.npy", vectors)
    gold = "".join(f"[{k}]:[{k}]\n" for k in range(6))
    (home / "00.gold.ladder").write_text(gold, encoding="utf-8")


def test_a_folder_of_gold_is_measured_set_by_set(write: Write, tmp_path: Path) -> None:
    for name in ("x", "y"):
        write_set(tmp_path / name, write)
    rows = measured(tmp_path)
    assert [(row.name, row.documents, row.counts.strict.f1) for row in rows] == [
        ("x", 1, 1.0),
        ("y", 1, 1.0),
    ]
    assert all(row.peak > 2**20 and row.seconds > 0 and row.encoding == 0 for row in rows)
    assert [line.split()[:3] for line in table(rows)[1:]] == [
        ["x", "1", "6"],
        ["y", "1", "6"],
        ["all", "2", "12"],
    ]


def test_reliability_compares_trust_with_the_share_that_is_right() -> None:
    row = AlignRow("x", trust=[(0.6, True), (0.6, False), (1.0, True)])
    assert [line.split() for line in reliability([row])[1:]] == [
        ["0.50", "to", "0.70", "2", "0.600", "0.500"],
        ["0.99", "to", "1.00", "1", "1.000", "1.000"],
        ["expected", "calibration", "error:", "0.067"],
    ]


def test_a_null_bead_is_right_when_its_sentence_is_null_in_the_gold(
    write: Write, tmp_path: Path
) -> None:
    write_set(tmp_path / "x", write)
    segments, vectors = write("source", range(7))
    (tmp_path / "x/00.source.txt").write_text("\n".join(s.text for s in segments), encoding="utf-8")
    np.save(tmp_path / "x/00.source.npy", vectors)
    with (tmp_path / "x/00.gold.ladder").open("a", encoding="utf-8") as file:
        file.write("[6]:[]\n")
    (row,) = measured(tmp_path)
    assert row.counts.null.f1 == 1
    assert [right for _, right in row.trust] == [True] * 7


def test_sentences_without_vectors_are_encoded(tmp_path: Path) -> None:
    home = tmp_path / "en-fr"
    home.mkdir()
    english = ["The ferry leaves at noon.", "Bring a coat.", "The museum has no lift."]
    french = ["Le bac part à midi.", "Le musée n'a pas d'ascenseur."]
    (home / "a.source.txt").write_text("\n".join(english), encoding="utf-8")
    (home / "a.target.txt").write_text("\n".join(french), encoding="utf-8")
    (home / "a.gold.ladder").write_text("[0]:[0]\n[1]:[]\n[2]:[1]\n", encoding="utf-8")
    (row,) = measured(tmp_path)
    assert (row.counts.strict.f1, row.counts.null.f1) == (1, 1)
    assert row.encoding > 0


def test_files_are_found_by_their_suffixes_as_text_and_berg_has_them(tmp_path: Path) -> None:
    for suffix in ("de", "fr", "defr"):
        (tmp_path / f"year.dev.{suffix}").write_text("", encoding="utf-8")
    ((document,),) = gold_documents(tmp_path).values()
    assert (document.name, document.langs, document.vectors) == ("year.dev", ("de", "fr"), None)
    assert [path.name for path in document.sides] == ["year.dev.de", "year.dev.fr"]


@pytest.mark.parametrize(
    ("folder", "langs"),
    [
        ("en-fr", ("en", "fr")),
        ("it-zh-TW", ("it", "zh-Hant")),
        ("zh-CN-en", ("zh-Hans", "en")),
        ("news", (None, None)),
        ("my-folder", (None, None)),
    ],
)
def test_a_folder_may_name_its_languages(
    tmp_path: Path, folder: str, langs: tuple[str | None, str | None]
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "a.gold.ladder").write_text("", encoding="utf-8")
    ((document,),) = gold_documents(tmp_path).values()
    assert document.langs == langs


def test_a_language_that_the_encoder_lacks_is_named(tmp_path: Path) -> None:
    for name in ("a.source.txt", "a.target.txt", "a.gold.ladder"):
        (tmp_path / name).write_text("Jambo.\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.source\.txt: its language \(sw\)"):
        measured(tmp_path, source="sw", target="en")


def test_a_folder_without_gold_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no file ends in"):
        gold_documents(tmp_path)


def test_vectors_of_one_side_only_are_an_error(tmp_path: Path) -> None:
    for name in ("a.source.txt", "a.target.txt", "a.gold.ladder"):
        (tmp_path / name).write_text("", encoding="utf-8")
    np.save(tmp_path / "a.target.npy", np.zeros((0, 4), np.float32))
    with pytest.raises(ReadError, match=r"a\.source\.npy: holds no vectors"):
        measured(tmp_path)


def test_blocks_are_those_of_vecalign() -> None:
    assert blocks(["One.", "Two.", "Three."], "en") == [
        ["One.", "Two.", "Three."],
        ["PAD", "One. Two.", "Two. Three."],
        ["PAD", "PAD", "One. Two. Three."],
        ["PAD", "PAD", "PAD"],
    ]
    assert blocks(["一。", "二。"], "zh-Hant")[1] == ["PAD", "一。二。"]


def test_exported_vectors_fit_their_lines(tmp_path: Path) -> None:
    texts = {"de": "Der Kahn ist leck.\nKomm.\n", "fr": "La barque prend l'eau.\nViens.\n"}
    for suffix, text in {**texts, "defr": "[0]:[0]\n[1]:[1]\n"}.items():
        (tmp_path / f"boat.{suffix}").write_text(text, encoding="utf-8")
    (documents,) = gold_documents(tmp_path).values()
    out = tmp_path / "out"
    for one in aligned(documents, RUN, None, None):
        export(one, out, RUN)
    lines = (out / "boat.overlaps.de").read_text(encoding="utf-8").splitlines()
    assert lines == ["Der Kahn ist leck.", "Komm.", "PAD", "Der Kahn ist leck. Komm."]
    rows = np.fromfile(out / "boat.overlaps.de.emb", "<f4").reshape(len(lines), -1)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    held = np.load(out / "boat.bertalign.de.npy")
    assert held.shape == (4, 2, rows.shape[1])
    np.testing.assert_array_equal(held[1, 1], rows[3])
    assert np.load(out / "boat.bertalign.de.lens.npy").tolist()[1] == [3, 24]
    assert (out / "boat.gold").read_text(encoding="utf-8") == "[0]:[0]\n[1]:[1]\n"
    assert (out / "boat.fr").read_text(encoding="utf-8") == texts["fr"]


def test_the_command_prints_the_table_and_the_reliability(write: Write, tmp_path: Path) -> None:
    write_set(tmp_path / "x", write)
    result = CliRunner().invoke(command, ["align", str(tmp_path), "--no-cache", "--quiet"])
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[1].split()[:6] == ["x", "1", "6", *["1.0000"] * 3]
    assert "expected calibration error" in result.output


@pytest.mark.parametrize("line", ["[0] [1]", "[0]:[a]", "0:1", "[True]:[1]", "[0.5]:[1]"])
def test_a_line_that_is_no_bead_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.gold.ladder"
    path.write_text(f"[0]:[0]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"a\.gold\.ladder:2: .* is no bead"):
        read_ladder(path)
