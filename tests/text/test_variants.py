"""Characters of the other Chinese script: by character, by word, by habit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.variants import Stray, counts, strays


def marked(text: str, lang: str = "zh-Hant") -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.repair) for s in strays(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("會議很顺利。", [("顺", "順")]),
        ("他買了钢铁材料。", [("钢铁", "鋼鐵")]),
        ("她隨后離開。", [("后", "後")]),
        ("位于山邊的旅游中心", [("于", "於"), ("游", "遊")]),
        ("這個范圍的采訪", [("范", "範"), ("采", "採")]),
        ("木制品與復制品", [("制", "製"), ("制", "製")]),
        ("這是什么意思", [("么", "麼")]),
        ("他們同意，并簽了字。", [("并", "並")]),
        ("十年后的一天，警方結束業務后離開。", [("后", "後"), ("后", "後")]),
        ("公司于2019年成立。", [("于", "於")]),
        ("這層關系經過戰斗，醜聞也豐富了面包。", [("系", "係"), ("斗", "鬥"), ("面", "麵")]),
    ],
)
def test_what_a_reader_of_traditional_text_would_mark(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "台北的鄰里長公布了秘書的群組。",
        "皇后與太后",
        "影后于佩珊和范仲淹",
        "后羿、后妃、蜂后與台中后里",
        "系統與體系，松樹、馬拉松與摩托",
        "北斗七星下的山谷，小丑與夸父",
        "對面的宿舍，致力於和平的面談",
        "制度、管制與制裁",
        "他在游泳池游泳。",
        "公司合併，文采飛揚。",
        "哪里都有人，其余不論。",
        "電影《乡愁书简》上映。",
        "歌手広瀬すず的学校",
    ],
)
def test_what_traditional_text_may_have(text: str) -> None:
    assert marked(text) == []


def test_a_stray_alone_counts_once_the_text_shows_the_habit() -> None:
    assert marked("他專注于工作。") == []
    assert [m[0] for m in marked("位于北方，由于下雨，他專注于工作。")] == ["于"] * 3


def test_the_reverse_direction() -> None:
    assert marked("读者可以借阅雜志。", "zh-Hans") == [("雜", "杂")]
    assert marked("会议之後，他位於门口。", "zh-Hans") == [("後", "后"), ("於", "于")]
    assert marked("皇后的头发，乾隆年间的著名作家。", "zh-Hans") == []


def test_neighbours_are_one_stray() -> None:
    assert strays("他買了钢铁材料", "zh-Hant") == (Stray(3, 5, "鋼鐵"),)


def test_counts_are_own_script_first() -> None:
    assert counts("國国学", "zh-Hant") == (1, 2)
    assert counts("國国学", "zh-Hans") == (2, 1)


@given(st.text(alphabet="後后于位由制品，《》「」a国國", max_size=40))
def test_strays_lie_apart_and_in_order(text: str) -> None:
    found = strays(text, "zh-Hant")
    assert all(s.start < s.end <= len(text) for s in found)
    assert all(len(s.repair) == s.end - s.start for s in found)
    assert all(a.end < b.start for a, b in pairwise(found))
