"""What every report for another program reads: the findings of audits, each with its place.

A file is named relative to the folder where the audit was started, which in CI is the
checkout: that is what code hosts look up, and it says nothing about the machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from auditor.core import Audit, Document, Evidence, Finding, Rule, Severity, Span, Tier
from auditor.report.characters import on_one_line, well_formed, well_formed_name
from auditor.report.shown import Lines, Shown

QUOTED = 200
"""Characters of a quotation in a list; a finding may mark a whole article."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is told, and how much it weighs.

    Attributes:
        preview: True when findings of preview rules are told too.
        fail_on: from this severity on, a finding fails a build.
        root: the folder that paths are relative to; empty: paths are the documents' ids.
        measured: the share of findings that reviewers agreed with, 0 to 1, for the rules on which
            enough was decided.
    """

    preview: bool = False
    fail_on: Severity = Severity.MAJOR
    root: str = ""
    measured: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A span as people and code hosts say it: lines and columns from 1, in code points.

    Attributes:
        line: where it starts.
        column: its first character.
        end_line: where it ends.
        end_column: one past its last character; equal to `column` for a point.
    """

    line: int
    column: int
    end_line: int
    end_column: int


def absolute(path: str) -> str:
    """A path from the root of the file system, without `..`; links are not followed."""
    return os.path.normpath(Path(path).absolute())


class Version:
    """One document of an audit, with its path and its lines."""

    def __init__(self, document: Document, root: str) -> None:
        self.document = document
        self._root = root

    @cached_property
    def file(self) -> str:
        """The path as the file system knows it, with forward slashes; relative."""
        if not self._root or self.document.path == self.document.id:
            return self.document.id.lstrip("/")
        try:
            inside = Path(absolute(self.document.path)).relative_to(self._root)
        except ValueError:
            # Somewhere else on this machine, or on another drive.
            return self.document.id.lstrip("/")
        return inside.as_posix()

    @cached_property
    def path(self) -> str:
        """The path for people and reports: text that every format can carry."""
        return on_one_line(well_formed_name(self.file))

    @cached_property
    def name(self) -> str:
        """What people call the document: its id."""
        return on_one_line(well_formed_name(self.document.id))

    @cached_property
    def uri(self) -> str:
        """The path as a relative reference (RFC 3986): bytes beyond ASCII percent-encoded."""
        try:
            octets = os.fsencode(self.file)
        except UnicodeEncodeError:
            octets = well_formed_name(self.file).encode()
        return quote(octets, safe="/") or "."

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.document.raw)

    @cached_property
    def shown(self) -> Shown:
        """The text as its reader sees it."""
        return Shown(self.document)

    def place(self, span: Span) -> Place:
        """Where a span starts and ends."""
        line, column = self._lines.place(span.start)
        end_line, end_column = self._lines.place(span.end)
        if end_column == 1 and end_line > line:
            # Up to the end of the line before, not up to nothing of the next one.
            end_line, end_column = self._lines.place(span.end - 1)
            end_column += 1
        return Place(line, column, end_line, end_column)

    def text(self, span: Span) -> str:
        """The characters of a span as they stand in the file, lone surrogates replaced."""
        return well_formed(self.document.raw[span.start : span.end])

    def quotation(self, span: Span, most: int = QUOTED) -> str:
        """The characters of a span on one line, cut where nobody would read on."""
        raw = self.document.raw[span.start : min(span.end, span.start + most)]
        return on_one_line(raw) + ("\N{HORIZONTAL ELLIPSIS}" if len(span) > most else "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with what is needed to tell it.

    Attributes:
        finding: as it is.
        audit: where it comes from.
        version: the document where to look.
        rule: what found it; None where the audit does not know it.
    """

    finding: Finding
    audit: int
    version: Version
    rule: Rule | None

    @property
    def place(self) -> Place:
        """Where to look."""
        return self.version.place(self.finding.spans[0])

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line; only the first where it is about the whole document."""
        place = self.place
        whole = self.version.document.is_whole(self.finding.spans[0])
        return place.line, place.line if whole else place.end_line

    @property
    def message(self) -> str:
        """The message on one line, safe in a terminal and in a log."""
        return on_one_line(self.finding.message)

    @property
    def name(self) -> str:
        """What the rule is called; its id where it is not known."""
        return self.rule.name if self.rule else self.finding.rule


class Report:
    """Audits, ready to be told."""

    def __init__(self, audits: Sequence[Audit], settings: Settings | None = None) -> None:
        self.audits = tuple(audits)
        self.settings = settings or Settings()
        root = absolute(self.settings.root) if self.settings.root else ""
        self._versions = [
            {d.id: Version(d, root) for d in audit.story.documents} for audit in self.audits
        ]
        self.rules: dict[str, Rule] = {rule.id: rule for a in self.audits for rule in a.rules}
        self.entries = tuple(self._entries())

    def _entries(self) -> Iterator[Entry]:
        for number, audit in enumerate(self.audits):
            for finding in audit.findings:
                if self.settings.preview or finding.tier is Tier.STABLE:
                    version = self.version(number, finding.spans[0].document)
                    yield Entry(finding, number, version, self.rules.get(finding.rule))

    def version(self, audit: int, document: str) -> Version:
        """A document of one of the audits."""
        return self._versions[audit][document]

    def versions(self) -> Iterator[tuple[int, Version]]:
        """All documents, each with the number of its audit, in order."""
        for number, held in enumerate(self._versions):
            for version in held.values():
                yield number, version

    @property
    def hidden(self) -> int:
        """How many findings of preview rules are not told."""
        return sum(len(audit.findings) for audit in self.audits) - len(self.entries)

    def fails(self, finding: Finding) -> bool:
        """True for a finding that a build should fail for."""
        severe = finding.severity.rank >= self.settings.fail_on.rank
        return severe and finding.suppression is None

    @property
    def active(self) -> tuple[Entry, ...]:
        """The findings that nobody has accepted yet."""
        return tuple(e for e in self.entries if e.finding.suppression is None)


def remark(evidence: Evidence, quotation: str) -> str:
    """What a piece of evidence says beyond its own text; empty where it says the same."""
    note = on_one_line(evidence.note)
    return "" if note == quotation else note


def by_version(entries: Iterable[Entry]) -> dict[tuple[int, str], list[Entry]]:
    """Findings grouped by audit and document, in their order."""
    held: dict[tuple[int, str], list[Entry]] = {}
    for entry in entries:
        held.setdefault((entry.audit, entry.version.document.id), []).append(entry)
    return held
