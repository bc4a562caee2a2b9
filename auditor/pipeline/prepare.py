"""From raw documents to segments: language, normalisation, furniture, sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from auditor.core import Block, BlockKind, Document, Segment, TextBuilder
from auditor.encode import Store
from auditor.lang import canonical
from auditor.normalise import normalise
from auditor.pipeline.stored import code_digest
from auditor.segment import segment
from auditor.text.furniture import mark_furniture
from auditor.text.language import identify
from auditor.text.placeholders import hidden_ranges

SURE = 0.5
"""Confidence below which the language of a document counts as unknown."""

SAMPLE = 6000
"""Code points that are enough to tell the language of a document."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Documents ready to be compared.

    Attributes:
        documents: language set, blocks normalised, furniture told apart.
        segments: the content segments of each document, numbered from 0.
    """

    documents: tuple[Document, ...]
    segments: Mapping[str, tuple[Segment, ...]]


def prepare(
    documents: Sequence[Document], candidates: Sequence[str] | None, store: Store | None
) -> Prepared:
    """Tells languages and furniture, normalises, and cuts into sentences.

    Args:
        documents: as read.
        candidates: base language tags to choose from, or None for all.
        store: keeps the languages found.
    """
    ready = tuple(_prepared(document, candidates, store) for document in documents)
    segments = {d.id: _content(segment(_language_of_strings(d))) for d in ready}
    return Prepared(ready, segments)


def _prepared(
    document: Document, candidates: Sequence[str] | None, store: Store | None
) -> Document:
    normalised = normalise(document)
    lang = canonical(document.lang)
    if not document.lang_declared or lang in ("und", "zh"):
        found = language_of(normalised, candidates, store)
        # A page's own `lang` attribute is often left over from its template: the text decides,
        # and the attribute helps only where the text is too short to tell.
        lang = found if found != "und" else lang
    if lang == "zh":
        lang = "zh-Hans"
    return replace(normalised, lang=lang, blocks=mark_furniture(normalised.blocks, lang))


def language_of(document: Document, candidates: Sequence[str] | None, store: Store | None) -> str:
    """The BCP 47 tag of a document's content, or `und` where it cannot be told.

    Args:
        document: its content blocks are read.
        candidates: base language tags to choose from, or None for all.
        store: keeps what was found.
    """
    text = "\n".join(block.text for block in document.blocks if block.kind.is_content)
    chosen = ",".join(sorted(candidates or ()))
    code = code_digest("text/language.py", "text/chinese.py")
    head = f"lang|{code}|{chosen}|{len(text)}|".encode()
    sample = text[:SAMPLE].encode("utf-8", "surrogatepass")
    key = blake2b(head + sample, digest_size=16).digest()
    held = store.get_many([key]).get(key) if store else None
    if held is not None:
        return held.decode("ascii", "replace")
    guess = identify(text, candidates)
    lang = guess.lang if guess.confidence >= SURE else "und"
    if store:
        store.put_many({key: lang.encode("ascii", "replace")})
    return lang


def _language_of_strings(document: Document) -> Document:
    """The document with the strings of a program as language: no tags, one branch of a message."""
    if not any(block.kind is BlockKind.STRING for block in document.blocks):
        return document
    return replace(document, blocks=tuple(_language(block) for block in document.blocks))


def _language(block: Block) -> Block:
    hidden = hidden_ranges(block.text) if block.kind is BlockKind.STRING else ()
    if not hidden:
        return block
    builder = TextBuilder()
    position = 0
    for start, end in (*hidden, (len(block.text), len(block.text))):
        builder.copy(block.text[position:start], position)
        position = end
    text, offsets = builder.build()
    return replace(block, text=text, offsets=offsets.over(block.offsets))


def _content(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Content only, numbered without holes: a segment's index is its row in the vectors."""
    content = (s for s in segments if s.kind.is_content and s.text.strip())
    return tuple(replace(s, index=number) for number, s in enumerate(content))
