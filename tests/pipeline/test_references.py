"""References and rewrites: string metrics of versions, and what a rewrite replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import auditor
from auditor.core import Passage, Relation, RelationKind, Story
from auditor.core.document import Block, BlockKind, Document, Segment
from auditor.core.span import OffsetMap
from auditor.score.rewrites import rewrite_metrics

ENGLISH = ["The old bridge was closed on Monday.", "The mayor promised a new one within a year."]
FRENCH = ["Le vieux pont a été fermé lundi.", "Le maire en a promis un nouveau dans l’année."]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    folder = tmp_path / "story"
    folder.mkdir()
    write(folder / "en.txt", ENGLISH)
    write(folder / "fr.txt", FRENCH)
    return folder


def write(path: Path, paragraphs: list[str]) -> Path:
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


def audited(story: Path, *options: str | Path) -> Result:
    langs = ["--lang", "en.txt=en", "--lang", "fr.txt=fr", "--source", "en.txt"]
    asked = ["audit", str(story), *langs, "--no-cache", *map(str, options)]
    return CliRunner().invoke(auditor, asked)


def test_a_version_is_held_against_its_reference(story: Path, tmp_path: Path) -> None:
    reference = write(tmp_path / "trusted.txt", [FRENCH[0], FRENCH[1].replace("promis", "annoncé")])
    done = audited(story, "--reference", reference, "--format", "json")
    metrics = {m["name"]: m for m in json.loads(done.stdout)["metrics"]}
    assert set(metrics) == {"chrf", "bleu", "ter"}
    assert 80 < metrics["chrf"]["score"] < 100
    # One word of 16, and no rank is changed.
    assert metrics["ter"]["score"] == pytest.approx(100 / 18, abs=1)
    assert {(m["document"], m["against"]) for m in metrics.values()} == {("fr.txt", "trusted.txt")}
    assert "version:" in metrics["bleu"]["signature"]


def test_people_read_its_scores_with_their_signatures(story: Path, tmp_path: Path) -> None:
    reference = write(tmp_path / "trusted.txt", FRENCH)
    done = audited(story, "--reference", f"fr.txt={reference}")
    assert "fr.txt against trusted.txt  chrF++ 100.0, BLEU 100.0, TER 0.0" in done.stdout
    assert "TER nrefs:1|case:lc|tok:tercom" in done.stdout


def test_a_reference_of_another_length_is_one_clear_line(story: Path, tmp_path: Path) -> None:
    reference = write(tmp_path / "trusted.txt", [*FRENCH, "Rien de plus."])
    done = audited(story, "--reference", f"fr.txt={reference}")
    assert "trusted.txt: has 3 paragraphs, but fr.txt has 2" in f"{done.exception}"


def test_a_reference_in_the_language_of_no_version_is_one_clear_line(
    story: Path, tmp_path: Path
) -> None:
    text = ["Die alte Brücke wurde am Montag gesperrt und bleibt es auch.", "Mehr weiß niemand."]
    done = audited(story, "--reference", write(tmp_path / "de.txt", text))
    assert "is in de, and no other version is too; say which one" in f"{done.exception}"


def test_a_version_is_no_reference(story: Path) -> None:
    done = audited(story, "--reference", story / "fr.txt")
    assert "is a version of this story; keep the reference" in f"{done.exception}"


def version(id: str, lang: str, text: str) -> tuple[Document, Segment]:
    offsets = OffsetMap.identity(len(text))
    document = Document(id, lang, text, id, (Block(BlockKind.PARAGRAPH, text, offsets),))
    return document, Segment(id, 0, text, offsets, lang, 0)


@pytest.mark.parametrize(
    ("source", "expected"),
    [(None, ("new", "old")), ("old", ("new", "old")), ("new", ("old", "new"))],
)
def test_a_rewrite_is_held_against_its_original(
    source: str | None, expected: tuple[str, str]
) -> None:
    old, first = version("old", "en", ENGLISH[0])
    new, second = version("new", "en", "The ancient bridge was shut on Monday.")
    relation = Relation("old", "new", RelationKind.REWRITE)
    story = Story("bridge", (old, new), source, (relation,))
    metrics = rewrite_metrics(story, (Passage(0, (first, second), 1.0),))
    assert [m.name for m in metrics] == ["chrf", "bleu", "ter"]
    assert {(m.document, m.against) for m in metrics} == {expected}
    # Two words of eight, the full stop counted with its word.
    assert metrics[2].score == pytest.approx(100 * 2 / 7, abs=0.1)


def test_a_translation_is_no_rewrite() -> None:
    old, first = version("en", "en", ENGLISH[0])
    new, second = version("fr", "fr", FRENCH[0])
    story = Story("b", (old, new), None, (Relation("en", "fr", RelationKind.TRANSLATION),))
    assert rewrite_metrics(story, (Passage(0, (first, second), 1.0),)) == ()
