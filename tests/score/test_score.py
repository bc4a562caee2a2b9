from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from auditor.core import (
    Document,
    DocumentScore,
    Finding,
    OffsetMap,
    Passage,
    Relation,
    RelationKind,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Story,
    Suppression,
    SuppressionKind,
    Tier,
)
from auditor.score import Knowledge, score

RULE = Rule(
    id="drift/date",
    name="Date drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=lambda _subject, _context: (),
)
STYLE = replace(RULE, id="spun/phrase", mqm="Style/Unidiomatic style")

SENTENCE = "The barrier stands at the mouth of the river, six kilometres from the old town."

FRENCH = "Le barrage se dresse à l’embouchure du fleuve, à six kilomètres de la vieille ville."


def sides(cosine: float, count: int) -> NDArray[np.float32]:
    row = [1, 0, cosine, (1 - cosine * cosine) ** 0.5]
    return np.array([row] * count, np.float32).reshape(count, 4)


def document(id: str, lang: str, text: str) -> Document:
    return Document(id, lang, text, id, ())


def segment(id: str, lang: str, text: str) -> Segment:
    return Segment(id, 0, text, OffsetMap.identity(len(text)), lang)


def scored(
    texts: dict[str, str],
    cosine: float = 0.8,
    findings: Sequence[Finding] = (),
    source: str | None = None,
) -> dict[str, DocumentScore]:
    langs = dict(zip(texts, ("en", "fr", "it"), strict=False))
    segments = {id: (segment(id, langs[id], text),) for id, text in texts.items() if text}
    ids = list(texts)
    story = Story(
        "s",
        tuple(document(id, langs[id], text) for id, text in texts.items()),
        source,
        tuple(
            Relation(a, b, RelationKind.TRANSLATION)
            for i, a in enumerate(ids)
            for b in ids[i + 1 :]
        ),
    )
    passage = Passage(0, tuple(s for group in segments.values() for s in group), cosine)
    documents, _ = score(
        story,
        {id: segments.get(id, ()) for id in texts},
        [passage],
        findings,
        (RULE, STYLE),
        Knowledge(lambda pairs: sides(cosine, len(pairs)), lambda text, _: text, None),
        lambda _: True,
    )
    return {d.document: d for d in documents}


def damage(severity: Severity, tier: Tier = Tier.STABLE) -> Finding:
    return Finding("drift/date", tier, severity, 0.9, "m", (Span("b", 4, 9),))


def fidelity(**changes: object) -> float:
    found = scored({"a": SENTENCE, "b": FRENCH}, **changes)["b"].fidelity  # type: ignore[arg-type]
    assert found is not None
    return found


def test_fidelity_rises_with_similarity_from_wrong_to_right() -> None:
    values = [fidelity(cosine=c) for c in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    assert values == sorted(values)
    assert values[0] < 5
    assert values[-1] > 70


def test_fidelity_falls_with_the_severity_of_what_was_found() -> None:
    values = [fidelity(findings=[damage(s)]) for s in Severity]
    assert values == sorted(values, reverse=True)
    assert values[0] > 1.5 * values[-1]


def test_clumsy_words_cost_less_than_wrong_ones() -> None:
    clumsy = replace(damage(Severity.MAJOR), rule="spun/phrase")
    assert fidelity(findings=[damage(Severity.MAJOR)]) < fidelity(findings=[clumsy]) < fidelity()


def test_preview_findings_cost_less_than_stable_ones() -> None:
    weak = fidelity(findings=[damage(Severity.CRITICAL, Tier.PREVIEW)])
    assert fidelity(findings=[damage(Severity.CRITICAL)]) < weak < fidelity()


def test_an_accepted_finding_costs_nothing() -> None:
    accepted = replace(damage(Severity.CRITICAL), suppression=Suppression(SuppressionKind.BASELINE))
    assert fidelity(findings=[accepted]) == fidelity()


def test_half_of_a_text_is_less_faithful_than_all_of_it() -> None:
    texts = {"a": SENTENCE * 2, "b": SENTENCE * 2}
    whole = scored(texts)["b"]
    assert whole.parts["length"] == 1


@pytest.mark.parametrize(
    ("source", "against"),
    [
        ("a", {"a": "it is the declared source", "b": "source a", "c": "source a"}),
        (None, dict.fromkeys("abc", "consensus of 2 other versions")),
    ],
    ids=["declared", "consensus"],
)
def test_a_score_says_what_it_was_measured_against(
    source: str | None, against: dict[str, str]
) -> None:
    found = scored(dict.fromkeys("abc", SENTENCE), source=source)
    assert {id: d.against for id, d in found.items()} == against


def test_a_version_without_a_counterpart_has_no_fidelity_instead_of_zero() -> None:
    found = scored({"a": SENTENCE, "b": ""})
    assert [d.fidelity for d in found.values()] == [None, None]
    assert [d.coverage for d in found.values()] == [None, None]
