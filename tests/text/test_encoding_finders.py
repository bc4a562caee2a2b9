"""Broken characters, found in the file itself, and nothing in sound text of many scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.read import document_from_text
from auditor.text.entities import find_escapes
from auditor.text.homoglyphs import find_disguises
from auditor.text.invisible import Invisible, find_invisible
from auditor.text.mojibake import find_mojibake
from auditor.text.raw_text import content_pieces

SOUND = {
    "fr": "« L’élève », dit-il à Noël, a reçu 3 œufs… et 50 € — ça suffit\N{NO-BREAK SPACE}!",
    "it": "È così: “perché” è già metà della città, però più là c’è un caffè.",
    "pt": "SÃO PAULO — A CÂMARA NÃO VOTOU; ‘às’ vezes, à “mão”…",
    "de": "Größe, „Übermut“ – ß§° ‚so‘; Maße: 5 µm × 3 m².",
    "tr": "İstanbul’da ışık ve ağaç; “çok” güzel – değil mi?",
    "pl": "Żółć, „gęś” — jaźń…",
    "ru": "Съешь ещё этих мягких французских булок — «да» выпей чаю.",
    "zh-Hant": "他說：「這是甲、乙與丙。」……《書》—ＡＢＣ１２３。",
    "ja": "カタカナとひらがな、漢字。「ロボット」は二台ー本当。",
}


@pytest.mark.parametrize("lang", SOUND)
def test_sound_text_is_never_called_broken(lang: str) -> None:
    text = SOUND[lang]
    assert find_mojibake(text) == []
    assert list(find_invisible(text)) == []
    assert list(find_escapes(text)) == []
    assert list(find_disguises(text, lang)) == []


@pytest.mark.parametrize("lang", ["fr", "it", "ru", "zh-Hant"])
def test_a_sentence_garbled_by_a_one_byte_reading_is_repaired(lang: str) -> None:
    sound = SOUND[lang].replace("\N{NO-BREAK SPACE}", " ")
    garbled = sound.encode().decode("latin-1")
    for found in reversed(find_mojibake(garbled)):
        assert found.repair is not None
        garbled = garbled[: found.start] + found.repair + garbled[found.end :]
    assert garbled == sound


def test_a_closing_quotation_mark_that_lost_its_third_byte_is_told_without_the_space() -> None:
    (found,) = find_mojibake("he said â€ and left")
    assert (found.start, found.end, found.repair) == (8, 10, "”")


def test_cyrillic_and_chinese_read_as_western_european_are_read_again() -> None:
    text = f"He wrote {'привет'.encode('cp1251').decode('latin-1')} to the editor."
    assert [(g.start, g.end, g.repair) for g in find_mojibake(text)] == [(9, 15, "привет")]
    text = f"标题：{'新闻中心'.encode('gb2312').decode('latin-1')}。"
    assert [(g.start, g.end, g.repair) for g in find_mojibake(text)] == [(3, 11, "新闻中心")]


def test_utf8_read_as_gbk_is_told_with_its_repair() -> None:
    was = "新闻，今天"
    garbled = was.encode().decode("gb18030", "ignore")
    assert [g.start for g in find_mojibake(garbled)] == [0]


@given(st.text(max_size=300))
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    for places in (
        [(g.start, g.end) for g in find_mojibake(text)],
        [(o.start, o.end) for o in find_invisible(text)],
        [(d.start, d.end) for d in find_disguises(text, "en")],
    ):
        end = 0
        for start, stop in places:
            assert end <= start < stop <= len(text)
            end = stop


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_ascii_is_never_in_the_wrong_encoding(text: str) -> None:
    assert find_mojibake(text) == []
    assert list(find_invisible(text)) == []
    assert list(find_disguises(text, "en")) == []


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.integers(1, 3))
def test_what_is_deleted_as_repair_restores_the_word(word: str, at: int) -> None:
    broken = f"{word[:at]}\N{ZERO WIDTH SPACE}{word[at:]}"
    (odd,) = find_invisible(broken)
    assert odd.kind is Invisible.ZERO_WIDTH
    assert broken[: odd.start] + broken[odd.end :] == word


@pytest.mark.parametrize(
    "text",
    [
        "\N{ZERO WIDTH SPACE}" * 1_000_000,
        "a" + "\N{ZERO WIDTH SPACE}" * 1_000_000 + "b",
        "a\N{ZERO WIDTH SPACE}" * 300_000,
        "\N{CYRILLIC SMALL LETTER A}a" * 200_000,
        "\N{CYRILLIC SMALL LETTER O}" * 300_000,
        "Ã©" * 50_000,
        "&amp;" * 200_000,
        "\\u00e9" * 150_000,
        "锛" * 300_000,
        "<" * 200_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_a_megabyte_of_one_kind_is_searched_to_its_end(text: str) -> None:
    found = find_mojibake(text)
    assert len(found) <= len(text)
    assert sum(1 for _ in find_invisible(text)) <= len(text)
    assert sum(1 for _ in find_disguises(text, "en")) <= len(text)
    assert sum(1 for _ in find_escapes(text)) <= len(text)


def test_pieces_of_a_page_keep_their_places_and_blank_the_mark_up() -> None:
    rest = "The council of the town met for two hours and put off the vote to the next week. " * 3
    case = "ca\N{ZERO WIDTH SPACE}se"
    page = f"<html><body><p>One <b title='x'>{case}</b> and {rest}</p><p>{rest}</p></body></html>"
    document = document_from_text(page, "page.html", lang="en", html=True)
    pieces = list(content_pieces(document))
    for piece in pieces:
        kept = [(i, c) for i, c in enumerate(piece.text) if not c.isspace()]
        assert all(document.raw[piece.start + i] == c for i, c in kept)
    assert "title" not in "".join(piece.text for piece in pieces)
    (odd,) = [(p.start + o.start) for p in pieces for o in find_invisible(p.text)]
    assert document.raw[odd] == "\N{ZERO WIDTH SPACE}"
