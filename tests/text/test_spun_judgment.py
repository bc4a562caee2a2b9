from __future__ import annotations

from pathlib import Path

import pytest

from auditor.text import spun
from auditor.text.substitution import Kind, Measure, Reading, Substitution

TELL = Substitution(0, 1, "x", Kind.TELL, 5.0, strong=True)
NEAR = Substitution(0, 1, "x", Kind.NEAR, 5.0, strong=False)


def reading(words: int, *found: Substitution, unexpected: float = 9.5) -> Reading:
    return Reading(words, found, (Measure(unexpected, 100), Measure(26.0, 100)))


def test_ordinary_text_is_unlikely_to_be_spun() -> None:
    assert spun.judge([reading(400)], "en").probability == 0.02


def test_more_tells_make_it_likelier() -> None:
    few, many = (spun.judge([reading(400, *[TELL] * n)], "en").probability for n in (2, 20))
    assert few < 0.5 < many


def test_a_neighbour_in_meaning_is_not_counted() -> None:
    assert spun.judge([reading(400, *[NEAR] * 50)], "en").tells == 0


def test_words_that_fit_badly_together_make_it_likelier() -> None:
    usual, odd = (
        spun.judge([reading(400, unexpected=u)] * 9, "en").probability for u in (9.5, 25.0)
    )
    assert usual < 0.1 < odd


def test_a_short_text_is_never_called_spun() -> None:
    judgment = spun.judge([reading(spun.LEAST_WORDS - 1, *[TELL] * 60)], "en")
    assert judgment.probability >= spun.SURE
    assert not judgment.is_spun


def test_an_empty_text_is_judged() -> None:
    assert spun.judge([], "zh-Hant").words == 0


@pytest.mark.parametrize(("number", "lang"), [("002", "zh-Hant"), ("004", "en")])
def test_the_two_rewritten_articles_are_spun(shared: Path, number: str, lang: str) -> None:
    (path,) = (shared / "seeds").glob(f"{number}*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    judgment = spun.judge([spun.read(line, lang) for line in lines if line], lang)
    assert judgment.is_spun
    assert judgment.rate > 40


@pytest.mark.parametrize(
    ("name", "lang"), [("eng", "en"), ("zho-CN", "zh-Hans"), ("zho-TW", "zh-Hant")]
)
def test_no_clean_news_document_is_spun(shared: Path, name: str, lang: str) -> None:
    folder = shared / "bench" / "ntrex-dev"
    ids = (folder / "document_ids.txt").read_text(encoding="utf-8").splitlines()
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    documents: dict[str, list[Reading]] = {}
    for id, line in zip(ids, lines, strict=False):
        documents.setdefault(id, []).append(spun.read(line, lang))
    assert len(documents) == 62
    assert [id for id, read in documents.items() if spun.judge(read, lang).is_spun] == []
