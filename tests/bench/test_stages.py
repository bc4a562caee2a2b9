"""Processor time by stage and rule."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from auditor.bench.stages import ENCODING, REST, STAGES, measure_stages, stage_table, stories_of
from auditor.encode import open_encoder
from auditor.pipeline import Run, all_rules

LINES = {
    "eng": ["The harbour was closed on Monday.", "Nobody was hurt in the storm."],
    "fra": ["Le port a été fermé lundi.", "Personne n'a été blessé dans la tempête."],
    "ita": ["Il porto è stato chiuso lunedì.", "Nessuno è rimasto ferito nella tempesta."],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in LINES.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "document_ids.txt").write_text("one\ntwo\n", encoding="utf-8")
    return tmp_path


def test_a_folder_of_lines_gives_a_story_of_two_versions_for_each_pair(folder: Path) -> None:
    stories = [[d.lang for d in story.documents] for story in stories_of([folder], 2)]
    assert stories == [["en", "fr"], ["en", "it"]] * 2


def test_every_stage_and_every_rule_that_runs_is_timed(folder: Path) -> None:
    rules = tuple(r for r in all_rules() if r.id in ("drift/date", "markup/quotes"))
    spent = measure_stages(list(stories_of([folder], 1)), Run(open_encoder("use"), rules=rules))
    assert set(spent) == {*STAGES, "drift/date", "markup/quotes"}
    # What the rules take is what the checks take, none left out and none counted twice.
    assert spent["one"] + spent["several"] == pytest.approx(
        spent["drift/date"] + spent["markup/quotes"]
    )


def test_the_table_tells_everything_as_a_ratio_to_encoding() -> None:
    spent = defaultdict(
        float, {ENCODING: 2.0, "preparing": 1.0, "comparing": 0.5, "one": 1.0, REST: 0.5}
    )
    lines = stage_table(spent, [])
    after = next(line for line in lines if line.startswith("everything after"))
    assert after.split()[-2:] == ["2.00", "1.00"]
