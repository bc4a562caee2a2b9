"""One story after another through the pipeline: what a worker does with its tasks."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from auditor.batch.digest import combined, setup_digest
from auditor.batch.gathered import Gathered
from auditor.batch.job import Job, Outcome, Setup, Status, Task
from auditor.batch.texts import LONGEST_STORY, at_hand, content_digest, load_job
from auditor.core import AuditorError, ConfigError
from auditor.encode import Encoder, Vectors
from auditor.pipeline import (
    Loaded,
    Prepared,
    Run,
    all_rules,
    audit_story,
    encoder_of,
    prepare,
    sentences,
)

_MOST_REASON = 500


class AheadEncoder:
    """An encoder that counts its processor seconds, and may hold what will be asked for next."""

    def __init__(self, encoder: Encoder) -> None:
        self.plain = encoder
        self.cpu = 0.0
        self._held: dict[str, Vectors] = {}

    @property
    def id(self) -> str:
        """Of the encoder itself."""
        return self.plain.id

    @property
    def languages(self) -> frozenset[str]:
        """Of the encoder itself."""
        return self.plain.languages

    def hold(self, texts: Sequence[str], way: Encoder) -> None:
        """Encodes texts in one go, and forgets those held before.

        Args:
            texts: any number; each distinct one is encoded once.
            way: this encoder, or a cache before it.
        """
        self._held = {}
        distinct = list(dict.fromkeys(texts))
        if distinct:
            self._held = dict(zip(distinct, way.encode(distinct), strict=True))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encodes what is not held, and looks at the clock."""
        missing = [text for text in texts if text not in self._held]
        before = process_time()
        try:
            fresh = self.plain.encode(missing) if missing or not texts else None
        finally:
            self.cpu += process_time() - before
        if fresh is not None and len(missing) == len(texts):
            return fresh
        rows = iter(() if fresh is None else fresh)
        return np.stack([self._held[t] if t in self._held else next(rows) for t in texts])


@dataclass(frozen=True, slots=True)
class _Read:
    """A story as far as it was read.

    Attributes:
        digest: of texts and setup.
        content: of the texts alone.
        loaded: its texts; None where it is unchanged or cannot be read.
        error: why it cannot be read.
        ready: its segments, where they were encoded ahead.
        spent: its part of the processor seconds of that, and of the encoder's.
    """

    digest: str
    content: str = ""
    loaded: Loaded | None = None
    error: Exception | None = None
    ready: Prepared | None = None
    spent: tuple[float, float] = (0.0, 0.0)


class Auditor:
    """What a worker keeps from story to story: the encoder, the rules, the cache."""

    def __init__(self, setup: Setup) -> None:
        """Opens everything once.

        Raises:
            AuditorError: the encoder is missing or its model cannot be loaded, or a rule is not
                known.
        """
        self._setup = setup
        run = _opened(setup)
        self._encoder = AheadEncoder(run.encoder)
        self._second = AheadEncoder(run.second) if run.second else None
        self._gathered = Gathered(run.store) if run.store else None
        self._run = replace(
            run,
            encoder=self._encoder,
            second=self._second,
            store=self._gathered,
            sparing=True,
        )
        self._held: dict[Job, _Read] = {}
        self.setup_digest = setup_digest(setup, run)
        # No text loads a model that may be missing: better now than story by story.
        self._encoder.encode(())

    def ahead(self, tasks: Sequence[Task]) -> None:
        """Reads the next stories and encodes their sentences in one go.

        Nothing is said of what is wrong with a story: it is read again when it is audited, and so
        is what lies behind the first millions of characters.

        Args:
            tasks: the next ones for `audit`; what was held of others is forgotten.
        """
        cpu, encoder = process_time(), self._encoder_cpu()
        held: dict[Job, _Read] = {}
        texts: list[str] = []
        length = 0
        for task in tasks:
            with suppress(Exception):
                read = self._read(task)
                if read.loaded is None:
                    continue
                documents = read.loaded.story.documents
                length += sum(len(document.raw) for document in documents)
                if length > LONGEST_STORY:
                    break
                ready = prepare(documents, self._run.candidates, self._run.store)
                texts += sentences(ready, self._run)
                held[task.job] = replace(read, ready=ready)
        with suppress(AuditorError):
            self._encoder.hold(texts, encoder_of(self._run))
        most = max(1, len(held))
        spent = (process_time() - cpu) / most, (self._encoder_cpu() - encoder) / most
        self._held = {job: replace(read, spent=spent) for job, read in held.items()}

    def audit(self, task: Task) -> Outcome:
        """Audits one story; whatever is wrong with it becomes its outcome."""
        clock, cpu, encoder = perf_counter(), process_time(), self._encoder_cpu()
        key = task.job.key
        read = self._held.pop(task.job, None) or _Read("")
        try:
            read = read if read.loaded else self._read(task)
            outcome = self._audited(key, read)
            if self._gathered:
                self._gathered.flush()
        except AuditorError as error:
            outcome = Outcome(key, Status.FAILED, str(error), read.digest)
        except MemoryError:
            outcome = Outcome(key, Status.FAILED, "the memory did not suffice", read.digest)
        # One story must not end the run: it is listed with the error, and the run goes on.
        except Exception as error:  # noqa: BLE001
            outcome = Outcome(key, Status.FAILED, reason_of(error), read.digest)
        return replace(
            outcome,
            seconds=round(perf_counter() - clock, 4),
            cpu=round(process_time() - cpu + read.spent[0], 4),
            encoder_cpu=round(self._encoder_cpu() - encoder + read.spent[1], 4),
            megabytes=round(peak_megabytes(), 1),
        )

    def _encoder_cpu(self) -> float:
        return self._encoder.cpu + (self._second.cpu if self._second else 0.0)

    def _read(self, task: Task) -> _Read:
        with at_hand(task.job) as here:
            content = content_digest(here)
            digest = combined(content, self.setup_digest)
            if digest == task.known:
                return _Read(digest)
            try:
                names = Path(self._setup.names) if self._setup.names else None
                return _Read(digest, content, load_job(here, names))
            # It is told with the digest, so that the same texts do not fail again every night.
            except Exception as error:  # noqa: BLE001
                return _Read(digest, error=error)

    def _audited(self, key: str, read: _Read) -> Outcome:
        from auditor.batch.rows import finding_rows, passage_rows, story_row
        from auditor.report.as_json import to_json

        if read.error is not None:
            raise read.error
        if read.loaded is None:
            return Outcome(key, Status.UNCHANGED, digest=read.digest)
        story, problems = read.loaded.story, read.loaded.problems
        audit = audit_story(story, self._run, problems, ready=read.ready)
        said = [*audit.problems, *(f"{e.rule} crashed: {e.error}" for e in audit.errors)]
        return Outcome(
            key,
            Status.INCOMPLETE if said else Status.AUDITED,
            "; ".join(said)[:_MOST_REASON],
            read.digest,
            {**story_row(audit), "crashed": len(audit.errors), "content": read.content},
            tuple(finding_rows(audit)),
            tuple(passage_rows(audit)),
            json.dumps(to_json(audit), ensure_ascii=False) if self._setup.reports else "",
        )


def _opened(setup: Setup) -> Run:
    if setup.opener:
        module, _, function = setup.opener.partition(":")
        made = getattr(import_module(module), function)(setup)
        if not isinstance(made, Run):
            raise ConfigError(setup.opener, "makes no Run", "return a pipeline.Run")
        return made
    from auditor.cache import Cache
    from auditor.encode import open_encoders

    known = {rule.id: rule for rule in all_rules()}
    for rule in setup.rules:
        if rule not in known:
            raise ConfigError(rule, "is no rule", f"choose from {', '.join(known)}")
    first, second = open_encoders(setup.encoder, device="".join(setup.devices[:1]))
    return Run(
        encoder=first,
        second=second,
        store=Cache(Path(setup.cache), setup.cache_limit) if setup.cache else None,
        rules=tuple(known[rule] for rule in sorted(setup.rules)) or None,
        candidates=setup.candidates or None,
    )


def reason_of(error: BaseException) -> str:
    """An unexpected error on one line."""
    text = f"{type(error).__name__}: {error}"
    return "".join(c if c.isprintable() else " " for c in text)[:_MOST_REASON]


def peak_megabytes() -> float:
    """Peak resident memory of this process; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
