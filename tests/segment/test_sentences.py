"""Where sentences end, language by language, and where they only seem to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.lang import languages
from auditor.segment.rules import rules_for
from auditor.segment.sentences import sentences


def split(text: str, lang: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, rules_for(lang))]


# "|" stands where a sentence ends and another begins; the text is the same without it.
@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("en", "The gates failed.| Nobody knew why."),
        ("en", "On Dec. 18 the board of U.S. engineers met.| They left."),
        ("en", "He lives in the U.S.| The board does not."),
        (
            "en",
            "It was Dr. Jane C. Roe, Jr. of Gate Inc. at No. 5.| He said no.| Then he left.",
        ),
        ("en", "It rose 3.5 metres, i.e. 11.5 ft, at 5 p.m. on Friday."),
        ("en", "“Why?” he asked.| “Because.”| Silence."),
        ("en", 'She said: "It failed."| "We know," he said.'),
        ("en", "Wait... what?| No…| And so on."),
        ("en", "Write to j.roe@example.org or see www.example.org/a.b?c=d.e!| Do it now."),
        ("en", "1. Close the gates."),
        ("en", "(See below.)| The rest follows."),
        ("en", "It worked!| Really?!| Yes."),
        ("en", "The board met.|The engineers did not."),
        ("en", "Visit Node.Js or Amazon.Com today."),
        ("en", "St. Mary's and Mt. Blanc vs. the rest."),
        ("fr", "M. Dupont et Mme Roe, né en 1950 av. J.-C., sont venus.| Le maire aussi."),
        ("fr", "« Elles ont cédé. »| Le maire l'a dit."),
        ("fr", "« Pourquoi ? » a-t-il demandé.| Personne n'a répondu."),
        ("fr", "Voir l'art. 5, p. 12, etc.| Les vannes tiennent."),
        (
            "it",
            "Il sig. Rossi e la dott.ssa Bianchi della Gate S.p.A. di Roma ridono.| Poi basta.",
        ),
        ("it", "«Perché?» ha chiesto.| Nessuno lo sa."),
        ("it", "Le campane di St. Martin tacciono."),
        ("de", "Am 18. Dezember kam Dr. Roe z. B. mit dem 5. Zug.| Der Rat nicht."),
        ("de", "„Das Tor hielt nicht.“| Er ging."),
        ("de", "»Das Tor hielt nicht.«| Er ging."),
        ("es", "El Sr. Pérez vive en EE. UU. desde 1990.| ¿Por qué?| ¡Nadie lo sabe!"),
        ("pt", "O Sr. Silva e a Dra. Souza chegaram às 5.| Não falaram."),
        ("nl", "Dhr. Jansen kwam o.a. met dr. De Vries.| Het hek bleef dicht."),
        (
            "ru",
            "В 2019 г. Президент был в г. Москве.| Он ждал до мая.| А. С. Иванов, т.е. мэр, ушёл.",
        ),
        (
            "pl",
            "W 2019 r. Prezydent był u prof. Lisa na ul. Długiej.| To było w 2020 r.| Nie wrócił.",
        ),
        ("tr", "Dr. Yılmaz 5. Kolordu ile geldi.| Bu kadar."),
        ("ja", "門は壊れた。|「なぜ。」と彼は聞いた。|誰も答えなかった！|本当に？|はい。"),
        ("ko", "문이 무너졌다.| 아무도 이유를 몰랐다.| 정말?| 네."),
        ("ar", "انهارت البوابات.| لماذا؟| لا أحد يعرف!"),
        ("zh-Hans", "闸门坏了。|“为什么？”|他问。|没有人回答！|真的吗？|是……可能吧；也许不是。"),
        ("zh-Hant", "閘門壞了。|「為什麼？」|他問。|『沒有人知道。』|她說「好。」，然後走了。"),
        ("zh-Hans", '他说。|"闸门坏了。"|她走了。'),
        ("zh-Hans", "水位升至3.5米。|U.S. Steel的J. Roe说好吗?|不知道."),
        ("vi", "Cổng bị hỏng.| Không ai biết."),
    ],
)
def test_sentence_ends(lang: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    assert split(marked.replace("|", ""), lang) == expected


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "th", "vi"])
def test_break_set_by_the_author_ends_a_sentence(lang: str) -> None:
    assert split("12 Harbour Road\nPort Town", lang) == ["12 Harbour Road", "Port Town"]


def test_thai_paragraph_is_one_segment_up_to_its_bound() -> None:
    text = "ประตูพัง ไม่มีใครรู้ว่าทำไม " * 40
    parts = split(text.strip(), "th")
    assert all(150 <= len(part) <= 300 for part in parts[:-1])
    assert " ".join(parts) == text.strip()


def test_wall_of_text_is_cut_at_clauses() -> None:
    parts = split("a wall of words, and more of them " * 200, "en")
    assert all(len(part) <= 2000 for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


def test_wall_without_any_space_is_cut_at_the_bound() -> None:
    assert [len(part) for part in split("x" * 4500, "en")] == [2000, 2000, 500]


def test_every_language_of_the_encoder_has_rules() -> None:
    expected = {
        "ar",
        "de",
        "en",
        "es",
        "fr",
        "it",
        "ja",
        "ko",
        "nl",
        "pl",
        "pt",
        "ru",
        "th",
        "tr",
        "zh",
    }
    assert expected <= set(languages("sentences"))


@given(
    lang=st.sampled_from(["en", "fr", "de", "zh-Hant", "ja", "ko", "ar", "th", "und"]),
    text=st.lists(
        st.sampled_from(
            [
                "Dr",
                "U.S",
                "18",
                ".",
                "...",
                "!",
                "?",
                "。",
                "？",
                " ",
                "\n",
                '"',
                "”",
                "»",
                "（",
                "門",
                "The",
                "a",
                ",",
            ]
        )
    ).map("".join),
)
def test_sentences_hold_every_character_once_and_in_order(lang: str, text: str) -> None:
    ranges = sentences(text, rules_for(lang))
    last = 0
    for start, end in ranges:
        assert last <= start < end
        assert not text[last:start].strip()
        assert text[start:end].strip() == text[start:end]
        last = end
    assert not text[last:].strip()


@pytest.mark.parametrize(
    "piece", [".", ". ", "…", "。", "“", '"', "a.", "Dr. ", "? ", '。"', " » ", "1. "]
)
@pytest.mark.parametrize("lang", ["en", "fr", "zh-Hans"])
def test_hostile_repetition_is_split(piece: str, lang: str) -> None:
    # Quadratic time would take hours here.
    sentences(piece * 10_000, rules_for(lang))
