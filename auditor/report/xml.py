"""XML that every reader accepts: characters that XML forbids are written visibly."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.report.characters import code_point

if TYPE_CHECKING:
    from lxml.etree import _Element

FORBIDDEN = re.compile("[^\t\n\r\N{SPACE}-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, not even as a reference (production 2, Char)."""

XML = "http://www.w3.org/XML/1998/namespace"


def visible_xml(text: str) -> str:
    """The text with every character that XML forbids named: `<U+0000>`."""
    return FORBIDDEN.sub(lambda found: f"<{code_point(found[0])}>", text)


def element(tag: str, text: str = "", /, **attributes: str) -> _Element:
    """A new element; `text` and attributes must be free of forbidden characters."""
    from lxml import etree

    made = etree.Element(tag, attributes)
    if text:
        made.text = text
    return made


def serialise(root: _Element, doctype: str = "", keep: frozenset[str] = frozenset()) -> str:
    """The text of the XML file, declared as UTF-8, with a line end behind it.

    Args:
        root: the document element.
        doctype: a document type declaration, or nothing.
        keep: tags of elements with mixed content, inside which nothing may be added.
    """
    from lxml import etree

    _indent(root, "\n", keep)
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    text: str = etree.tostring(root, encoding="unicode")
    return f"{declared}{text}\n"


def _indent(parent: _Element, line: str, keep: frozenset[str]) -> None:
    # lxml's own indentation writes white space into `<source><mrk>a</mrk></source>`.
    if not len(parent) or parent.tag in keep:
        return
    parent.text = f"{line}  "
    for child in parent:
        _indent(child, f"{line}  ", keep)
        child.tail = f"{line}  "
    parent[-1].tail = line
