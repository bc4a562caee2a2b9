"""Checks a tree: every version set audited once, and answered from the cache while it stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

from auditor.core import (
    Audit,
    AuditorError,
    Document,
    KnownName,
    Lag,
    ReadError,
    Relation,
    RelationKind,
    Rule,
    Story,
)
from auditor.encode import Store
from auditor.lang import canonical
from auditor.pipeline import Run, audit_story
from auditor.pipeline.changed import History
from auditor.pipeline.config import Configuration
from auditor.pipeline.kept import Kept, dumps, loads_brief, loads_whole, without_texts
from auditor.pipeline.load import NAMES
from auditor.pipeline.remarks import accept
from auditor.pipeline.rules import all_rules
from auditor.pipeline.stored import STAGES, code_digest, package_versions
from auditor.pipeline.tree import VersionSet
from auditor.read import decode, read_container, read_document
from auditor.read.files import bytes_of, id_under
from auditor.read.names import read_names

CODE = (*STAGES, "checks", "encode", "resolve", "score")
"""Parts of the package whose code decides what an audit finds."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A version set after its audit.

    Attributes:
        audit: without its texts where the cache holds them: see `whole`.
        notes: what is wrong with the comments in its files.
        remembered: True when its texts are in the cache alone.
        whole: gives the audit with its texts.
    """

    audit: Audit
    notes: tuple[str, ...]
    remembered: bool
    whole: Callable[[], Audit]


class Checker:
    """Audits version sets with one configuration."""

    def __init__(
        self,
        configuration: Configuration,
        opened: Callable[[], Run],
        store: Store | None,
        encoder: str,
    ) -> None:
        """Takes what an audit needs.

        Args:
            configuration: of the check.
            opened: gives what an audit runs with; called when the first one must be done.
            store: the cache, or None.
            encoder: names the encoder without opening it.
        """
        self._configuration = configuration
        self._opened = opened
        self._store = store
        takes = configuration.selection.takes
        self._rules = tuple(rule for rule in all_rules() if takes(rule.id))
        self._by_id = {rule.id: rule for rule in self._rules}
        settings = [encoder, configuration.source, *(rule.id for rule in self._rules)]
        self._settings = json.dumps([settings, package_versions(), code_digest(*CODE)])

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that run, sorted by id."""
        return self._rules

    def check(self, sets: Sequence[VersionSet]) -> Iterator[Checked]:
        """Each version set, from the cache where nothing that matters has changed.

        A set of which nothing can be read is an audit without documents, with its problems.
        """
        for one in sets:
            files, problems = self._files(one)
            lags = self._lags(one)
            key = self._key(one, files, lags)
            kept = None if problems else self._remembered(key, files)
            if kept is not None:
                yield self._from(kept, key, one, lags)
            else:
                yield self._audited(one, key, problems, lags)

    def _lags(self, one: VersionSet) -> tuple[Lag, ...]:
        """The versions that lag behind their source, where the settings ask for them."""
        if not self._configuration.stale or one.holds_versions or len(one.files) < 2:
            return ()
        return self._history.lags([file for file, _ in one.files])

    @cached_property
    def _names(self) -> tuple[KnownName, ...]:
        """The names that the owner of the tree has decided on."""
        held = self._configuration.root / NAMES
        return read_names(held) if held.is_file() else ()

    @cached_property
    def _history(self) -> History:
        return History(self._configuration.root)

    def _files(self, one: VersionSet) -> tuple[dict[str, bytes], list[str]]:
        """The bytes of each file, by its path from the root."""
        held: dict[str, bytes] = {}
        problems: list[str] = []
        root = self._configuration.root
        for file, _ in one.files:
            try:
                id_under(root / file, root)
                held[file] = bytes_of(root / file)
            except ReadError as error:
                problems.append(str(error))
        return held, problems

    def _key(self, one: VersionSet, files: dict[str, bytes], lags: tuple[Lag, ...]) -> bytes:
        digest = blake2b(self._settings.encode(), digest_size=16)
        parts = [
            part.encode("utf-8", "surrogatepass")
            for part in [one.name, *sum(one.files, ()), repr(lags)]
        ]
        for part in (*parts, *files.values()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
        return digest.digest()

    def _remembered(self, key: bytes, files: dict[str, bytes]) -> Kept | None:
        held = self._store.get_many([key]).get(key) if self._store else None
        if held is None:
            return None
        root = self._configuration.root
        texts: dict[str, str] = {}

        def text(id: str) -> tuple[str, str]:
            # The versions in one file are told apart behind the #.
            file = id if id in files else id.rpartition("#")[0]
            if file not in texts:
                texts[file] = decode(files[file], file)[0]
            return texts[file], str(root / file)

        try:
            return loads_brief(held, text, self._by_id)
        except AuditorError:
            return None

    def _from(self, kept: Kept, key: bytes, one: VersionSet, lags: tuple[Lag, ...]) -> Checked:
        def whole() -> Audit:
            second = _second(key)
            held = self._store.get_many([second]).get(second) if self._store else None
            audit = loads_whole(held, kept.audit) if held is not None else None
            return audit or self._audit(one, [], lags)[0]

        return Checked(kept.audit, kept.notes, remembered=True, whole=whole)

    def _audited(
        self, one: VersionSet, key: bytes, problems: list[str], lags: tuple[Lag, ...]
    ) -> Checked:
        audit, notes = self._audit(one, problems, lags)
        if self._store is None or audit.problems or audit.errors:
            return Checked(audit, notes, remembered=False, whole=lambda: audit)
        brief, whole = dumps(audit, notes)
        self._store.put_many({key: brief, _second(key): whole})
        # The texts of a whole site would not fit into memory: they are fetched where shown.
        return self._from(Kept(without_texts(audit), notes), key, one, lags)

    def _audit(
        self, one: VersionSet, problems: list[str], lags: tuple[Lag, ...]
    ) -> tuple[Audit, tuple[str, ...]]:
        story, unread = read_set(one, self._configuration.root, self._configuration.source)
        read = {document.id for document in story.documents}
        known = tuple(lag for lag in lags if {lag.document, lag.source} <= read)
        story = replace(story, lags=known if story.source else (), names=self._names)
        problems = list(dict.fromkeys([*problems, *unread]))
        run = replace(self._opened(), rules=self._rules)
        return accept(audit_story(story, run, problems))


def read_set(one: VersionSet, root: Path, source: str) -> tuple[Story, list[str]]:
    """The story of a version set, and what of it could not be read.

    Its versions are declared translations of each other, because their paths say so.

    Args:
        one: names the files.
        root: their paths are relative to it.
        source: BCP 47 tag of the declared source, or empty.
    """
    documents: list[Document] = []
    problems: list[str] = []
    for file, lang in one.files:
        try:
            if one.holds_versions:
                held = read_container(root / file, root, source=source or None, lang=lang or None)
                documents += held
            else:
                documents.append(read_document(root / file, root, lang=lang))
        except AuditorError as error:
            problems.append(str(error))
    relations = tuple(
        Relation(left.id, right.id, kind, declared=True, reason=f"both are {one.name}")
        for left, right in combinations(documents, 2)
        for kind in [RelationKind.REWRITE if left.lang == right.lang else RelationKind.TRANSLATION]
    )
    first = documents[0] if documents else None
    declared = first is not None and bool(source) and _same(first.lang, source)
    id = first.id if first and (declared or one.holds_versions) else None
    return Story(one.name, tuple(documents), source=id, relations=relations), problems


def _same(lang: str, source: str) -> bool:
    return canonical(lang) == canonical(source)


def _second(key: bytes) -> bytes:
    return blake2b(b"whole" + key, digest_size=16).digest()
