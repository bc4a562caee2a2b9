"""Comments that accept a finding: `auditor: ignore drift/number -- recounted`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from auditor.core import Audit, Document, Finding, Suppression, SuppressionKind

MOST = 1000
"""Comments of one file that are read."""

_REMARK = re.compile(
    r"(?P<open><!--|#|//|/\*|\{#|\{/\*)[ \t]*auditor:[ \t]*(?P<word>ignore-file|ignore)\b"
    r"(?P<rest>[^\r\n]{0,500}?)(?=-->|\*/|#\}|[\r\n]|\Z)"
)
# In the head of a page: `auditor-ignore: drift/number -- recounted`, or a list of such lines.
_HEAD = re.compile(
    r"^[ \t]*(?:auditor-ignore[ \t]*[:=][ \t]*|-[ \t]+)(?P<quote>[\"']?)(?P<rest>[^\r\n]{1,500}?)"
    r"(?P=quote)[ \t]*$",
    re.MULTILINE,
)
_HEAD_KEY = re.compile(r"^auditor-ignore[ \t]*[:=][^\r\n]*(?:\r?\n[ \t]*-[^\r\n]*)*", re.MULTILINE)
_FRONT = re.compile(
    r"\A(?:---|\+\+\+)[ \t]*\r?\n.*?^(?:---|\+\+\+)[ \t]*$", re.DOTALL | re.MULTILINE
)
_RULE = re.compile(r"[a-z]+(?:/[a-z-]+)?")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment that accepts findings.

    Attributes:
        document: the version that it stands in.
        line: where, from 1.
        rules: rules and families; empty where it names none that could be read.
        reason: in the author's words; empty where none is given: then it accepts nothing.
        start: first code point of what it is about.
        end: one past the last.
    """

    document: str
    line: int
    rules: tuple[str, ...]
    reason: str
    start: int
    end: int

    def accepts(self, finding: Finding) -> bool:
        """True for a finding that it is about."""
        place = finding.spans[0]
        family = finding.rule.partition("/")[0]
        within = self.start <= place.start and place.end <= self.end
        named = finding.rule in self.rules or family in self.rules
        return bool(self.reason) and named and within and place.document == self.document


def accept(audit: Audit) -> tuple[Audit, tuple[str, ...]]:
    """The audit with what its files accept, and what is wrong with their comments.

    Args:
        audit: resolved; every document with its blocks.

    Returns:
        Findings that a comment accepts carry the suppression. The lines tell comments without
        reason, of unknown rules, and those that accept nothing although their rules ran.
    """
    remarks = [r for document in audit.story.documents for r in find_remarks(document)]
    if not remarks:
        return audit, ()
    used: set[Remark] = set()
    findings: list[Finding] = []
    for finding in audit.findings:
        remark = next((r for r in remarks if r.accepts(finding)), None)
        if remark is not None:
            used.add(remark)
            kind = SuppressionKind.IN_SOURCE
            finding = replace(finding, suppression=Suppression(kind, remark.reason))  # noqa: PLW2901 - the same finding, accepted
        findings.append(finding)
    ran = {result.document: set(result.rules_run) for result in audit.documents}
    known = {rule.id for rule in audit.rules}
    # Both sides of a PO file have the comment: what accepts something on one is no orphan.
    places = {(_file(remark), remark.line) for remark in used}
    wrong = {
        f"{_file(r)}:{r.line}: {said}": None
        for r in remarks
        if (_file(r), r.line) not in places
        and (said := _wrong(r, ran.get(r.document, set()), known))
    }
    return replace(audit, findings=tuple(findings)), tuple(wrong)


def _file(remark: Remark) -> str:
    return remark.document.partition("#")[0]


def _wrong(remark: Remark, ran: set[str], known: set[str]) -> str:
    """What is wrong with a comment that accepts nothing, or an empty string."""
    if not remark.rules:
        return "the comment names no rule; write: auditor: ignore drift/number -- the reason"
    if not remark.reason:
        return "the comment gives no reason and accepts nothing; write it behind --"
    families = {rule.partition("/")[0] for rule in known}
    shown = ", ".join(remark.rules)
    if any("/" not in rule and rule not in families for rule in remark.rules):
        return f"the comment names an unknown rule: {shown}"
    wanted = {r for r in ran if {r, r.partition("/")[0]} & set(remark.rules)}
    return f"the comment accepts nothing: {shown} finds nothing there; remove it" if wanted else ""


def find_remarks(document: Document) -> Iterator[Remark]:
    """The comments of a file that accept findings, in order.

    A comment is about the block that it stands in or beside, else about the next one; one that says
    `ignore-file`, or stands in the head of a page, about the whole file.
    """
    raw = document.raw
    if "auditor" not in raw:
        return
    extents = sorted(
        block.offsets.to_origin(0, len(block.text)) for block in document.blocks if block.text
    )
    front = _FRONT.match(raw)
    head = _HEAD_KEY.search(front.group()) if front else None
    if head is not None:
        for match in islice(_HEAD.finditer(raw, *head.span()), MOST):
            rest = match["rest"].removeprefix("auditor-ignore:").strip()
            yield _remark(document, match.start(), rest, (0, len(raw)))
    for match in islice(_REMARK.finditer(raw), MOST):
        whole = (0, len(raw))
        file = match["word"] == "ignore-file"
        place = whole if file else _about(raw, match.start(), match.end(), extents)
        yield _remark(document, match.start(), match["rest"], place)


def _remark(document: Document, at: int, rest: str, place: tuple[int, int]) -> Remark:
    named, _, reason = rest.partition("--")
    parts = [part.strip() for part in named.split(",")]
    rules = tuple(parts) if all(_RULE.fullmatch(part) for part in parts) else ()
    line = document.raw.count("\n", 0, at) + 1
    return Remark(document.id, line, rules, reason.strip(), *place)


def _about(raw: str, start: int, end: int, extents: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The block that a comment is about."""
    line = max(raw.rfind("\n", 0, start), raw.rfind("\r", 0, start)) + 1
    at = bisect_right(extents, (start, len(raw))) - 1
    # Around the comment, or on its line before it.
    if at >= 0 and extents[at][1] >= line:
        return extents[at]
    after = bisect_left(extents, (end, 0))
    return extents[after] if after < len(extents) else (end, end)
