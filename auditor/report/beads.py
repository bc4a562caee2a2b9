"""The beads of two files as a translation memory (TMX 1.4).

Source: TMX 1.4b (LISA, now GALA).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from auditor.core import Alignment, Bead, Document, Segment
from auditor.report.xml import XML, element, serialise, visible_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNJOINED = frozenset({"zh", "ja"})
_SPACE = re.compile(r"\s+")


def beads_to_tmx(alignment: Alignment, source: Document, target: Document, version: str) -> str:
    """Every bead with text on both sides as a translation unit with its score.

    What one file lacks or has alone is no translation, and left out. Characters that XML forbids
    are named: `<U+0000>`.

    Args:
        alignment: of the two documents.
        source: its language is the memory's source language.
        target: the other.
        version: of the auditor.
    """
    root = element("tmx", version="1.4")
    header = element(
        "header",
        creationtool="translation-auditor",
        creationtoolversion=version,
        segtype="sentence",
        adminlang="en",
        srclang=source.lang,
        datatype="plaintext",
    )
    header.set("o-tmf", "auditor")
    root.append(header)
    body = element("body")
    for number, bead in enumerate(alignment.beads, 1):
        if said(bead.source, source) and said(bead.target, target):
            body.append(_unit(number, bead, source, target))
    root.append(body)
    return serialise(root, keep=frozenset({"seg"}))


def said(segments: Sequence[Segment], document: Document) -> str:
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


def _unit(number: int, bead: Bead, source: Document, target: Document) -> _Element:
    made = element("tu", tuid=str(number))
    made.append(element("prop", f"{bead.score:.2f}", type="x-score"))
    if bead.moved:
        made.append(element("prop", "yes", type="x-moved"))
    for segments, document in ((bead.source, source), (bead.target, target)):
        variant = element("tuv")
        variant.set(f"{{{XML}}}lang", document.lang)
        variant.append(element("seg", visible_xml(said(segments, document))))
        made.append(variant)
    return made
