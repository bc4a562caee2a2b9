from __future__ import annotations

import pytest

from auditor.core import ConfigError
from auditor.score.metrics import Replacement, corpus_metrics, replacements, segment_metrics

SENTENCE = "The council voted to close the old bridge on Monday."


def test_a_text_that_is_its_reference_is_perfect_and_signed() -> None:
    found = {m.name: m for m in corpus_metrics([SENTENCE], [SENTENCE], "en")}
    assert {name: m.score for name, m in found.items()} == {"chrf": 100, "bleu": 100, "ter": 0}
    assert "nw:2" in found["chrf"].signature
    assert all("version:" in m.signature for m in found.values())


def test_chinese_is_cut_into_signs() -> None:
    found = segment_metrics("市议会周一投票", "市议会周二投票", "zh-Hans")
    assert 0 < found["bleu"] < 100
    assert 0 < found["ter"] < 100


@pytest.mark.parametrize(
    ("references", "said"),
    [([SENTENCE, SENTENCE], "has 2 segments for 1 translations"), ([], "has 0 segments")],
)
def test_references_of_another_length_are_one_clear_error(references: list[str], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        corpus_metrics([SENTENCE], references, "en")


def test_a_rewrite_is_told_by_the_phrases_that_it_replaced() -> None:
    rewrite = "The council determined to close the ancient bridge Monday."
    assert replacements(SENTENCE, rewrite, "en") == (
        Replacement("voted", "determined"),
        Replacement("old", "ancient"),
        Replacement("on", ""),
    )


def test_a_chinese_rewrite_is_told_by_its_words() -> None:
    assert replacements("会议在北京举行", "会议在上海举行", "zh-Hans") == (
        Replacement("北京", "上海"),
    )


def test_equal_texts_have_nothing_replaced() -> None:
    assert replacements(SENTENCE, SENTENCE, "en") == ()
