from __future__ import annotations

from pathlib import Path

import pytest

from auditor.text import spun
from auditor.text.doubts import Doubt
from auditor.text.substitution import Kind, Reading, Substitution

TELL = Substitution(0, 1, "x", Kind.TELL, 5.0, strong=True)
NEAR = Substitution(0, 1, "x", Kind.NEAR, 5.0, strong=False)


def reading(words: int, *found: Substitution, odds: float = -1.0) -> Reading:
    return Reading(words, found, tuple(Doubt(at, at + 1, str(at), odds) for at in range(40)))


def test_ordinary_text_is_unlikely_to_be_spun() -> None:
    assert spun.judge([reading(400)], "en").probability < 0.05


def test_more_tells_make_it_likelier() -> None:
    few, many = (spun.judge([reading(400, *[TELL] * n)], "en").probability for n in (2, 20))
    assert few < 0.5 < many


def test_a_neighbour_in_meaning_is_not_counted() -> None:
    assert spun.judge([reading(400, *[NEAR] * 50)], "en").tells == 0


def test_doubtful_words_make_it_likelier() -> None:
    usual, odd = (spun.judge([reading(400, odds=o)], "en").probability for o in (-1.0, 2.0))
    assert usual < 0.05
    assert odd > spun.SURE


def test_moving_away_from_the_other_versions_makes_it_likelier_but_never_by_itself() -> None:
    alone, beside = (spun.judge([reading(400)], "en", fall).probability for fall in (None, 9.0))
    assert alone < beside < 0.5


def test_spun_paragraphs_are_found_in_a_text_that_is_not() -> None:
    sound, odd = reading(90), reading(90, odds=3.0)
    readings = [sound, sound, odd, odd, sound, sound, sound, sound, sound]
    assert list(spun.parts(readings, range(9), "en")) == [(2, 4)]


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
