"""Documents to segments: numbered, traceable, each with its language."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.core import BlockKind, Document
from auditor.normalise import normalise
from auditor.read import document_from_text, read_document
from auditor.segment import segment

ENGLISH = "The harbour board met for the third time and could not agree on who should pay for it."
FRENCH = (
    "Le conseil du port s'est réuni pour la troisième fois et n'a pas su dire qui devait payer."
)
ITALIAN = (
    "Il consiglio del porto si è riunito per la terza volta e non ha saputo dire chi doveva pagare."
)
CHINESE = "港務局本週第三次開會，仍未能就誰應該為去年十一月在暴風雨中失靈的閘門付費達成協議。"


def document(text: str, lang: str, *, html: bool = False) -> Document:
    return normalise(document_from_text(text, "x", lang=lang, html=html))


def test_segments_are_numbered_and_know_their_block() -> None:
    segments = segment(document("What Failed\n\nThe gates. The hinges too.\n\nNobody spoke.", "en"))
    assert [(s.index, s.block, s.kind.value, s.text) for s in segments] == [
        (0, 0, "heading", "What Failed"),
        (1, 1, "paragraph", "The gates."),
        (2, 1, "paragraph", "The hinges too."),
        (3, 2, "paragraph", "Nobody spoke."),
    ]


def test_furniture_and_hidden_blocks_are_segmented_too() -> None:
    raw = f"<nav>Home. Search.</nav><p>{ENGLISH}</p><p hidden>Casino.</p>"
    kinds = [s.kind for s in segment(document(raw, "en", html=True))]
    assert kinds == [BlockKind.BOILERPLATE] * 2 + [BlockKind.PARAGRAPH, BlockKind.HIDDEN]


def test_span_of_a_segment_is_its_place_in_the_file() -> None:
    raw = "<p>Les vannes.&nbsp; Elles ont c&eacute;d&eacute; <b>hier</b> soir."
    second = segment(document(raw, "fr", html=True))[1]
    assert second.text == "Elles ont cédé hier soir."
    whole, part = second.span(), second.span(10, 19)
    assert raw[whole.start : whole.end] == "Elles ont c&eacute;d&eacute; <b>hier</b> soir."
    assert raw[part.start : part.end] == "c&eacute;d&eacute; <b>hier"


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        pytest.param(FRENCH, "en", "fr", id="French in English"),
        pytest.param(ENGLISH, "fr", "en", id="English in French"),
        pytest.param(ITALIAN, "fr", "it", id="Italian in French"),
        pytest.param(ENGLISH, "zh-Hant", "en", id="English in Chinese"),
        pytest.param(CHINESE, "it", "zh-Hant", id="Chinese in Italian"),
        pytest.param(ENGLISH, "en", "en", id="own language"),
        pytest.param(
            CHINESE, "zh-Hans", "zh-Hans", id="the other script is another check's matter"
        ),
        pytest.param("C'est la vie.", "en", "en", id="short"),
        pytest.param("Wall Street Journal, Financial Times", "it", "it", id="names"),
        pytest.param(
            "Zoom 的律師引用 Smith v. Harbour Board of Port Town 一案，說閘門不歸他們管。",
            "zh-Hant",
            "zh-Hant",
            id="mixed",
        ),
        pytest.param(FRENCH, "vi", "vi", id="no word list to compare with"),
        pytest.param(FRENCH, "und", "und", id="unknown language"),
    ],
)
def test_language_of_a_segment(text: str, lang: str, found: str) -> None:
    assert [s.lang for s in segment(document(text, lang))] == [found] * len(
        segment(document(text, lang))
    )


def test_no_line_of_clean_news_is_called_foreign(shared: Path) -> None:
    bench = shared / "bench" / "ntrex-dev"
    for name, lang in {"eng": "en", "fra": "fr", "ita": "it", "zho-TW": "zh-Hant"}.items():
        segments = segment(normalise(read_document(bench / f"{name}.txt", bench, lang=lang)))
        assert [s.text for s in segments if s.lang != lang] == []


def test_real_articles_are_covered(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        read = normalise(
            read_document(path, shared / "seeds", lang="zh-Hant" if "002" in path.name else "fr")
        )
        segments = segment(read)
        kept = "".join(s.text for s in segments)
        assert "".join(kept.split()) == "".join("".join(b.text for b in read.blocks).split())
        assert max(len(s.text) for s in segments) < 900
