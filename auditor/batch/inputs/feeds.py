"""Sitemaps, RSS and Atom files on disk: the stories they list, read from a mirror of the site.

Nothing is fetched. A page is looked for under the root as `wget --mirror` leaves it (host and
path) or by its path alone; an item of a feed that lies nowhere is read from the feed itself.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from auditor.batch.inputs.manifests import inside
from auditor.batch.job import Job, Refused, Version
from auditor.core import AuditorError, ConfigError, ReadError
from auditor.lang import is_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 256 << 20
"""Bytes of a feed, unpacked: five times what the sitemap protocol allows."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTRIES = frozenset({"url", "item", "entry", "sitemap"})
_NAMES = ("", ".html", ".htm", "index.html", "/index.html")


def stories_of_feed(path: Path, root: Path) -> Iterator[Job | Refused]:
    """The stories of a sitemap (with `hreflang` alternates), an RSS or an Atom file, also gzipped.

    Args:
        path: the file.
        root: the mirror.

    Raises:
        ReadError: it is no sound XML, too large, or declares entities.
    """
    seen: set[bytes] = set()
    for number, (element, lang) in enumerate(_elements(path), 1):
        where = f"{path}, entry {number}"
        try:
            job = _job(element, lang, root, where)
        except AuditorError as error:
            yield Refused(where, str(error))
            continue
        # Each page of a story lists all of them.
        at = blake2b(job.key.encode("utf-8", "replace"), digest_size=16).digest()
        if at not in seen:
            seen.add(at)
            yield job


class _Bounded:
    """A stream that ends with an error where a bomb would begin."""

    def __init__(self, stream: IO[bytes], where: str) -> None:
        self._stream = stream
        self._where = where
        self._left = LARGEST

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(min(size, 1 << 20) if size > 0 else 1 << 20)
        self._left -= len(piece)
        if self._left < 0:
            raise ReadError(self._where, f"is larger than {LARGEST >> 20} MiB", "split it")
        return piece


def _elements(path: Path) -> Iterator[tuple[_Element, str]]:
    """The entries of a feed and the language around them, one in memory at a time."""
    from lxml import etree

    where = str(path)
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            source = gzip.GzipFile(fileobj=file) if packed else file
            walk = etree.iterparse(
                _Bounded(source, where),  # type: ignore[arg-type]
                events=("start", "end"),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
            )
            yield from _walked(walk, where)
    except etree.XMLSyntaxError as error:
        raise ReadError(where, f"is no sound XML: {error.msg}", "fetch it again") from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ReadError(where, "is no sound gzip file", "fetch it again") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(where, f"cannot be read: {reason}", "check the path") from error


def _walked(walk: Any, where: str) -> Iterator[tuple[_Element, str]]:
    checked = False
    lang = ""
    inside_entry = 0
    for event, element in walk:
        name = _local(element)
        if not checked:
            checked = True
            declared = element.getroottree().docinfo.internalDTD
            if declared is not None and any(True for _ in declared.iterentities()):
                raise ReadError(where, "declares entities", "a feed needs none: remove them")
        if name in _ENTRIES:
            inside_entry += 1 if event == "start" else -1
        if event == "start":
            lang = element.get(_XML_LANG) or lang if not inside_entry else lang
            continue
        if name == "language" and not inside_entry:
            lang = _text(element) or lang
        if name in _ENTRIES and not inside_entry:
            yield element, lang
            parent = element.getparent()
            element.clear()
            while parent is not None and len(parent) and parent[0] is not element:
                del parent[0]


def _job(element: _Element, lang: str, root: Path, where: str) -> Job:
    if _local(element) == "sitemap":
        raise ConfigError(where, "is a list of sitemaps", "name each sitemap by itself")
    said: dict[str, str] = {}
    pages: dict[str, str] = {}
    address = ""
    for child in element.iterdescendants():
        name = _local(child)
        kept = _KEPT.get(name, name)
        long = kept in ("content", "summary")
        if kept:
            said[kept] = said.get(kept) or (_all_text(child) if long else _text(child))
        if name == "link":
            hreflang, href = child.get("hreflang"), child.get("href") or ""
            if child.get("rel", "alternate") != "alternate":
                continue
            if hreflang:
                pages[hreflang] = href
            else:
                address = address or href
    own = said.get("language") or element.get(_XML_LANG) or lang
    pages.pop("x-default", None)
    address = said.get("loc") or said.get("link") or address
    if address and address not in pages.values():
        pages = {own: address, **pages}
    content = said.get("content") or said.get("summary") or ""
    return _found(pages, content, said.get("id", ""), own, root, _day(said.get("date", "")), where)


_KEPT = MappingProxyType(
    {
        "guid": "id",
        "encoded": "content",
        "description": "summary",
        "pubDate": "date",
        "published": "date",
        "updated": "date",
        "lastmod": "date",
        "publication_date": "date",
    }
)
"""Names of RSS, Atom, sitemaps and their extensions, and what they are here; others stay."""


def _found(
    pages: dict[str, str], content: str, identity: str, own: str, root: Path, day: str, where: str
) -> Job:
    key = min(filter(None, pages.values()), default=identity) or identity
    if not key:
        raise ConfigError(where, "names no page", "give it a <loc> or a <link>")
    versions: dict[str, Version] = {}
    for lang, address in pages.items():
        file = _file(address, root)
        if file:
            versions.setdefault(file, Version(file, lang if is_tag(lang) else None))
    if not versions and content:
        name = key[:200]
        versions[name] = Version(name, own if is_tag(own) else None, content, html=True)
    if not versions:
        what = f"no page of {key} lies under {root}"
        raise ReadError(where, what, "mirror the site there, or name its folder with --root")
    return Job(key, root=str(root), versions=tuple(versions.values()), date=day)


def _file(address: str, root: Path) -> str:
    """The path of a page in the mirror, or nothing."""
    try:
        parts = urlsplit(address.strip())
        path = unquote(parts.path).lstrip("/")
    except ValueError:
        return ""
    for base in (f"{parts.netloc}/{path}", path):
        for ending in _NAMES:
            name = base.rstrip("/") + ending if ending.startswith(("/", ".")) else base + ending
            try:
                name = inside(name, address)
                if (root / name).is_file():
                    return name
            except (AuditorError, OSError, ValueError):
                continue
    return ""


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _text(element: _Element) -> str:
    return (element.text or "").strip()


def _all_text(element: _Element) -> str:
    """The text of an element; of inline XHTML the mark-up too."""
    from lxml import etree

    if len(element):
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return _text(element)


def _day(text: str) -> str:
    """A date of RSS (RFC 822) or Atom (ISO 8601); nothing where it is neither."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
