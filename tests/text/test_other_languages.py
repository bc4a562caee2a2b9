"""Facts of the languages that CLDR and text2num carry, beside the same in English."""

from __future__ import annotations

import pytest

from auditor.core import Fact
from auditor.text.dates import find_dates
from auditor.text.matching import PLAIN, Stated, conflicts
from auditor.text.quantities import UNIT_OF, find_quantities
from auditor.text.quantity_matching import BOUNDS, CLOCKS, NUMBERS, UNITS

ENGLISH = {
    "price": "The works cost 4.2 million euros and took 18 months.",
    "words": "The works cost two billion dollars; twelve firms bid for them.",
    "one": "The roof alone cost one million euros.",
    "date": "On October 3, 1990, at 2:30 p.m., 1,500 people came on foot.",
    "weekday": "On Monday the wind blew at 85 kilometres per hour.",
    "bound": "More than 23 percent of the 9,000 tonnes were lost.",
    "fraction": "Two thirds of the members left.",
}
SOUND = {
    "de": {
        "price": "Der Bau kostete 4,2 Millionen Euro und dauerte 18 Monate.",
        "words": "Der Bau kostete zwei Milliarden Dollar; zwölf Firmen boten mit.",
        "one": "Allein das Dach kostete eine Million Euro.",
        "date": "Am 3. Oktober 1990 um 14.30 Uhr kamen 1500 Menschen zu Fuß.",
        "weekday": "Am Montag wehte der Wind mit 85 km/h.",
        "bound": "Mehr als 23 Prozent der 9.000 Tonnen gingen verloren.",
        "fraction": "Zwei Drittel der Mitglieder traten aus.",
    },
    "es": {
        "price": "La obra costó 4,2 millones de euros y duró 18 meses.",
        "words": "La obra costó dos mil millones de dólares; doce empresas se presentaron.",
        "one": "Solo el tejado costó un millón de euros.",
        "date": "El 3 de octubre de 1990, a las 14:30, llegaron 1500 personas a pie.",
        "weekday": "El lunes sopló un viento de 85 km/h.",
        "bound": "Se perdió más del 23 % de las 9.000 toneladas.",
        "fraction": "Dos tercios de los socios se fueron.",
    },
    "pt": {
        "price": "A obra custou 4,2 milhões de euros e durou 18 meses.",
        "words": "A obra custou dois mil milhões de dólares; doze empresas concorreram.",
        "one": "Só o telhado custou um milhão de euros.",
        "date": "Em 3 de outubro de 1990, às 14h30, chegaram 1500 pessoas a pé.",
        "weekday": "Na segunda-feira o vento soprou a 85 km/h.",
        "bound": "Perdeu-se mais de 23 % das 9.000 toneladas.",
        "fraction": "Dois terços dos sócios saíram.",
    },
    "nl": {
        "price": "De bouw kostte 4,2 miljoen euro en duurde 18 maanden.",
        "words": "De bouw kostte twee miljard dollar; twaalf bedrijven schreven in.",
        "one": "Alleen het dak kostte een miljoen euro.",
        "date": "Op 3 oktober 1990 om 14.30 uur kwamen 1500 mensen te voet.",
        "weekday": "Op maandag waaide de wind met 85 km/u.",
        "bound": "Meer dan 23 procent van de 9.000 ton ging verloren.",
        "fraction": "Twee derde van de leden vertrok.",
    },
    "ja": {
        "price": "工事費は420万ユーロで、18か月かかった。",
        "words": "工事費は20億ドルで、12社が入札した。",
        "one": "屋根だけで100万ユーロかかった。",
        "date": "1990年10月3日午後2時30分、1500人が歩いて来た。",
        "weekday": "月曜日に時速85キロメートルの風が吹いた。",
        "bound": "9000トンの23％以上が失われた。",
        "fraction": "会員の三分の二が退会した。",
    },
    "ko": {
        "price": "공사비는 420만 유로였고 18개월이 걸렸다.",
        "words": "공사비는 20억 달러였고 12개 회사가 입찰했다.",
        "one": "지붕에만 100만 유로가 들었다.",
        "date": "1990년 10월 3일 오후 2시 30분에 1500명이 걸어서 왔다.",
        "weekday": "월요일에 시속 85킬로미터의 바람이 불었다.",
        "bound": "9000톤의 23% 이상이 없어졌다.",
        "fraction": "회원의 3분의 2가 탈퇴했다.",
    },
    "ru": {
        "price": "Строительство обошлось в 4,2 миллиона евро и длилось 18 месяцев.",
        "words": "Строительство обошлось в 2 млрд долларов; в торгах участвовали 12 фирм.",
        "one": "Одна только крыша обошлась в 1 миллион евро.",
        "date": "3 октября 1990 года в 14:30 пешком пришли 1500 человек.",
        "weekday": "В понедельник дул ветер со скоростью 85 км/ч.",
        "bound": "Пропало более 23 % из 9000 тонн.",
        "fraction": "Две трети членов ушли.",
    },
}
CHANGED = [
    ("de", "price", "Millionen", "Milliarden"),
    ("de", "one", "eine Million", "eine Milliarde"),
    ("de", "date", "Oktober", "August"),
    ("de", "weekday", "85 km/h", "35 km/h"),
    ("es", "words", "dos mil millones", "dos millones"),
    ("es", "date", "1990", "1980"),
    ("es", "bound", "más del", "menos del"),
    ("pt", "price", "milhões", "mil milhões"),
    ("pt", "date", "14h30", "16h30"),
    ("pt", "weekday", "segunda-feira", "quinta-feira"),
    ("nl", "words", "miljard", "miljoen"),
    ("nl", "weekday", "maandag", "zondag"),
    ("nl", "date", "oktober", "november"),
    ("ja", "price", "420万", "420億"),
    ("ja", "date", "10月3日", "10月8日"),
    ("ja", "fraction", "三分の二", "三分の一"),
    ("ko", "price", "유로", "달러"),
    ("ko", "bound", "23%", "32%"),
    ("ko", "date", "1990년", "1998년"),
    ("ru", "words", "млрд", "млн"),
    ("ru", "bound", "более", "менее"),
    ("ru", "weekday", "понедельник", "вторник"),
]


def told(text: str, lang: str) -> Stated:
    facts: list[Fact] = [*find_dates(text, lang), *find_quantities(text, lang)]
    return Stated(facts, text)


def differing(left: Stated, right: Stated) -> set[str]:
    """The kinds of which the two texts say something else."""
    facts = [*left.facts, *right.facts]
    units = sorted({f.kind for f in facts if f.kind.startswith(UNIT_OF)})
    bounds = sorted({f.kind for f in facts if f.kind.startswith("bound of")})
    found = [
        *conflicts(left, right, ("year", "month", "day", "weekday", "fraction", "order"), PLAIN),
        *conflicts(left, right, ("number",), NUMBERS),
        *conflicts(left, right, ("clock",), CLOCKS),
        *conflicts(left, right, units, UNITS),
        *conflicts(left, right, bounds, BOUNDS),
    ]
    return {c.left.kind for c in found}


@pytest.mark.parametrize("lang", SOUND)
@pytest.mark.parametrize("name", ENGLISH)
def test_a_sound_translation_says_the_same(lang: str, name: str) -> None:
    assert differing(told(ENGLISH[name], "en"), told(SOUND[lang][name], lang)) == set()


@pytest.mark.parametrize(("lang", "name", "old", "new"), CHANGED)
def test_a_changed_fact_is_seen(lang: str, name: str, old: str, new: str) -> None:
    assert old in SOUND[lang][name]
    changed = SOUND[lang][name].replace(old, new)
    assert differing(told(ENGLISH[name], "en"), told(changed, lang)) != set()
