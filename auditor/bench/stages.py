"""What each stage of an audit and each family of rules costs, beside reading the text for meaning.

Processor time of one process, with all models and tables loaded: every story is audited twice,
what is remembered of its sentences is forgotten in between, and the second time counts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from time import process_time
from types import MappingProxyType

from auditor.bench.clean import DOCUMENTS
from auditor.bench.corruption import parallel_documents
from auditor.core import Rule, Scope, Story
from auditor.pipeline import Run, all_rules, finish, load_story
from auditor.pipeline.compare import compare, segment_vectors
from auditor.pipeline.context import Meaning
from auditor.pipeline.keyed import keyed_table
from auditor.pipeline.prepare import prepare
from auditor.read import document_from_text

ENCODING = "encoding the text"
REST = "resolving and scoring"
STAGES = MappingProxyType(
    {
        "preparing": "preparing",
        ENCODING: ENCODING,
        "comparing": "aligning",
        "one": "checks of one document",
        "several": "checks across versions",
        REST: REST,
    }
)
"""The stages of an audit, in order, as they are told."""
_CACHED = type(lru_cache(len))
_ALONE = (Scope.SEGMENT, Scope.DOCUMENT)
"""Scopes of the rules that are called with one document or a part of it."""


def stories_of(paths: Sequence[Path], documents: int) -> Iterator[Story]:
    """The stories of some paths.

    Args:
        paths: story folders, or folders of line-aligned files with `document_ids.txt`, of which
            each document is a story of two versions, the first file beside each other one.
        documents: taken of such a folder, spread over it.
    """
    for path in paths:
        if not (path / DOCUMENTS).is_file():
            yield load_story([path]).story
            continue
        for document in parallel_documents(path, documents):
            first, *others = document.texts
            for other in others:
                versions = tuple(
                    document_from_text(document.text(tag), tag, lang=tag) for tag in (first, other)
                )
                yield Story(f"{document.name} {other}", versions)


def measure_stages(stories: Sequence[Story], run: Run) -> dict[str, float]:
    """Processor seconds of each of `STAGES` and of each rule, all stories together.

    What checks have encoded beyond the sentences counts for the checks.

    Args:
        stories: any number.
        run: encoder and rules; its cache is not used.
    """
    run = replace(run, store=None)
    spent: dict[str, float] = defaultdict(float)
    for story in stories:
        _audited(story, run, defaultdict(float))
    forget_texts()
    for story in stories:
        _audited(story, run, spent)
    return spent


def _audited(story: Story, run: Run, spent: dict[str, float]) -> None:
    """Audits a story stage by stage, as `audit_story` does."""
    rules = tuple(run.rules if run.rules is not None else all_rules())
    alone = {rule.id for rule in rules if rule.scope in _ALONE}
    clock = _Clock(spent)
    ready = prepare(story.documents, run.candidates, None)
    story = replace(story, documents=ready.documents)
    clock.spend("preparing")
    meaning = Meaning(run.encoder)
    vectors = segment_vectors(story, ready.segments, meaning)
    clock.spend(ENCODING)
    compared = compare(story, ready.segments, vectors, None, keyed_table(story))
    clock.spend("comparing")
    before = ""

    def step(told: str, _done: int, _total: int) -> None:
        nonlocal before
        if before:
            clock.spend("one" if before in alone else "several", before)
        before = told.removeprefix("checking ")

    # The last rule is told apart by an empty one behind it.
    behind = replace(rules[-1], id="zzz/end", check=lambda *_: ())
    finish(
        story,
        ready.segments,
        vectors,
        compared,
        meaning,
        replace(run, rules=(*rules, behind), progress=step),
    )
    clock.spend(REST)


class _Clock:
    """Adds up the processor time since it was last asked."""

    def __init__(self, spent: dict[str, float]) -> None:
        self._spent = spent
        self._since = process_time()

    def spend(self, *names: str) -> None:
        now = process_time()
        for name in names:
            self._spent[name] += now - self._since
        self._since = now


def forget_texts() -> None:
    """Empties what is remembered of texts: caches with a bound; tables have none."""
    for name, module in list(sys.modules.items()):
        if not name.startswith("auditor."):
            continue
        for held in list(vars(module).values()):
            # By type: other libraries have objects that answer to any name.
            if isinstance(held, _CACHED) and held.cache_parameters()["maxsize"] is not None:
                held.cache_clear()


def stage_table(spent: Mapping[str, float], rules: Sequence[Rule], most: int = 12) -> list[str]:
    """The figures as lines of text, as ratios to encoding.

    Args:
        spent: from `measure_stages`.
        rules: those that ran.
        most: so many of the rules are told one by one, those that cost most first.
    """
    unit = spent[ENCODING] or 1.0
    lines = [f"{'processor time':<34}{'cpu s':>9}{'to encoding':>13}"]

    def add(name: str, seconds: float) -> None:
        lines.append(f"{name:<34}{seconds:>9.2f}{seconds / unit:>13.2f}")

    for key, name in STAGES.items():
        add(name, spent[key])
    add("everything after encoding", sum(spent[k] for k in list(STAGES)[2:]))
    lines.append("")
    ids = sorted((rule.id for rule in rules), key=lambda name: -spent[name])
    for id in ids[:most]:
        add(id, spent[id])
    return lines
