"""One version of a story: a decoded file, cut into blocks and segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from auditor.core.span import OffsetMap, Span

WHOLE = 0.6
"""Share of its content from which a span means a document itself."""


class BlockKind(StrEnum):
    """What a block of a file is. Only the first three, and strings, are aligned."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    STRING = "string"
    BOILERPLATE = "boilerplate"
    HIDDEN = "hidden"

    @property
    def is_content(self) -> bool:
        """True for what the author wrote: not furniture, not hidden."""
        return self not in (BlockKind.BOILERPLATE, BlockKind.HIDDEN)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, caption, string, piece of furniture or hidden element.

    Attributes:
        kind: what it is.
        text: what a reader sees: tags gone, entities and escapes resolved.
        offsets: maps `text` to the decoded file.
        key: names the string or the part in a container; empty in plain text.
        note: why the block is furniture or hidden, in a few words; else empty.
        marked: True when the file's own mark-up makes it furniture: the page knows, and shows it
            as such.
    """

    kind: BlockKind
    text: str
    offsets: OffsetMap
    key: str = ""
    note: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One version.

    Attributes:
        id: the path relative to the story's root, with forward slashes.
        lang: BCP 47 tag (`zh-Hant`), or `und` where it could not be told.
        raw: the decoded file, byte-order mark removed, otherwise untouched.
        path: where the file lies, for messages; equal to `id` for text given directly.
        blocks: in reading order.
        encoding: what the bytes were decoded from, such as `utf-8`.
        lang_declared: True when the user or the manifest named the language.
    """

    id: str
    lang: str
    raw: str
    path: str
    blocks: tuple[Block, ...]
    encoding: str = "utf-8"
    lang_declared: bool = False

    _content: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        ranges = (
            block.offsets.to_origin(0, len(block.offsets))
            for block in self.blocks
            if block.kind.is_content and block.text
        )
        object.__setattr__(self, "_content", tuple(ranges))

    def is_whole(self, span: Span) -> bool:
        """True when a span stands for the text itself: most of its content, in several blocks."""
        if not self._content:
            return False
        # Blocks lie in reading order, which is the order of the file.
        content = self._content[-1][1] - self._content[0][0]
        if len(span) < WHOLE * content:
            return False
        return sum(span.start <= start and end <= span.end for start, end in self._content) > 1


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or one string) of a document, in normalised form.

    Two segments are equal when they are the same place of the same document.

    Attributes:
        document: the id of its document.
        index: its number among the document's segments, from 0.
        text: normalised text.
        offsets: maps `text` to the decoded file.
        lang: BCP 47 tag; the document's, unless the segment is clearly in another.
        block: the number of its block among the document's blocks, from 0.
        kind: the kind of that block.
    """

    document: str
    index: int
    text: str = field(compare=False)
    offsets: OffsetMap = field(compare=False, repr=False)
    lang: str = field(compare=False)
    block: int = field(compare=False, default=0)
    kind: BlockKind = field(compare=False, default=BlockKind.PARAGRAPH)

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The place in the file of `text[start:end]`: the only way back.

        Args:
            start: code point in `text`.
            end: one past the last code point; the end of the text when None.
        """
        stop = len(self.text) if end is None else end
        return Span(self.document, *self.offsets.to_origin(start, stop))
