from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.text import english_lm as lm
from auditor.text import spun
from auditor.text.substitution import Kind, Reading


def found(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.repair) for s in spun.tells(spun.read(text, "en"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The Chinese language Communist Get together said so.",
            [("Chinese language Communist Get together", "Chinese Communist Party")],
            id="one-name-one-finding",
        ),
        pytest.param(
            "Judges of the SUPREME COURTROOM agreed.", [("SUPREME COURTROOM", "Supreme Court")],
            id="a-name-keeps-its-own-capitals",
        ),
        pytest.param(
            "Regulation enforcement came late.", [("Regulation enforcement", "Law enforcement")],
            id="a-first-word-stays-capitalised",
        ),
        pytest.param(
            "They marked the thirty first anniversary.", [("thirty first", "31st")],
            id="an-ordinal-without-its-hyphen",
        ),
        pytest.param(
            "They marked the thirty-first anniversary.", [], id="an-ordinal-with-its-hyphen"
        ),
        pytest.param("She speaks the Chinese language well.", [], id="the-language-itself"),
        pytest.param("We get together every spring.", [], id="people-get-together"),
        pytest.param("The story is based on a true event.", [], id="based-on-where-it-fits"),
    ],
)  # fmt: skip
def test_tells_are_found_with_their_exact_span_and_repair(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("It closed in Could and June.", ["Could"]),
        ("It closed on Could 31 for good.", ["Could 31"]),
        ("He left on 4 Could 2019.", ["4 Could 2019"]),
        ("From April to Could it rained.", ["Could"]),
        ("The vote on Stroll 8 was close.", ["Stroll 8"]),
        ("It began in Majestic 2014.", ["Majestic 2014"]),
        ("Could 31 people be wrong?", []),
        ("What Could 31 Seats Mean", []),
        ("He could do it in June.", []),
        ("We met in March and April.", []),
        ("An august body of 12 judges.", []),
        ("The Might and Power of Rome.", []),
        ("He took a stroll on 3 May 2019.", []),
    ],
)
def test_months_are_told_from_verbs(text: str, months: list[str]) -> None:
    marked = spun.read(text, "en").substitutions
    assert [text[s.start : s.end] for s in marked if s.kind is Kind.MONTH] == months


def test_a_neighbour_in_meaning_is_a_candidate_but_no_tell() -> None:
    text = "They deserved to triumph in this wonderful race."
    reading = spun.read(text, "en")
    assert [s.repair for s in reading.substitutions if s.kind is Kind.NEAR]
    assert spun.tells(reading) == []


def test_context_decides_between_two_repairs() -> None:
    before, after = ["new", "york"], [None]
    assert lm.fit(before, ["times"], after) > lm.fit(before, ["occasions"], after)


def test_unknown_words_cost_the_same_whatever_stands_beside_them() -> None:
    assert lm.fit([None], [None], [None]) == 0.0


def test_hyphens_and_quotes_do_not_part_words() -> None:
    assert [t.text for t in lm.tokenise("U.S.-based, “fell short”")] == [
        *("U.", "S.", "based", ",", "fell", "short"),
    ]


def told(text: str) -> list[tuple[str, str]]:
    """What a spun text would tell of a sentence."""
    kept = [s for s in spun.read(text, "en").substitutions if spun.believed(s, "en")]
    return [(text[s.start : s.end], s.repair) for s in spun.phrases(text, "en", kept)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "She asked the Supreme Courtroom of Tromdal.",
            [("Supreme Courtroom of Tromdal", "Supreme Court of Tromdal")],
            id="a-name-is-told-whole",
        ),
        pytest.param(
            "They moved to Market Sq. in April.", [("Market Sq.", "Market Square")],
            id="with-the-word-before",
        ),
        pytest.param(
            "The United International locations agreed.",
            [("United International locations", "United Nations")],
            id="a-name-of-three-words",
        ),
        pytest.param(
            "The list is read each 12 months.", [("each 12 months", "every year")],
            id="an-expression-with-a-number",
        ),
        pytest.param(
            "He stated regulation enforcement came late.",
            [("stated", "said"), ("regulation enforcement", "law enforcement")],
            id="a-verb-of-saying-stays-apart",
        ),
        pytest.param(
            "It opened as we speak’s market.", [("as we speak", "today")],
            id="the-ending-of-an-owner-stays",
        ),
        pytest.param("She began work about noon.", [], id="synonyms-that-people-choose-freely"),
    ],
)  # fmt: skip
def test_a_spun_text_tells_whole_phrases(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_a_headline_widens_nothing() -> None:
    text = "Banks On Wall Avenue Warn Of Losses"
    assert told(text) == [("Wall Avenue", "Wall Street")]


def test_languages_without_a_lexicon_show_no_phrases() -> None:
    reading = spun.read("Le Parti communiste chinois", "fr")
    assert (reading.words, reading.substitutions, spun.supports("fr")) == (4, (), False)


def test_languages_without_weights_show_nothing() -> None:
    assert spun.read("Die Kommunistische Partei", "de") == Reading(0)
    assert not spun.judges("de")


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("could May 31 Get together’-.,'中é\N{ZERO WIDTH SPACE}\n"), max_size=80)
)
def test_any_text_gives_ordered_spans_inside_it(text: str) -> None:
    marked = spun.read(text, "en").substitutions
    edges = [edge for s in marked for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


def test_a_megabyte_without_a_space_is_bounded() -> None:
    assert spun.read("a" * 1_000_000, "en").words == 1
