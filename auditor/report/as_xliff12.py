"""The audit as XLIFF 1.2, which older translation tools read: all languages in one file.

Source: XLIFF 1.2 (OASIS); ITS attributes on `mrk` as the ITS interest group maps them to 1.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from auditor.core import Finding
from auditor.report import its
from auditor.report.entries import Entry, Report
from auditor.report.translations import Exchange, Issue, Side, Unit, exchanges
from auditor.report.xml import XML, serialise, visible_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
MIXED = frozenset({f"{{{NAMESPACE}}}{tag}" for tag in ("source", "target")})
PRIORITIES = {"critical": "1", "major": "2", "minor": "5", "neutral": "9"}
"""Of a note: 1 is the highest, 10 the lowest."""


def to_xliff12(report: Report) -> str:
    """The report as XLIFF 1.2: a `file` for each version, with notes, marks and proposals.

    1.2 has no crossing marks: of two findings that cross, the first is marked, and both are
    in the notes. Characters that XML forbids are named: `<U+0000>`.
    """
    from lxml import etree

    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE, "its": its.NAMESPACE})
    root.set("version", "1.2")
    root.set(f"{{{its.NAMESPACE}}}version", "2.0")
    for exchange in exchanges(report):
        root.append(_file(exchange))
    return serialise(root, keep=MIXED)


def _file(exchange: Exchange) -> _Element:
    shown = exchange.target or exchange.source
    file = _element("file", original=visible_xml(shown.path), datatype="plaintext")
    file.set("source-language", exchange.source.document.lang)
    if exchange.target is not None:
        file.set("target-language", exchange.target.document.lang)
    if exchange.notes:
        header = _element("header")
        header.extend(_note(entry, "general") for entry in exchange.notes)
        file.append(header)
    body = _element("body")
    body.extend(_unit(unit, str(number)) for number, unit in enumerate(exchange.units, start=1))
    file.append(body)
    return file


def _unit(unit: Unit, id: str) -> _Element:
    made = _element("trans-unit", id=id)
    made.set(f"{{{XML}}}space", "preserve")
    made.append(side_element("source", unit.source, "s"))
    if unit.target is not None and unit.target.text:
        made.append(side_element("target", unit.target, "t"))
    made.extend(_note(entry, "source") for entry in _once(unit.source.issues))
    if unit.target is not None:
        made.extend(_note(entry, "target") for entry in _once(unit.target.issues))
        made.extend(_proposals(unit.target))
    return made


def _once(issues: Iterable[Issue]) -> Iterable[Entry]:
    return {id(issue.entry): issue.entry for issue in issues}.values()


def _note(entry: Entry, side: str) -> _Element:
    note = _element("note", annotates=side)
    note.set("from", "translation-auditor")
    note.set("priority", PRIORITIES[entry.finding.severity.value])
    note.text = visible_xml(its.comment(entry))
    return note


def _proposals(side: Side) -> Iterable[_Element]:
    """The text with one repair made, as an alternative translation that a tool can take over."""
    for issue in side.issues:
        repair = issue.entry.finding.repair
        if repair is None or not _is_whole(issue, issue.entry.finding):
            continue
        other = _element("alt-trans", origin="translation-auditor")
        target = _element("target")
        target.text = visible_xml(side.text[: issue.start] + repair + side.text[issue.end :])
        other.append(target)
        yield other


def _is_whole(issue: Issue, finding: Finding) -> bool:
    # A repair is for all of `spans[0]`; a part of it, or another place, has none.
    return len(finding.spans) == 1 and issue.end - issue.start == len(finding.spans[0])


def side_element(tag: str, side: Side, letter: str) -> _Element:
    """A text with its marks; of two that overlap, the one that begins first."""
    made = _element(tag)
    position = 0
    number = 0
    for issue in side.issues:
        if issue.start < position:
            continue
        number += 1
        mark = _element("mrk", mtype="x-its", mid=f"{letter}{number}")
        mark.attrib.update(its.attributes(issue.entry))
        mark.text = visible_xml(side.text[issue.start : issue.end])
        _append(made, side.text[position : issue.start])
        made.append(mark)
        position = issue.end
    _append(made, side.text[position:])
    return made


def _append(parent: _Element, text: str) -> None:
    shown = visible_xml(text)
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + shown
    else:
        parent.text = (parent.text or "") + shown


def _element(tag: str, **attributes: str) -> _Element:
    from lxml import etree

    return etree.Element(_tag(tag), attributes, nsmap={None: NAMESPACE, "its": its.NAMESPACE})


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
