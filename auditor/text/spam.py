"""Finds the key phrases of trades that inject advertising into other people's text.

A key phrase is evidence of a subject, not of an injection: whether it belongs where
it stands is for the caller to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from auditor import lang as languages
from auditor.text.junction import fold, gain, is_han
from auditor.text.spam_lexicon import ALWAYS, Trade, contact_end, trades

MAX_JOINED = 5
"""Modifiers that join a term on one side: spam phrases are two to four words long."""
MIN_EMBEDDED = 4
"""Letters of a term that may be looked for inside a longer word: `bet` is in `better`."""
SHORTER = 0.5
"""What a shorter term costs where a longer one begins at the same place."""
MAX_UNKNOWN = 4
"""Unknown Chinese characters that may belong to a key phrase on one side."""
UNKNOWN_COST, UNKNOWN_STEP = 4.0, 1.0
"""Nats that unknown characters must earn by making a word whole: at all, and for each."""
PLURALS = ("s", "es")
"""Endings that a term may have."""
MAX_HITS = 200
"""Key phrases told per text; more show nothing new and would cost time on hostile input."""
_GAP = re.compile(r"[ \N{NO-BREAK SPACE}\N{HYPHEN-MINUS}\N{EN DASH},&+/]{0,2}")


@dataclass(frozen=True, slots=True)
class Edge:
    """A place where a key phrase may begin or end.

    Attributes:
        at: code point in the searched text.
        weight: how readily the words up to here join the term, 0 for the term alone.
    """

    at: int
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A term of a trade with the modifiers that may belong to it.

    Attributes:
        trade: its trade.
        folded: the text it stands in, folded.
        start: first code point of the term.
        end: one past its last code point.
        lefts: where the key phrase may begin, the nearest first.
        rights: where it may end, the nearest first.
        advertising: the term is advertising by itself, whatever stands beside it.
        contact: a handle or address belongs to it.
    """

    trade: Trade
    folded: str
    start: int
    end: int
    lefts: tuple[Edge, ...]
    rights: tuple[Edge, ...]
    advertising: bool
    contact: bool

    @property
    def term(self) -> str:
        """The term, folded."""
        return self.folded[self.start : self.end]

    @property
    def ordinary(self) -> bool:
        """True for a term that says nothing by itself, in the plural too: `both sexes`."""
        return any(self.term.removesuffix(e) in self.trade.ordinary for e in ("", *PLURALS))


def find_hits(text: str, lang: str) -> tuple[Hit, ...]:
    """The key phrases in a text, in order; those that touch or overlap are one.

    Args:
        text: any text; a key phrase never crosses a line end.
        lang: BCP 47 tag of the text; its own terms and the English ones are looked for.

    Returns:
        At most `MAX_HITS`.
    """
    folded = fold(text, lang)
    hits = (
        _hit(folded, trade, core, tag, lang)
        for tag in dict.fromkeys((languages.base(lang), ALWAYS))
        for trade in trades(tag)
        for core in _cores(folded, trade)
    )
    few = sorted(islice(hits, MAX_HITS), key=lambda hit: (hit.start, -hit.end))
    return tuple(_merged(few))


def names_trade(text: str, lang: str, trade: str) -> bool:
    """True when the text names a trade by any of its terms or advertising phrases."""
    return any(hit.trade.name == trade and is_word(hit) for hit in find_hits(text, lang))


def best_range(hit: Hit, lang: str) -> tuple[int, int, float, float]:
    """The span that was put in: where the rest reads on best, with the words that join.

    Args:
        hit: a key phrase.
        lang: BCP 47 tag of the text.

    Returns:
        Start, end, the gain in nats of taking it out (see `junction.gain`), and the
        weight of the modifiers in it.
    """
    choices = []
    lefts = _with_torn(hit, (*hit.lefts, *_beyond(hit, hit.lefts, lang, -1)), lang)
    rights = _with_torn(hit, (*hit.rights, *_beyond(hit, hit.rights, lang, 1)), lang)
    for left, torn_left in lefts:
        for right, torn_right in rights:
            better = gain(hit.folded, left.at, right.at, lang)
            weight = left.weight + right.weight
            value = better + weight - torn_left - torn_right
            # `_inside` at one end only: a piece of a longer word, not a splice.
            cut = _inside(hit.folded, left.at) or _inside(hit.folded, right.at)
            if not (cut and better == 0):
                choices.append((value, right.at - left.at, left.at, right.at, weight, better))
    if not choices:
        return hit.start, hit.end, 0.0, 0.0
    _, _, start, end, weight, better = max(choices)
    return start, end, better, weight


def _with_torn(hit: Hit, edges: tuple[Edge, ...], lang: str) -> list[tuple[Edge, float]]:
    """Each edge with the nats it costs to cut there: 德州扑克继 would leave 续 of 继续."""
    return [(edge, gain(hit.folded, edge.at, edge.at, lang)) for edge in edges]


def is_word(hit: Hit) -> bool:
    """True when the term is not part of a longer word, as `cialis` of `specialist`."""
    return not (_inside(hit.folded, hit.start) or _inside(hit.folded, hit.end))


def _beyond(hit: Hit, edges: tuple[Edge, ...], lang: str, step: int) -> Iterator[Edge]:
    """Edges past unknown characters: only a word made whole outweighs their cost."""
    if languages.base(lang) != "zh":
        return
    far = edges[-1]
    for count in range(1, MAX_UNKNOWN + 1):
        at = far.at + step * count
        passed = at if step < 0 else at - 1
        if not (0 <= passed < len(hit.folded) and is_han(hit.folded[passed])):
            return
        yield Edge(at, far.weight - UNKNOWN_COST - UNKNOWN_STEP * count)


def _cores(folded: str, trade: Trade) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Places of terms and phrases, overlapping ones joined, with the ends of the shorter ones.

    `博彩网` and `博彩` both begin in 博彩网站, and only the shorter one leaves the word 网站.
    """
    held: list[tuple[int, int]] = []
    for place in sorted(
        place
        for term in trade.terms | trade.ordinary | trade.phrases
        for place in _places(folded, term)
    ):
        if held and place[0] >= max(end for _, end in held):
            yield _core(held)
            held = []
        held.append(place)
    if held:
        yield _core(held)


def _core(places: list[tuple[int, int]]) -> tuple[int, int, tuple[int, ...]]:
    start, end = places[0][0], max(end for _, end in places)
    return start, end, tuple(sorted({e for s, e in places if s == start and e < end}))


def _places(folded: str, term: str) -> Iterator[tuple[int, int]]:
    at = folded.find(term)
    while at >= 0:
        end = at + len(term)
        for ending in ("", *PLURALS):
            stop = end + len(ending)
            # `paris sportifs` + `es` may be a plural or the rest of a broken word.
            if folded.startswith(ending, end) and (
                len(term) >= MIN_EMBEDDED or not (_inside(folded, at) or _inside(folded, stop))
            ):
                yield at, stop
        at = folded.find(term, end)


def _inside(folded: str, at: int) -> bool:
    return 0 < at < len(folded) and _is_letter(folded[at - 1]) and _is_letter(folded[at])


def _is_letter(char: str) -> bool:
    return char.isalnum() and not "\u3040" <= char <= "\u9fff"


def _hit(
    folded: str, trade: Trade, core: tuple[int, int, tuple[int, ...]], tag: str, lang: str
) -> Hit:
    """The term with everything beside it that may be part of the key phrase."""
    start, end, inner = core
    chinese = languages.base(tag) == "zh"
    rights = _edges(folded, end, trade, forward=True, chinese=chinese)
    # 微信 is a modifier too, and the handle behind it needs its name: 借款微信 jk8899.
    ends = (contact_end(folded, edge.at, lang) for edge in reversed(rights))
    contact = next((end for end in ends if end), None)
    if contact:
        rights = (*rights, Edge(contact, rights[-1].weight + 3))
    shorter = (
        Edge(edge.at, edge.weight - SHORTER)
        for at in inner
        for edge in _edges(folded, at, trade, forward=True, chinese=chinese)
    )
    return Hit(
        trade,
        folded,
        start,
        end,
        _edges(folded, start, trade, forward=False, chinese=chinese),
        (*shorter, *rights),
        any(phrase in folded[start:end] for phrase in trade.phrases),
        bool(contact),
    )


def _edges(folded: str, at: int, trade: Trade, *, forward: bool, chinese: bool) -> tuple[Edge, ...]:
    """Where the phrase may end (or begin): at the term, and behind each modifier that joins."""
    edges = [Edge(at, 0.0)]
    weight = 0.0
    for _ in range(MAX_JOINED):
        step = _joined(folded, at, trade, forward=forward, chinese=chinese)
        if step is None:
            break
        at, is_common = step
        weight += -0.5 if is_common else 1.0
        edges.append(Edge(at, weight))
    return tuple(edges)


def _joined(
    folded: str, at: int, trade: Trade, *, forward: bool, chinese: bool
) -> tuple[int, bool] | None:
    """The far end of the modifier that stands next to `at`, and whether it is a common word."""
    near = at
    if forward:
        gap = _GAP.match(folded, at)
        near = gap.end() if gap else at
    else:
        while near > max(0, at - 2) and _GAP.fullmatch(folded[near - 1]):
            near -= 1
    for words, is_common in ((trade.modifiers, False), (trade.common, True)):
        for word in words:
            far = near + len(word) if forward else near - len(word)
            if far < 0 or folded[min(near, far) : max(near, far)] != word:
                continue
            # `casinobonus` joins, `app` in `slots apply` and `at` in `that free spins` do not.
            whole = not _inside(folded, far) or (len(word) >= MIN_EMBEDDED and not is_common)
            if chinese or (whole and (near == at or not _inside(folded, near))):
                return far, is_common
    return None


def _merged(hits: list[Hit]) -> Iterator[Hit]:
    """Joins hits whose phrases touch: `bet365` inside `bet365 casino bonus` is one phrase."""
    held: Hit | None = None
    for hit in hits:
        if held and hit.start <= held.rights[-1].at:
            if hit.rights[-1].at > held.rights[-1].at:
                extended = tuple(e for e in hit.rights if e.at > held.rights[-1].at)
                base_weight = held.rights[-1].weight + 1
                rights = (*held.rights, *(Edge(e.at, e.weight + base_weight) for e in extended))
            else:
                rights = held.rights
            held = replace(
                held,
                rights=rights,
                advertising=held.advertising or hit.advertising,
                contact=held.contact or hit.contact,
            )
            continue
        if held:
            yield held
        held = hit
    if held:
        yield held
