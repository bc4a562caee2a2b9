"""The corpora say what they claim: files, hashes, labels at their offsets, gold alignments.

A label that is off by one would make a right finding look wrong, so everything that can be
derived is derived: taking the repairs back must give the sound text again, letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from auditor.align.notation import loads
from auditor.core import RelationKind
from auditor.read.manifest import Manifest, read_manifest

SOUND, DEFECTS, REAL = "storm-barrier", "storm-barrier-defects", "zoom-case"
DRIFT = "storm-barrier-drift"
CORRUPTED = "storm-barrier-corrupted"
STORIES = (SOUND, DEFECTS, CORRUPTED, REAL)
VERSIONS = ("en.txt", "fr.txt", "it.txt", "zh-Hant.txt", "zh-Hans.txt")
ALIGNMENTS = (
    "storm-barrier.paragraphs.tsv",
    "storm-barrier.sentences.tsv",
    "storm-barrier-defects.paragraphs.tsv",
    "zoom-case.paragraphs.tsv",
    "zoom-case-002-004.paragraphs.tsv",
)
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold alignment: for each passage the ranges of each document."""

    story: str
    unit: str
    documents: tuple[str, ...]
    passages: tuple[Mapping[str, tuple[Range, ...]], ...]

    def ranges(self, document: str) -> list[Range]:
        return [r for passage in self.passages for r in passage[document]]


def read_gold(path: Path) -> Gold:
    table = loads(path.read_text(encoding="utf-8"), str(path))
    passages = tuple(
        {
            document: tuple((span.start, span.end) for span in spans)
            for document, spans in zip(table.documents, row.spans, strict=True)
        }
        for row in table.rows
    )
    return Gold(table.story, table.unit, table.documents, passages)


def manifest(root: Path, story: str) -> Manifest:
    return read_manifest(root / "corpora" / story / "story.toml")


def folder(request: pytest.FixtureRequest, story: str) -> Path:
    """Where the files of a story lie; skips where the real articles are absent."""
    if story == REAL:
        shared: Path = request.getfixturevalue("shared")
        return shared / "seeds"
    root: Path = request.getfixturevalue("root")
    return root / "corpora" / story


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def paragraphs(text: str) -> list[Range]:
    """The lines that hold something, without the white space around them."""
    return [m.span() for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def labels(story: Manifest, rule: str, document: str | None = None) -> list[Mapping[str, Any]]:
    return [
        label
        for label in story.expected
        if label["rule"] == rule and document in (None, label["document"])
    ]


def repaired(text: str, marks: list[Mapping[str, Any]]) -> str:
    for label in sorted(marks, key=lambda label: -label["start"]):
        text = text[: label["start"]] + label["repair"] + text[label["end"] :]
    return text


@pytest.mark.parametrize("story", [*STORIES, DRIFT])
def test_files_are_the_ones_that_were_labelled(
    request: pytest.FixtureRequest, root: Path, story: str
) -> None:
    where = folder(request, story)
    for listed in manifest(root, story).documents:
        assert sha256((where / listed.file).read_bytes()).hexdigest() == listed.sha256, listed.file


@pytest.mark.parametrize("story", [SOUND, DEFECTS, DRIFT])
def test_own_stories_list_every_file_of_their_folder(root: Path, story: str) -> None:
    listed = {document.file for document in manifest(root, story).documents}
    assert {path.name for path in (root / "corpora" / story).iterdir()} == {*listed, "story.toml"}


def test_text_of_the_real_articles_is_not_shipped(root: Path) -> None:
    assert [path.name for path in (root / "corpora" / REAL).iterdir()] == ["story.toml"]


@pytest.mark.parametrize("story", STORIES)
def test_every_version_declares_a_supported_language(root: Path, story: str) -> None:
    tags = [document.lang for document in manifest(root, story).documents]
    assert set(tags) <= {"en", "fr", "it", "zh-Hant", "zh-Hans"}
    assert Counter(tags)["fr"] == (0 if story == CORRUPTED else 2)


@pytest.mark.parametrize("story", STORIES)
def test_every_pair_of_versions_has_one_relation(root: Path, story: str) -> None:
    read = manifest(root, story)
    pairs = combinations([document.file for document in read.documents], 2)
    assert sorted((r.left, r.right) for r in read.relations) == sorted(pairs)


@pytest.mark.parametrize("story", [SOUND, DEFECTS])
def test_second_french_article_is_only_comparable(root: Path, story: str) -> None:
    for relation in manifest(root, story).relations:
        other_article = "fr-2.txt" in (relation.left, relation.right)
        kind = RelationKind.COMPARABLE if other_article else RelationKind.TRANSLATION
        assert relation.kind == kind, relation


@pytest.mark.parametrize("story", [*STORIES, DRIFT])
def test_labels_stand_where_they_say(
    request: pytest.FixtureRequest, root: Path, story: str
) -> None:
    where = folder(request, story)
    for label in manifest(root, story).expected:
        text = text_of(where / label["document"])
        start, end = label.get("start", 0), label.get("end", len(text))
        assert 0 <= start <= end <= len(text), label
        if "text" in label:
            assert text[start:end] == label["text"], label
        if label["rule"] not in {"spun/document", "fidelity/omission"}:
            assert text[start:end] == text[start:end].strip() != "", label


@pytest.mark.parametrize("story", STORIES)
def test_labels_of_one_rule_do_not_overlap(root: Path, story: str) -> None:
    read = manifest(root, story)
    for rule in {label["rule"] for label in read.expected}:
        for document in read.documents:
            spans = sorted(
                (label["start"], label["end"])
                for label in labels(read, rule, document.file)
                if "start" in label
            )
            assert all(left[1] <= right[0] for left, right in pairwise(spans)), (rule, document)


@pytest.mark.parametrize("story", STORIES)
def test_omissions_point_between_paragraphs_at_whole_paragraphs_elsewhere(
    request: pytest.FixtureRequest, root: Path, story: str
) -> None:
    where = folder(request, story)
    for label in labels(manifest(root, story), "fidelity/omission"):
        here = paragraphs(text_of(where / label["document"]))
        assert label["start"] == label["end"]
        assert label["start"] in {0, *(end for _, end in here)}, label
        for place in label["missing"]:
            there = paragraphs(text_of(where / place["document"]))
            assert (place["start"], place["end"]) in there, place


def test_sound_story_expects_nothing(root: Path) -> None:
    read = manifest(root, SOUND)
    assert not read.expected
    assert read.source == "en.txt"


def test_sound_story_is_long_enough_to_judge(root: Path) -> None:
    where = root / "corpora" / SOUND
    english = text_of(where / "en.txt")
    assert len(english.split()) >= 650
    assert len(paragraphs(english)) >= 15
    assert len(text_of(where / "fr-2.txt").split()) >= 400


def test_both_chinese_versions_state_the_same_figures(root: Path) -> None:
    figures = [
        re.findall(r"[\d.]+", text_of(root / "corpora" / SOUND / file)) for file in VERSIONS[3:]
    ]
    assert figures[0] == figures[1]
    assert len(figures[0]) > 30


def test_every_family_of_defects_is_planted(root: Path) -> None:
    read = manifest(root, DEFECTS)
    count = Counter(label["rule"] for label in read.expected)
    assert count["spun/document"] == count["fidelity/addition"] == 1
    assert count["drift/date"] == count["fidelity/omission"] == 2
    assert count["spam/injected"] == 5
    assert count["variant/mixed-chinese"] == 6
    assert count["furniture/boilerplate"] == 10
    assert sum(label.get("must", False) for label in labels(read, "spun/phrase")) >= 12
    assert read.source is None


@pytest.mark.parametrize("file", ["en.txt", "zh-Hant.txt", "zh-Hans.txt"])
def test_repairs_restore_the_sound_text(root: Path, file: str) -> None:
    marks = [x for x in manifest(root, DEFECTS).expected if x["document"] == file and "start" in x]
    damaged = text_of(root / "corpora" / DEFECTS / file)
    assert repaired(damaged, marks) == text_of(root / "corpora" / SOUND / file)


@pytest.mark.parametrize("file", ["fr.txt", "it.txt"])
def test_paragraphs_differ_from_the_sound_text_only_as_labelled(root: Path, file: str) -> None:
    read = manifest(root, DEFECTS)
    damaged = repaired(
        text_of(root / "corpora" / DEFECTS / file), labels(read, "drift/date", file)
    ).split("\n\n")
    sound = text_of(root / "corpora" / SOUND / file).split("\n\n")
    added = [label["text"] for label in labels(read, "fidelity/addition", file)]
    assert [p for p in damaged if p not in sound] == added
    assert len([p for p in sound if p not in damaged]) == 1


def test_spun_english_is_rewritten_at_moderate_strength(root: Path) -> None:
    marks = labels(manifest(root, DEFECTS), "spun/phrase", "en.txt")
    words = len(text_of(root / "corpora" / SOUND / "en.txt").split())
    assert 0.12 <= sum(len(label["repair"].split()) for label in marks) / words <= 0.20


def test_most_spliced_terms_are_of_other_kinds_than_the_known_one(root: Path) -> None:
    terms = [label["text"] for label in labels(manifest(root, DEFECTS), "spam/injected")]
    assert sum("百家樂" in term for term in terms) * 2 <= len(terms)


@pytest.mark.parametrize("file", ALIGNMENTS)
def test_gold_covers_content_once_and_in_order(
    request: pytest.FixtureRequest, root: Path, file: str
) -> None:
    gold = read_gold(root / "alignments" / file)
    where = folder(request, gold.story)
    read = manifest(root, gold.story)
    for document in gold.documents:
        text = text_of(where / document)
        ranges = gold.ranges(document)
        assert all(a[1] <= b[0] for a, b in pairwise(ranges)), document
        assert all(text[a:b] == text[a:b].strip() != "" for a, b in ranges), document
        furniture = [
            (label["start"], label["end"])
            for label in labels(read, "furniture/boilerplate", document)
        ]
        left = sorted(set(paragraphs(text)) - set(furniture))
        if gold.unit == "paragraph":
            assert ranges == left, document
        else:
            joined = "".join(text[a:b] for a, b in ranges)
            assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", text), document


def test_sentences_stay_inside_the_aligned_paragraphs(root: Path) -> None:
    coarse = read_gold(root / "alignments" / "storm-barrier.paragraphs.tsv")
    fine = read_gold(root / "alignments" / "storm-barrier.sentences.tsv")
    for passage in fine.passages:
        homes = {
            index
            for document, ranges in passage.items()
            for start, end in ranges
            for index, group in enumerate(coarse.passages)
            if any(a <= start and end <= b for a, b in group[document])
        }
        assert len(homes) == 1, passage


@pytest.mark.parametrize("story", [DEFECTS, REAL])
def test_gold_lacks_a_passage_exactly_where_an_omission_is_labelled(root: Path, story: str) -> None:
    gold = read_gold(root / "alignments" / f"{story}.paragraphs.tsv")
    lacking = {
        (document, place, span)
        for passage in gold.passages
        for document in gold.documents
        for place, spans in passage.items()
        for span in spans
        if not passage[document] and sum(map(bool, passage.values())) > 1
    }
    labelled = {
        (label["document"], place["document"], (place["start"], place["end"]))
        for label in labels(manifest(root, story), "fidelity/omission")
        for place in label["missing"]
    }
    assert lacking == labelled


def test_gold_gives_the_added_paragraph_no_counterpart(root: Path) -> None:
    gold = read_gold(root / "alignments" / f"{DEFECTS}.paragraphs.tsv")
    alone = [p for p in gold.passages if sum(map(bool, p.values())) == 1]
    (label,) = labels(manifest(root, DEFECTS), "fidelity/addition")
    assert [p["it.txt"] for p in alone] == [((label["start"], label["end"]),)]


def test_pairwise_gold_refines_the_passages_of_all_three(root: Path) -> None:
    gold = read_gold(root / "alignments" / "zoom-case.paragraphs.tsv")
    pair = read_gold(root / "alignments" / "zoom-case-002-004.paragraphs.tsv")
    for passage in pair.passages:
        homes = [
            group
            for group in gold.passages
            if all(set(ranges) <= set(group[d]) for d, ranges in passage.items())
        ]
        assert homes, passage


@pytest.mark.parametrize("file", ["en.txt", "fr.txt", "it.txt", "zh-Hant.txt"])
def test_taking_the_changed_facts_back_restores_the_sound_text(root: Path, file: str) -> None:
    marks = [x for x in manifest(root, DRIFT).expected if x["document"] == file]
    changed = text_of(root / "corpora" / DRIFT / file)
    assert repaired(changed, marks) == text_of(root / "corpora" / SOUND / file)


def test_every_kind_of_changed_fact_is_planted(root: Path) -> None:
    count = Counter(label["rule"] for label in manifest(root, DRIFT).expected)
    assert set(count) == {f"drift/{x}" for x in ("opposite", "number", "negation", "unit", "name")}
