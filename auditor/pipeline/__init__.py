"""The only place where the stages meet: files in, an `Audit` out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from auditor.align.notation import PassageTable
from auditor.core import (
    Audit,
    DocumentResult,
    DocumentScore,
    KnownName,
    MqmScore,
    Rule,
    Segment,
    Story,
)
from auditor.encode import Encoder, Store, Vectors, cached, described, for_languages, knows, why
from auditor.pipeline.compare import Compared, compare, segment_vectors
from auditor.pipeline.context import Meaning, RunContext, prepared
from auditor.pipeline.judge import Judged, judge
from auditor.pipeline.keyed import keyed_table
from auditor.pipeline.load import Loaded, load_story
from auditor.pipeline.prepare import Prepared, prepare
from auditor.pipeline.references import Reference, reference_metrics
from auditor.pipeline.rules import all_rules
from auditor.pipeline.stored import story_digest
from auditor.resolve import resolve
from auditor.score import Knowledge, bead_texts, score
from auditor.score.learned import Judge, judge_beads
from auditor.score.mqm import Weights, mqm
from auditor.score.rewrites import rewrite_metrics

__all__ = [
    "Loaded",
    "Prepared",
    "Run",
    "all_rules",
    "audit_story",
    "encoder_of",
    "finish",
    "load_story",
    "prepare",
    "sentences",
]

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Run:
    """What an audit runs with.

    Attributes:
        encoder: turns texts into vectors.
        store: the cache, or None.
        rules: what is checked; every rule when None.
        candidates: base language tags to choose from when a language is not declared.
        progress: told of long work, or None.
        names: what the project says of names, for stories that say nothing themselves.
        weights: what errors cost by MQM; its own weights when None.
        sparing: keep the vectors of sentences only, not those of the hundreds of words and
            phrases that checks ask for: a cache of a gigabyte then serves ten times as many
            stories.
        judge: a learned judge whose scores stand beside fidelity, or None.
        second: reads a whole story in place of `encoder` where that lacks one of its languages
            and this one knows them all; None without one.
    """

    encoder: Encoder
    store: Store | None = None
    rules: tuple[Rule, ...] | None = None
    candidates: tuple[str, ...] | None = None
    progress: Progress | None = None
    names: tuple[KnownName, ...] = ()
    weights: Weights | None = None
    sparing: bool = False
    judge: Judge | None = None
    second: Encoder | None = None


def audit_story(
    story: Story,
    run: Run,
    problems: Sequence[str] = (),
    given: PassageTable | None = None,
    ready: Prepared | None = None,
    references: Sequence[Reference] = (),
) -> Audit:
    """Audits one story.

    Args:
        story: documents as read; relations as far as they are declared.
        run: encoder, cache and rules.
        problems: what could not be read, to be named in the report.
        given: passages that a person made, to be used instead of computed ones; those of the
            keys where every version is a string file.
        ready: what `prepare` made of the documents, where that is done already.
        references: translations that somebody trusts, from `read_reference`.
    """
    ready = ready or prepare(story.documents, run.candidates, run.store)
    story = replace(story, documents=ready.documents)
    measured = reference_metrics(references, story, run.candidates)
    langs = [document.lang for document in ready.documents]
    reading = replace(run, encoder=for_languages(run.encoder, run.second, langs))
    meaning = Meaning(encoder_of(reading))
    vectors = segment_vectors(story, ready.segments, meaning)
    given = given or keyed_table(story)
    compared = compare(story, ready.segments, vectors, run.store, given)
    if run.sparing:
        # What a check asks for is needed again only when that very check is computed anew.
        meaning.encoder = reading.encoder
    audit = finish(story, ready.segments, vectors, compared, meaning, reading, problems)
    told = audit.encoder + why(run.encoder, reading.encoder, langs)
    return replace(audit, encoder=told, metrics=audit.metrics + measured)


def sentences(ready: Prepared, run: Run) -> list[str]:
    """What an audit of these documents asks the first encoder for first, as it will read it."""
    langs = [document.lang for document in ready.documents]
    if for_languages(run.encoder, run.second, langs) is not run.encoder:
        return []
    return [
        prepared(segment.text, document.lang)
        for document in ready.documents
        if knows(run.encoder, document.lang)
        for segment in ready.segments[document.id]
    ]


def encoder_of(run: Run) -> Encoder:
    """The encoder of a run, behind its cache and its progress bar where there are any."""

    def step(done: int, total: int) -> None:
        if run.progress:
            run.progress("reading for meaning", done, total)

    return cached(run.encoder, run.store, progress=step) if run.store else run.encoder


def finish(
    story: Story,
    segments: Mapping[str, tuple[Segment, ...]],
    vectors: Mapping[str, Vectors],
    compared: Compared,
    meaning: Meaning,
    run: Run,
    problems: Sequence[str] = (),
    outdone: float | None = None,
) -> Audit:
    """Checks, resolves and scores a story whose versions have been compared.

    Args:
        story: documents prepared.
        segments: their content segments.
        vectors: their unit vectors.
        compared: relations, alignments, passages and gaps.
        meaning: compares texts for the checks.
        run: cache and rules.
        problems: what could not be read.
        outdone: by how much a target that is not in the story is nearer to its source than its
            own; None where its own passages tell.
    """
    story = replace(story, relations=compared.relations, names=story.names or run.names)
    context = RunContext(
        story,
        segments,
        compared.alignments,
        compared.passages,
        compared.gaps,
        compared.moves,
        meaning,
    )
    rules = run.rules if run.rules is not None else all_rules()
    digest = story_digest(story, meaning.encoder.id, compared.passages) if run.store else ""
    done = iter(range(len(rules) + 1))

    def step(rule: str) -> None:
        if run.progress:
            run.progress(f"checking {rule}", next(done), len(rules))

    judged = judge(story, rules, context, run.store, digest, step)
    findings = resolve(judged.findings, rules, story)
    knowledge = Knowledge(_sides(vectors), prepared, meaning.know, outdone)
    scores, beads = score(
        story, segments, compared.passages, findings, rules, knowledge, context.can_compare
    )
    metrics = rewrite_metrics(story, compared.passages)
    if run.judge is not None:
        if run.progress:
            run.progress("asking the judge", 0, len(beads))
        texts = bead_texts(story, compared.passages, beads)
        beads, judged_metrics = judge_beads(beads, texts, run.judge, run.store)
        metrics = judged_metrics + metrics
    prices = {
        d.id: mqm(d.id, segments[d.id], findings, rules, run.weights) for d in story.documents
    }
    return Audit(
        story=story,
        segments=segments,
        alignments=compared.alignments,
        passages=compared.passages,
        findings=findings,
        documents=_results(story, scores, judged, prices),
        beads=beads,
        errors=judged.errors,
        problems=tuple(problems),
        rules=tuple(rules),
        encoder=described(meaning.encoder),
        version=_version(),
        metrics=metrics,
    )


def _sides(
    vectors: Mapping[str, Vectors],
) -> Callable[[Sequence[tuple[Sequence[Segment], Sequence[Segment]]]], Vectors]:
    held: dict[Sequence[Segment], Vectors] = {}

    def mean(group: Sequence[Segment]) -> Vectors:
        if group not in held:
            total = vectors[group[0].document][[s.index for s in group]].sum(axis=0)
            held[group] = total / (np.linalg.norm(total) or 1.0)
        return held[group]

    def of(pairs: Sequence[tuple[Sequence[Segment], Sequence[Segment]]]) -> Vectors:
        if not pairs:
            return np.zeros((0, 2), np.float32)
        return np.stack([np.concatenate([mean(left), mean(right)]) for left, right in pairs])

    return of


def _results(
    story: Story,
    scores: Sequence[DocumentScore],
    judged: Judged,
    prices: Mapping[str, MqmScore | None],
) -> tuple[DocumentResult, ...]:
    return tuple(
        DocumentResult(
            document=document.id,
            score=scored,
            verdicts=tuple(v for v in judged.verdicts if v.document == document.id),
            rules_run=judged.run[document.id],
            rules_not_run=judged.not_run[document.id],
            mqm=prices[document.id],
        )
        for document, scored in zip(story.documents, scores, strict=True)
    )


def _version() -> str:
    from auditor import __version__

    return __version__
