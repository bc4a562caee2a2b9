"""Asks the run what is known of a piece that may have been put in: meaning, other versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from auditor import lang as languages
from auditor.core import Context, Evidence, Phrase, Segment, Span
from auditor.text import spam_signs
from auditor.text.pitches import PITCHES
from auditor.text.spam import names_trade
from auditor.text.spam_lexicon import knows_spam
from auditor.text.spam_place import WINDOW, Place, other_terms
from auditor.text.spam_sentences import spread
from auditor.text.spam_signs import Signs, is_ruled_out
from auditor.text.splices import NO_NAMES, Splice, find_splices, foreign_names
from auditor.text.uncovered import find_uncovered

MOST_SPLICES = 8
"""Pieces of unknown content that are compared in a document: the encoder is the cost."""
CLEAR_GAIN = 6.0
"""Nats from which on a broken word is clear."""
CLEARLY_CLOSER = 0.03
"""How much closer to the other version a sentence comes by losing what was put in."""
ODDS = 2.6
"""From which on a piece between Chinese characters is told."""
PER_NAT = 0.25
"""What a nat gained says, in the unit of the following."""
SHORT, LONG, PER_CHARACTER = 2, 4, 0.75
"""A piece of two characters is a chance more often than one of three, or of four and more."""
STRANGE, APART, SELLS = 3.0, 4.0, 3.0
"""How much likeness to its sentence and to the rest of the document takes away, and how much
likeness to what advertising wants adds."""
CLOSER_WEIGHT = 50
""".01 closer to the other version says as much as two nats."""

SCORE, ENGLISH_SCORE = 0.72, 0.84
"""Scores of `find_uncovered` from which on a phrase between words is told. English words find
their translations more readily, so that those without one stand out more in clean text too."""
SURE_SCORE, SURE_CLOSER = 1.1, 0.05
"""From which on it is shown by default."""
MOST_BETWEEN, MOST_BETWEEN_SHARE = 3, 12
"""So many phrases, or one for so many sentences, may have been put in; more is a rewriting."""
INSIDE = "it stands inside a word and is about something else"
INSIDE_CLOSER = "it stands inside a word, and without it the place is closer to another version"
BETWEEN = (
    "no word of another version answers to it, "
    "and without it its sentence is closer to that version"
)
SILENT = "does not mention it"
"""Said of the same place in another version."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A piece inside a word, or between words, that no list of terms knows.

    Attributes:
        segment: its sentence.
        start: first code point of the piece in the sentence.
        end: one past its last.
        why: the evidence in words.
        certain: the other version speaks clearly against it.
    """

    segment: Segment
    start: int
    end: int
    why: str
    certain: bool


def known_signs(places: Sequence[Place], context: Context) -> Iterator[Signs]:
    """What is known of each key phrase; all similarities are asked for at once."""
    pairs = [pair for place in places for pair in _comparisons(place, context)]
    similarity = dict(zip(pairs, context.similarities(pairs), strict=True))
    quoted = any(place.quoted for place in places)
    for place in places:
        values = [similarity[pair] for pair in _comparisons(place, context)]
        topic, rest, *values = values or [spam_signs.UNRELATED, spam_signs.UNRELATED_REST]
        sells, versions = values[: len(PITCHES)], values[len(PITCHES) :]
        signs = Signs(
            gain=place.gain,
            ordinary=place.hit.ordinary,
            advertises=place.advertises,
            specific=place.specific,
            joined=place.joined,
            rare=place.rare,
            share=(place.end - place.start) / len(place.around),
            alone=place.alone,
            quoted=place.quoted,
            cited=quoted,
            needed=place.needed,
            topic=topic,
            rest=rest,
            sells=max(sells, default=0.0),
            seat=0.0,
            others=other_terms(place, places),
            named=_is_named(place, context),
            closer=versions[1] - versions[0] if versions else 0.0,
        )
        # Asked last: it loads word lists, and the words of every day end here.
        yield signs if is_ruled_out(signs) else replace(signs, seat=place.seat)


def _comparisons(place: Place, context: Context) -> list[tuple[Phrase, Phrase]]:
    """The sentence with the trade, the rest of it too; the sentence with what advertising wants.

    Where another version stands beside it, also its passage with that, with and without the phrase.
    """
    lang = place.segment.lang
    if not context.can_compare(lang):
        return []
    topic, around = Phrase(place.hit.trade.topic, lang), Phrase(place.around, lang)
    pairs = [(around, topic), (Phrase(place.rest, lang), topic)]
    pairs += [(around, pitch) for pitch in PITCHES]
    passage = context.passage_of(place.segment)
    there = context.counterparts(place.segment)
    if passage and there and context.can_compare(there[0].lang):
        first = [s.text for s in there if s.document == there[0].document]
        other = Phrase(" ".join(first), there[0].lang)
        for text in (place.around, place.rest):
            own = passage.of(place.segment.document)
            whole = " ".join(text if s == place.segment else s.text for s in own)
            pairs.append((Phrase(whole, lang), other))
    return pairs


def _is_named(place: Place, context: Context) -> bool | None:
    """Whether another version names the trade in the same place; None when nobody can tell."""
    there = [s for s in context.counterparts(place.segment) if knows_spam(s.lang)]
    if not there:
        return None
    return any(names_trade(s.text, s.lang, place.hit.trade.name) for s in there)


def unknown_pieces(
    segments: Sequence[Segment], places: Sequence[Place], context: Context
) -> Iterator[Unknown]:
    """Pieces that are about something else than their sentence, inside words and between them.

    Args:
        segments: sentences of a document.
        places: the key phrases known; what they hold is not told again.
        context: the run.
    """
    inside = list(_inside_words(segments, places, context))
    yield from inside
    told = [(p.segment, p.start, p.end) for p in places]
    told += [(p.segment, p.start, p.end) for p in inside]
    phrases = [u for u in find_uncovered(segments, context) if u.score >= _line(u.segment)]
    # A text that was rewritten has phrases that nothing answers to in every other sentence.
    if len(phrases) > max(MOST_BETWEEN, len(segments) // MOST_BETWEEN_SHARE):
        return
    for one in phrases:
        if not any(s == one.segment and a < one.end and one.start < b for s, a, b in told):
            certain = one.score >= SURE_SCORE and one.closer >= SURE_CLOSER
            yield Unknown(one.segment, one.start, one.end, BETWEEN, certain)


def _line(segment: Segment) -> float:
    return ENGLISH_SCORE if languages.base(segment.lang) == "en" else SCORE


def _inside_words(
    segments: Sequence[Segment], places: Sequence[Place], context: Context
) -> Iterator[Unknown]:
    names = foreign_names((s.text for s in segments), segments[0].lang) if segments else NO_NAMES
    found = [
        (segment, splice)
        for segment in segments
        if context.can_compare(segment.lang)
        for splice in find_splices(segment.text, segment.lang, names)
        if not any(p.segment == segment and _overlap(p, splice) for p in places)
    ]
    best = sorted(found, key=lambda f: (-f[1].gain, f[0].index))[:MOST_SPLICES]
    pairs = [_beside_pairs(segment, splice, context) for segment, splice in best]
    pairs += [_alone_pairs(segment, splice, segments) for segment, splice in best]
    values = iter(context.similarities([pair for group in pairs for pair in group]))
    cosines = [[next(values) for _ in group] for group in pairs]
    for (segment, splice), versions, alone in zip(
        best, cosines[: len(best)], cosines[len(best) :], strict=True
    ):
        closer = versions[1] - versions[0] if versions else None
        if not alone:
            # Two broken words whose outer halves are one word: none in 2,500 clean sentences.
            shown = closer is None or closer > 0
        else:
            odds = _odds(splice, alone) + CLOSER_WEIGHT * (closer or 0.0)
            shown = odds >= ODDS and (closer is None or closer >= 0)
        if shown:
            certain = (closer or 0.0) >= CLEARLY_CLOSER and splice.gain >= CLEAR_GAIN
            why = f"{INSIDE if closer is None else INSIDE_CLOSER} ({splice.word})"
            yield Unknown(segment, splice.start, splice.end, why, certain)


def _odds(splice: Splice, cosines: Sequence[float]) -> float:
    """How clearly a piece between Chinese characters was put in, by what stands in its version.

    Args:
        splice: the piece.
        cosines: of the pairs of `_alone_pairs`.
    """
    own, sells, rest = cosines[0], cosines[1 : 1 + len(PITCHES)], cosines[1 + len(PITCHES) :]
    longer = min(LONG, splice.end - splice.start) - SHORT
    strange = STRANGE * own + APART * sum(rest) / max(1, len(rest))
    return PER_NAT * splice.gain + PER_CHARACTER * longer - strange + SELLS * max(sells)


def _alone_pairs(
    segment: Segment, splice: Splice, segments: Sequence[Segment]
) -> list[tuple[Phrase, Phrase]]:
    """A Chinese piece with its sentence, with the pitches, and with other sentences of its text."""
    text, lang = segment.text, segment.lang
    if languages.base(lang) != "zh":
        return []
    piece = Phrase(text[splice.start : splice.end], lang)
    before, after = _around(text, splice)
    others = [Phrase(s.text, s.lang) for s in spread(segments) if s != segment]
    return [(piece, other) for other in (Phrase(before + after, lang), *PITCHES, *others)]


def _beside_pairs(
    segment: Segment, splice: Splice, context: Context
) -> list[tuple[Phrase, Phrase]]:
    """The sentence with and without a piece, with the other version where there is one."""
    there = context.counterparts(segment)
    if not (there and context.can_compare(there[0].lang)):
        return []
    text, lang = segment.text, segment.lang
    before, after = _around(text, splice)
    first = [s.text for s in there if s.document == there[0].document]
    other = Phrase(" ".join(first), there[0].lang)
    piece = text[splice.start : splice.end]
    return [(Phrase(before + piece + after, lang), other), (Phrase(before + after, lang), other)]


def _around(text: str, splice: Splice) -> tuple[str, str]:
    return text[max(0, splice.start - WINDOW) : splice.start], text[splice.end :][:WINDOW]


def _overlap(place: Place, splice: Splice) -> bool:
    return place.start < splice.end and splice.start < place.end


def silent_versions(counterparts: Sequence[Segment]) -> tuple[Evidence, ...]:
    """One place for each version: where its neighbouring sentences begin and end."""
    spans: dict[str, list[Span]] = {}
    for segment in counterparts:
        spans.setdefault(segment.document, []).append(segment.span())
    return tuple(
        Evidence(Span(id, min(s.start for s in held), max(s.end for s in held)), SILENT)
        for id, held in spans.items()
    )
