"""Whether a version says the opposite of another: the words, then what the encoder makes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor.core import Context, Fact, Passage, Phrase, Segment
from auditor.lang import base
from auditor.text.chinese import to_script
from auditor.text.negation import find_negations
from auditor.text.opposites import Found, Sense, find_opposites, folded
from auditor.text.witnesses import Dissent, Statement, dissents
from auditor.text.word_list import word_list

_RISE_COUNTS = 12
_MOST_TRIED = 3
"""Opposites that are tried for one word."""
_DENIED_WITHIN = {"zh": 4, "ja": 0, "ko": 0}
_DENIED_WITHIN_OTHERS = 24
"""Code points before a word in which a denial turns it round: "not yet clear" is unclear."""


_LIKE = 0.6
"""Cosine of two words that may mean the same: none of the 103 planted words that are found has a
like of it in the other text while its opposite has one here too; five of nine wrong flags had."""


Facts = Callable[[Segment], Sequence[Fact]]
Words = Callable[[Segment], Sequence[Found]]
_Pair = tuple[Phrase, Phrase]


@dataclass(frozen=True, slots=True)
class Opposition:
    """A word whose opposite stands in another version.

    Attributes:
        dissent: the word, and the words that contradict it.
        repair: the opposite in the form of the word, in the script of the version.
        soft: True when the word often means something else.
        rise: by how much the sentence comes closer to the others with the opposite in it.
        contrast: by how much the opposite is closer to their words than the word is.
    """

    dissent: Dissent
    repair: str
    soft: bool
    rise: float
    contrast: float

    @property
    def weight(self) -> float:
        """Both together: a rise of .01 tells as much as a contrast of .12."""
        return self.contrast + _RISE_COUNTS * self.rise


def oppositions(passages: Iterable[Passage], context: Context) -> list[Opposition]:
    """The words of all passages that another version contradicts, weighed by the encoder.

    Without those that are in doubt: of 63 that five sound versions of 62 stories raised, 38 stood
    against fewer versions than said neither.

    Args:
        passages: of versions of one text.
        context: for the neighbourhood, the declared source and the similarities.
    """

    @cache
    def words(segment: Segment) -> tuple[Found, ...]:
        return find_opposites(segment.text, segment.lang)

    @cache
    def facts(segment: Segment) -> list[Fact]:
        return _numbered(words(segment))

    raised: list[_Try] = []
    for passage in passages:
        kinds = _contested(passage, words)
        for dissent in dissents(passage, context, facts, kinds) if kinds else ():
            if dissent.doubtful:
                # One word against one, and more versions that say neither: a free translation.
                continue
            group = f"{passage.index} {dissent.statement.fact.kind}", dissent.statement.span.start
            raised += _tries(dissent, words, passage, group)
            if not dissent.outvoted and len(passage.documents) > 2:
                # One word against another and a third version that has neither: the encoder's say.
                for other in dissent.against:
                    turned = replace(dissent, statement=other, against=(dissent.statement,))
                    raised += _tries(turned, words, passage, group)
    return _weighed(raised, context)


@dataclass(frozen=True, slots=True)
class _Try:
    """One word of a dissent and one opposite of it; `group` is shared by those of one dissent."""

    group: tuple[str, int]
    dissent: Dissent
    sense: Sense


def answered(found: Sequence[Opposition], context: Context) -> list[bool]:
    """Which oppositions are none, since both words have a like of their own in the other text.

    "Refused to authorize" and "weigerten sich zu genehmigen": that the table has only one word of
    each text makes no opposite of the two. Words that the table knows are not asked again.

    Args:
        found: what the encoder believes.
        context: for the similarities.
    """
    asked = [_directions(opposition, context) for opposition in found]
    told = [True] * len(found)
    # One direction after the other, since one without a like decides: each takes all words of a
    # sentence to encode.
    for turn in range(max(map(len, asked), default=0)):
        still = [at for at, pairs in enumerate(asked) if told[at] and turn < len(pairs)]
        groups = [group for at in still for group in _likes(*asked[at][turn])]
        cosines = iter([group[0] for group in context.nearest(groups)])
        for at in still:
            across, like = next(cosines), next(cosines)
            told[at] = like >= max(_LIKE, across)
    return told


def _directions(opposition: Opposition, context: Context) -> list[tuple[Statement, Statement]]:
    """The word beside each that contradicts it, and each of those beside it."""
    here = opposition.dissent.statement
    against = [s for s in opposition.dissent.against if context.can_compare(s.segment.lang)]
    return [pair for there in against for pair in ((here, there), (there, here))]


def _likes(one: Statement, other: Statement) -> Iterator[tuple[Sequence[Phrase], Sequence[Phrase]]]:
    """A word beside the other, and beside the words that the table lacks around that one."""
    own = [Phrase(one.quote, one.segment.lang)]
    yield own, [Phrase(other.quote, other.segment.lang)]
    yield own, _unlisted(other, one)


def _unlisted(statement: Statement, other: Statement) -> list[Phrase]:
    """The words around a statement, without those that the table has for either concept."""
    lang = statement.segment.lang
    text = folded(statement.segment.text, lang)
    concepts = {s.fact.kind for s in (statement, other)}
    kept = list(text)
    for word in find_opposites(text, lang):
        if not concepts.isdisjoint(concept for concept, _ in _sides(word)):
            kept[word.start : word.end] = " " * (word.end - word.start)
    fact = statement.fact
    kept[fact.start : fact.end] = " " * (fact.end - fact.start)
    return [Phrase(word, lang) for word in dict.fromkeys(word_list("".join(kept), lang))]


def _numbered(words: Sequence[Found]) -> list[Fact]:
    """The facts of a sentence, numbered by concept and side.

    With a rise and a rise on one side, a rise and a fall on the other, the second rise has no
    like: a set of values would not show it.
    """
    counts: Counter[tuple[str, int]] = Counter()
    facts = []
    for word in words:
        for concept, side in _sides(word):
            counts[concept, side] += 1
            value = f"{concept}:{side}:{counts[concept, side]}"
            facts.append(Fact(concept, value, word.start, word.end))
    return facts


def _sides(word: Found) -> list[tuple[str, int]]:
    """What a word may mean, each once: several opposites of it are one fact."""
    return list(dict.fromkeys((s.concept, s.side) for s in word.senses))


def _contested(passage: Passage, words: Words) -> list[str]:
    """The concepts of which versions have different sides."""
    sides: dict[str, set[int]] = {}
    for segment in passage.segments:
        for word in words(segment):
            for sense in word.senses:
                sides.setdefault(sense.concept, set()).add(sense.side)
    return [kind for kind, values in sides.items() if len(values) > 1]


def _tries(
    dissent: Dissent, words: Words, passage: Passage, group: tuple[str, int]
) -> Iterator[_Try]:
    """Every word on that side of the concept may be the wrong one, with each of its opposites."""
    statement = dissent.statement
    concept, side, _ = statement.fact.value.split(":")
    for word in words(statement.segment):
        if (concept, int(side)) not in _sides(word):
            continue
        fact = replace(statement.fact, start=word.start, end=word.end, value=f"{concept}:{side}")
        moved = replace(dissent, statement=Statement(statement.segment, fact))
        if _explained(word, concept, moved, words, passage):
            continue
        senses = {
            s.opposite: s for s in reversed(word.senses) if s.concept == concept and s.opposite
        }
        for sense in list(senses.values())[::-1][:_MOST_TRIED]:
            yield _Try(group, moved, sense)


def _explained(word: Found, concept: str, dissent: Dissent, words: Words, passage: Passage) -> bool:
    """True when the others agree with another meaning of the word, or one of them is denied."""
    own = {side for side in _sides(word) if side[0] != concept}
    for statement in dissent.against:
        document = statement.segment.document
        there = {x for s in passage.of(document) for w in words(s) for x in _sides(w)}
        if own & there or _denied(statement) != _denied(dissent.statement):
            return True
    return False


def _denied(statement: Statement) -> bool:
    """True when a negation stands right before the word."""
    segment, start = statement.segment, statement.fact.start
    reach = _DENIED_WITHIN.get(base(segment.lang), _DENIED_WITHIN_OTHERS)
    return any(
        not n.soft and start - reach <= n.start < start
        for n in find_negations(segment.text[:start], segment.lang)
    )


def _weighed(raised: Sequence[_Try], context: Context) -> list[Opposition]:
    """What the encoder makes of each try, the best one of each dissent."""
    pairs: list[_Pair] = []
    counts: list[tuple[int, int]] = []
    for tried in raised:
        sentences, quotes = _questions(tried, context)
        pairs += [*sentences, *quotes]
        counts.append((len(sentences), len(quotes)))
    cosines = iter(context.similarities(pairs) if pairs else ())
    best: dict[tuple[str, int], Opposition] = {}
    for tried, (sentence_count, quote_count) in zip(raised, counts, strict=True):
        rise = _gain([next(cosines) for _ in range(sentence_count)])
        contrast = _gain([next(cosines) for _ in range(quote_count)])
        if not sentence_count:
            continue
        lang = tried.dissent.statement.segment.lang
        opposite = to_script(tried.sense.opposite, lang)
        found = Opposition(tried.dissent, opposite, tried.sense.soft, rise, contrast)
        known = best.get(tried.group)
        if known is None or found.weight > known.weight:
            best[tried.group] = found
    return list(best.values())


def _gain(cosines: Sequence[float]) -> float:
    """From `before, after, before, after, ...` the mean of the differences."""
    if not cosines:
        return 0.0
    return round((sum(cosines[1::2]) - sum(cosines[::2])) / (len(cosines) // 2), 3)


def _questions(tried: _Try, context: Context) -> tuple[list[_Pair], list[_Pair]]:
    """The sentence as it is and repaired beside the others', the word and its opposite too."""
    dissent, statement = tried.dissent, tried.dissent.statement
    segment, fact = statement.segment, statement.fact
    if not context.can_compare(segment.lang):
        return [], []
    opposite = to_script(tried.sense.opposite, segment.lang)
    repaired = segment.text[: fact.start] + opposite + segment.text[fact.end :]
    others = [s.segment for s in dissent.against]
    if not dissent.outvoted:
        others = list(context.counterparts(segment)) or others
    sentences: list[_Pair] = []
    for other in others:
        if context.can_compare(other.lang):
            there = Phrase(other.text, other.lang)
            sentences.append((Phrase(segment.text, segment.lang), there))
            sentences.append((Phrase(repaired, segment.lang), there))
    quotes: list[_Pair] = []
    for said in dissent.against:
        if context.can_compare(said.segment.lang):
            there = Phrase(said.quote, said.segment.lang)
            quotes.append((Phrase(statement.quote, segment.lang), there))
            quotes.append((Phrase(opposite, segment.lang), there))
    return sentences, quotes
