from __future__ import annotations

import pytest

from auditor.core import Block, BlockKind, OffsetMap
from auditor.text.furniture import mark_furniture

PROSE = (
    "The harbour board voted on Monday to close the old lock for the winter, and boats "
    "will have to take the northern channel until the repairs are done."
)


def blocks(*texts: str) -> list[Block]:
    found: list[Block] = []
    at = 0
    for text in texts:
        found.append(Block(BlockKind.PARAGRAPH, text, OffsetMap.identity(len(text), at)))
        at += len(text) + 2
    return found


def kinds(*texts: str, lang: str = "en") -> list[str]:
    return [
        block.note if block.kind is BlockKind.BOILERPLATE else ""
        for block in mark_furniture(blocks(*texts), lang)
    ]


@pytest.mark.parametrize(
    ("text", "lang", "note"),
    [
        ("Skip to main content", "en", "skip link"),
        ("2.4K Shares", "en", "share counter"),
        ("Leave a Reply", "en", "comment form"),
        ("You may also like", "en", "related links"),
        ("Aller au contenu principal", "fr", "skip link"),
        ("Laisser un commentaire", "fr", "comment form"),
        ("Faites un don", "fr", "appeal"),
        ("Potrebbe interessarti anche", "it", "related links"),
        ("Artikel teilen", "de", "share counter"),
        ("Artículos relacionados", "es", "related links"),
        ("延伸閱讀", "zh-Hant", "related links"),
        ("发表评论", "zh-Hans", "comment form"),
        ("Share on Facebook", "it", "share counter"),
        ("Read more: How the dike gave way in 1953", "en", "related links"),
        ("Advertisement — scroll to continue", "en", "advertisement"),
        ("À lire également : le récit de la nuit", "fr", "related links"),
        ("Tous droits réservés, Le Quai 2024", "fr", "navigation"),
        ("Share on Facebook Share on X Share via email", "fr", "share counter"),
        ("Vedi anche: la notte della diga", "it", "related links"),
        ("© 2021 Il Molo. Tutti i diritti riservati", "it", "navigation"),
        ("Anzeige – bitte weiterlesen", "de", "advertisement"),
        ("相關新聞：堤防潰決之夜", "zh-Hant", "related links"),
        ("（廣告，請往下閱讀）", "zh-Hant", "advertisement"),
        ("分享至：Facebook、LINE、微博", "zh-Hant", "share counter"),
        ("订阅我们的周报，不错过任何消息", "zh-Hans", "appeal"),
        ("1.2K Shares 14 3", "en", "share counter"),
        ("Partager sur Facebook · Envoyer par courriel · Imprimer", "fr", "share counter"),
        ("By continuing to use this site you agree to our use of cookies.", "en", "cookie notice"),
        ("Continuer sans accepter", "fr", "cookie notice"),
        ("Informativa sui cookie", "it", "cookie notice"),
        ("Nur notwendige Cookies", "de", "cookie notice"),
        ("Política de privacidad", "es", "cookie notice"),
        ("接受所有 Cookie", "zh-Hant", "cookie notice"),
        ("Los campos obligatorios están marcados con *", "es", "comment form"),
        ("Die Kommentarfunktion ist geschlossen.", "de", "comment form"),
        ("评论已关闭", "zh-Hans", "comment form"),
        ("Hazte socio desde 5 € al mes", "es", "appeal"),
        ("大家都在看", "zh-Hant", "related links"),
        ("Additional reporting by Anna Holm and Jean de Wit", "en", "byline"),
        ("Propos recueillis par Anne Dubois", "fr", "byline"),
        ("A cura di Marta della Valle", "it", "byline"),
        ("Ein Gastbeitrag von Petra Lind", "de", "byline"),
        ("Texto: Ana Ruiz", "es", "byline"),
        ("記者王小明／台北報導", "zh-Hant", "byline"),
        ("(AFP)", "fr", "photo credit"),
        ("REUTERS/Anna Holm", "it", "photo credit"),
        ("Crédit photo : Anne Dubois", "fr", "photo credit"),
        ("Foto: ANSA/Marta Valle", "it", "photo credit"),
        ("Bildquelle: Petra Lind/dpa", "de", "photo credit"),
        ("图片来源：新华社", "zh-Hans", "photo credit"),
        ("Boats wait before the lock on Monday (Photo: Anna Holm/AP)", "en", "photo caption"),
        ("Le barche in attesa davanti alla chiusa (Foto: ANSA)", "it", "photo caption"),
        ("船隻週一在水閘前等候通行的情形。（圖／中央社）", "zh-Hant", "photo caption"),
    ],
)
def test_pieces_of_the_page_are_recognised(text: str, lang: str, note: str) -> None:
    assert kinds(PROSE, text, lang=lang) == ["", note]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Shares fell by 4 percent.", "en"),
        ("Share prices fell again on Tuesday", "en"),
        ("Donations poured in from all over the country.", "en"),
        ("Reader, I married him.", "en"),
        (
            f"Related: she and the mayor are cousins, which nobody at the meeting knew. {PROSE}",
            "en",
        ),
        ("Advertising revenue fell by a third last year.", "en"),
        ("Publicité mensongère : le maire condamné à Lyon", "fr"),
        ("L’annuncio del sindaco ha sorpreso tutti", "it"),
        ("分享是一種美德，她總是這麼說。", "zh-Hant"),
        ("廣告不實，業者遭重罰三百萬", "zh-Hant"),
        ("Commentaires acerbes du maire après le vote", "fr"),
        ("Soutenir la presse ne suffit pas, dit-elle.", "fr"),
        ("Condividi et impera, scherzano i consiglieri di minoranza.", "it"),
        ("評論家認為，這部電影是今年最好的作品。", "zh-Hant"),
        ("廣告公司上季虧損兩億元。", "zh-Hant"),
        ("支持者认为这项政策来得太晚。", "zh-Hans"),
        ("By Monday the lock was closed", "en"),
        ("Cookies were served with the coffee", "en"),
        ("(Photo : le port au matin du vote)", "fr"),
        ("Par Dieu, dit-elle, quelle tempête", "fr"),
        ("Reuters reported the vote first", "en"),
        ("Die Bilder: eine Stadt unter Wasser", "de"),
        ("照片裡的人是她的祖父", "zh-Hant"),
        ("记者问他为什么不来", "zh-Hans"),
        ("支持我们的人很多，反对的人也不少，船长说。", "zh-Hans"),
    ],
)
def test_prose_on_the_same_words_is_left_alone(text: str, lang: str) -> None:
    assert kinds(PROSE, text, PROSE + " Twice.", lang=lang) == ["", "", ""]


def test_a_counter_inside_a_paragraph_is_cut_out_of_it() -> None:
    text = f"Boats take the north 25SHARES 3 0 {PROSE}"
    marked = mark_furniture(blocks(text), "en")
    assert [b.text for b in marked] == ["Boats take the north", "25SHARES 3 0", PROSE]
    counter = marked[1].offsets
    start, end = counter.to_origin(0, len(counter))
    assert text[start:end] == "25SHARES 3 0"


def test_a_breadcrumb_counts_at_the_edge_of_the_page_only() -> None:
    crumbs = "News > World > Asia"
    assert kinds(crumbs, *[PROSE] * 12)[0] == "breadcrumb"
    assert (
        kinds(*[f"{PROSE} {i}" for i in range(6)], crumbs, *[f"{PROSE} {i}" for i in range(7, 12)])[
            6
        ]
        == ""
    )


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Vous avez aimé ? Faites un don, dès 2 € par mois.", "fr"),
        ("Ti è piaciuto? Fai una donazione alla redazione.", "it"),
        ("If you liked this, please donate what you can.", "en"),
        ("請捐款支持我們，讓報導繼續下去", "zh-Hant"),
    ],
)
def test_an_appeal_for_money_counts_at_the_edge_of_the_page_only(text: str, lang: str) -> None:
    body = [f"{PROSE} {i}" for i in range(12)]
    assert kinds(*body, text, lang=lang)[-1] == "appeal"
    assert kinds(*body[:6], text, *body[6:], lang=lang)[6] == ""


def test_reader_comments_follow_their_heading_where_forum_marks_show() -> None:
    body = [f"{PROSE} Number {i}." for i in range(6)]
    comment = "[quote=Anna]I never believed a word of it.[/quote] Me neither."
    assert kinds(*body, "Comments (2)", comment)[-2:] == ["comments heading", "reader comments"]


@pytest.mark.parametrize(
    ("heading", "lines", "lang"),
    [
        ("3 Comments", ("Anna wrote:", "Never believed it.", "Reply", "2 days ago"), "en"),
        ("Commentaires", ("Anne", "il y a 3 jours", "Quel gâchis.", "Répondre"), "fr"),
        ("留言", ("小明", "3 天前", "早就知道了", "回覆"), "zh-Hant"),
    ],
)
def test_reader_comments_are_told_by_what_stands_around_each(
    heading: str, lines: tuple[str, ...], lang: str
) -> None:
    body = [f"{PROSE} Number {i}." for i in range(6)]
    assert set(kinds(*body, heading, *lines, lang=lang)[7:]) == {"reader comments"}


def test_a_name_counts_as_a_byline_below_the_title_only() -> None:
    body = [f"{PROSE} Number {i}." for i in range(12)]
    assert kinds("The lock is closed", "By Anna Holm", *body)[1] == "byline"
    assert kinds("By Popular Demand", *body)[0] == ""
    assert kinds(*body[:6], "By Anna Holm", *body[6:])[6] == ""


def test_a_chapter_called_comments_is_no_forum() -> None:
    body = [f"{PROSE} Number {i}." for i in range(6)]
    assert kinds(*body, "What do you think?", "The mayor thinks otherwise, and says so.")[-1] == ""


def test_a_paragraph_that_stands_twice_is_furniture_the_second_time() -> None:
    assert kinds(PROSE, "Something else entirely.", PROSE) == ["", "", "repeated text"]


def test_hidden_and_structural_kinds_are_left_as_they_are() -> None:
    hidden = Block(BlockKind.HIDDEN, "Skip to content", OffsetMap.identity(15), note="zero size")
    assert mark_furniture([hidden], "en") == (hidden,)


def test_a_megabyte_without_a_space_takes_no_longer_than_reading_it() -> None:
    assert kinds("a" * 1_000_000) == [""]
    assert kinds("> " * 200_000) == [""]
