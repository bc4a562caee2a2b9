"""Finds out what kind of input a user named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.batch.job import Job, Refused
from auditor.core import ConfigError

ARCHIVES = (".warc", ".warc.gz", ".wet", ".wet.gz")
FEEDS = (".xml", ".xml.gz", ".rss", ".atom")
TABLES = (".csv", ".tsv")
LINES = (".jsonl", ".ndjson")


def entries_of(where: str, root: Path | None = None) -> Iterator[Job | Refused]:
    """The stories of an input, read as they are needed.

    Args:
        where: a folder of stories, a manifest (.csv, .tsv, .jsonl), a sitemap or feed (.xml, .rss,
            .atom), an archive of a crawl (.warc, .wet, also .gz), or an address for fsspec
            (s3://bucket/stories).
        root: the folder that the paths of a manifest or the pages of a feed lie in; that of the
            file when None.

    Raises:
        ReadError: it cannot be read.
        ConfigError: it is nothing of this.
    """
    if "://" in where:
        from auditor.batch.inputs.remote import stories_at

        return stories_at(where)
    path = Path(where)
    if path.is_dir():
        from auditor.batch.inputs.folders import stories_in

        return stories_in(path)
    return _listed(path, root or path.parent)


def _listed(path: Path, root: Path) -> Iterator[Job | Refused]:
    name = path.name.lower()
    if name.endswith((*TABLES, *LINES)):
        from auditor.batch.inputs.manifests import stories_of_lines, stories_of_table

        return (
            stories_of_table(path, root) if name.endswith(TABLES) else stories_of_lines(path, root)
        )
    if name.endswith(FEEDS):
        from auditor.batch.inputs.feeds import stories_of_feed

        return stories_of_feed(path, root)
    if name.endswith(ARCHIVES):
        from auditor.batch.inputs.archives import stories_of_archive

        return stories_of_archive(path)
    known = ", ".join((*TABLES, *LINES, *FEEDS, *ARCHIVES))
    what = "is no folder and no list of stories"
    raise ConfigError(str(path), what, f"give a folder, or {known}")
