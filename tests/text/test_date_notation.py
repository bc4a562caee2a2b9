from __future__ import annotations

import pytest

from auditor.text.date_notation import write_date


@pytest.mark.parametrize(
    ("kind", "value", "like", "lang", "written"),
    [
        ("year", 1989, "1983", "fr", "1989"),
        ("year", 1989, "一九八三", "zh-Hans", "一九八九"),
        ("year", 2019, "109", "zh-Hant", "108"),
        ("year", 2020, "2562", "th", "2563"),
        ("year", 1969, "’68", "it", "’69"),
        ("month", 5, "juin", "fr", "mai"),
        ("month", 5, "Juin", "fr", "Mai"),
        ("month", 12, "Oct", "en", "Dec"),
        ("month", 3, "MAI", "de", "MÄRZ"),
        ("month", 5, "июне", "ru", "мае"),
        ("month", 5, "июня", "ru", "мая"),
        ("month", 5, "六", "zh-Hant", "五"),
        ("month", 5, "06", "en", "05"),
        ("day", 1, "18", "fr", "1er"),
        ("day", 4, "1er", "fr", "4"),
        ("day", 22, "4th", "en", "22nd"),
        ("day", 11, "1st", "en", "11th"),
        ("day", 12, "1°", "it", "12"),
        ("day", 12, "十八", "zh-Hans", "十二"),
        ("decade", 1990, "80", "fr", "90"),
        ("decade", 1990, "八十", "zh-Hans", "九十"),
        ("decade", 1990, "八〇", "zh-Hant", "九〇"),
        ("century", 20, "XIX", "fr", "XX"),
        ("anniversary", 31, "thirtieth", "en", "thirty first"),
        ("weekday", 3, "vendredi", "fr", "mercredi"),
        ("weekday", 3, "五", "zh-Hant", "三"),
        ("weekday", 3, "월", "ko", "수"),
    ],
)
def test_a_value_is_written_like_what_it_replaces(
    kind: str, value: int, like: str, lang: str, written: str
) -> None:
    assert write_date(kind, value, like, lang) == written


@pytest.mark.parametrize(
    ("kind", "value", "like", "lang"),
    [("year", 1989, "2", "ja"), ("decade", 1990, "anni ottanta", "it"), ("month", 13, "mai", "fr")],
)
def test_nothing_is_proposed_where_the_notation_cannot_carry_it(
    kind: str, value: int, like: str, lang: str
) -> None:
    assert write_date(kind, value, like, lang) is None
