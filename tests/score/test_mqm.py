from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.core import (
    ConfigError,
    Finding,
    OffsetMap,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Suppression,
    SuppressionKind,
    Tier,
)
from auditor.score.mqm import CORE, SEVERITY_WEIGHTS, Weights, count_words, mqm, read_weights

RULE = Rule(
    id="drift/date",
    name="Date",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=lambda _subject, _context: (),
)
STYLE = replace(RULE, id="spun/phrase", mqm="Style/Unidiomatic style")
TEN = "one two three four five six seven eight nine ten"


def segments(count: int) -> list[Segment]:
    length = len(TEN) + 1
    return [
        Segment("a", i, TEN, OffsetMap.identity(len(TEN), i * length), "en") for i in range(count)
    ]


def found(severity: Severity = Severity.MAJOR, rule: str = "drift/date", start: int = 0) -> Finding:
    return Finding(rule, Tier.STABLE, severity, 0.9, "m", (Span("a", start, start + 3),))


def test_the_score_is_what_the_formula_says() -> None:
    scored = mqm("a", segments(40), [found(), found(Severity.CRITICAL)], [RULE])
    assert scored is not None
    assert (scored.words, scored.penalty, scored.score) == (400, 30, 92.5)
    assert scored.errors == (("Accuracy", "critical", 1), ("Accuracy", "major", 1))
    assert scored.enough
    assert "major=5" in scored.variant


def test_the_interval_holds_the_score_and_is_the_same_each_time() -> None:
    one, two = (mqm("a", segments(40), [found(), found(start=99)], [RULE]) for _ in range(2))
    assert one == two
    assert one is not None
    assert one.low < one.score <= one.high


def test_a_score_of_few_words_says_so_and_never_falls_below_zero() -> None:
    scored = mqm("a", segments(2), [found(Severity.CRITICAL)], [RULE])
    assert scored is not None
    assert (scored.score, scored.enough) == (0, False)


def test_preview_accepted_and_other_documents_cost_nothing() -> None:
    accepted = replace(found(), suppression=Suppression(SuppressionKind.BASELINE))
    weak = replace(found(), tier=Tier.PREVIEW)
    other = replace(found(), spans=(Span("b", 0, 3),))
    scored = mqm("a", segments(40), [accepted, weak, other], [RULE])
    assert scored is not None
    assert (scored.penalty, scored.errors) == (0, ())


def test_a_version_without_words_has_no_score() -> None:
    assert mqm("a", [], [], [RULE]) is None


def test_a_project_weighs_severities_and_types() -> None:
    weights = read_weights(["major=10", "style = 0.5"])
    scored = mqm("a", segments(40), [found(rule="spun/phrase")], [STYLE], weights)
    assert scored is not None
    assert scored.penalty == 5
    assert "major=10" in scored.variant
    assert "Style*0.5" in scored.variant


@pytest.mark.parametrize("setting", ["major", "major=-1", "grave=3", "major=nan", "=", "major=x"])
def test_a_weight_that_means_nothing_is_one_clear_error(setting: str) -> None:
    with pytest.raises(ConfigError, match="weight"):
        read_weights([setting])


def test_weights_rise_with_severity() -> None:
    values = [Weights().severities[s] for s in Severity]
    assert values == sorted(values)
    assert set(SEVERITY_WEIGHTS) == set(Severity)


def test_every_rule_is_of_a_core_type() -> None:
    from auditor.pipeline import all_rules

    assert {rule.mqm.partition("/")[0] for rule in all_rules()} <= set(CORE)


@pytest.mark.parametrize(
    ("text", "lang", "words"),
    [
        ("Don't re-open it.", "en", 3),
        ("", "en", 0),
        ("大坝建成于一九八七年冬天", "zh-Hans", 7),
        ("在2024年,Reuters报道", "zh-Hans", 4),
    ],
)
def test_words_are_counted_in_any_script(text: str, lang: str, words: int) -> None:
    assert count_words(text, lang) == words
