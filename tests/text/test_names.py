from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.core import Fact
from auditor.text.matching import Stated
from auditor.text.name_matching import alike, gloss_contradicts, name_conflicts, names_agree
from auditor.text.name_sound import frame, sounds_alike
from auditor.text.names import NAME, find_names, glosses, is_like_a_name, parts


def stated(text: str, lang: str) -> list[str]:
    return [text[f.start : f.end] for f in find_names(text, lang) if f.hard]


def conflicts(left: str, left_lang: str, right: str, right_lang: str) -> list[tuple[str, str]]:
    one, other = (
        Stated(find_names(text, lang), text)
        for text, lang in ((left, left_lang), (right, right_lang))
    )
    return [
        (left[c.left.start : c.left.end], right[c.right.start : c.right.end])
        for c in name_conflicts(one, other)
    ]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            "When Vice President Mike Pence met Angela Merkel’s team",
            ["Mike Pence", "Angela Merkel"],
        ),
        ("fr", "selon l’avocat d’Emma Thompson et Mme Royal", ["Emma Thompson", "Royal"]),
        ("it", "il pittore Leonardo da Vinci", ["Leonardo da Vinci"]),
        ("en", "the painter Ludwig van der Meer", ["Ludwig van der Meer"]),
        ("zh-Hans", "约翰·肯尼迪和林赛·格雷厄姆博士说", ["约翰·肯尼迪", "林赛·格雷厄姆"]),
        ("zh-Hant", "乘客比爾‧傑恩斯說", ["比爾‧傑恩斯"]),
        ("zh-Hans", "Grayson Mews的司机", ["Grayson Mews"]),
        ("en", "The Officers of the Company", []),
    ],
)
def test_names_end_where_the_name_ends(lang: str, text: str, expected: list[str]) -> None:
    assert stated(text, lang) == expected


@pytest.mark.parametrize(
    ("latin", "chinese"),
    [
        ("Kavanaugh", "卡瓦诺"),
        ("Kavanaugh", "卡瓦諾"),
        ("Obama", "奥巴马"),
        ("Obama", "歐巴馬"),
        ("Bush", "布什"),
        ("Merkel", "默克尔"),
        ("Jinping", "近平"),
        ("Thompson", "汤普森"),
        ("Alex", "亚历山大"),
        ("Tienanmen", "天安門"),
    ],
)
def test_a_name_and_its_transcription_are_alike(latin: str, chinese: str) -> None:
    assert alike(latin, chinese)
    assert alike(chinese, latin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kavanaugh", "沙利文"),
        ("Obama", "布什"),
        ("Johnson", "马克龙"),
        ("Whitaker", "莫雷蒂"),
        ("Palin", "Stars"),
        ("卡瓦诺", "沙利文"),
    ],
)
def test_names_of_two_persons_are_not_alike(one: str, other: str) -> None:
    assert not alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gorbachev", "Gorbatchev"),
        ("José", "Jose"),
        ("J", "James"),
        ("Mike", "Michael"),
        ("Stu", "Stuart"),
    ],
)
def test_spellings_and_short_forms_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other)


def test_the_surname_alone_is_the_same_person() -> None:
    full, short = Fact(NAME, "Gregor Whitfield", 0, 1), Fact(NAME, "Whitfield", 0, 1)
    assert names_agree(full, short)
    assert not names_agree(full, Fact(NAME, "Gregor Halvorsen", 0, 1))


def test_another_surname_beside_the_same_first_name_is_a_conflict() -> None:
    assert conflicts("Todd Whitfield said no.", "en", "Todd Halvorsen a dit non.", "fr") == [
        ("Todd Whitfield", "Todd Halvorsen")
    ]


def test_a_name_that_stands_elsewhere_in_the_text_accuses_nobody() -> None:
    left = "Bill Gates met Bill Clinton."
    assert conflicts(left, "en", "Bill Clinton a rencontré Bill Gates.", "fr") == []


def test_one_surname_in_the_place_of_another_is_a_conflict() -> None:
    left, right = "Yesterday Vandelmar resigned.", "Hier, Kostrick a démissionné."
    assert conflicts(left, "en", right, "fr") == [("Vandelmar", "Kostrick")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("He joined the Navy.", "Il a rejoint la Marine."),
        ("Experts on AI agree.", "Des spécialistes de l’IA sont d’accord."),
        ("Doubling the price is wrong.", "Anciennement, le prix doublait."),
        ("In Korea it rains.", "Aux États-Unis il pleut."),
    ],
)
def test_single_words_that_are_no_sure_names_accuse_nobody(left: str, right: str) -> None:
    assert conflicts(left, "en", right, "fr") == []


def test_a_brand_in_latin_letters_accuses_nobody_in_chinese() -> None:
    left, right = "They met near Vandelmar on a call.", "他们在Zoom上开会。"
    assert conflicts(left, "en", right, "zh-Hans") == []


def test_a_missing_name_is_no_conflict() -> None:
    assert conflicts("Oliver Grant praised the team.", "en", "Il a loué l’équipe.", "fr") == []


def test_the_original_behind_a_name_is_its_gloss() -> None:
    text = "製片人賈斯汀·湯瑪斯（Harold Kemp）拒絕評論"
    ((name, gloss),) = glosses(text, "zh-Hant")
    assert text[name.start : name.end] == "賈斯汀·湯瑪斯"
    assert text[gloss.start : gloss.end] == "Harold Kemp"
    assert gloss_contradicts(name, gloss)


def test_a_gloss_that_sounds_alike_contradicts_nothing() -> None:
    ((name, gloss),) = glosses("布巴·華生 (Bubba Watson) 說", "zh-Hant")
    assert not gloss_contradicts(name, gloss)


def test_words_of_a_language_are_told_from_names() -> None:
    assert is_like_a_name("Whitfield", "en")
    assert is_like_a_name("Kelly", "en")
    assert not is_like_a_name("Officers", "en")
    assert not is_like_a_name("Maison", "fr")


def test_parts_are_split_at_dots_spaces_and_hyphens() -> None:
    assert parts("让·皮埃尔") == ("让", "皮埃尔")
    assert parts("Jean-Luc Martin") == ("Jean", "Luc", "Martin")


ANY = st.text(
    alphabet=st.sampled_from(
        "ABé aò·‧'’-約翰德.(（)）\N{RIGHT-TO-LEFT MARK}\N{COMBINING ACUTE ACCENT}Mr1"
    ),
    max_size=50,
)


@settings(deadline=None)  # the first call reads the tables
@given(ANY, st.sampled_from(["en", "fr", "zh-Hant", "xx"]))
def test_any_text_gives_names_inside_it(text: str, lang: str) -> None:
    for fact in find_names(text, lang):
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.value


@settings(deadline=None)
@given(ANY, ANY)
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0.0 <= sounds_alike(one, other) <= 1.0
    assert sounds_alike(one, other) == pytest.approx(sounds_alike(other, one))
    if frame(one):
        assert sounds_alike(one, one) == 1.0


@pytest.mark.parametrize(
    "text",
    ["A" * 100_000, "Ab " * 30_000, "約·" * 50_000, "約" * 100_000, "A’" * 50_000, "（A" * 50_000],
)
def test_long_hostile_text_is_read_in_one_pass(text: str) -> None:
    assert len(find_names(text, "zh-Hant")) <= len(text)
    assert len(list(glosses(text, "zh-Hant"))) <= len(text)


def test_passages_of_thousands_of_names_are_compared_in_part() -> None:
    names = " and ".join(f"Zorb{i}x Quax{i}y" for i in "abcdefghij" * 50)
    text = Stated(find_names(names, "en"), names)
    assert len(name_conflicts(text, Stated(find_names("Todd Kemp", "en"), "Todd Kemp"))) <= 1
