"""A story: versions of one piece of content, and how they relate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.core.document import Document


class RelationKind(StrEnum):
    """How two documents of a story relate."""

    TRANSLATION = "translation"
    """Versions of one text in two languages (or two scripts of one)."""
    REWRITE = "rewrite"
    """Versions of one text in the same language."""
    COMPARABLE = "comparable"
    """Different articles on the same events."""
    UNRELATED = "unrelated"

    @property
    def same_text(self) -> bool:
        """True when both are versions of one text, so that order can be trusted."""
        return self in (RelationKind.TRANSLATION, RelationKind.REWRITE)


@dataclass(frozen=True, slots=True)
class Relation:
    """How two documents relate, and how that is known.

    Attributes:
        left: id of the document that comes first in the story.
        right: id of the other.
        kind: see `RelationKind`.
        declared: True when a manifest says so, False when the auditor found it.
        reason: the evidence in words, such as `58 of 63 sentences matched in order`.
    """

    left: str
    right: str
    kind: RelationKind
    declared: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the owner of a story has decided on, from `names.toml`.

    Attributes:
        name: the canonical form, equal to every form below.
        forms: pairs of a BCP 47 tag and a form of the name in that language, the preferred first.
        never: forms that are wrong wherever they stand.
    """

    name: str
    forms: tuple[tuple[str, str], ...] = ()
    never: tuple[str, ...] = ()

    def written(self, lang: str) -> str:
        """The preferred form in a language: of the tag itself, of its language, or canonical."""
        for wanted in (lang, lang.split("-", 1)[0]):
            for tag, form in self.forms:
                if tag == wanted:
                    return form
        return self.name


@dataclass(frozen=True, slots=True)
class Lag:
    """A version whose source was changed after it.

    Attributes:
        document: its id.
        source: id of the source.
        revision: of the last change of the source, such as a commit; empty while it is in none.
        when: that change in words, such as `on 2024-05-01 (1a2b3c4)`.
    """

    document: str
    source: str
    revision: str
    when: str


@dataclass(frozen=True, slots=True)
class Story:
    """Several versions of one piece of content.

    Attributes:
        name: the folder or manifest it came from.
        documents: in the order given.
        source: id of the declared source, or None.
        relations: one per pair of documents, once they are known.
        date: when the story was published, if known.
        outlet: who published it, if known.
        names: what its owner says of names.
        lags: versions that were not changed since their source was, where that is known.
    """

    name: str
    documents: tuple[Document, ...]
    source: str | None = None
    relations: tuple[Relation, ...] = ()
    date: date | None = None
    outlet: str = ""
    names: tuple[KnownName, ...] = ()
    lags: tuple[Lag, ...] = ()

    def document(self, id: str) -> Document:
        """The document with this id.

        Raises:
            KeyError: there is none.
        """
        for document in self.documents:
            if document.id == id:
                return document
        raise KeyError(id)

    def relation(self, left: str, right: str) -> Relation | None:
        """The relation of two documents in either order, or None when not known."""
        for relation in self.relations:
            if {relation.left, relation.right} == {left, right}:
                return relation
        return None

    def lineages(self) -> tuple[tuple[str, ...], ...]:
        """The documents grouped by text: versions of one text are one lineage.

        Independent articles are one witness each for what happened; versions of one
        text are together one witness for what that text says.
        """
        ids = [d.id for d in self.documents]
        group = {id: id for id in ids}
        for relation in self.relations:
            if relation.kind.same_text:
                keep, drop = group[relation.left], group[relation.right]
                group = {id: keep if g == drop else g for id, g in group.items()}
        return _grouped(ids, group)


def _grouped(ids: Sequence[str], group: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    heads = dict.fromkeys(group[id] for id in ids)
    return tuple(tuple(id for id in ids if group[id] == head) for head in heads)
