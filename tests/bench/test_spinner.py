from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.bench.spinner import spin
from auditor.bench.thesaurus import read_thesaurus
from auditor.core import ConfigError

ENGLISH = {"harbour": ("haven",), "close": ("shut",), "city": ("metropolis", "big town")}
CHINESE = {"何在": ("安在",), "城市": ("都会",)}
SENTENCE = "The Harbour is closing because the cities of the harbour want it closed."


def test_every_replacement_says_where_it_is_and_what_stood_there() -> None:
    spun = spin(SENTENCE, "en", 1.0, ENGLISH, 7)
    assert [swap.original for swap in spun.swaps] == [
        *("Harbour", "closing", "cities", "harbour", "closed")
    ]
    assert spun.text[spun.swaps[0].start : spun.swaps[0].end] == "Haven"


def test_a_share_is_of_all_words_and_not_of_those_that_the_thesaurus_has() -> None:
    spun = spin(SENTENCE, "en", 0.2, ENGLISH, 7)
    assert (spun.words, len(spun.swaps)) == (13, 3)


def test_chinese_is_replaced_without_a_look_at_where_words_end() -> None:
    assert spin("任何在城市里的人", "zh-Hans", 1.0, CHINESE, 1).text == "任安在都会里的人"


def test_traditional_chinese_gets_traditional_synonyms() -> None:
    assert spin("城市", "zh-Hant", 1.0, {"城市": ("都会",)}, 1).text == "都會"


@given(st.text(max_size=200), st.floats(0, 1), st.integers(0, 9))
def test_undoing_every_swap_gives_the_text_back(text: str, share: float, seed: int) -> None:
    for lang, thesaurus in (("en", ENGLISH), ("zh-Hans", CHINESE)):
        spun = spin(text, lang, share, thesaurus, seed)
        back = spun.text
        for swap in reversed(spun.swaps):
            back = back[: swap.start] + swap.original + back[swap.end :]
        assert back == text


@pytest.mark.parametrize(
    ("name", "content", "lang", "word", "synonyms"),
    [
        ("a.dat", "UTF-8\nport|1\n(nom)|havre|rade (terme lié)\n", "fr", "port", ("havre", "rade")),
        ("a.json", '{"A": {"01=": ["城市", "都会"]}}', "zh", "都会", ("城市",)),
        ("a.txt", "port,harbour,haven\n", "en", "port", ("harbour", "haven")),
        ("a.txt", "城市 都会 City\n", "zh", "城市", ("都会",)),
    ],
)
def test_a_thesaurus_is_read_in_each_of_its_forms(
    tmp_path: Path, name: str, content: str, lang: str, word: str, synonyms: tuple[str, ...]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_thesaurus(tmp_path / name, lang)[word] == synonyms


def test_a_file_without_synonyms_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("alone\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds no synonyms"):
        read_thesaurus(tmp_path / "a.txt", "en")
