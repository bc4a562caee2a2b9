"""Which language a text is in, and how sure that is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.text.language import Guess, identify, script_counts, script_of

FRENCH = "Le conseil du port s'est réuni hier encore une fois et n'a pas su dire qui devait payer."


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("The harbour board met again and could not agree on who should pay for the gates.", "en"),
        (FRENCH, "fr"),
        (
            "Il consiglio del porto si è riunito e non ha saputo dire chi doveva pagare.",
            "it",
        ),
        (
            "Der Hafenrat traf sich erneut und konnte nicht sagen, wer die Tore bezahlen soll.",
            "de",
        ),
        (
            "El consejo del puerto se reunió de nuevo y no supo decir quién debía pagar.",
            "es",
        ),
        ("Hội đồng cảng đã họp lại và không thể đồng ý ai sẽ trả tiền cho các cửa cống.", "vi"),
        ("Совет порта собрался снова и не смог решить, кто должен платить за ворота.", "ru"),
        ("اجتمع مجلس الميناء مرة أخرى ولم يتمكن من الاتفاق على من يدفع ثمن البوابات.", "ar"),
        ("बंदरगाह बोर्ड की फिर बैठक हुई और यह तय नहीं हो सका कि फाटकों का खर्च कौन देगा।", "hi"),
        ("港湾委員会は再び会合を開いたが、誰が支払うべきか決められなかった。", "ja"),
        ("항만 위원회가 다시 모였지만 누가 비용을 낼지 정하지 못했다.", "ko"),
        ("คณะกรรมการท่าเรือประชุมอีกครั้งแต่ตกลงกันไม่ได้", "th"),
        ("港務局再次開會，仍未能就誰應該付費達成協議。", "zh-Hant"),
        ("港务局再次开会，仍未能就谁应该付费达成协议。", "zh-Hans"),
    ],
)
def test_sentence_is_identified(text: str, lang: str) -> None:
    guess = identify(text)
    assert guess.lang == lang
    assert guess.confidence >= 0.7


@pytest.mark.parametrize("text", ["OK", "Paris", "COVID-19", "No comment", "Zoom Inc."])
def test_few_words_are_not_sure(text: str) -> None:
    assert identify(text).confidence < 0.5


@pytest.mark.parametrize("text", ["", "1234 %", "…", "\N{SNOWMAN}"])
def test_text_without_letters_has_no_language(text: str) -> None:
    assert identify(text) == Guess("und", 0.0)


def test_candidates_restrict_the_choice() -> None:
    assert identify("Nota bene", ["it", "en"]).lang in {"it", "en"}
    assert identify(FRENCH, ["fr-CA", "en"]).lang == "fr-CA"


def test_candidates_of_another_script_are_set_aside() -> None:
    assert identify(FRENCH, ["zh-Hant", "ja"]).lang == "fr"
    assert identify("港務局再次開會", ["en", "fr"]).lang == "zh-Hant"


def test_candidate_names_the_chinese() -> None:
    assert identify("港務局再次開會", ["zh-TW", "zh-CN"]).lang == "zh-TW"
    assert identify("港务局再次开会", ["zh-TW", "zh-Hans"]).lang == "zh-Hans"
    assert identify("三百人", ["zh-Hant", "en"]).lang == "zh-Hant"


def test_chinese_that_nothing_tells_apart_stays_chinese_and_unsure() -> None:
    assert identify("三百人") == Guess("zh", 0.5)


def test_latin_glosses_beside_names_leave_traditional_chinese_sure() -> None:
    text = (
        "市長馬格努斯·史特朗（Magnus Strang）與議員英格麗·拉爾森（Ingrid Larsen）週二表示，"
        "哈弗斯特蘭（Haverstrand）的防波堤將由托馬斯·齊林斯基（Tomasz Zielinski）負責興建。"
    )
    guess = identify(text, ("en", "it", "zh"))
    assert guess.lang == "zh-Hant"
    assert guess.confidence >= 0.7


def test_foreign_menu_does_not_decide() -> None:
    text = "Home News Sport Weather Contact About us Terms of use\n" * 5 + FRENCH * 100
    assert identify(text).lang == "fr"


def test_addresses_say_nothing() -> None:
    text = "Le maire. https://www.example.org/the-news-of-the-world-and-all-that-is-in-it " * 3
    assert identify(text).lang == "fr"


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_gets_the_same_guess_twice(text: str) -> None:
    guess = identify(text)
    assert guess == identify(text)
    assert 0 <= guess.confidence <= 1


def test_scripts_are_counted_by_letters() -> None:
    assert script_counts("Zoom 公司 25 か Дa") == {"Latn": 5, "Hani": 2, "Kana": 1, "Cyrl": 1}


@pytest.mark.parametrize(
    ("lang", "script"),
    [("fr", "Latn"), ("zh-Hant", "Hani"), ("ja", "Kana"), ("ko", "Hang"), ("xx", None)],
)
def test_script_of_a_language(lang: str, script: str | None) -> None:
    assert script_of(lang) == script
