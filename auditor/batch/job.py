"""What is audited and what comes of it: plain values that travel between processes as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self

from auditor.encode import AUTO, TRANSFORMERS


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a story.

    Attributes:
        id: names it in reports; the path relative to the job's root where it is a file.
        lang: BCP 47 tag, or None when it is to be found.
        text: what it says, where it is no file; None where it is one.
        html: True when `text` is HTML.
    """

    id: str
    lang: str | None = None
    text: str | None = None
    html: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A story to be audited.

    Attributes:
        key: what it is from one night to the next: a path inside the input, or an address.
        folder: the story's own folder, read as `auditor audit` reads it; empty where the
            versions are named.
        root: the folder that no path may lead out of; empty where all texts are given.
        remote: address of the story's folder, for fsspec; empty for what lies here.
        versions: where there is no folder.
        source: id of the version that the others were translated from, or None.
        date: of publication, ISO 8601, or empty.
        outlet: who published it, or empty.
    """

    key: str
    folder: str = ""
    root: str = ""
    remote: str = ""
    versions: tuple[Version, ...] = ()
    source: str | None = None
    date: str = ""
    outlet: str = ""

    def to_json(self) -> str:
        """One line of ASCII."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """The job that `to_json` wrote."""
        return cls.from_entries(json.loads(line))

    @classmethod
    def from_entries(cls, entries: Mapping[str, Any]) -> Self:
        """The job of these fields, as JSON holds them."""
        versions = tuple(Version(**version) for version in entries["versions"])
        return cls(**{**entries, "versions": versions})


@dataclass(frozen=True, slots=True)
class Task:
    """A job as a worker gets it.

    Attributes:
        job: what is to be audited.
        known: digest of the story in the store, or empty.
    """

    job: Job
    known: str = ""

    def to_json(self) -> str:
        """One line of ASCII."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """The task that `to_json` wrote."""
        return cls.from_entries(json.loads(line))

    @classmethod
    def from_entries(cls, entries: Mapping[str, Any]) -> Self:
        """The task of these fields, as JSON holds them."""
        return cls(Job.from_entries(entries["job"]), entries["known"])


@dataclass(frozen=True, slots=True)
class Refused:
    """A story that an input names and that cannot be read from it.

    Attributes:
        key: as that of a job.
        reason: one line: the place, what is wrong there, the remedy.
    """

    key: str
    reason: str


class Status(StrEnum):
    """How the audit of a story ended."""

    AUDITED = "audited"
    INCOMPLETE = "incomplete"
    """Audited, but a check crashed or a version could not be read."""
    FAILED = "failed"
    UNCHANGED = "unchanged"
    """As in the store: nothing was done."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job.

    Attributes:
        key: the job's.
        status: how it ended.
        reason: why it failed or is incomplete, one line; else empty.
        digest: of texts, settings, rules and package; empty where it could not be had.
        story: the row of the story; empty where there is none.
        findings: one row each, in the order of the report.
        passages: one row for each passage and document.
        report: the JSON report, or empty.
        seconds: of wall clock.
        cpu: processor seconds of the worker.
        encoder_cpu: those of them spent in the encoder.
        megabytes: peak resident memory of the worker so far.
    """

    key: str
    status: Status
    reason: str = ""
    digest: str = ""
    story: Mapping[str, Any] | None = None
    findings: tuple[Mapping[str, Any], ...] = ()
    passages: tuple[Mapping[str, Any], ...] = ()
    report: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    encoder_cpu: float = 0.0
    megabytes: float = 0.0

    def to_json(self) -> str:
        """One line of ASCII."""
        return json.dumps({one.name: getattr(self, one.name) for one in fields(self)})

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """The outcome that `to_json` wrote."""
        entries = json.loads(line)
        entries["status"] = Status(entries["status"])
        entries["findings"] = tuple(entries["findings"])
        entries["passages"] = tuple(entries["passages"])
        return cls(**entries)


LARGE_GROUP = 64
"""Stories that a model of sentence-transformers encodes together: some 2,500 sentences, which keep
a GPU busy for a second. The embedded encoder gains nothing from it."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker audits with; the same for all stories of a run.

    Attributes:
        encoder: name of the encoder.
        devices: where it runs, such as `cuda` or `cpu`: workers take them in turn. Its own choice
            when empty.
        ahead: stories whose sentences are encoded in one go; 0 for what suits the encoder.
        candidates: base language tags to choose from, or none for all.
        rules: ids of the rules to run, or none for all.
        cache: path of the cache file, or empty for none.
        cache_limit: bytes of it from which its oldest entries go.
        names: file of names, or empty.
        reports: keep the JSON report of each story.
        opener: `module:function` that makes the `pipeline.Run`, in place of what is said above:
            for programs that bring their own encoder or rules, never set from the command line.
    """

    encoder: str = AUTO
    devices: tuple[str, ...] = ()
    ahead: int = 0
    candidates: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    cache: str = ""
    cache_limit: int = 1 << 30
    names: str = ""
    reports: bool = True
    opener: str = ""

    @property
    def group(self) -> int:
        """How many stories a worker takes at a time, 1 or more."""
        return self.ahead or (LARGE_GROUP if self.encoder.startswith(TRANSFORMERS) else 1)

    def for_worker(self, number: int) -> Setup:
        """The setup of one of several workers, numbered from 0: each has one of the devices."""
        count = len(self.devices)
        return replace(self, devices=(self.devices[number % count],)) if count else self

    def to_json(self) -> str:
        """One line of ASCII."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str | bytes) -> Self:
        """The setup that `to_json` wrote."""
        entries = json.loads(line)
        for name in ("candidates", "devices", "rules"):
            entries[name] = tuple(entries[name])
        return cls(**entries)
