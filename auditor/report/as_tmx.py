"""The beads as TMX 1.4: a translation memory in which what was flagged says so.

Source: TMX 1.4b (LISA, now GALA).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.report import its
from auditor.report.entries import Report, Version
from auditor.report.translations import Exchange, Side, Unit, exchanges
from auditor.report.xml import XML, element, serialise, visible_xml

if TYPE_CHECKING:
    from lxml.etree import _Element


def to_tmx(report: Report) -> str:
    """Every bead with text on both sides as a translation unit with its score and notes.

    What one version lacks or has alone is no translation, and left out. Characters that XML
    forbids are named: `<U+0000>`.
    """
    root = element("tmx", version="1.4")
    root.append(_header(report))
    body = element("body")
    for exchange in exchanges(report):
        if exchange.target is not None:
            body.extend(
                _unit(unit, exchange, exchange.target) for unit in exchange.units if _is_pair(unit)
            )
    root.append(body)
    return serialise(root, keep=frozenset({"seg"}))


def _header(report: Report) -> _Element:
    header = element(
        "header",
        creationtool="translation-auditor",
        creationtoolversion=next((a.version for a in report.audits), ""),
        segtype="sentence",
        adminlang="en",
        srclang="*all*",
        datatype="plaintext",
    )
    header.set("o-tmf", "auditor")
    return header


def _is_pair(unit: Unit) -> bool:
    return bool(unit.source.text.strip() and unit.target and unit.target.text.strip())


def _unit(unit: Unit, exchange: Exchange, target: Version) -> _Element:
    made = element("tu")
    if unit.score is not None:
        made.append(element("prop", f"{unit.score:.2f}", type="x-score"))
    flagged = [*unit.source.issues, *(unit.target.issues if unit.target else ())]
    made.append(element("prop", "yes" if flagged else "no", type="x-flagged"))
    for version, side in ((exchange.source, unit.source), (target, unit.target)):
        if side is not None:
            made.append(_variant(version, side))
    return made


def _variant(version: Version, side: Side) -> _Element:
    made = element("tuv")
    made.set(f"{{{XML}}}lang", version.document.lang)
    notes = dict.fromkeys(its.comment(issue.entry) for issue in side.issues)
    made.extend(element("note", visible_xml(note)) for note in notes)
    made.append(element("prop", visible_xml(version.path), type="x-file"))
    made.append(element("seg", visible_xml(side.text)))
    return made
