"""Findings beside the labels of a manifest, and passages beside a hand alignment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path
from typing import Any

from auditor.align.notation import loads
from auditor.core import Audit, Finding, Span, Tier
from auditor.read.manifest import read_manifest

Label = Mapping[str, Any]
Link = tuple[str, int, str, int]


def labels(root: Path, story: str, rule: str) -> list[Label]:
    """The labels of one rule that have to be found; of phrases, the blatant ones."""
    manifest = read_manifest(root / "corpora" / story / "story.toml")
    return [
        label
        for label in manifest.expected
        if label["rule"] == rule
        and not label.get("optional")
        and (rule != "spun/phrase" or label.get("must"))
    ]


def allowed(root: Path, story: str, rule: str) -> list[Label]:
    """Every label of one rule: what it may mark."""
    manifest = read_manifest(root / "corpora" / story / "story.toml")
    return [label for label in manifest.expected if label["rule"] == rule]


def findings(audit: Audit, rule: str, *, preview: bool = False) -> list[Finding]:
    return [f for f in audit.findings if f.rule == rule and (preview or f.tier is Tier.STABLE)]


def places(found: Sequence[Finding]) -> set[tuple[str, int, int]]:
    return {(s.document, s.start, s.end) for f in found for s in f.spans[:1]}


def place(label: Label) -> tuple[str, int, int]:
    return label["document"], label["start"], label["end"]


def overlapping(label: Label, found: Sequence[Finding]) -> list[Finding]:
    span = Span(*place(label))
    return [f for f in found if any(s.overlaps(span) for s in f.spans)]


def gold_links(path: Path) -> set[Link]:
    """Pairs of paragraphs, by where they start, that the hand alignment puts together."""
    table = loads(path.read_text(encoding="utf-8"), str(path))
    links: set[Link] = set()
    for row in table.rows:
        starts = {spans[0].document: [span.start for span in spans] for spans in row.spans if spans}
        links |= set(_links(starts))
    return links


def found_links(audit: Audit, documents: Sequence[str]) -> set[Link]:
    """The same for an audit: paragraphs belong together when most of the shorter one does.

    A paragraph that shares only its last sentence with the next passage is not linked by it.
    """
    blocks: dict[tuple[str, int], int] = {}
    starts: dict[tuple[str, int], int] = {}
    for document in documents:
        for segment in audit.segments[document]:
            key = document, segment.block
            blocks[key] = blocks.get(key, 0) + len(segment.text)
            starts.setdefault(key, segment.span().start)
    shared: dict[tuple[tuple[str, int], tuple[str, int]], tuple[int, int]] = {}
    for passage in audit.passages:
        for left, right in combinations(documents, 2):
            ours, theirs = passage.of(left), passage.of(right)
            for a, b in product({s.block for s in ours}, {s.block for s in theirs}):
                before = shared.get(((left, a), (right, b)), (0, 0))
                shared[(left, a), (right, b)] = (
                    before[0] + sum(len(s.text) for s in ours if s.block == a),
                    before[1] + sum(len(s.text) for s in theirs if s.block == b),
                )
    return {
        (*_named(one, starts), *_named(two, starts))
        for (one, two), (left_share, right_share) in shared.items()
        if left_share >= 0.5 * blocks[one] or right_share >= 0.5 * blocks[two]
    }


def _named(key: tuple[str, int], starts: Mapping[tuple[str, int], int]) -> tuple[str, int]:
    return key[0], starts[key]


def _links(starts: Mapping[str, Sequence[int]]) -> Iterator[Link]:
    for left, right in combinations(sorted(starts), 2):
        for a, b in product(starts[left], starts[right]):
            yield left, a, right, b


def f1(found: set[Link], gold: set[Link]) -> float:
    return 2 * len(found & gold) / (len(found) + len(gold))
