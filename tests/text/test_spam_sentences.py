"""Sentences that sell are found by what they want, not by what they sell."""

from __future__ import annotations

from functools import cache

import pytest

from auditor.core import Finding, Relation, RelationKind, Story, Tier
from auditor.encode import Encoder, open_encoder
from auditor.pipeline import Run, all_rules, audit_story
from auditor.read import document_from_text

ENGLISH = [
    "The council of the valley met on Monday to speak about the flood.",
    "Two bridges were carried away by the river in the night of the storm.",
    "The mayor thanked the firemen who had brought forty people to the school.",
    "Engineers will look at the dam before the first snow falls in autumn.",
    "The road to the upper villages stays closed until the end of the month.",
    "Farmers lost hay for the winter and asked the state for help.",
]
ITALIAN = [
    "Il consiglio della valle si è riunito lunedì per parlare dell’alluvione.",
    "Due ponti sono stati portati via dal fiume nella notte della tempesta.",
    "Il sindaco ha ringraziato i pompieri che avevano portato quaranta persone nella scuola.",
    "Gli ingegneri esamineranno la diga prima che cada la prima neve in autunno.",
    "La strada per i villaggi in alto resta chiusa fino alla fine del mese.",
    "Gli agricoltori hanno perso il fieno per l’inverno e hanno chiesto aiuto allo Stato.",
]


@cache
def encoder() -> Encoder:
    return open_encoder("use")


def findings(*versions: tuple[str, list[str]]) -> list[Finding]:
    documents = tuple(document_from_text("\n\n".join(t), lang, lang=lang) for lang, t in versions)
    relations = tuple(
        Relation(a.id, b.id, RelationKind.TRANSLATION, declared=True)
        for i, a in enumerate(documents)
        for b in documents[i + 1 :]
    )
    rules = tuple(rule for rule in all_rules() if rule.id == "spam/injected")
    story = Story("s", documents, relations=relations)
    audit = audit_story(story, Run(encoder=encoder(), rules=rules))
    return [f for f in audit.findings if f.spans[0].document == versions[0][0]]


def quoted(found: list[Finding], lang: str, text: list[str]) -> list[str]:
    raw = "\n\n".join(text)
    return [raw[f.spans[0].start : f.spans[0].end] for f in found]


@pytest.mark.parametrize(
    ("pitch", "lang"),
    [
        ("Garden furniture at factory prices. Order today and save half.", "en"),
        ("Mobili da giardino in offerta. Ordina oggi e risparmia la metà.", "it"),
    ],
)
def test_a_sentence_that_sells_is_told_whole_on_request(pitch: str, lang: str) -> None:
    text = list(ENGLISH if lang == "en" else ITALIAN)
    text[2] = f"{text[2]} {pitch}"
    found = findings((lang, text))
    assert quoted(found, lang, text) == [pitch]
    assert [f.tier for f in found] == [Tier.PREVIEW]


def test_beside_a_version_without_it_it_is_shown() -> None:
    text = list(ITALIAN)
    text[2] += " Mobili da giardino in offerta. Ordina oggi e risparmia la metà."
    found = findings(("it", text), ("en", ENGLISH))
    assert [f.tier for f in found] == [Tier.STABLE]


def test_what_the_other_version_says_too_is_no_injection() -> None:
    own, other = list(ITALIAN), list(ENGLISH)
    own[5] = "I biglietti si comprano a metà prezzo sul sito del museo fino a domenica."
    other[5] = "Tickets can be bought at half price on the website of the museum until Sunday."
    assert findings(("it", own), ("en", other)) == []


def test_a_text_about_trade_sells_nothing() -> None:
    text = [
        "The shop gives a discount on garden furniture until Sunday.",
        "Customers who order online get free delivery in the whole county.",
        "The lowest price was seen in the spring sale, the owner says.",
        "Her rivals offer cheap chairs on their website and by phone.",
        "A free quote for a fence or a shed is sent within a day.",
        "Last year the company sold more products than ever before.",
    ]
    assert findings(("en", text)) == []
