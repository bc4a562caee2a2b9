"""Segment pairs from TMX and XLIFF. No entity is expanded and nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auditor.core import ReadError
from auditor.lang import canonical
from auditor.read.exchange import CODES
from auditor.read.pairs import Pair, Pairs

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_tmx(data: bytes, where: str, source_lang: str | None, target_lang: str | None) -> Pairs:
    """The translation units of a TMX file that have both languages.

    The source is the language asked for, else the header's `srclang`, else the first variant's.

    Args:
        data: the file.
        where: its name, for messages.
        source_lang: BCP 47 tag, or None.
        target_lang: BCP 47 tag; the first other language of each unit when None.

    Raises:
        ReadError: not TMX, or no unit has both languages.
    """
    root = _parsed(data, where, "tmx")
    header = next((e for e in root if _name(e) == "header"), None)
    declared = header.get("srclang", "") if header is not None else ""
    source = source_lang or (declared if declared.lower() not in ("", "*all*") else None)
    pairs: list[Pair] = []
    langs: list[tuple[str, str]] = []
    for number, unit in enumerate((e for e in root.iter() if _name(e) == "tu"), 1):
        variants = dict(_variants(unit))
        first = _choose(variants, source) or (next(iter(variants), None) if not source else None)
        rest = {lang: text for lang, text in variants.items() if lang != first}
        second = _choose(rest, target_lang) or (next(iter(rest), None) if not target_lang else None)
        if first is not None and second is not None:
            pairs.append(Pair(unit.get("tuid") or str(number), variants[first], variants[second]))
            langs.append((first, second))
    if not pairs:
        raise ReadError(
            where,
            "no translation unit has both languages",
            "name the languages of the file with --source-lang and --target-lang",
        )
    return Pairs(tuple(pairs), *langs[0])


def _variants(unit: Any) -> Iterator[tuple[str, str]]:
    for variant in unit:
        if _name(variant) == "tuv":
            lang = variant.get(_LANG) or variant.get("lang") or "und"
            for part in variant:
                if _name(part) == "seg":
                    yield lang, _text(part)


def _choose(variants: dict[str, str], wanted: str | None) -> str | None:
    """The variant in a language: the very tag, else the same language and script."""
    if not wanted:
        return None
    for lang in variants:
        if lang.lower() == wanted.lower():
            return lang
    return next((lang for lang in variants if canonical(lang) == canonical(wanted)), None)


def read_xliff(data: bytes, where: str) -> Pairs:
    """The segments of an XLIFF file, version 1.2 or 2.

    Args:
        data: the file.
        where: its name, for messages.

    Raises:
        ReadError: not XLIFF.
    """
    root = _parsed(data, where, "xliff")
    first = next((e for e in root.iter() if _name(e) == "file"), root)
    source_lang = root.get("srcLang") or first.get("source-language")
    target_lang = root.get("trgLang") or first.get("target-language")
    pairs: list[Pair] = []
    for unit in root.iter():
        if _name(unit) == "trans-unit":
            pairs.append(_pair(unit, unit.get("id") or str(len(pairs) + 1)))
        elif _name(unit) == "unit":
            parts = [e for e in unit.iter() if _name(e) == "segment"]
            for number, part in enumerate(parts, 1):
                own = part.get("id") or (str(number) if len(parts) > 1 else "")
                pairs.append(_pair(part, "/".join(filter(None, (unit.get("id"), own)))))
    return Pairs(tuple(pairs), source_lang, target_lang)


def _pair(unit: Any, id: str) -> Pair:
    sides = {_name(part): _text(part) for part in unit if _name(part) in ("source", "target")}
    return Pair(id, sides.get("source", ""), sides.get("target", ""))


def _parsed(data: bytes, where: str, root: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        parsed = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(where, f"is not well-formed XML: {error}", "correct that place") from error
    if parsed is None or _name(parsed) != root:
        raise ReadError(where, f"is no {root.upper()} file", "give it the ending of its format")
    return parsed


def _name(element: Any) -> str:
    """The local name; comments and entities have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(element: Any) -> str:
    """The text of a segment without the native codes in it."""
    pieces: list[str] = []
    # A stack instead of recursion: a hostile file may nest as deep as it likes.
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, done = stack.pop()
        if done:
            pieces.append(node.tail or "")
            continue
        if node is not element:
            stack.append((node, True))
        if _name(node) and (node is element or _name(node) not in CODES):
            pieces.append(node.text or "")
            stack.extend((child, False) for child in reversed(node))
    return "".join(pieces)
