"""Runs the checks on everything they are for, and says what did not run and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from auditor.core import (
    CheckError,
    Document,
    Finding,
    NotRun,
    Rule,
    Scope,
    Story,
    Verdict,
)
from auditor.encode import Store, remedy
from auditor.lang import base
from auditor.pipeline.context import RunContext
from auditor.pipeline.stored import remembered


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checks said.

    Attributes:
        findings: unresolved.
        verdicts: on whole documents.
        run: ids of the rules that ran, by document.
        not_run: the others, with the reason, by document.
        errors: checks that crashed.
    """

    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    run: dict[str, tuple[str, ...]]
    not_run: dict[str, tuple[NotRun, ...]]
    errors: tuple[CheckError, ...]


def judge(
    story: Story,
    rules: Sequence[Rule],
    context: RunContext,
    store: Store | None,
    digest: str,
    step: Callable[[str], None],
) -> Judged:
    """Runs every rule on every document it can judge.

    Args:
        story: with its relations.
        rules: what to run.
        context: what checks may ask.
        store: keeps what rules yield between runs.
        digest: of the story.
        step: told the id of each rule before it runs.
    """
    found: list[Finding | Verdict] = []
    errors: list[CheckError] = []
    reasons: dict[str, dict[str, str]] = {d.id: {} for d in story.documents}
    for rule in rules:
        step(rule.id)
        allowed: list[Document] = []
        for document in story.documents:
            reason = _why_not(rule, document, story, context)
            if reason:
                reasons[document.id][rule.id] = reason
            else:
                allowed.append(document)
        crashed: list[CheckError] = []
        if allowed:
            found += _yielded(rule, allowed, context, store, digest, crashed)
        for error in crashed:
            errors.append(error)
            for document in allowed:
                if error.document in ("", document.id):
                    reasons[document.id][rule.id] = f"it crashed: {error.error}"
    return Judged(
        findings=tuple(item for item in found if isinstance(item, Finding)),
        verdicts=tuple(item for item in found if isinstance(item, Verdict)),
        run={
            d.id: tuple(rule.id for rule in rules if rule.id not in reasons[d.id])
            for d in story.documents
        },
        not_run={
            id: tuple(NotRun(rule, reason) for rule, reason in sorted(because.items()))
            for id, because in reasons.items()
        },
        errors=tuple(errors),
    )


def _why_not(rule: Rule, document: Document, story: Story, context: RunContext) -> str:
    """Why a rule cannot judge a document, or an empty string."""
    if document.lang == "und" and not rule.any_language:
        return "its language could not be told; name it with --lang FILE=TAG"
    if rule.languages is not None and base(document.lang) not in rule.languages:
        return f"the rule does not know {document.lang}"
    if not rule.needs_counterpart:
        return ""
    if not context.can_compare(document.lang):
        return f"the encoder does not know {document.lang}{remedy(document.lang)}"
    if not any(
        relation.kind.same_text and document.id in (relation.left, relation.right)
        for relation in story.relations
    ):
        return "no other version of the same text"
    return ""


def _yielded(
    rule: Rule,
    allowed: Sequence[Document],
    context: RunContext,
    store: Store | None,
    digest: str,
    crashed: list[CheckError],
) -> list[Finding | Verdict]:
    def compute() -> list[Finding | Verdict]:
        found: list[Finding | Verdict] = []
        for document, subject in _subjects(rule, allowed, context):
            try:
                found += rule.check(subject, context)
            # A check is the only place where any error must not end the run: it is
            # named in the report, and the exit code tells.
            except Exception as error:  # noqa: BLE001
                crashed.append(CheckError(rule.id, document, f"{type(error).__name__}: {error}"))
                break
        return found

    # What a crashed check yielded is incomplete, so it is never kept.
    kept = {d.id for d in allowed}
    if store is None:
        result = compute()
    else:
        result = remembered(store, digest, rule, compute, keep=lambda: not crashed)
    return [item for item in result if _document(item) in kept]


def _document(item: Finding | Verdict) -> str:
    return item.document if isinstance(item, Verdict) else item.spans[0].document


def _subjects(
    rule: Rule, allowed: Sequence[Document], context: RunContext
) -> Iterator[tuple[str, Any]]:
    """(document id, subject) for everything of the rule's scope."""
    ids = {document.id for document in allowed}
    if rule.scope is Scope.STORY:
        return iter([("", context.story)])
    if rule.scope is Scope.DOCUMENT:
        return ((document.id, document) for document in allowed)
    if rule.scope is Scope.SEGMENT:
        return ((d.id, segment) for d in allowed for segment in context.segments(d.id))
    if rule.scope is Scope.PASSAGE:
        return (("", p) for p in context.passages if len(ids & set(p.documents)) > 1)
    return (
        (alignment.target, bead)
        for alignment in context.alignments
        if alignment.monotone and {alignment.source, alignment.target} <= ids
        for bead in alignment.beads
        if bead.source and bead.target
    )
