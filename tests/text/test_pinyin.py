"""Readings of Chinese characters, taken from the table as it is packed."""

from __future__ import annotations

from pypinyin import lazy_pinyin

from auditor.text.pinyin import reading


def test_every_character_is_read_as_the_package_itself_reads_it() -> None:
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    own = {char: (lazy_pinyin(char, errors="ignore") or [""])[0] for char in chars}
    assert {c: reading(c) for c in chars} == {c: r.replace("ü", "v") for c, r in own.items()}


def test_what_is_no_chinese_character_has_no_reading() -> None:
    assert reading("a") == ""
