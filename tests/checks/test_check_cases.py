"""Runs every case file beside the checks, and checks every rule's metadata."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import auditor.checks
from auditor.core import (
    Document,
    Finding,
    Lag,
    Relation,
    RelationKind,
    Rule,
    Story,
    Tier,
)
from auditor.encode import Encoder, open_encoder
from auditor.lang import base
from auditor.pipeline import Run, all_rules, audit_story
from auditor.read import document_from_text

MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
HEADINGS = ("What it finds:", "Why it matters:", "Example:", "Leaves alone:", "Source:")
MQM_CORE = (
    "Terminology",
    "Accuracy",
    "Linguistic conventions",
    "Style",
    "Locale conventions",
    "Audience appropriateness",
    "Design and markup",
    "Custom",
)
KEYS = {
    "why",
    "lang",
    "text",
    "others",
    "articles",
    "date",
    "repair",
    "preview",
    "source",
    "html",
    "ending",
    "behind",
}
CHECKS = Path(auditor.checks.__file__).parent
RULES = {rule.id: rule for rule in all_rules()}


@dataclass(frozen=True)
class Case:
    rule: str
    kind: str
    number: int
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.rule}-{self.kind}-{self.number}"


def case_file(rule: str) -> Path:
    return CHECKS / f"{rule.replace('-', '_')}.toml"


def cases(rule: str) -> Iterator[Case]:
    path = case_file(rule)
    if path.is_file():
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, entries in table.items():
            for number, fields in enumerate(entries):
                yield Case(rule, kind, number, fields)


ALL = [case for rule in RULES for case in cases(rule)]


@cache
def encoder() -> Encoder:
    return open_encoder("use")


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without marks, and the places that were marked."""
    spans: list[tuple[int, int]] = []
    plain = ""
    position = 0
    for match in MARK.finditer(text):
        plain += text[position : match.start()]
        spans.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        position = match.end()
    return plain + text[position:], spans


def story_of(fields: dict[str, Any]) -> tuple[Story, list[tuple[int, int]]]:
    text, spans = unmarked(fields["text"])
    # Some checks know Markdown by the ending of its file, and the others by their id.
    ending = fields.get("ending", "")
    page = ending if ending == ".md" else ""
    own = document(
        text, f"text{page}", fields["lang"], html=fields.get("html", False), ending=ending
    )
    versions = [
        document(t, f"version-{lang}{page}", lang, ending=ending)
        for lang, t in fields.get("others", {}).items()
    ]
    articles = [
        document(t, f"article-{lang}", lang) for lang, t in fields.get("articles", {}).items()
    ]
    # Other versions come first: of two, the later one is the one that differs.
    same = [*versions, own]
    relations = [
        Relation(a.id, b.id, RelationKind.TRANSLATION, declared=True)
        for i, a in enumerate(same)
        for b in same[i + 1 :]
    ] + [
        Relation(a.id, b.id, RelationKind.COMPARABLE, declared=True)
        for i, b in enumerate(articles)
        for a in [*same, *articles[:i]]
    ]
    return (
        Story(
            "case",
            (*same, *articles),
            source=f"version-{fields['source']}{page}" if "source" in fields else None,
            relations=tuple(relations),
            date=fields.get("date"),
            lags=(Lag("text", versions[0].id, "1a2b3c4", "on 2024-05-01 (1a2b3c4)"),)
            if fields.get("behind")
            else (),
        ),
        spans,
    )


def document(text: str, id: str, lang: str, *, html: bool = False, ending: str = "") -> Document:
    return document_from_text(text, id, lang=lang, html=html, ending=ending)


def found(case: Case) -> tuple[list[Finding], list[tuple[int, int]]]:
    story, spans = story_of(case.fields)
    audit = audit_story(story, Run(encoder=encoder()))
    assert not audit.errors, audit.errors
    return [f for f in audit.findings if f.rule == case.rule], spans


def check_flag(case: Case) -> None:
    findings, spans = found(case)
    preview = case.fields.get("preview", False)
    places = sorted(
        (f.spans[0].start, f.spans[0].end)
        for f in findings
        if f.spans[0].document.startswith("text") and (preview or f.tier is Tier.STABLE)
    )
    assert places == spans, case.fields["why"]
    if "repair" in case.fields:
        assert [f.repair for f in findings] == [case.fields["repair"]] * len(findings)


@pytest.mark.parametrize("case", [c for c in ALL if c.kind == "flag"], ids=lambda c: c.name)
def test_what_a_rule_is_for_is_flagged_at_the_exact_characters(case: Case) -> None:
    check_flag(case)


@pytest.mark.parametrize("case", [c for c in ALL if c.kind == "pass"], ids=lambda c: c.name)
def test_hard_negatives_are_left_alone(case: Case) -> None:
    findings, spans = found(case)
    assert not spans, "a case that passes marks nothing"
    tolerated = case.fields.get("preview", False)
    assert [f.message for f in findings if not (tolerated and f.tier is Tier.PREVIEW)] == [], (
        case.fields["why"]
    )


@pytest.mark.parametrize(
    "case", [c for c in ALL if c.kind == "known_failure"], ids=lambda c: c.name
)
def test_known_failures_still_fail(case: Case) -> None:
    """When one is found at last, it moves to the flags: this test says so."""
    with pytest.raises(AssertionError):
        check_flag(case)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    module = sys.modules[rule.check.__module__]
    place = Path(str(module.__file__)).relative_to(CHECKS).with_suffix("").as_posix()
    assert place == rule.id.replace("-", "_")
    for heading in HEADINGS:
        assert heading in (module.__doc__ or ""), f"{heading} is missing in {place}.py"
    assert rule.mqm.split("/")[0] in MQM_CORE
    assert set(rule.yields_to) <= set(RULES), "it yields to a rule that does not exist"
    lines = Path(str(module.__file__)).read_text(encoding="utf-8").count("\n")
    assert lines <= 150, f"{place}.py has {lines} lines: a check is at most 150"


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_has_cases_for_what_it_flags_and_what_it_leaves_alone(rule: Rule) -> None:
    own = list(cases(rule.id))
    assert {c.kind for c in own} <= {"flag", "pass", "known_failure"}
    for case in own:
        assert case.fields.keys() <= KEYS, f"{case.name}: {case.fields.keys() - KEYS}"
        assert case.fields["why"].strip()
    assert sum(c.kind == "flag" for c in own) >= 1
    assert sum(c.kind == "pass" for c in own) >= 3
    if rule.languages is None or len(rule.languages) > 1:
        scripts = {base(c.fields["lang"]) in {"zh", "ja", "ko"} for c in own}
        assert scripts == {True, False}, "cases in one script only"


def test_rule_ids_and_aliases_are_unique() -> None:
    names = [name for rule in RULES.values() for name in (rule.id, *rule.aliases)]
    assert len(names) == len(set(names))
