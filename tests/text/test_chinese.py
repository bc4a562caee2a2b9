"""Traditional and simplified Chinese, by characters that only one of them has."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.text.chinese import (
    Variant,
    exclusive_simplified,
    exclusive_traditional,
    is_traditional,
    simplified_only,
    to_simplified_phrases,
    traditional_only,
    variant,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("閘門壞了", Variant("zh-Hant", 3, 0)),
        ("闸门坏了", Variant("zh-Hans", 0, 2)),
        ("人口三百万", Variant("zh-Hans", 0, 1)),
        ("人口三百", Variant("zh", 0, 0)),
        ("閘门", Variant("zh", 1, 1)),
        ("The gates", Variant("zh", 0, 0)),
    ],
)
def test_variant_by_evidence(text: str, expected: Variant) -> None:
    assert variant(text) == expected


@pytest.mark.parametrize("char", "里群台秘后于系干面范云准峰斗卷注游几只余谷丑松咸借周表制着")
def test_character_at_home_in_both_scripts_is_no_evidence(char: str) -> None:
    assert char not in simplified_only()


@pytest.mark.parametrize("char", "裏爲峯羣牀衞着著")
def test_other_traditional_form_is_not_simplified(char: str) -> None:
    assert char not in simplified_only()


@pytest.mark.parametrize(
    ("char", "form"),
    [
        ("们", "們"),
        ("体", "體"),
        ("党", "黨"),
        ("确", "確"),
        ("圣", "聖"),
        ("复", "復"),
        ("启", "啟"),
        ("国", "國"),
    ],
)
def test_simplified_character_has_its_traditional_form(char: str, form: str) -> None:
    assert simplified_only()[char] == form


@pytest.mark.parametrize("char", "乾瞭著於")
def test_character_that_simplified_text_keeps_is_no_evidence(char: str) -> None:
    assert char not in traditional_only()


def test_simplified_characters_are_found_in_place() -> None:
    assert exclusive_simplified("閘门里有党員") == [(1, "门", "門"), (4, "党", "黨")]


def test_traditional_characters_are_found_in_place() -> None:
    assert exclusive_traditional("闸門里有党員") == [(1, "門", "门"), (5, "員", "员")]


def test_no_character_belongs_to_one_script_only_twice() -> None:
    assert not simplified_only().keys() & traditional_only().keys()


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("軟體程式", "zh-Hant", "软件程序"),
        ("軟體程式", "zh-TW", "软件程序"),
        ("軟體程式", "zh-Hans", "軟體程式"),
        ("軟體程式", "ja", "軟體程式"),
        ("裏面", "zh-HK", "里面"),
        ("", "zh-Hant", ""),
    ],
)
def test_conversion_for_the_encoder(text: str, lang: str, expected: str) -> None:
    assert to_simplified_phrases(text, lang) == expected


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-TW", "zh-Hant-HK", "zh-MO"])
def test_tag_of_traditional_chinese(lang: str) -> None:
    assert is_traditional(lang)


@pytest.mark.parametrize("lang", ["zh-Hans", "zh-Hans-TW", "zh-CN", "zh", "ja"])
def test_tag_of_other_chinese(lang: str) -> None:
    assert not is_traditional(lang)


def test_clean_news_has_no_character_of_the_other_script(shared: Path) -> None:
    bench = shared / "bench" / "ntrex-dev"
    traditional = (bench / "zho-TW.txt").read_text(encoding="utf-8")
    simplified = (bench / "zho-CN.txt").read_text(encoding="utf-8")
    assert exclusive_simplified(traditional) == []
    assert exclusive_traditional(simplified) == []
    assert len(exclusive_simplified(simplified)) > 10_000
