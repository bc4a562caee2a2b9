"""From what a user names to audited stories: reports with their texts, or stories to audit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from auditor.core import Audit, ReadError, Severity, Tier
from auditor.read import decode
from auditor.report.as_json import to_json
from auditor.report.characters import well_formed, well_formed_name

LARGEST = 256 << 20
"""Bytes of the largest report that is read: about 200,000 findings."""


@dataclass(frozen=True, slots=True)
class Given:
    """One audited story.

    Attributes:
        report: the JSON report, schema audit-1.
        texts: the decoded text of each document, by id.
    """

    report: Mapping[str, Any]
    texts: Mapping[str, str]


def given(
    paths: Sequence[Path], root: Path | None, audit: Callable[[Path], Audit]
) -> Iterator[Given]:
    """The audited stories at some paths.

    Args:
        paths: JSON reports, folders of JSON reports, and story folders or manifests.
        root: the folder of the articles, where it is not that of the report.
        audit: audits a story.

    Raises:
        AuditorError: a path holds neither, or a text is not the one that was audited.
    """
    for path in paths:
        reports = _reports(path)
        for report_path in reports:
            yield from_report(read_report(report_path), report_path, root)
        if not reports:
            yield from_audit(audit(path))


def from_audit(audit: Audit) -> Given:
    """An audit as it would be read from its report."""
    texts = {well_formed_name(d.id): d.raw for d in audit.story.documents}
    return Given(to_json(audit), texts)


def _reports(path: Path) -> list[Path]:
    """The JSON reports that a path names; none for a story."""
    if path.is_dir():
        if (path / "story.toml").is_file():
            return []
        return [p for p in sorted(path.glob("*.json")) if _is_report(p)]
    return [path] if path.suffix.lower() == ".json" else []


def _is_report(path: Path) -> bool:
    """True for a report, told by its first key: a string file of a translation has others."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        return '"schema_version"' in stream.read(200)


def read_report(path: Path) -> Mapping[str, Any]:
    """A JSON report.

    Raises:
        AuditorError: it cannot be read, or is no report.
    """
    where = str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise ReadError(where, f"is larger than {LARGEST >> 20} MB", "split it by story")
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(where, f"cannot be read: {reason}", "check the path") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(
            where, f"is no JSON: {error}", "make one with auditor audit --format json"
        ) from error
    check_report(loaded, where)
    return dict(loaded)


def check_report(report: Any, where: str) -> None:
    """Refuses what is no report of this major version.

    Raises:
        ReadError: it is none.
    """
    version = report.get("schema_version") if isinstance(report, dict) else None
    if not isinstance(version, str) or version.split(".")[0] != "1":
        raise ReadError(
            where, "is no report of an audit", "make one with auditor audit --format json"
        )
    problem = next(_problems(report), "")
    if problem:
        raise ReadError(where, f"is no valid report: {problem}", "make it anew")


_NEEDED: Mapping[str, type] = {
    "story": dict,
    "tool": dict,
    "encoder": str,
    "documents": list,
    "passages": list,
    "findings": list,
}
_DOCUMENT: Mapping[str, type] = {"id": str, "length": int, "lang": str}
_FINDING: Mapping[str, type | tuple[type, ...]] = {
    "rule": str,
    "tier": str,
    "severity": str,
    "confidence": (int, float),
    "message": str,
    "fingerprint": str,
    "spans": list,
    "evidence": list,
    "values": list,
}


def _problems(report: Mapping[str, Any]) -> Iterator[str]:
    """What is missing from a report, in words; nothing when it can be read.

    The whole schema would need a validator at run time; these are the parts that are read.
    """
    missing = [name for name, kind in _NEEDED.items() if not isinstance(report.get(name), kind)]
    if missing:
        yield f"{missing[0]} is missing"
        return
    lengths: dict[str, int] = {}
    for document in report["documents"]:
        if not _has(document, _DOCUMENT):
            yield "a document lacks its id, length or lang"
            return
        lengths[document["id"]] = document["length"]
    if not lengths:
        yield "it has no documents"
    for number, finding in enumerate(report["findings"]):
        if not _has(finding, _FINDING) or not isinstance(finding.get("repair"), str | None):
            yield f"finding {number} lacks something"
        elif finding["tier"] not in list(Tier) or finding["severity"] not in list(Severity):
            yield f"finding {number} has an unknown tier or severity"
        elif not finding["spans"] or not all(
            _is_span(span, lengths) for span in (*finding["spans"], *finding["evidence"])
        ):
            yield f"finding {number} has a place outside its document"
    if not all(_is_passage(passage, lengths) for passage in report["passages"]):
        yield "a passage has a place outside its document"


def _has(held: Any, wanted: Mapping[str, type | tuple[type, ...]]) -> bool:
    return isinstance(held, dict) and all(
        isinstance(held.get(name), kinds) for name, kinds in wanted.items()
    )


def _is_span(span: Any, lengths: Mapping[str, int]) -> bool:
    if not isinstance(span, dict) or span.get("document") not in lengths:
        return False
    return _is_range(span, lengths[span["document"]])


def _is_range(span: Any, length: int) -> bool:
    if not isinstance(span, dict):
        return False
    start, end = span.get("start"), span.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= length


def _is_passage(passage: Any, lengths: Mapping[str, int]) -> bool:
    spans = passage.get("spans") if isinstance(passage, dict) else None
    return isinstance(spans, dict) and all(
        name in lengths
        and isinstance(held, list)
        and all(_is_range(s, lengths[name]) for s in held)
        for name, held in spans.items()
    )


def from_report(report: Mapping[str, Any], path: Path, root: Path | None) -> Given:
    """A report with the texts it was made of, found beside it or below `root`.

    Raises:
        ReadError: a text is missing, or is not the one that was audited.
    """
    places = [root] if root else [path.parent, Path.cwd()]
    texts = {d["id"]: _text(d, places, str(path)) for d in report["documents"]}
    return Given(report, texts)


def _text(document: Mapping[str, Any], places: Sequence[Path], where: str) -> str:
    for place in places:
        file = place / document["id"]
        # An id that leads out of the folder names a file that the report has no business with.
        if not file.is_file() or not file.resolve().is_relative_to(place.resolve()):
            continue
        try:
            text, _ = decode(file.read_bytes(), str(file))
        except OSError as error:
            raise ReadError(str(file), "cannot be read", "check its permissions") from error
        verify(document, text, str(file))
        return text
    raise ReadError(
        where,
        f"{document['id']} is not found",
        "name the folder of the articles with --root, or give the story folder instead",
    )


def verify(document: Mapping[str, Any], text: str, where: str) -> None:
    """Refuses a text that is not the one a report speaks of: its places would be others.

    Raises:
        ReadError: it is another text.
    """
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if len(text) != document["length"] or digest != document.get("sha256", digest):
        raise ReadError(
            where,
            "is not the text that was audited: it has changed since",
            "audit it again, or give the story folder instead of the report",
        )


def storable(text: str) -> str:
    """The text as every database can keep it, of the same length."""
    return well_formed(text).replace("\x00", "\N{REPLACEMENT CHARACTER}")
