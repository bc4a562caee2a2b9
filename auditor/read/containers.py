"""Files that hold several versions of one text: PO, XLIFF and TMX, string against string."""

from __future__ import annotations

from pathlib import Path

from auditor.core import Block, Document, ReadError
from auditor.lang import is_tag
from auditor.read.decoding import decode
from auditor.read.exchange import exchanged
from auditor.read.files import bytes_of, check_sizes, id_under
from auditor.read.po import po_catalogue

CONTAINER_SUFFIXES = frozenset({".po", ".xlf", ".xliff", ".tmx"})


def read_container(
    path: Path, root: Path, *, source: str | None = None, lang: str | None = None
) -> tuple[Document, ...]:
    """The versions that one file holds, the source first.

    All of them have the same raw text and path. The source has the name of its language behind
    the id: `locale/fr.po#en`. Strings that translate each other have the same key.

    Args:
        path: a `.po`, `.xlf`, `.xliff` or `.tmx` file.
        root: the folder that ids are relative to; `path` lies in it, also when links are followed.
        source: BCP 47 tag of the source where the file does not name it.
        lang: that of the target, likewise.

    Raises:
        ReadError: the file cannot be read, or is not what its ending says.
    """
    where = str(path)
    id = id_under(path, root)
    raw, encoding = decode(bytes_of(path), where)
    suffix = path.suffix.casefold()
    if suffix == ".po":
        catalogue = po_catalogue(raw, where)
        # Gettext names scripts as `sr@latin`.
        declared = catalogue.lang.partition("@")[0]
        target = lang or (declared if is_tag(declared) else "und")
        sides = {source or "und": catalogue.source, target: catalogue.target}
        if len(sides) == 1:
            sides = {f"{source or 'und'}-x-msgid": catalogue.source, target: catalogue.target}
        first = next(iter(sides))
    elif suffix in CONTAINER_SUFFIXES:
        held = exchanged(raw, where, "tmx" if suffix == ".tmx" else "xliff")
        sides, first = held.blocks, held.source or source or ""
    else:
        raise ReadError(
            where,
            f"versions are not read from {suffix or 'files without an ending'}",
            f"give {', '.join(sorted(CONTAINER_SUFFIXES))}",
        )
    order = sorted(sides, key=lambda tag: (tag.lower() != first.lower(), tag))
    documents = []
    for tag in order:
        blocks = _translated(sides, tag)
        check_sizes(blocks, where, raw)
        main = len(order) == 2 and tag != order[0]
        named = id if main else f"{id}#{tag}"
        shown = tag.removesuffix("-x-msgid")
        known = shown != "und"
        documents.append(Document(named, shown, raw, where, blocks, encoding, known))
    return tuple(documents)


def _translated(sides: dict[str, tuple[Block, ...]], tag: str) -> tuple[Block, ...]:
    """The strings of a language that another one has too: the rest is not translated yet."""
    keys = {block.key for other, blocks in sides.items() if other != tag for block in blocks}
    return tuple(block for block in sides[tag] if block.key in keys)
