"""WARC and WET files of a crawl: every page is a story of one version, until `--match`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from auditor.batch.job import Job, Refused, Version
from auditor.core import AuditorError, ConfigError, ReadError
from auditor.read import decode
from auditor.read.files import MAX_HTML

HTML_TYPES = ("text/html", "application/xhtml+xml")


def stories_of_archive(path: Path) -> Iterator[Job | Refused]:
    """The pages of an archive, one record in memory at a time.

    Args:
        path: WARC or WET, also gzipped.

    Raises:
        ReadError: it cannot be read, or is damaged from some record on.
        ConfigError: the extra `crawl` is not installed.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        remedy = "pip install 'translation-auditor[crawl]'"
        raise ConfigError(str(path), "warcio is not installed", remedy) from error
    where = str(path)
    try:
        with path.open("rb") as stream:
            for number, record in enumerate(ArchiveIterator(stream, arc2warc=False), 1):
                entry = _entry(record, f"{where}, record {number}")
                if entry:
                    yield entry
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(where, f"cannot be read: {reason}", "check the path") from error
    except (ArchiveLoadFailed, EOFError, ValueError, AttributeError, IndexError) as error:
        # The last three come from headers that are no headers.
        raise ReadError(where, f"is no sound archive: {_line(error)}", "fetch it again") from error


def _entry(record: Any, where: str) -> Job | Refused | None:
    """A page, or None for what is none: requests, images, redirections."""
    headers = record.rec_headers
    kind = record.rec_type
    address = (headers.get_header("WARC-Target-URI") or "").strip("<>")
    if kind not in ("response", "resource", "conversion") or not address:
        return None
    html = kind != "conversion"
    if html:
        http = record.http_headers
        if http is not None and http.get_statuscode() != "200":
            return None
        said = http.get_header("Content-Type") if http else headers.get_header("Content-Type")
        if not (said or "").lower().startswith(HTML_TYPES):
            return None
    octets = record.content_stream().read(MAX_HTML + 1)
    try:
        if len(octets) > MAX_HTML:
            limit = f"is larger than {MAX_HTML >> 20} MiB"
            raise ReadError(address, limit, "leave it out")
        text, _ = decode(octets, where)
    except AuditorError as error:
        return Refused(address, str(error))
    day = _day(headers.get_header("WARC-Date") or "")
    outlet = address.split("/")[2] if address.count("/") > 1 else ""
    version = Version(address, None, text, html=html)
    return Job(address, versions=(version,), date=day, outlet=outlet)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _line(error: BaseException) -> str:
    said = str(error).strip().splitlines()
    return said[0][:200] if said else type(error).__name__
