"""Frequencies of words, read as wordfreq packs them."""

from __future__ import annotations

import pytest
import wordfreq

from auditor.text.frequencies import all_words, common_words


@pytest.mark.parametrize("lang", ["en", "fr", "it", "zh"])
def test_the_long_list_gives_the_frequencies_of_the_package(lang: str) -> None:
    rows = wordfreq.read_cBpack(str(wordfreq.DATA_PATH / f"large_{lang}.msgpack.gz"))
    listed = {word: 10 ** (-depth / 100) for depth, row in enumerate(rows[:800]) for word in row}
    long = all_words(lang)
    sample = sorted(listed)[::50]
    assert [long[word] for word in sample] == [listed[word] for word in sample]
    unlisted = [word + "qx" for word in sample if word + "qx" not in listed]
    assert [word for word in unlisted if word in long or long.get(word, -1.0) != -1.0] == []


def test_a_word_that_is_not_listed_is_an_error_by_its_name() -> None:
    with pytest.raises(KeyError, match="nonesuchqx"):
        all_words("en")["nonesuchqx"]


def test_a_language_without_a_long_list_has_its_short_one() -> None:
    assert all_words("tr") is common_words("tr")
    assert "ve" in common_words("tr")


def test_a_language_without_lists_has_no_words() -> None:
    assert dict(common_words("und")) == {}
