"""References: a translation that somebody trusts, and how near a version comes to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.core import ConfigError, Document, Metric, Story
from auditor.lang import base
from auditor.pipeline.prepare import prepare
from auditor.read import read_document
from auditor.score.metrics import corpus_metrics, in_one_script


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference translation.

    Attributes:
        document: as read.
        version: id of the version it is for; empty where its language says so.
    """

    document: Document
    version: str = ""


def read_reference(written: str, story: Story) -> Reference:
    """Reads `FILE` or `VERSION=FILE`.

    Args:
        written: as the user wrote it.
        story: the versions.

    Raises:
        ReadError: the file cannot be read.
        ConfigError: it is a version of the story itself.
    """
    ids = {document.id for document in story.documents}
    version, equals, file = written.partition("=")
    if not equals or version not in ids:
        version, file = "", written
    path = Path(file)
    if path.resolve() in {Path(document.path).resolve() for document in story.documents}:
        raise ConfigError(
            file, "is a version of this story", "keep the reference in another folder"
        )
    return Reference(read_document(path, path.parent), version)


def reference_metrics(
    references: Sequence[Reference], story: Story, candidates: Sequence[str] | None
) -> tuple[Metric, ...]:
    """chrF++, BLEU and TER of versions against their references, paragraph by paragraph.

    Args:
        references: as read.
        story: documents prepared.
        candidates: base language tags to choose from, or None for all.

    Raises:
        ConfigError: no version or several could be meant, or a reference has another length.
    """
    found: list[Metric] = []
    for reference in references:
        document = reference.document
        if reference.version:
            lang = story.document(reference.version).lang
            document = replace(document, lang=lang, lang_declared=True)
        ready = prepare((document,), candidates, None).documents[0]
        version = story.document(reference.version or _meant(ready, story))
        theirs, own = _paragraphs(ready), _paragraphs(version)
        if len(theirs) != len(own):
            raise ConfigError(
                document.path,
                f"has {len(theirs)} paragraphs, but {version.id} has {len(own)}",
                "give one paragraph of the reference for each of the version",
            )
        if own:
            metrics = corpus_metrics(own, theirs, version.lang)
            found += [replace(m, document=version.id, against=document.id) for m in metrics]
    return tuple(found)


def _meant(reference: Document, story: Story) -> str:
    """The one version in the reference's language that is not the source."""
    spoken = [d for d in story.documents if base(d.lang) == base(reference.lang)]
    meant = [d.id for d in spoken if d.id != story.source]
    if len(meant) != 1:
        others = f"{len(meant)} versions are" if meant else "no other version is"
        what = f"is in {reference.lang}, and {others} too"
        raise ConfigError(reference.path, what, "say which one: --reference VERSION=FILE")
    return meant[0]


def _paragraphs(document: Document) -> list[str]:
    return [
        in_one_script(block.text, document.lang)
        for block in document.blocks
        if block.kind.is_content and block.text.strip()
    ]
