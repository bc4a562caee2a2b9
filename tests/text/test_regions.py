"""Words of another region are told where the text's own region is clear, and only there."""

from __future__ import annotations

import pytest

from auditor.text.regions import regional_words


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("資料存在服務器上。", "zh-Hant", [("服務器", "伺服器", True)]),
        ("数据存在伺服器上。", "zh-Hans", [("伺服器", "服务器", True)]),
        ("他下載了軟件。", "zh-Hant", []),
        ("他下載了軟件。", "zh-TW", [("軟件", "軟體", False)]),
        ("他下載了軟體。", "zh-HK", [("軟體", "軟件", False)]),
        ("《硬盤》是一本書。", "zh-Hant", []),
        ("", "zh-Hant", []),
    ],
)
def test_words_are_found_with_the_repair_of_the_region(
    text: str, lang: str, expected: list[tuple[str, str, bool]]
) -> None:
    found = regional_words(text, lang)
    assert [(text[r.start : r.end], r.repair, r.everywhere) for r in found] == expected


def test_a_megabyte_of_one_word_is_searched_to_its_end() -> None:
    assert len(regional_words("服務器" * 100_000, "zh-Hant")) == 100_000
