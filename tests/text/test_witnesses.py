from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from auditor.core import (
    Alignment,
    Document,
    Fact,
    Gap,
    Move,
    Near,
    OffsetMap,
    Passage,
    Phrase,
    Relation,
    RelationKind,
    Segment,
    Story,
)
from auditor.text.dates import find_dates
from auditor.text.witnesses import dissents
from auditor.text.year_claims import contradictions, year_claims


def find(segment: Segment) -> Sequence[Fact]:
    return find_dates(segment.text, segment.lang)


class Surroundings:
    """A context of sentences given row by row; every two texts are equally alike."""

    def __init__(
        self,
        rows: Sequence[Mapping[str, str]],
        *,
        source: str | None = None,
        likeness: float = 0.9,
        kind: RelationKind = RelationKind.TRANSLATION,
        date: date | None = None,
    ) -> None:
        ids = list(dict.fromkeys(id for row in rows for id in row))
        self._segments = {id: segments_of(id, [row.get(id, "") for row in rows]) for id in ids}
        documents = tuple(Document(id, id[:2], "", id, ()) for id in ids)
        relations = tuple(Relation(a, b, kind) for i, a in enumerate(ids) for b in ids[i + 1 :])
        self.story = Story("story", documents, source, relations, date)
        self.passages = [
            Passage(i, tuple(s for id in ids for s in self._segments[id] if s.index == i), 0.9)
            for i in range(len(rows))
        ]
        self.alignments: Sequence[Alignment] = ()
        self.gaps: Sequence[Gap] = ()
        self.moves: Sequence[Move] = ()
        self._likeness = likeness

    def segments(self, document: str) -> Sequence[Segment]:
        return self._segments[document]

    def passage_of(self, segment: Segment) -> Passage | None:
        return self.passages[segment.index]

    def counterparts(self, segment: Segment) -> Sequence[Segment]:
        return [s for s in self.passages[segment.index].segments if s != segment]

    def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
        return [self._likeness for _ in pairs]

    def nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[float]]:
        return [[self._likeness for _ in phrases] for phrases, _ in groups]

    def roughly_nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[Near]]:
        return [[Near(self._likeness, ()) for _ in phrases] for phrases, _ in groups]

    def can_compare(self, lang: str) -> bool:
        return lang != "xx"


def segments_of(id: str, texts: Sequence[str]) -> list[Segment]:
    return [
        Segment(id, i, text, OffsetMap.identity(len(text), 1000 * i), id[:2])
        for i, text in enumerate(texts)
    ]


def lost(context: Surroundings, row: int = 0) -> list[tuple[str, str, tuple[str, ...], bool]]:
    return [
        (
            d.statement.segment.document,
            d.statement.quote,
            tuple(s.quote for s in d.against),
            d.outvoted,
        )
        for d in dissents(context.passages[row], context, find, ("year", "month"))
    ]


def test_of_two_versions_the_later_one_is_shown_and_nobody_is_outvoted() -> None:
    rows = [{"en": "It closed in 1996.", "fr": "Elle a fermé en 1998."}]
    assert lost(Surroundings(rows)) == [("fr", "1998", ("1996",), False)]


def test_a_declared_source_is_right_wherever_it_is_listed() -> None:
    rows = [{"en": "It closed in 1996.", "fr": "Elle a fermé en 1998."}]
    assert lost(Surroundings(rows, source="fr")) == [("en", "1996", ("1998",), True)]


def test_of_three_versions_the_lone_one_is_wrong() -> None:
    rows = [{"en": "It closed in 1998.", "fr": "Elle a fermé en 1996.", "it": "Chiuse nel 1996."}]
    assert lost(Surroundings(rows)) == [("en", "1998", ("1996", "1996"), True)]


def test_a_declared_source_is_never_outvoted() -> None:
    rows = [{"en": "It closed in 1998.", "fr": "Elle a fermé en 1996.", "it": "Chiuse nel 1996."}]
    assert lost(Surroundings(rows, source="en")) == [
        ("fr", "1996", ("1998",), True),
        ("it", "1996", ("1998",), True),
    ]


def test_a_date_that_moved_to_the_next_sentence_satisfies() -> None:
    rows = [
        {"en": "In 2004 it opened a branch, in 2009 another.", "fr": "En 2004, il en ouvrit une."},
        {"en": "It grew after 2011.", "fr": "Une autre suivit en 2009 et il grandit après 2011."},
    ]
    assert lost(Surroundings(rows)) == []
    assert lost(Surroundings(rows), 1) == []


def test_a_date_that_is_at_home_in_the_next_sentence_is_no_excuse() -> None:
    rows = [
        {"en": "It opened in 2004.", "fr": "Il ouvrit en 2009."},
        {"en": "It grew in 2009.", "fr": "Il grandit en 2009."},
    ]
    assert lost(Surroundings(rows)) == [("fr", "2009", ("2004",), False)]


def test_the_span_is_that_of_the_number_in_its_own_segment() -> None:
    rows = [{"en": "x"}, {"en": "It closed in 1996.", "fr": "Fermée en 1998."}]
    context = Surroundings(rows)
    (dissent,) = dissents(context.passages[1], context, find, ("year",))
    assert (dissent.statement.span.start, dissent.statement.span.end) == (1010, 1014)


def years(context: Surroundings) -> list[tuple[str, str, int, int, int]]:
    segments = {d.id: context.segments(d.id) for d in context.story.documents}
    return [
        (
            c.claim.document,
            c.claim.statement.quote,
            c.year,
            c.texts,
            len(c.computed),
        )
        for c in contradictions(year_claims(segments, context.story, find), context)
    ]


DIFFERENT = [
    {
        "fr": "Ils honorent les morts du barrage de Vellano en 1952.",
        "en": "They remembered the disaster at the Vellano dam of 1958.",
        "it": "Fu ricordato il disastro della diga di Vellano del 1958.",
    }
]


def test_a_year_against_two_other_articles_about_the_same_name() -> None:
    context = Surroundings(DIFFERENT, kind=RelationKind.COMPARABLE)
    assert years(context) == [("fr", "1952", 1958, 2, 0)]


def test_two_versions_of_one_article_are_one_witness_so_the_first_text_is_believed() -> None:
    context = Surroundings(DIFFERENT, kind=RelationKind.COMPARABLE)
    context.story = Story(
        "story",
        context.story.documents,
        relations=(
            Relation("fr", "en", RelationKind.COMPARABLE),
            Relation("fr", "it", RelationKind.COMPARABLE),
            Relation("en", "it", RelationKind.TRANSLATION),
        ),
    )
    assert years(context) == [("en", "1958", 1952, 1, 0), ("it", "1958", 1952, 1, 0)]


ANNIVERSARY = {"en": "On the 60th anniversary of the Vellano disaster the bells rang in 2018."}


def test_an_anniversary_gives_the_year_by_arithmetic() -> None:
    context = Surroundings(
        [*DIFFERENT, ANNIVERSARY], kind=RelationKind.COMPARABLE, date=date(2018, 3, 13)
    )
    assert years(context) == [("fr", "1952", 1958, 2, 1)]


def test_an_anniversary_in_the_same_document_is_enough_for_a_doubt() -> None:
    rows = [{"en": "They honour the dead of the Vellano dam in 1952."}, ANNIVERSARY]
    assert years(Surroundings(rows, date=date(2018, 3, 13))) == [("en", "1952", 1958, 0, 1)]


def test_arithmetic_alone_says_nothing_without_the_date_of_the_story() -> None:
    rows = [{"en": "They honour the dead of the Vellano dam in 1952."}, ANNIVERSARY]
    assert years(Surroundings(rows)) == []


def test_an_anniversary_kept_a_year_later_is_no_contradiction() -> None:
    rows = [{"en": "They honour the dead of the Vellano dam in 1958."}, ANNIVERSARY]
    assert years(Surroundings(rows, date=date(2019, 1, 5))) == []


@pytest.mark.parametrize(
    "more",
    [
        {"fr": "Il fut construit en 1958."},
        {"en": "A first dam of 1952 had held.", "it": "La prima diga del 1952 resse."},
    ],
    ids=["its own document has the other year too", "the others have its year too"],
)
def test_a_year_that_both_sides_know_is_another_date(more: Mapping[str, str]) -> None:
    context = Surroundings([*DIFFERENT, more], kind=RelationKind.COMPARABLE)
    assert [y for y in years(context) if y[0] == "fr"] == []


def test_what_is_said_of_something_else_is_no_contradiction() -> None:
    context = Surroundings(DIFFERENT, kind=RelationKind.COMPARABLE, likeness=0.3)
    assert years(context) == []


def test_the_same_day_of_the_year_is_as_good_as_a_name() -> None:
    rows = [
        {
            "fr": "La mer a emporté la digue le 11 novembre 1982.",
            "en": "The dike gave way on November 11, 1987.",
            "it": "La diga cedette l’11 novembre 1987.",
        }
    ]
    context = Surroundings(rows, kind=RelationKind.COMPARABLE)
    assert years(context) == [("fr", "1982", 1987, 2, 0)]
