"""Normalised text: nothing invisible, nothing changed in meaning, everything traceable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auditor.core import BlockKind
from auditor.normalise import normalise, normalise_text
from auditor.read import document_from_text

# What makes normalising hard, together with plain letters.
TRICKY = st.lists(
    st.sampled_from(
        [
            "a",
            "e",
            "z",
            " ",
            "  ",
            "\n",
            "\t",
            "國",
            "一",
            "。",
            "．",
            "5",
            "²",
            "½",
            "①",
            "’",
            "“",
            "ﬁ",
            "ﬃ",
            "\N{COMBINING ACUTE ACCENT}",
            "\N{COMBINING DOT BELOW}",
            "\N{COMBINING CEDILLA}",
            "é",
            "ç",
            "Å",
            "\N{HANGUL CHOSEONG HIEUH}",
            "\N{HANGUL JUNGSEONG A}",
            "\N{HANGUL JONGSEONG NIEUN}",
            "가",
            "\N{SOFT HYPHEN}",
            "\N{ZERO WIDTH SPACE}",
            "\N{ZERO WIDTH JOINER}",
            "\N{ZERO WIDTH NO-BREAK SPACE}",
            "\N{RIGHT-TO-LEFT OVERRIDE}",
            "\N{NO-BREAK SPACE}",
            "\N{IDEOGRAPHIC SPACE}",
            "\N{LINE SEPARATOR}",
            "ｶ",
            "ﾞ",
            "Ａ",
            "％",
            "㎞",
            "㎡",
            "℃",
            "𝐛",
            "\x00",
            "\N{OHM SIGN}",
            "\N{BENGALI VOWEL SIGN E}",
            "\N{BENGALI VOWEL SIGN AA}",
            "क",
            "\N{DEVANAGARI SIGN NUKTA}",
            "\N{CJK COMPATIBILITY IDEOGRAPH-F900}",
        ]
    ),
    max_size=25,
).map("".join)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("ca\N{SOFT HYPHEN}si\N{ZERO WIDTH SPACE}no", "casino", id="invisible"),
        pytest.param(
            "e\N{COMBINING ACUTE ACCENT}te\N{COMBINING ACUTE ACCENT}", "été", id="composed"
        ),
        pytest.param("a\N{NO-BREAK SPACE}\N{THIN SPACE} b\t\nc", "a b c", id="spaces"),
        pytest.param(" \N{ZERO WIDTH SPACE} a \N{ZERO WIDTH SPACE}", "a", id="ends"),
        pytest.param("大橋\n重開", "大橋重開", id="Chinese wrapped"),
        pytest.param("大橋。\r\n重開", "大橋。重開", id="Chinese wrapped at a full stop"),
        pytest.param("Zoom\n公司", "Zoom 公司", id="Latin beside Chinese"),
        pytest.param("橋 重開", "橋 重開", id="a space that was typed stays"),
        pytest.param("A\N{LINE SEPARATOR} B", "A\nB", id="break set by the author"),
        pytest.param(
            "２０２０年，５％", "2020年，5%", id="full-width digits, not full-width stops"
        ),
        pytest.param("ＮＡＴＯ", "NATO", id="full-width letters"),
        pytest.param("ﬁn, ﬂot, oﬃce", "fin, flot, office", id="ligatures"),
        pytest.param("ｶﾞｽ", "ガス", id="half-width kana"),
        pytest.param("5 ㎞ at 3 ℃", "5 km at 3 °C", id="units in one character"),
        pytest.param("𝐛𝐨𝐥𝐝", "bold", id="mathematical letters"),
        pytest.param("l’eau, don´t", "l'eau, don't", id="apostrophes"),
        pytest.param("\N{MINUS SIGN}5", "-5", id="minus"),
        pytest.param(
            "x\N{RIGHT-TO-LEFT OVERRIDE}abc\N{POP DIRECTIONAL FORMATTING}", "xabc", id="bidi"
        ),
        pytest.param("\N{KANGXI RADICAL MAN}口", "人口", id="radical from a PDF"),
    ],
)
def test_what_is_unified(raw: str, text: str) -> None:
    assert normalise_text(raw)[0] == text


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("9 m² and 5 ㎡", id="exponents are not digits"),
        pytest.param("3½ hours", id="fractions are not two numbers"),
        pytest.param("① and Ⅳ", id="enclosed and Roman numbers"),
        pytest.param("二〇二〇年", id="Chinese zero"),
        pytest.param("他说“好”，她说‘不’吗？", id="quotation marks"),
        pytest.param("里群台后裡裏", id="Chinese variants"),
        pytest.param("10–12 — so…", id="dashes and ellipsis"),
        pytest.param("می\N{ZERO WIDTH NON-JOINER}خواهم", id="a joiner that spells a word"),
        pytest.param("№ 5, 50 ‰, 3′", id="signs"),
        pytest.param("A. Straße, Ærø, ſ", id="letters"),
    ],
)
def test_what_is_left_alone(raw: str) -> None:
    assert normalise_text(raw)[0] == raw


@pytest.mark.parametrize(
    ("raw", "part", "origin"),
    [
        pytest.param("ca\N{SOFT HYPHEN}sino!", "sino", "sino", id="behind a soft hyphen"),
        pytest.param("ca\N{SOFT HYPHEN}sino!", "casino", "ca\N{SOFT HYPHEN}sino", id="over one"),
        pytest.param("oﬃce", "f", "ﬃ", id="half a ligature is all of it"),
        pytest.param(
            "e\N{COMBINING ACUTE ACCENT}t", "é", "e\N{COMBINING ACUTE ACCENT}", id="composed letter"
        ),
        pytest.param("a \N{NO-BREAK SPACE} b", " ", " \N{NO-BREAK SPACE} ", id="all of the space"),
        pytest.param("大\n橋", "大橋", "大\n橋", id="over a line end"),
        pytest.param("橋長５㎞。", "km", "㎞", id="unit"),
    ],
)
def test_part_leads_back_to_the_raw_text(raw: str, part: str, origin: str) -> None:
    text, offsets = normalise_text(raw)
    at = text.index(part)
    assert raw[slice(*offsets.to_origin(at, at + len(part)))] == origin


@given(TRICKY)
def test_every_character_maps_to_a_range_of_the_raw_text(raw: str) -> None:
    text, offsets = normalise_text(raw)
    assert len(offsets) == len(text)
    last = 0
    for at in range(len(text)):
        start, end = offsets.to_origin(at, at + 1)
        assert last <= start < end <= len(raw)
        # Characters of one ligature share a range; otherwise ranges never go back.
        last = start


@given(TRICKY)
@example("a\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}")
@example("\N{BENGALI VOWEL SIGN E}\N{BENGALI VOWEL SIGN AA}")
def test_no_range_splits_what_was_composed(raw: str) -> None:
    text, offsets = normalise_text(raw)
    for at in range(len(text)):
        start, end = offsets.to_origin(at, at + 1)
        for edge in (start, end):
            if 0 < edge < len(raw) and raw[edge - 1].isprintable():
                joined = unicodedata.normalize("NFC", raw[:edge] + raw[edge:])
                apart = unicodedata.normalize("NFC", raw[:edge]) + unicodedata.normalize(
                    "NFC", raw[edge:]
                )
                assert joined == apart


@given(TRICKY)
def test_what_did_not_change_leads_back_to_itself(raw: str) -> None:
    text, offsets = normalise_text(raw)
    for run in offsets.runs:
        if run.linear and run.end - run.start > 1:
            origin = raw[run.origin : run.origin_end]
            copied = text[run.start : run.end]
            assert len(copied) == len(origin)
            assert all(
                a == b or not b.isalpha() or len(normalise_text(b)[0]) == 1
                for a, b in zip(copied, origin, strict=True)
            )


@given(st.text(alphabet="abc déé國家。, 123", max_size=40).map(lambda text: " ".join(text.split())))
def test_clean_text_is_not_touched(raw: str) -> None:
    text, offsets = normalise_text(raw)
    assert text == raw
    assert offsets.to_origin(0, len(text)) == (0, len(raw))
    assert len(offsets.runs) <= 1


@given(TRICKY)
def test_result_is_composed_and_has_no_double_or_outer_space(raw: str) -> None:
    text, _ = normalise_text(raw)
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert "  " not in text
    assert not set(text) & {"\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{NO-BREAK SPACE}", "\x00"}


@given(TRICKY)
def test_offsets_compose_to_the_file(raw: str) -> None:
    if not raw.strip():
        return
    document = document_from_text(f"Intro.\n\n{raw}", "x")
    for before, after in zip(document.blocks, normalise(document).blocks, strict=True):
        text, offsets = normalise_text(before.text)
        assert after.text == text
        for at in range(len(text)):
            start, end = offsets.to_origin(at, at + 1)
            there = before.offsets.to_origin(start, end)
            assert after.offsets.to_origin(at, at + 1) == there


def test_blocks_stay_in_place_even_when_nothing_is_left() -> None:
    document = document_from_text("Gates.\n\n\N{ZERO WIDTH SPACE}\n\nTides.", "x")
    blocks = normalise(document).blocks
    assert [block.text for block in blocks] == ["Gates.", "", "Tides."]
    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH] * 3


def test_reference_in_html_leads_back_through_both_maps() -> None:
    raw = "<p>La pre&shy;mi&egrave;re&nbsp;&nbsp;fois</p>"
    document = normalise(document_from_text(raw, "x", html=True))
    block = document.blocks[0]
    assert block.text == "La première fois"
    at = block.text.index("première")
    assert raw[slice(*block.offsets.to_origin(at, at + 8))] == "pre&shy;mi&egrave;re"
    assert raw[slice(*block.offsets.to_origin(at + 8, at + 9))] == "&nbsp;&nbsp;"


@pytest.mark.parametrize(
    "piece",
    [
        "e\N{COMBINING ACUTE ACCENT}",
        "\N{COMBINING ACUTE ACCENT}",
        "\N{HANGUL CHOSEONG HIEUH}",
        " \N{ZERO WIDTH SPACE}",
    ],
)
def test_hostile_repetition_is_normalised(piece: str) -> None:
    # Quadratic time would take hours here.
    normalise_text("a" + piece * 20_000)
