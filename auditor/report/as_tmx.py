"""Beads as TMX 1.4: a translation memory of an alignment, or of a report with what was flagged.

Source: TMX 1.4b (LISA, now GALA).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from auditor.core import Alignment, Bead, Document, Segment
from auditor.report import its
from auditor.report.entries import Report, Version
from auditor.report.translations import Exchange, Side, Unit, exchanges
from auditor.report.xml import XML, element, serialise, visible_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNJOINED = frozenset({"zh", "ja"})
_SPACE = re.compile(r"\s+")


def to_tmx(report: Report) -> str:
    """Every bead with text on both sides as a translation unit with its score and notes.

    What one version lacks or has alone is no translation, and left out. Characters that XML
    forbids are named: `<U+0000>`.
    """
    units = (
        _unit(unit, exchange, exchange.target)
        for exchange in exchanges(report)
        if exchange.target is not None
        for unit in exchange.units
        if unit.source.text.strip() and unit.target and unit.target.text.strip()
    )
    version = next((audit.version for audit in report.audits), "")
    return _memory(units, version, "*all*")


def beads_to_tmx(alignment: Alignment, source: Document, target: Document, version: str) -> str:
    """The beads of two files in the same way, each with its number and its score.

    Args:
        alignment: of the two documents.
        source: its language is the memory's source language.
        target: the other.
        version: of the auditor.
    """
    return _memory(_bead_units(alignment.beads, source, target), version, source.lang)


def _memory(units: Iterable[_Element], version: str, source_lang: str) -> str:
    root = element("tmx", version="1.4")
    header = element(
        "header",
        creationtool="translation-auditor",
        creationtoolversion=version,
        segtype="sentence",
        adminlang="en",
        srclang=source_lang,
        datatype="plaintext",
    )
    header.set("o-tmf", "auditor")
    root.append(header)
    body = element("body")
    body.extend(list(units))
    root.append(body)
    return serialise(root, keep=frozenset({"seg"}))


def _variant(lang: str, text: str, *said: _Element) -> _Element:
    """One language of a unit, after what is said of it."""
    made = element("tuv")
    made.set(f"{{{XML}}}lang", lang)
    made.extend(said)
    made.append(element("seg", visible_xml(text)))
    return made


def _unit(unit: Unit, exchange: Exchange, target: Version) -> _Element:
    made = element("tu")
    if unit.score is not None:
        made.append(element("prop", f"{unit.score:.2f}", type="x-score"))
    flagged = [*unit.source.issues, *(unit.target.issues if unit.target else ())]
    made.append(element("prop", "yes" if flagged else "no", type="x-flagged"))
    for version, side in ((exchange.source, unit.source), (target, unit.target)):
        if side is not None:
            file = element("prop", visible_xml(version.path), type="x-file")
            made.append(_variant(version.document.lang, side.text, *_notes(side), file))
    return made


def _notes(side: Side) -> Iterator[_Element]:
    for note in dict.fromkeys(its.comment(issue.entry) for issue in side.issues):
        yield element("note", visible_xml(note))


def _bead_units(beads: Sequence[Bead], source: Document, target: Document) -> Iterator[_Element]:
    for number, bead in enumerate(beads, 1):
        left, right = _text(bead.source, source), _text(bead.target, target)
        if not left or not right:
            continue
        made = element("tu", tuid=str(number))
        made.append(element("prop", f"{bead.score:.2f}", type="x-score"))
        if bead.moved:
            made.append(element("prop", "yes", type="x-moved"))
        made.append(_variant(source.lang, left))
        made.append(_variant(target.lang, right))
        yield made


def _text(segments: Sequence[Segment], document: Document) -> str:
    """Some neighbouring segments as their file has them, on one line.

    The segments' own text is normalised for comparing: there every apostrophe is straight.
    """
    glue = "" if document.lang.split("-")[0] in _UNJOINED else " "
    return glue.join(filter(None, (_raw(segment, document) for segment in segments)))


def _raw(segment: Segment, document: Document) -> str:
    # What reading changed, such as an entity or mark-up between two words, is taken as it was read.
    if all(run.linear for run in segment.offsets.runs):
        pieces = (document.raw[run.origin : run.origin_end] for run in segment.offsets.runs)
        return _SPACE.sub(" ", "".join(pieces)).strip()
    return _SPACE.sub(" ", segment.text).strip()
