"""Audits one story after another in a process of its own: `python -m auditor.batch.worker`.

Lines of JSON come in on standard input, the setup first, then jobs; lines of JSON go out. A
process that never ends or falls over takes nobody else with it: its parent kills and replaces it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import IO

# Before numpy is loaded: as many workers as cores leave none for threads of the BLAS.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from auditor.batch.job import Job, Outcome, Setup, Status
from auditor.batch.texts import at_hand, content_digest, load_job
from auditor.core import AuditorError, ConfigError, Rule
from auditor.encode import Encoder, Vectors
from auditor.pipeline import Run, audit_story
from auditor.pipeline.stored import STAGES, code_digest

DESERTED = 70
"""Exit code of a worker whose parent has gone."""

_MOST_REASON = 500


class TimedEncoder:
    """An encoder that counts its processor seconds."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.cpu = 0.0

    @property
    def id(self) -> str:
        """Of the encoder itself."""
        return self._encoder.id

    @property
    def languages(self) -> frozenset[str]:
        """Of the encoder itself."""
        return self._encoder.languages

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encodes and looks at the clock."""
        before = process_time()
        try:
            return self._encoder.encode(texts)
        finally:
            self.cpu += process_time() - before


class Auditor:
    """What a worker keeps from story to story: the encoder, the rules, the cache."""

    def __init__(self, setup: Setup) -> None:
        """Opens everything once.

        Raises:
            AuditorError: the encoder is missing, or a rule is not known.
        """
        self._setup = setup
        run = _opened(setup)
        self._encoder = TimedEncoder(run.encoder)
        self._run = replace(run, encoder=self._encoder)
        self.setup_digest = setup_digest(setup, run)

    def audit(self, job: Job, known: str = "") -> Outcome:
        """Audits one story; whatever is wrong with it becomes its outcome.

        Args:
            job: the story.
            known: digest of the story in the store, or empty.
        """
        clock, cpu, encoder = perf_counter(), process_time(), self._encoder.cpu
        digest = ""
        try:
            with at_hand(job) as here:
                digest = combined(content_digest(here), self.setup_digest)
                if digest == known:
                    return Outcome(job.key, Status.UNCHANGED, digest=digest)
                outcome = self._audited(here, digest)
        except AuditorError as error:
            outcome = Outcome(job.key, Status.FAILED, str(error), digest)
        except MemoryError:
            outcome = Outcome(job.key, Status.FAILED, "the memory did not suffice", digest)
        # One story must not end the run: it is listed with the error, and the run goes on.
        except Exception as error:  # noqa: BLE001
            outcome = Outcome(job.key, Status.FAILED, reason_of(error), digest)
        return replace(
            outcome,
            seconds=round(perf_counter() - clock, 4),
            cpu=round(process_time() - cpu, 4),
            encoder_cpu=round(self._encoder.cpu - encoder, 4),
            megabytes=round(peak_megabytes(), 1),
        )

    def _audited(self, job: Job, digest: str) -> Outcome:
        from auditor.batch.rows import finding_rows, passage_rows, story_row
        from auditor.report.as_json import to_json

        loaded = load_job(job, Path(self._setup.names) if self._setup.names else None)
        story = loaded.story
        if not story.outlet and job.outlet:
            story = replace(story, outlet=job.outlet)
        audit = audit_story(story, self._run, loaded.problems)
        said = [*audit.problems, *(f"{e.rule} crashed: {e.error}" for e in audit.errors)]
        return Outcome(
            job.key,
            Status.INCOMPLETE if said else Status.AUDITED,
            "; ".join(said)[:_MOST_REASON],
            digest,
            {**story_row(audit), "crashed": len(audit.errors)},
            tuple(finding_rows(audit)),
            tuple(passage_rows(audit)),
            json.dumps(to_json(audit), ensure_ascii=False) if self._setup.reports else "",
        )


def combined(content: str, setup: str) -> str:
    """The digest of a story from those of its texts and of what it is audited with."""
    return blake2b(f"{content}|{setup}".encode(), digest_size=16).hexdigest()


def setup_digest(setup: Setup, run: Run) -> str:
    """A digest of all that decides a result beside the texts: encoder, rules, package, settings."""
    from auditor import __version__
    from auditor.pipeline import all_rules

    digest = blake2b(digest_size=16)
    parts = [__version__, run.encoder.id, ",".join(sorted(setup.candidates)), str(setup.reports)]
    parts += [code_digest(*STAGES, "score", "resolve", "report/as_json.py", "batch/rows.py")]
    for rule in run.rules if run.rules is not None else all_rules():
        parts.append(f"{rule.id} {rule.version} {rule.tier} {rule.severity} {_code(rule)}")
    if setup.names:
        parts.append(Path(setup.names).read_text(encoding="utf-8", errors="replace"))
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part.encode("utf-8", "replace"))
    return digest.hexdigest()


def _code(rule: Rule) -> str:
    module = rule.check.__module__
    if not module.startswith("auditor.checks."):
        return module
    return code_digest(f"{module.removeprefix('auditor.').replace('.', '/')}.py")


def _opened(setup: Setup) -> Run:
    if setup.opener:
        module, _, function = setup.opener.partition(":")
        made = getattr(import_module(module), function)(setup)
        if not isinstance(made, Run):
            raise ConfigError(setup.opener, "makes no Run", "return a pipeline.Run")
        return made
    from auditor.cache import Cache
    from auditor.encode import open_encoder
    from auditor.pipeline import all_rules

    known = {rule.id: rule for rule in all_rules()}
    for rule in setup.rules:
        if rule not in known:
            raise ConfigError(rule, "is no rule", f"choose from {', '.join(known)}")
    return Run(
        encoder=open_encoder(setup.encoder),
        store=Cache(Path(setup.cache)) if setup.cache else None,
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


def _watch_parent(parent: int) -> None:
    """Ends the process once its parent is gone: a story without end would outlive a killed run."""
    while os.getppid() == parent:
        sleep(1.0)
    os._exit(DESERTED)


def serve(lines: IO[bytes], out: IO[bytes], watch: Callable[[], None] | None = None) -> None:
    """Reads a setup and jobs, and answers each line with one.

    Args:
        lines: where they come from, until it ends.
        out: where answers go.
        watch: runs beside it.
    """
    if watch:
        threading.Thread(target=watch, daemon=True).start()

    def answer(line: str) -> None:
        out.write(line.encode("ascii") + b"\n")
        out.flush()

    try:
        auditor = Auditor(Setup.from_json(lines.readline()))
    except AuditorError as error:
        answer(json.dumps({"problem": str(error)}))
        return
    answer(json.dumps({"setup": auditor.setup_digest}))
    for line in iter(lines.readline, b""):
        job = Job.from_json(line)
        known = json.loads(lines.readline())
        answer(auditor.audit(job, known).to_json())


def _main() -> None:
    parent = os.getppid()
    out = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the answers.
    os.dup2(2, 1)
    # Ctrl-C reaches all processes of a terminal: the parent decides.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, out, lambda: _watch_parent(parent))


if __name__ == "__main__":
    _main()
