from __future__ import annotations

import numpy as np
import pytest

from auditor.core import Phrase
from auditor.score.adequacy import PARTS, judge_all
from auditor.score.signals import NAMES, Floats, Texts, foreign, measure

USUAL = {
    "cosine": 0.75,
    "source_coverage": 0.7,
    "target_coverage": 0.7,
    "source_low": 0.5,
    "target_low": 0.5,
    "source_mean": 0.7,
    "target_mean": 0.7,
    "fluency": -6.0,
    "source_words": 3.0,
    "target_words": 3.0,
}
FALLING = (
    "source_lost",
    "target_alone",
    "source_lost_share",
    "target_alone_share",
    "foreign",
    "latin",
    "outdone",
    "denied",
    "copied",
)


def numbers(**changes: float) -> Floats:
    row = {**dict.fromkeys(NAMES, 0.0), **USUAL, **changes}
    return np.array([[row[name] for name in NAMES]], np.float32)


def judged(target: str = "fr", **changes: float) -> float:
    return judge_all(numbers(**changes), [("de", target)], None)[0].sum


@pytest.mark.parametrize("name", [*USUAL][:7])
def test_more_evidence_never_lowers_the_index(name: str) -> None:
    values = [judged(**{name: value}) for value in np.linspace(-0.2, 1, 13)]
    assert values == sorted(values)


@pytest.mark.parametrize("name", FALLING)
def test_more_damage_never_raises_the_index(name: str) -> None:
    values = [judged("zh", **{name: value}) for value in np.linspace(0, 30, 13)]
    assert values == sorted(values, reverse=True)


def test_a_length_that_is_off_either_way_never_raises_the_index() -> None:
    assert judged(length=0) >= judged(length=0.9) > judged(length=2)
    assert judged(length=0) >= judged(length=-0.9) > judged(length=-2)


def test_each_part_says_what_it_costs_and_only_what_is_wrong_costs() -> None:
    judgment = judge_all(numbers(foreign=20.0), [("en", "fr")], None)[0]
    assert set(judgment.parts) == set(PARTS)
    assert judgment.parts["language"] < 0.6
    assert judgment.parts["length"] == 1
    assert all(0 <= part <= 1 for part in judgment.parts.values())


def test_an_untranslated_copy_is_foreign_and_a_name_is_not() -> None:
    copied = [
        "The",
        "council",
        "will",
        "meet",
        "again",
        "on",
        "Monday",
        "to",
        "vote",
        "on",
        "the",
        "budget",
    ]
    assert foreign(copied, "fr", "en") > 10
    assert foreign(["Le", "conseil", "vote", "Starmer"], "fr", "en") < 2
    assert foreign(["会议", "the", "government", "Facebook"], "zh-Hans", "en") == 4


def measured(source: str, target: str, lang: str = "it") -> dict[str, float]:
    pair = Texts(Phrase(source, lang), Phrase(target, "en"), 0.8)
    return dict(zip(NAMES, measure([pair], None)[0].tolist(), strict=True))


def test_a_denial_counts_where_nothing_in_the_other_text_can_answer_to_it() -> None:
    source = "La diga non ha retto alla piena del fiume."
    assert measured(source, "The dam did not withstand the flood of the river.")["denied"] == 0
    assert measured(source, "The dam failed to withstand the flood of the river.")["denied"] == 0
    assert measured(source, "The dam withstood the flood of the river.")["denied"] == 1
    assert measured("La diga ha retto.", "The dam did not hold.")["denied"] == 1


def test_a_word_left_as_the_source_has_it_is_copied_and_a_loan_or_a_name_is_not() -> None:
    source = "Gli ingegneri hanno analizzato il quorum della Commissione Idraulica."
    damaged = "The engineers analizzato the quorum of the Commissione Idraulica."
    sound = "The engineers have analysed the quorum of the Commissione Idraulica."
    assert measured(source, damaged)["copied"] == 1
    assert measured(source, sound)["copied"] == 0


def test_texts_without_words_are_measured_without_an_error() -> None:
    pair = Texts(Phrase("…", "en"), Phrase("", "fr"), 0.1)
    assert measure([pair], None)[0, 0] == np.float32(0.1)


def test_no_pairs_have_no_judgments() -> None:
    assert judge_all(np.zeros((0, len(NAMES)), np.float32), [], None) == []
