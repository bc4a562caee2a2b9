"""The story in corpora/: every planted defect by exact span, and nothing in the sound one."""

from __future__ import annotations

from pathlib import Path

import pytest
from labels import f1, findings, found_links, gold_links, labels, overlapping, place, places

import auditor
from auditor.core import Audit, RelationKind, Tier

SOUND, DEFECTS = "storm-barrier", "storm-barrier-defects"
VERSIONS = ("en.txt", "fr.txt", "it.txt", "zh-Hant.txt", "zh-Hans.txt")
EXACT = ("drift/date", "spam/injected", "variant/mixed-chinese", "fidelity/addition")


@pytest.fixture(scope="module")
def sound(root: Path) -> Audit:
    return auditor.audit(root / "corpora" / SOUND, cache=False)


@pytest.fixture(scope="module")
def damaged(root: Path) -> Audit:
    return auditor.audit(root / "corpora" / DEFECTS, cache=False)


def test_the_sound_story_shows_nothing(sound: Audit) -> None:
    shown = [(f.rule, f.message) for f in sound.findings if f.tier is Tier.STABLE]
    assert shown == []


def test_the_two_scripts_of_one_chinese_text_show_nothing_at_all(root: Path) -> None:
    folder = root / "corpora" / SOUND
    audit = auditor.audit([folder / "zh-Hant.txt", folder / "zh-Hans.txt"], cache=False)
    assert audit.findings == ()
    assert [r.kind for r in audit.story.relations] == [RelationKind.TRANSLATION]


@pytest.mark.parametrize("rule", EXACT)
def test_planted_defects_are_found_by_exact_span(root: Path, damaged: Audit, rule: str) -> None:
    wanted = {place(label) for label in labels(root, DEFECTS, rule)}
    assert wanted
    assert places(findings(damaged, rule)) == wanted


def test_planted_drift_has_the_right_repair(root: Path, damaged: Audit) -> None:
    wanted = {place(label): label["repair"] for label in labels(root, DEFECTS, "drift/date")}
    found = {
        (f.spans[0].document, f.spans[0].start, f.spans[0].end): f.repair
        for f in findings(damaged, "drift/date")
    }
    assert found == wanted


def test_planted_omissions_are_found_at_their_place(root: Path, damaged: Audit) -> None:
    wanted = labels(root, DEFECTS, "fidelity/omission")
    found = findings(damaged, "fidelity/omission")
    assert len(found) == len(wanted) == 2
    for label in wanted:
        (one,) = (f for f in found if f.spans[0].document == label["document"])
        assert label["start"] <= one.spans[0].start <= label["end"] + 4
        missing = {(m["document"], m["start"], m["end"]) for m in label["missing"]}
        assert {(e.span.document, e.span.start, e.span.end) for e in one.evidence} == missing


def test_planted_furniture_is_found(root: Path, damaged: Audit) -> None:
    found = findings(damaged, "furniture/boilerplate")
    for label in labels(root, DEFECTS, "furniture/boilerplate"):
        assert overlapping(label, found), label["text"]
    assert {f.spans[0].document for f in found} == {"fr-2.txt"}


def test_the_rewritten_version_has_a_verdict_and_the_others_none(damaged: Audit) -> None:
    assert [f.spans[0].document for f in findings(damaged, "spun/document")] == ["en.txt"]


def test_blatant_rewritten_phrases_are_found(root: Path, damaged: Audit) -> None:
    """Phrases are judged one by one: most of the blatant ones, and their repair where exact."""
    wanted = labels(root, DEFECTS, "spun/phrase")
    found = findings(damaged, "spun/phrase", preview=True)
    hit = [label for label in wanted if overlapping(label, found)]
    assert len(hit) >= 0.9 * len(wanted), [x["text"] for x in wanted if x not in hit]
    assert all(f.spans[0].document == "en.txt" for f in findings(damaged, "spun/phrase"))


@pytest.mark.parametrize("story", [SOUND, DEFECTS])
def test_paragraphs_are_put_together_as_by_hand(
    root: Path, sound: Audit, damaged: Audit, story: str
) -> None:
    gold = gold_links(root / "alignments" / f"{story}.paragraphs.tsv")
    audit = sound if story == SOUND else damaged
    assert f1(found_links(audit, sorted(VERSIONS)), gold) >= 0.93


def test_the_other_article_is_only_comparable(damaged: Audit) -> None:
    kinds = {
        relation.kind
        for relation in damaged.story.relations
        if "fr-2.txt" in (relation.left, relation.right)
    }
    assert kinds == {RelationKind.COMPARABLE}
