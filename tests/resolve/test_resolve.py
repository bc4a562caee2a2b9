from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import (
    Document,
    Evidence,
    Finding,
    OffsetMap,
    Rule,
    Scope,
    Severity,
    Span,
    Story,
    Tier,
)
from auditor.core.document import Block, BlockKind
from auditor.resolve import resolve

TEXT = "The dam was closed in 1987. The dam was closed in 1987. Everyone was surprised by it. " * 3


def story(text: str = TEXT) -> Story:
    half = len(text) // 2
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, text[start:end], OffsetMap.identity(end - start, start))
        for start, end in ((0, half), (half, len(text)))
    )
    return Story("s", (Document("a", "en", text, "a", blocks),))


def rule(id: str, *yields_to: str) -> Rule:
    return Rule(
        id=id,
        name=id,
        mqm="Accuracy/Mistranslation",
        severity=Severity.MAJOR,
        tier=Tier.STABLE,
        scope=Scope.DOCUMENT,
        check=lambda _subject, _context: (),
        yields_to=yields_to,
    )


RULES = (rule("drift/date", "spun/phrase"), rule("spun/phrase"), rule("spun/document"))


def finding(
    id: str,
    start: int,
    end: int,
    *,
    severity: Severity = Severity.MAJOR,
    confidence: float = 0.9,
    tier: Tier = Tier.STABLE,
) -> Finding:
    return Finding(id, tier, severity, confidence, "m", (Span("a", start, end),))


def kept(*findings: Finding, text: str = TEXT) -> list[tuple[str, int, int]]:
    return [
        (f.rule, f.spans[0].start, f.spans[0].end) for f in resolve(findings, RULES, story(text))
    ]


def test_a_rule_yields_where_a_stronger_one_marks_the_same_characters() -> None:
    assert kept(finding("drift/date", 22, 26), finding("spun/phrase", 20, 26)) == [
        ("spun/phrase", 20, 26)
    ]


def test_a_rule_does_not_yield_next_to_a_stronger_one() -> None:
    assert len(kept(finding("drift/date", 22, 26), finding("spun/phrase", 26, 30))) == 2


def test_a_preview_finding_never_displaces_a_stable_one() -> None:
    weak = finding("spun/phrase", 20, 26, tier=Tier.PREVIEW)
    assert ("drift/date", 22, 26) in kept(finding("drift/date", 22, 26), weak)


def test_a_verdict_on_the_document_displaces_nothing() -> None:
    both = kept(finding("drift/date", 22, 26), finding("spun/document", 0, len(TEXT)))
    assert ("drift/date", 22, 26) in both


def test_one_rule_marks_a_place_once() -> None:
    assert kept(finding("drift/date", 22, 26), finding("drift/date", 22, 26)) == [
        ("drift/date", 22, 26)
    ]


def test_the_worst_comes_first() -> None:
    findings = (
        finding("drift/date", 22, 26, severity=Severity.MINOR),
        finding("drift/date", 50, 54, severity=Severity.CRITICAL, confidence=0.6),
        finding("drift/date", 80, 84, severity=Severity.CRITICAL, tier=Tier.PREVIEW),
    )
    assert [start for _, start, _ in kept(*findings)] == [50, 22, 80]


@given(st.permutations(range(6)))
def test_the_order_of_checks_changes_nothing(order: list[int]) -> None:
    findings = [finding("drift/date", 10 * i, 10 * i + 15) for i in range(6)]
    one = resolve(findings, RULES, story())
    assert resolve([findings[i] for i in order], RULES, story()) == one


def paragraphs(text: str) -> Story:
    """A story whose blocks end at empty lines."""
    places = [(m.start(), m.end()) for m in re.finditer(r"(?s).+?(?=\n\n|\Z)", text)]
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, text[start:end], OffsetMap.identity(end - start, start))
        for start, end in places
    )
    return Story("s", (Document("a", "en", text, "a", blocks),))


def marks(text: str, start: int, **changes: object) -> str:
    one = replace(finding("drift/date", start, start + 4), **changes)  # type: ignore[arg-type]
    return resolve([one], RULES, paragraphs(text))[0].fingerprint


def test_a_fingerprint_survives_edits_elsewhere() -> None:
    text = "A long introduction stands here. The dam was closed in 1987, they said at the time."
    assert marks(text, text.index("1987")) == marks("More. " + text, text.index("1987") + 6)


def test_a_fingerprint_survives_a_paragraph_right_above_or_below() -> None:
    text = "In 1987 the dam was closed."
    more = "Another paragraph."
    known = marks(text, 3)
    assert marks(f"{more}\n\n{text}", 3 + len(more) + 2) == known
    assert marks(f"{text}\n\n{more}", 3) == known
    assert marks(f"Yes. {text}", 8) != known


@pytest.mark.parametrize(
    "changes",
    [{"values": ("1987", "1988")}, {"rule": "spun/phrase"}],
    ids=["another-value", "another-rule"],
)
def test_a_fingerprint_dies_when_the_facts_change(changes: dict[str, object]) -> None:
    assert marks(TEXT, 22) != marks(TEXT, 22, **changes)


def test_a_fingerprint_ignores_score_and_message() -> None:
    assert marks(TEXT, 22) == marks(TEXT, 22, confidence=0.1, message="other words")


def test_equal_quotes_in_equal_context_are_told_apart_by_number() -> None:
    text = "x " * 100 + "1987" + " x" * 200 + "1987" + " x" * 100
    places = [text.index("1987"), text.rindex("1987")]
    found = resolve(
        [finding("drift/date", place, place + 4) for place in places], RULES, story(text)
    )
    stems = {f.fingerprint.rsplit(":", 1)[0] for f in found}
    assert len(stems) == 1
    assert len({f.fingerprint for f in found}) == 2


BROKEN_RULES = (rule("drift/number", "encoding/entity"), rule("encoding/entity"))


def two_versions() -> Story:
    def version(id: str, text: str) -> Document:
        block = Block(BlockKind.PARAGRAPH, text, OffsetMap.identity(len(text), 0))
        return Document(id, "en", text, id, (block,))

    return Story("s", (version("a", "There were 1,250 houses."), version("b", "Some 1&#44;250.")))


def number(at: Span, against: Span) -> Finding:
    return replace(finding("drift/number", 0, 1), spans=(at,), evidence=(Evidence(against),))


def test_a_value_broken_in_one_version_is_told_once_and_not_in_the_other() -> None:
    entity = replace(finding("encoding/entity", 0, 1), spans=(Span("b", 6, 11),))
    left, whole = Span("b", 11, 14), Span("a", 11, 16)
    for wrong in (number(whole, left), number(left, whole)):
        kept = resolve((entity, wrong), BROKEN_RULES, two_versions())
        assert [f.rule for f in kept] == ["encoding/entity"]


def test_a_sound_value_still_contradicts_another() -> None:
    entity = replace(finding("encoding/entity", 0, 1), spans=(Span("b", 6, 11),))
    sound = number(Span("a", 11, 16), Span("b", 0, 4))
    assert len(resolve((entity, sound), BROKEN_RULES, two_versions())) == 2
    mixed = replace(sound, evidence=(Evidence(Span("b", 11, 14)), Evidence(Span("b", 0, 4))))
    assert len(resolve((entity, mixed), BROKEN_RULES, two_versions())) == 2


def test_what_is_shown_on_request_breaks_nothing_that_is_shown() -> None:
    entity = replace(finding("encoding/entity", 0, 1, tier=Tier.PREVIEW), spans=(Span("b", 6, 11),))
    wrong = number(Span("a", 11, 16), Span("b", 11, 14))
    assert len(resolve((entity, wrong), BROKEN_RULES, two_versions())) == 2
