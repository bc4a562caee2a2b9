from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.text import chinese_words as words
from auditor.text import spun
from auditor.text.substitution import Kind


def found(text: str, lang: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.repair) for s in spun.tells(spun.read(text, lang))]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("zh-Hant", "他住在噴鼻港。", [("噴鼻港", "香港")]),
        ("zh-Hans", "他住在喷鼻港。", [("喷鼻港", "香港")]),
        ("zh-Hans", "他们分歧作。", [("分歧作", "不合作")]),
        ("zh-Hant", "少數平易近族的語言。", [("少數平易近族", "少數民族")]),
        ("zh-Hant", "他透露表現，很遺憾。", [("透露表現", "表示")]),
        ("zh-Hant", "這個恐懼構造。", [("恐懼構造", "恐怖組織")]),
        ("zh-Hant", "他平易近人，不難相處。", []),
        ("zh-Hans", "两党意见分歧很大。", []),
        ("zh-Hant", "任何在香港的人。", []),
    ],
)
def test_tells_are_found_with_their_exact_span_and_repair(
    lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text, lang) == expected


def test_a_broken_word_is_told_as_such() -> None:
    (only,) = spun.read("任安在这里的人", "zh-Hans").substitutions
    assert (only.kind, only.repair, only.start, only.end) == (Kind.BOUNDARY, "任何在", 0, 3)


def test_the_likeliest_words_are_found() -> None:
    assert words.segment("中国共产党在北京")[1] == ("中国共产党", "在", "北京")


def test_simplifying_keeps_every_position() -> None:
    text = "乾燥的頭髮，皇后與後面"
    assert len(words.simplified(text)) == len(text)


def test_a_word_that_the_list_lacks_costs_as_an_unknown_one() -> None:
    assert words.log_probability("俄然") == words.UNKNOWN


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        st.sampled_from("平易近運人士寧靜部分噴鼻港任安在，。a1\N{ZERO WIDTH SPACE}"), max_size=60
    )
)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    marked = spun.read(text, "zh-Hant").substitutions
    edges = [edge for s in marked for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_a_megabyte_without_a_stop_is_bounded() -> None:
    assert spun.read("平易近" * 400_000, "zh-Hant").words <= spun.MOST_CHARACTERS
