"""The versions of stories are found in a pile, by meaning and not by place."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from batch_runs import HashEncoder

from auditor.batch.job import Job, Refused, Version
from auditor.batch.match import Article, groups, matched_stories, pairs_of, pile_of
from auditor.core import ConfigError, OffsetMap, Segment
from auditor.pipeline.context import Meaning

NOISE = np.random.default_rng(2)
SUBJECTS = NOISE.standard_normal((6, 12, 64))
"""Six texts of twelve sentences."""


def article(subject: int, lang: str, day: date | None = None, noise: float = 0.3) -> Article:
    rows = SUBJECTS[subject] + noise * NOISE.standard_normal((12, 64))
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    id = f"{subject}.{lang}"
    segments = tuple(Segment(id, k, "x", OffsetMap.identity(1), lang, k) for k in range(12))
    return Article(Version(id), lang, day, segments, unit.astype(np.float16), frozenset())


def found(articles: list[Article]) -> list[list[str]]:
    return sorted([articles[at].version.id for at in group] for group in groups(articles))


def test_versions_of_one_text_come_together_and_others_stay_alone() -> None:
    pile = [article(s, lang) for lang in ("en", "fr", "zh-Hans") for s in (3, 1, 0)]
    pile.insert(4, article(5, "it"))
    assert found(pile) == [
        ["0.en", "0.fr", "0.zh-Hans"],
        ["1.en", "1.fr", "1.zh-Hans"],
        ["3.en", "3.fr", "3.zh-Hans"],
        ["5.it"],
    ]


def test_a_story_has_one_version_in_a_language() -> None:
    pile = [article(0, "en"), article(0, "fr", noise=0.1), article(0, "fr", noise=0.8)]
    assert found(pile) == [["0.en", "0.fr"], ["0.fr"]]


def test_texts_of_other_days_are_no_versions() -> None:
    day = date(2026, 3, 1)
    near, far = day + timedelta(days=2), day + timedelta(days=300)
    assert found([article(0, "en", day), article(0, "fr", near)]) == [["0.en", "0.fr"]]
    assert found([article(0, "en", day), article(0, "fr", far)]) == [["0.en"], ["0.fr"]]
    assert found([article(0, "en", day), article(0, "fr")]) == [["0.en", "0.fr"]]


@pytest.mark.parametrize("count", [0, 1])
def test_a_pile_of_nothing_has_no_pairs(count: int) -> None:
    assert groups([article(0, "en")] * count) == [[0]] * count


def test_pairs_are_counted_once() -> None:
    assert pairs_of([[0, 2, 5], [1]]) == {(0, 2), (0, 5), (2, 5)}


def test_articles_of_a_pile_become_stories(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name, text in {
        "a.txt": "1001 sheep were counted near the old harbour on Sunday morning by the men.",
        "b/c.txt": "1001 moutons ont été comptés près du vieux port dimanche matin par les hommes.",
        "lone.txt": "7777 birds have left the island in the north because of the cold winter.",
        "empty.txt": "",
        ".hidden.txt": "x",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    pile = list(pile_of(tmp_path))
    assert [job.key for job in pile] == ["a.txt", "b/c.txt", "empty.txt", "lone.txt"]
    entries = list(matched_stories(pile, Meaning(HashEncoder())))
    jobs = {e.key: [v.id for v in e.versions] for e in entries if isinstance(e, Job)}
    assert jobs == {"a.txt": ["a.txt", "b/c.txt"], "lone.txt": ["lone.txt"]}
    assert [entry.key for entry in entries if isinstance(entry, Refused)] == ["empty.txt"]


def test_a_pile_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.batch.match.MOST", 2)
    with pytest.raises(ConfigError, match="3 articles are more than can be matched"):
        list(matched_stories([Job(str(n)) for n in range(3)], Meaning(HashEncoder())))
