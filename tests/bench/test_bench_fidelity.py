from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml.etree import fromstring

from auditor.bench.fidelity import (
    Bin,
    Corpus,
    Reading,
    bins,
    calibration_error,
    read_corpus,
    table,
)
from auditor.bench.quality import Labelled, Ranked, Rated, Translation
from auditor.bench.reliability import LEFT, SIZE, TOP, diagram
from auditor.cli import auditor
from auditor.core import ConfigError

GOOD, BAD, OTHER = (Translation("en", "fr", "One.", text) for text in ("Un.", "Deux.", "Trois."))
READINGS = {GOOD: Reading(90, 0.5), BAD: Reading(40, 0.6), OTHER: Reading(42, 0.1)}


def written(folder: Path) -> Path:
    (folder / "qe-dev").mkdir()
    (folder / "demetr-dev").mkdir()
    rows = ["id\tsource\ttarget\tmean\tz_mean", '0\tOne "big\t一\t50\t-.5', "1\tTwo\t二\t90\t.5"]
    (folder / "qe-dev/adequacy.en-zh.tsv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "qe-dev/adequacy.en-zh.train.tsv").write_text("\n".join(rows), encoding="utf-8")
    planted = [
        {"lang_tag": "french", "src_sent": "Un.", "mt_sent": "One.", "pert_sent": "Two."},
        {"lang_tag": "french", "src_sent": "Un.", "mt_sent": "One.", "pert_sent": "One."},
    ]
    path = folder / "demetr-dev/critical_id10_numbers_replaced.json"
    path.write_text(json.dumps(planted), encoding="utf-8")
    return folder


def test_rated_and_planted_rows_are_read_without_training_and_unchanged_ones(
    tmp_path: Path,
) -> None:
    corpus = read_corpus(written(tmp_path))
    assert [file.name for file in corpus.rated] == ["adequacy.en-zh.tsv"]
    assert corpus.rated[0].ratings == (50.0, 90.0)
    assert corpus.rated[0].translations[0] == Translation("en", "zh-Hans", 'One "big', "一")
    assert [(kind.kind, len(kind.good)) for kind in corpus.ranked] == [("numbers_replaced", 1)]


def test_a_folder_with_nothing_to_measure_on_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds nothing to measure on"):
        read_corpus(tmp_path)


def test_a_file_without_a_column_is_named(tmp_path: Path) -> None:
    path = written(tmp_path) / "qe-dev/adequacy.en-zh.tsv"
    path.write_text("id\tsource\ttarget\tmean\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="has no column z_mean"):
        read_corpus(tmp_path)


def test_calibration_compares_mean_fidelity_and_mean_rating_of_each_bin() -> None:
    file = Rated("f", (GOOD, BAD, OTHER), (80.0, 50.0, 30.0), (0.0, 0.0, 0.0))
    found = bins(file, READINGS)
    # Ratings of 30 and 50: a standard deviation of 14.1, and of their mean 10.
    assert [replace(one, margin=0) for one in found] == [Bin(2, 41, 40), Bin(1, 90, 80)]
    assert [round(one.margin, 2) for one in found] == [19.6, 0]
    assert calibration_error(found) == pytest.approx((2 * 0.01 + 0.1) / 3)


def test_the_table_holds_the_index_beside_the_cosine() -> None:
    corpus = Corpus(
        (Rated("rated", (GOOD, BAD, OTHER), (80.0, 50.0, 30.0), (1.0, 0.0, -1.0)),),
        (Labelled("labels", (GOOD, BAD, OTHER), (False, True, False)),),
        (Ranked("numbers", (GOOD, GOOD), (BAD, GOOD)),),
        (),
    )
    lines = {line.split()[0]: line.split() for line in table(corpus, READINGS) if line.strip()}
    assert lines["labels"][1:4] == ["3", "0.000", "1.000"]
    assert lines["numbers"][1:4] == ["2", "0.000", "0.500"]
    assert lines["numbers"][-1] == "1"
    assert float(lines["rated"][3]) > 0.8 > float(lines["rated"][2])


def test_the_diagram_is_sound_svg_with_a_dot_for_each_bin() -> None:
    drawn = diagram([Bin(30, 41, 40, 5), Bin(10, 90, 80)], "a & b.tsv")
    root = fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    dots = root.findall(f"{space}circle")
    assert [dot.findtext(f"{space}title") for dot in dots] == [
        "30 pairs: fidelity 41.0, rating 40.0",
        "10 pairs: fidelity 90.0, rating 80.0",
    ]
    # A rating of 40 stands at 40 % of the height, a fidelity of 41 at 41 % of the width.
    assert float(dots[0].get("cy", "")) == TOP + SIZE * 0.6
    assert float(dots[0].get("cx", "")) == pytest.approx(LEFT + SIZE * 0.41, abs=0.1)
    assert root.findtext(f"{space}title") == "a & b.tsv: 40 pairs, calibration error 0.033"


def test_a_diagram_without_ratings_is_one_clear_line(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "qe-dev/adequacy.en-zh.tsv").unlink()
    asked = ["bench", "fidelity", str(tmp_path), "--diagram", str(tmp_path / "x.svg")]
    done = CliRunner().invoke(auditor, asked)
    assert "has no ratings to draw; leave --diagram out" in f"{done.exception}"
