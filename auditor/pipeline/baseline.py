"""Accepted findings outside the files: who accepted what, why, and until when."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from auditor.core import (
    Audit,
    BaselineState,
    ConfigError,
    Finding,
    Suppression,
    SuppressionKind,
)

SCHEMA = 1
LARGEST = 64 << 20
"""Bytes of the largest baseline that is read: some 200,000 findings."""

QUOTED = 80
"""Characters of a quotation: enough to know it again in a review."""

_KEYS: Mapping[str, type] = {
    "document": str,
    "rule": str,
    "fingerprint": str,
    "quote": str,
    "reason": str,
    "author": str,
    "date": dt.date,
    "expires": dt.date,
}
_NEEDED = ("document", "rule", "fingerprint")


@dataclass(frozen=True, slots=True, order=True)
class Accepted:
    """One finding that somebody accepted.

    Attributes:
        document: id of the version.
        rule: what found it.
        fingerprint: of the finding; dies when the facts change.
        quote: what it marks, for the eyes of a reviewer.
        reason: why it is accepted.
        author: by whom.
        date: when.
        expires: the day from which it counts again; None: never.
    """

    document: str
    rule: str
    fingerprint: str
    quote: str = ""
    reason: str = ""
    author: str = ""
    date: dt.date | None = None
    expires: dt.date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What a finding is known by."""
        return self.document, self.fingerprint

    def expired(self, today: dt.date) -> bool:
        """True from the day on which it counts again."""
        return self.expires is not None and self.expires <= today


@dataclass(frozen=True, slots=True)
class Compared:
    """Audits beside a baseline.

    Attributes:
        audits: their findings with state and suppression.
        expired: entries whose findings count again.
        fixed: entries of these documents that nothing was found for.
    """

    audits: tuple[Audit, ...]
    expired: tuple[Accepted, ...]
    fixed: tuple[Accepted, ...]


def read_baseline(path: Path) -> tuple[Accepted, ...]:
    """The entries of a baseline, sorted; none where there is no file.

    Raises:
        ConfigError: it cannot be read, or is no baseline.
    """
    where = str(path)
    try:
        if not path.exists():
            return ()
        if path.stat().st_size > LARGEST:
            raise ConfigError(where, "is larger than 64 MB", "fix some findings first")
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(where, f"cannot be read: {reason}", "check the path") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(where, f"is no baseline: {error}", "correct that place") from error
    entries = table.get("accepted", [])
    if table.get("schema") != SCHEMA or not isinstance(entries, list):
        raise ConfigError(where, "is no baseline", "write one with: auditor baseline write")
    return tuple(sorted((_entry(entry, where) for entry in entries), key=_order))


def _entry(entry: Any, where: str) -> Accepted:
    if not isinstance(entry, dict) or any(not entry.get(name) for name in _NEEDED):
        raise ConfigError(where, f"an entry lacks one of {', '.join(_NEEDED)}", "add it")
    for name, value in entry.items():
        if name not in _KEYS:
            raise ConfigError(where, f"unknown key {name!r}", f"known: {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[name]) or isinstance(value, dt.datetime):
            wanted = _KEYS[name].__name__
            raise ConfigError(where, f"{name} = {value!r} is no {wanted}", "correct it")
    return Accepted(**entry)


def _order(entry: Accepted) -> tuple[str, str, str]:
    return entry.document, entry.rule, entry.fingerprint


def baseline_text(entries: Iterable[Accepted]) -> str:
    """A baseline as a file: sorted, one value a line, so that a review shows what changed."""
    lines = [
        "# Findings that were accepted. `auditor baseline write` adds to it, `prune` removes what",
        "# is fixed. Give each a reason.",
        f"schema = {SCHEMA}",
    ]
    for entry in sorted(entries, key=_order):
        lines += ["", "[[accepted]]"]
        for name in _KEYS:
            value = getattr(entry, name)
            if isinstance(value, dt.date):
                lines.append(f"{name} = {value.isoformat()}")
            elif value or name == "reason":
                lines.append(f"{name} = {_quoted(value)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A lone surrogate fits into no file; delete (U+007F) is what JSON allows and TOML does not.
    clean = text.encode("utf-8", "replace").decode().replace("\N{DELETE}", "\\u007f")
    return json.dumps(clean, ensure_ascii=False).replace("\\\\u007f", "\\u007f")


def compare_with_baseline(
    audits: Sequence[Audit], entries: Sequence[Accepted], today: dt.date
) -> Compared:
    """Marks the findings that a baseline accepts; they stay in the reports.

    Args:
        audits: of the version sets that were checked.
        entries: of the baseline.
        today: entries that expire on it or before count no longer.
    """
    held = {entry.key: entry for entry in entries}
    met: set[tuple[str, str]] = set()
    marked: list[Audit] = []
    for audit in audits:
        findings: list[Finding] = []
        for finding in audit.findings:
            key = finding.spans[0].document, finding.fingerprint
            met.add(key)
            findings.append(_marked(finding, held.get(key), today))
        marked.append(replace(audit, findings=tuple(findings)))
    checked = {document.id for audit in audits for document in audit.story.documents}
    return Compared(
        tuple(marked),
        tuple(e for e in entries if e.key in met and e.expired(today)),
        tuple(e for e in entries if e.key not in met and e.document in checked),
    )


def _marked(finding: Finding, entry: Accepted | None, today: dt.date) -> Finding:
    if entry is None:
        return replace(finding, baseline=BaselineState.NEW)
    if entry.expired(today) or finding.suppression is not None:
        return replace(finding, baseline=BaselineState.UNCHANGED)
    suppression = Suppression(SuppressionKind.BASELINE, entry.reason)
    return replace(finding, baseline=BaselineState.UNCHANGED, suppression=suppression)


def entry_of(audit: Audit, finding: Finding) -> Accepted:
    """The entry for a finding, without a reason yet."""
    place = finding.spans[0]
    quote = " ".join(audit.text(place.document, place.start, place.end)[: QUOTED + 1].split())
    cut = f"{quote[:QUOTED]}\N{HORIZONTAL ELLIPSIS}" if len(quote) > QUOTED else quote
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cut)
    return Accepted(place.document, finding.rule, finding.fingerprint, shown)
