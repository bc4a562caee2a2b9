from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.arithmetic import find_misfits


@pytest.mark.parametrize(
    ("lang", "text", "stated", "computed"),
    [
        ("en", "It opened on Monday, June 4, 2017.", "1", "7"),
        ("it", "Aprì il lunedì 4 giugno 2017.", "1", "7"),
        ("zh-Hans", "2017年6月4日（星期一）开业。", "1", "7"),
        ("en", "12 of the 48 members (40%) agreed.", "40", "25"),
        ("en", "twelve of the 48 members (40%) agreed.", "40", "25"),
        ("fr", "12 des 48 membres (40 %) ont accepté.", "40", "25"),
        ("zh-Hant", "48名委員中有12名（佔40%）同意。", "40", "25"),
        ("en", "Sales rose by 20% from 200 to 300.", "20", "50"),
        ("zh-Hans", "销量从200增至300，增长20%。", "20", "50"),
        ("en", "7 people, 3 men and 2 women, left.", "7", "5"),
    ],
)
def test_what_does_not_add_up_is_found(lang: str, text: str, stated: str, computed: str) -> None:
    assert [(m.stated, m.computed) for m in find_misfits(text, lang)] == [(stated, computed)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It opened on Sunday, June 4, 2017."),
        ("en", "12 of the 48 members (25%) agreed."),
        ("en", "2 of the 3 members (67%) agreed."),
        ("en", "Sales rose by 50% from 200 to 300."),
        ("en", "7 people, including 3 men and 2 women, left."),
        ("en", "It opened on Monday, June 31, 2017."),
        ("fr", "Le lundi 4 juin 1750, le pont s’effondra."),
    ],
)
def test_what_fits_is_left_alone(lang: str, text: str) -> None:
    assert find_misfits(text, lang) == ()


@given(
    st.text(alphabet="0123456789 ,.%()-of from to men and born in died aged年中有名", max_size=120)
)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for lang in ("en", "zh-Hant"):
        for misfit in find_misfits(text, lang):
            assert 0 <= misfit.start < misfit.end <= len(text)
