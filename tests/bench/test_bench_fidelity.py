from __future__ import annotations

import json
from pathlib import Path

import pytest

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
    assert found == [Bin(2, 41, 40), Bin(1, 90, 80)]
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
