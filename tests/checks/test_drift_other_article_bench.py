"""Numbers of other articles on NTREX-128: none between documents, some where one was changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from auditor.bench.clean import TAGS, line_aligned
from auditor.core import OffsetMap, Relation, RelationKind, Segment, Story
from auditor.encode import open_encoder
from auditor.pipeline.context import Meaning, RunContext
from auditor.read import document_from_text
from auditor.text.number_claims import contradicted, number_claims
from auditor.text.quantities import find_quantities

Version = Sequence[Segment]


STORY = Story(
    "two",
    (document_from_text("x", "a", lang="en"), document_from_text("y", "b", lang="en")),
    relations=(Relation("a", "b", RelationKind.COMPARABLE),),
)


@pytest.fixture(scope="module")
def two() -> RunContext:
    """Two articles on the same events, as a check sees them."""
    return RunContext(STORY, {}, (), (), (), (), Meaning(open_encoder("use")))


@pytest.fixture(scope="module")
def versions(shared: Path) -> dict[tuple[str, str], list[str]]:
    names, texts = line_aligned(shared / "bench" / "ntrex-dev", ["eng", "fra"])
    return {
        (TAGS[file], name): [line for line, own in zip(lines, names, strict=True) if own == name]
        for file, lines in texts.items()
        for name in dict.fromkeys(names)
    }


def version(id: str, lang: str, lines: Sequence[str]) -> Version:
    return [Segment(id, i, t, OffsetMap.identity(len(t)), lang) for i, t in enumerate(lines)]


def found(left: Version, right: Version, two: RunContext) -> list[int]:
    """The sentences of the second article whose number the first contradicts."""
    claims = number_claims({"a": left, "b": right})
    return [claim.statement.segment.index for claim, _ in contradicted(claims, two)]


def test_different_documents_do_not_contradict_each_other(
    versions: dict[tuple[str, str], list[str]], two: RunContext
) -> None:
    english = {name: lines for (lang, name), lines in versions.items() if lang == "en"}
    flagged = [
        (a, b)
        for a, b in combinations(english, 2)
        if found(version("a", "en", english[a]), version("b", "en", english[b]), two)
    ]
    assert flagged == []


def test_a_changed_number_is_found_where_it_stands_alone_beside_a_name(
    versions: dict[tuple[str, str], list[str]], two: RunContext
) -> None:
    planted = hits = 0
    for (lang, name), lines in versions.items():
        if lang != "fr":
            continue
        english, french = version("a", "en", versions["en", name]), version("b", "fr", lines)
        assert found(english, french, two) == []
        for segment in french:
            for fact in find_quantities(segment.text, "fr"):
                digits = segment.text[fact.start : fact.end]
                if (
                    fact.kind != "number"
                    or not fact.hard
                    or not digits.isdigit()
                    or len(digits) < 2
                ):
                    continue
                text = f"{segment.text[: fact.start]}{int(digits) + 13}{segment.text[fact.end :]}"
                changed = replace(segment, text=text, offsets=OffsetMap.identity(len(text)))
                others = [changed if s == segment else s for s in french]
                planted += 1
                hits += segment.index in found(english, others, two)
    assert planted > 100
    assert hits >= 0.15 * planted
