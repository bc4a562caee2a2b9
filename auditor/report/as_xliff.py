"""The audit as XLIFF 2.1 with ITS 2.0 localization quality issues: what translation tools open.

Source: XLIFF 2.1 (OASIS), core and ITS module (5.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from auditor.report import its
from auditor.report.characters import well_formed
from auditor.report.entries import Entry, Report
from auditor.report.translations import Exchange, Issue, Side, Unit, exchanges
from auditor.report.xml import FORBIDDEN, XML, serialise, visible_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
"""XLIFF 2.1 keeps the namespace of 2.0."""
MIXED = frozenset({f"{{{NAMESPACE}}}source", f"{{{NAMESPACE}}}target"})
PRIORITIES = {"critical": "1", "major": "2", "minor": "5", "neutral": "9"}
"""Of a note: 1 is the highest, 10 the lowest."""


def to_xliff(report: Report) -> dict[str, str]:
    """The report as XLIFF 2.1, one text for each pair of languages: a file holds no more.

    Returns:
        The texts by name: `en-fr`, or `fr` for versions without a counterpart.
    """
    groups: dict[tuple[str, str], list[Exchange]] = {}
    for exchange in exchanges(report):
        target = exchange.target.document.lang if exchange.target else ""
        groups.setdefault((exchange.source.document.lang, target), []).append(exchange)
    return {
        "-".join(filter(None, languages)): _document(languages, held)
        for languages, held in groups.items()
    }


def _document(languages: tuple[str, str], held: Sequence[Exchange]) -> str:
    from lxml import etree

    source, target = languages
    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE, "its": its.NAMESPACE})
    root.set("version", "2.1")
    root.set("srcLang", source)
    if target:
        root.set("trgLang", target)
    root.set(f"{{{its.NAMESPACE}}}version", "2.0")
    for number, exchange in enumerate(held, start=1):
        root.append(_file(exchange, f"f{number}"))
    return serialise(root, keep=MIXED)


def _file(exchange: Exchange, id: str) -> _Element:
    shown = exchange.target or exchange.source
    file = _element("file", id=id, original=visible_xml(shown.path))
    if exchange.notes:
        file.append(_notes((entry, "") for entry in exchange.notes))
    units = [_unit(unit, f"u{number}") for number, unit in enumerate(exchange.units, start=1)]
    # A file holds one unit at least: that of an empty version is empty.
    file.extend(units or [_unit(Unit(Side(), None, None), "u1")])
    return file


def _unit(unit: Unit, id: str) -> _Element:
    made = _element("unit", id=id)
    told = [(i.entry, "source") for i in unit.source.issues]
    told += [(i.entry, "target") for i in unit.target.issues] if unit.target else []
    if told:
        made.append(_notes(_once(told)))
    segment = _element("segment")
    ids = iter(range(1, len(told) + 1))
    segment.append(side_element("source", unit.source, ids))
    if unit.target is not None:
        segment.append(side_element("target", unit.target, ids))
    made.append(segment)
    return made


def _once(told: Iterable[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    # A finding of several places is one note.
    held = {(id(entry), side): (entry, side) for entry, side in told}
    return list(held.values())


def _notes(told: Iterable[tuple[Entry, str]]) -> _Element:
    notes = _element("notes")
    for entry, side in told:
        note = _element("note", category=entry.finding.rule)
        note.set("priority", PRIORITIES[entry.finding.severity.value])
        if side:
            note.set("appliesTo", side)
        note.text = visible_xml(its.comment(entry))
        notes.append(note)
    return notes


def side_element(tag: str, side: Side, ids: Iterator[int]) -> _Element:
    """A text with its marks: `mrk` where they nest, `sm` and `em` where they cross."""
    made = _element(tag)
    text = well_formed(side.text)
    # White space between sentences is part of the text.
    made.set(f"{{{XML}}}space", "preserve")
    writer = _Writer(made)
    position = 0
    for at, opens, issue, name in _events(side.issues, ids):
        writer.write(text[position:at])
        position = at
        if opens:
            writer.open(issue, name)
        else:
            writer.close(name)
    writer.write(text[position:])
    return made


def _events(issues: Sequence[Issue], ids: Iterator[int]) -> Iterator[tuple[int, bool, Issue, str]]:
    """Where marks open and close, in the order of the text; at one place, closing comes first."""
    held: list[tuple[int, int, int, bool, Issue, str]] = []
    for number, issue in enumerate(issues):
        name = f"m{next(ids)}"
        # A point opens and closes between what ends and what begins there.
        point = issue.start == issue.end
        held.append((issue.start, 1 if point else 2, number, True, issue, name))
        held.append(
            (issue.end, 1 if point else 0, number if point else -number, False, issue, name)
        )
    held.sort(key=lambda e: (e[0], e[1], e[2], not e[3]))
    for at, _, _, opens, issue, name in held:
        yield at, opens, issue, name


class _Writer:
    """Writes text and marks into an element, and keeps what is open."""

    def __init__(self, root: _Element) -> None:
        self._open: list[tuple[str, _Element]] = [("", root)]

    def write(self, text: str) -> None:
        """Appends text; what XML forbids becomes `cp`, so that nothing is lost."""
        position = 0
        for found in FORBIDDEN.finditer(text):
            self._append(text[position : found.start()])
            self._top.append(_element("cp", hex=f"{ord(found[0]):04X}"))
            position = found.end()
        self._append(text[position:])

    @property
    def _top(self) -> _Element:
        return self._open[-1][1]

    def _append(self, text: str) -> None:
        if not text:
            return
        top = self._top
        if len(top):
            top[-1].tail = (top[-1].tail or "") + text
        else:
            top.text = (top.text or "") + text

    def open(self, issue: Issue, name: str) -> None:
        """Opens the mark of a finding."""
        mark = _element("mrk", id=name, type="its:generic")
        mark.attrib.update(its.attributes(issue.entry))
        self._top.append(mark)
        self._open.append((name, mark))

    def close(self, name: str) -> None:
        """Closes a mark; those opened inside it that go on are split into `sm` and `em`."""
        while self._open[-1][0] != name and any(held == name for held, _ in self._open):
            self._cross()
        if self._open[-1][0] == name:
            self._open.pop()
        else:
            self._top.append(_element("em", startRef=name))

    def _cross(self) -> None:
        """Turns the innermost open mark into a start that an `em` ends."""
        _, mark = self._open.pop()
        start = _element("sm")
        start.attrib.update(mark.attrib)
        start.tail = mark.text
        parent = self._top
        at = parent.index(mark)
        children = list(mark)
        parent.remove(mark)
        parent.insert(at, start)
        for offset, child in enumerate(children, start=1):
            parent.insert(at + offset, child)


def _element(tag: str, **attributes: str) -> _Element:
    from lxml import etree

    return etree.Element(_tag(tag), attributes, nsmap={None: NAMESPACE, "its": its.NAMESPACE})


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
