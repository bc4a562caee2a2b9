"""A learned judge beside fidelity, with a judge made here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError

import pytest

from auditor.core import BeadScore, JudgeError
from auditor.score import comet
from auditor.score.learned import judge_beads, judge_pairs, open_judge


class Lengths:
    """Judges by length, and remembers what it was asked."""

    id = "lengths/1"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += pairs
        return [len(target) / (3 * len(source)) for source, target in pairs]


class Kept(dict[bytes, bytes]):
    """A cache in memory."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        return {key: self[key] for key in keys if key in self}

    def put_many(self, entries: Mapping[bytes, bytes]) -> None:
        self.update(entries)


def bead(source: str, passage: int) -> BeadScore:
    return BeadScore(source, "fr", passage, 70.0, {})


def test_each_distinct_pair_is_judged_once_and_kept_for_later_runs() -> None:
    judge, kept = Lengths(), Kept()
    pairs = [("ab", "abc"), ("a", "b"), ("ab", "abc")]
    assert judge_pairs(pairs, judge, kept) == [0.5, 0.3333, 0.5]
    assert judge_pairs(pairs, judge, kept) == [0.5, 0.3333, 0.5]
    assert judge.asked == [("ab", "abc"), ("a", "b")]


def test_texts_that_are_cut_elsewhere_are_other_pairs() -> None:
    judge = Lengths()
    assert judge_pairs([("ab", "c"), ("a", "bc")], judge, Kept()) == [0.1667, 0.6667]


def test_a_damaged_value_in_the_cache_is_judged_again() -> None:
    judge, kept = Lengths(), Kept()
    judge_pairs([("a", "b")], judge, kept)
    kept.update(dict.fromkeys(kept, b"cut"))
    assert judge_pairs([("a", "b")], judge, kept) == [0.3333]


def test_a_version_has_the_mean_of_its_passages_and_of_counterparts_the_median() -> None:
    beads = [bead("en", 0), bead("de", 0), bead("it", 0), bead("en", 1)]
    texts = [("a", "aaa"), ("a", "aaaaaa"), ("a", "aaaaaaaaaaaaaaa"), ("a", "aaa")]
    judged, metrics = judge_beads(beads, texts, Lengths(), None)
    assert [b.judged for b in judged] == [1.0, 2.0, 5.0, 1.0]
    assert [b.fidelity for b in judged] == [70.0] * 4
    [metric] = metrics
    assert (metric.name, metric.score, metric.document) == ("judge", 1.5, "fr")
    assert metric.signature == "lengths/1"


def test_nothing_to_judge_has_no_score() -> None:
    assert judge_beads([], [], Lengths(), Kept()) == ((), ())


@pytest.mark.parametrize("name", ["", "comet", "bleurt:x", "Comet:x"])
def test_an_unknown_judge_is_told_with_the_known_one(name: str) -> None:
    with pytest.raises(JudgeError, match="no judge of that name; write `comet:NAME`"):
        open_judge(name)


def test_a_missing_package_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(comet, "version", absent)
    with pytest.raises(JudgeError) as caught:
        open_judge("comet:Unbabel/wmt20-comet-qe-da")
    assert str(caught.value) == (
        "judge comet:Unbabel/wmt20-comet-qe-da: unbabel-comet is not installed;"
        " pip install 'translation-auditor[judge]'"
    )


def test_a_judge_without_a_model_is_an_error() -> None:
    with pytest.raises(JudgeError, match="no model is named; write comet:NAME"):
        open_judge("comet:")
