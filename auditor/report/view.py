"""What the page's template shows, made ready: cards, quotations, strips and choices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from auditor.core import Audit, DocumentResult, Finding, Severity, Span, Tier, Verdict
from auditor.report.characters import well_formed_name
from auditor.report.layout import Layout
from auditor.report.shown import Excerpt, Shown
from auditor.report.wording import crowds, family, language_name

CONTEXT = 70

# Words compared one by one; a longer repair is shown as a whole beside what it replaces.
DIFF_WORDS = 200

# The map is drawn on a scale of this many units; a tick is wide enough to be seen and hit.
MAP_WIDTH = 1000
TICK = 5

# A word, or one character of a script without spaces, or one other character.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|\s+|.", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A place in a version, quoted.

    Attributes:
        column: the number of its document in the story.
        name: the document's id.
        lang: its language tag.
        line: from 1.
        position: column in the line, from 1.
        excerpt: the text with its context.
        note: what it says; may be empty.
        anchor: id of the place in the page; empty where the page does not show it.
    """

    column: int
    name: str
    lang: str
    line: int
    position: int
    excerpt: Excerpt
    note: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a repair: `keep`, `delete` or `insert`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One finding.

    Attributes:
        rank: its place in the ranking, from 0.
        finding: as it is.
        family: of its rule.
        name: what its rule is called; its id where the rule is not known.
        mqm: MQM category of the rule; may be empty.
        column: the number of the document where to look.
        places: the quoted spans; empty when it is about the whole document.
        evidence: the quoted evidence.
        changes: the repair as a difference; empty without a proposal.
        more: places that are marked in the text and not quoted here.
    """

    rank: int
    finding: Finding
    family: str
    name: str
    mqm: str
    column: int
    places: tuple[Quotation, ...]
    evidence: tuple[Quotation, ...]
    changes: tuple[Change, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A finding on the map: `x` and `width` in units of `MAP_WIDTH`."""

    rank: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Version:
    """One version as the page's head shows it.

    Attributes:
        column: its number in the story.
        name: its id.
        lang: its language tag.
        language: the English name of the language.
        result: score, verdicts and rules.
        verdicts: sorted, the likeliest first.
        skipped: rules that did not run, by reason.
        stable: stable findings by severity, the worst first.
        furniture: stretches of the map that are not the article, as `(x, width)`.
        ticks: the findings on the map, the worst last so that it lies on top.
        whole: ranks of findings about the whole document.
    """

    column: int
    name: str
    lang: str
    language: str
    result: DocumentResult
    verdicts: tuple[Verdict, ...]
    skipped: tuple[tuple[str, tuple[str, ...]], ...]
    stable: tuple[tuple[Severity, int], ...]
    furniture: tuple[tuple[float, float], ...]
    ticks: tuple[Tick, ...]
    whole: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: its value, what it is called and how many findings it holds."""

    value: str
    label: str
    count: int


def cards(
    audit: Audit, shown: dict[str, Shown], layout: Layout, *, places: int = 6
) -> tuple[Card, ...]:
    """One card for each finding, ranked.

    Args:
        audit: the findings.
        shown: the shown text of each document.
        layout: says which places can be seen.
        places: how many places of one defect are quoted.
    """
    columns = {d.id: i for i, d in enumerate(audit.story.documents)}
    rules = {rule.id: rule for rule in audit.rules}
    made = []
    for rank, finding in enumerate(audit.findings):
        spans = [s for s in finding.spans if not shown[s.document].is_whole(s)]
        quoted = [
            _quotation(span, columns, shown, _known(_mark_id(rank, number), layout))
            for number, span in enumerate(spans[:places])
        ]
        evidence = [
            _quotation(e.span, columns, shown, _known(f"e{rank}-{k}", layout), e.note)
            for k, e in enumerate(finding.evidence)
        ]
        made.append(
            Card(
                rank,
                finding,
                family(finding.rule),
                rules[finding.rule].name if finding.rule in rules else finding.rule,
                rules[finding.rule].mqm if finding.rule in rules else "",
                columns[finding.spans[0].document],
                tuple(quoted),
                tuple(evidence),
                _repair(finding, shown) if finding.repair is not None else (),
                max(0, len(spans) - places),
            )
        )
    return tuple(made)


def stacks(made: Sequence[Card], *, shown: int = 3) -> tuple[tuple[list[Card], list[Card]], ...]:
    """The cards in their order, each crowd together: those shown and those folded away."""
    groups = ([made[r] for r in ranks] for ranks in crowds([c.finding for c in made]))
    return tuple((group[:shown], group[shown:]) for group in groups)


def _mark_id(rank: int, number: int) -> str:
    return f"m{rank}" if not number else f"m{rank}-{number}"


def _known(anchor: str, layout: Layout) -> str:
    return anchor if anchor in layout.anchors else ""


def _quotation(
    span: Span, columns: dict[str, int], shown: dict[str, Shown], anchor: str, note: str = ""
) -> Quotation:
    view = shown[span.document]
    line, position = view.place(span)
    document = view.document
    return Quotation(
        columns[document.id],
        well_formed_name(document.id),
        document.lang,
        line,
        position,
        view.excerpt(span, CONTEXT),
        note,
        anchor,
    )


def _repair(finding: Finding, shown: dict[str, Shown]) -> tuple[Change, ...]:
    span = finding.spans[0]
    old = shown[span.document].excerpt(span, 0).marked
    return difference(old, finding.repair or "")


def difference(old: str, new: str) -> tuple[Change, ...]:
    """What a repair deletes and inserts, word by word (character by character in Chinese)."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) > DIFF_WORDS or len(after) > DIFF_WORDS:
        return tuple(c for c in (Change("delete", old), Change("insert", new)) if c.text)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    changes = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            changes.append(Change("keep", "".join(before[i:j])))
            continue
        changes += [Change("delete", "".join(before[i:j])), Change("insert", "".join(after[k:m]))]
    return tuple(c for c in changes if c.text)


def versions(audit: Audit, shown: dict[str, Shown]) -> tuple[Version, ...]:
    """One entry per document, in story order."""
    results = {r.document: r for r in audit.documents}
    held = [
        (column, shown[d.id], results[d.id])
        for column, d in enumerate(audit.story.documents)
        if d.id in results
    ]
    return tuple(_version(audit, column, view, result) for column, view, result in held)


def _version(audit: Audit, column: int, view: Shown, result: DocumentResult) -> Version:
    document = view.document
    length = max(1, len(document.raw))
    skipped: dict[str, list[str]] = {}
    for missing in result.rules_not_run:
        skipped.setdefault(missing.reason, []).append(missing.rule)
    own = [(i, f) for i, f in enumerate(audit.findings) if f.spans[0].document == document.id]
    counted = (f for _, f in own if f.tier is Tier.STABLE and f.suppression is None)
    stable = Counter(f.severity for f in counted)
    return Version(
        column,
        well_formed_name(document.id),
        document.lang,
        language_name(document.lang),
        result,
        tuple(sorted(result.verdicts, key=lambda v: (-v.probability, v.name))),
        tuple((reason, tuple(rules)) for reason, rules in sorted(skipped.items())),
        tuple((s, stable[s]) for s in reversed(Severity) if stable[s]),
        tuple(
            (_scaled(left, length), max(1.0, _scaled(right - left, length)))
            for (left, right), block in zip(view.ranges, document.blocks, strict=True)
            if not block.kind.is_content and left < right
        ),
        tuple(_ticks(own, view, length)),
        tuple(i for i, f in own if view.is_whole(f.spans[0])),
    )


def _ticks(own: Sequence[tuple[int, Finding]], view: Shown, length: int) -> Iterable[Tick]:
    for rank, finding in sorted(own, key=lambda held: (held[1].severity.rank, -held[0])):
        for span in finding.spans:
            if span.document == view.document.id and not view.is_whole(span):
                width = max(TICK, _scaled(len(span), length))
                x = min(_scaled(span.start, length), MAP_WIDTH - width)
                yield Tick(rank, x, width)


def _scaled(offset: int, length: int) -> float:
    return round(MAP_WIDTH * offset / length, 1)


def families(made: Iterable[Card]) -> tuple[Choice, ...]:
    """The families that have findings, by name."""
    held = Counter(card.family for card in made)
    return tuple(Choice(name, name, held[name]) for name in sorted(held))


def severity_choices(made: Iterable[Card]) -> tuple[Choice, ...]:
    """The severities that have findings, the worst first."""
    held = Counter(card.finding.severity for card in made)
    return tuple(Choice(s.value, s.value, held[s]) for s in reversed(Severity) if held[s])
