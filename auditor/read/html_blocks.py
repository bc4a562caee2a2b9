"""HTML to blocks: what a reader sees, cut at block-level elements, with the way back.

Elements are kept on a stack of our own, so that ten thousand nested ones are no
recursion; which is open is looked up by name, so that stray end tags cost nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from auditor.core import Block, BlockKind, OffsetMap, TextBuilder
from auditor.read import html_elements as elements
from auditor.read.html_styles import StyleSheet
from auditor.read.html_tokens import Token, TokenKind, tokens

# Notes of markers that may hold the whole page: a form around everything (ASP.NET), an
# article behind a modal dialog. One that takes in more than half of the text is not believed.
_DOUBTED = frozenset({"form", "aria-hidden", "beside the article", "page footer", "dialog"})
_DOUBTED |= elements.NAMED_NOTES
_IN_STYLE_SHEET = "in the style sheet"
_WHOLE_PAGE = frozenset({"html", "body"})
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPT = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
# [if IE 9]>... and what content systems write to themselves: /wp:paragraph, google_ad_section
_MACHINE_COMMENT = re.compile(r"\s*(?:\[if\b|\[endif|<!\[endif|/?wp:|#|google_ad|noindex|/noindex)")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LANG_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML file holds.

    Attributes:
        blocks: in order of their places.
        lang: the tag that the page says it is in, or empty.
    """

    blocks: tuple[Block, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element and what is in force inside it."""

    name: str
    kind: BlockKind | None = None
    hidden: str = ""
    furniture: str = ""
    marker: int = -1
    colours: tuple[str, str] = ("", "")
    raised: str = ""
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A finished block and the place of the element that made it furniture or hidden.

    `kind` is what the block would be without that element.
    """

    block: Block
    start: int
    marker: int
    kind: BlockKind


class _Collector:
    """The text of the block that is being read."""

    def __init__(self) -> None:
        self._builder = TextBuilder()
        self._element: _Element | None = None
        self._furniture: str | None = None
        self._broken = False

    def __bool__(self) -> bool:
        return self._element is not None

    def add(self, token: Token, text: str, element: _Element) -> None:
        """Appends what a token stands for; white space alone begins no block."""
        if text.isspace():
            if self._element is not None:
                self._builder.replace(text, token.start, token.end)
            return
        if self._element is None:
            self._furniture = element.furniture
        elif self._furniture and not element.furniture:
            # A button in a sentence does not make the sentence furniture.
            self._furniture = ""
        if self._element is None or not element.furniture or element.hidden:
            self._element = element
        self._builder.replace(text, token.start, token.end)
        self._broken = False

    def breaks(self, token: Token) -> bool:
        """Takes `<br>`; True where a second one in a row ends the paragraph."""
        if self._element is None:
            return False
        if self._broken:
            return True
        self._builder.replace("\N{LINE SEPARATOR}", token.start, token.end)
        self._broken = True
        return False

    def take(self) -> _Piece | None:
        """The block so far, or None without text; begins a new one."""
        element, furniture = self._element, self._furniture
        text, offsets = self._builder.build()
        self._builder, self._element, self._broken = TextBuilder(), None, False
        if element is None:
            return None
        lead = len(text) - len(text.lstrip())
        kept = text.strip()
        offsets = offsets.slice(lead, lead + len(kept))
        start = offsets.to_origin(0, 1)[0]
        kind = element.kind or BlockKind.PARAGRAPH
        if element.hidden:
            block = Block(BlockKind.HIDDEN, kept, offsets, note=element.hidden)
        elif furniture:
            block = Block(BlockKind.BOILERPLATE, kept, offsets, note=furniture, marked=True)
        else:
            return _Piece(Block(kind, kept, offsets), start, -1, kind)
        return _Piece(block, start, element.marker, kind)


def parse_html(raw: str) -> Page:
    """The blocks of an HTML file.

    Args:
        raw: the decoded file.

    Returns:
        Paragraphs, headings, captions; furniture by structure and hidden elements with the
        reason in `note`; comments that hold words as hidden. A title is a heading where the
        page shows none.
    """
    parser = _Parser()
    for token in tokens(raw):
        parser.feed(token)
    pieces = sorted(parser.finish(), key=lambda piece: piece.start)
    return Page(tuple(_doubted(pieces)), parser.lang)


class _Parser:
    """Follows the open elements and collects text into blocks."""

    def __init__(self) -> None:
        self.lang = ""
        self._open: list[_Element] = [_Element("")]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        self._barriers: list[int] = []
        self._block_places: list[int] = []
        self._pieces: list[_Piece] = []
        self._styles = StyleSheet()
        self._seen = _Collector()
        self._unseen = _Collector()
        self._title = _Collector()
        self._in_title = False

    def feed(self, token: Token) -> None:
        """Takes the next token."""
        match token.kind:
            case TokenKind.TEXT | TokenKind.REFERENCE:
                self._add(token)
            case TokenKind.START:
                self._start(token)
            case TokenKind.END:
                self._end(token.text)
            case TokenKind.COMMENT:
                self._comment(token)

    def finish(self) -> list[_Piece]:
        """All blocks, once the file has ended."""
        self._flush(self._seen)
        self._flush(self._unseen)
        shown = any(piece.block.kind is BlockKind.HEADING for piece in self._pieces)
        title = self._title.take()
        if title and not shown:
            self._pieces.append(replace(title, block=replace(title.block, key="title")))
        return self._pieces

    def _add(self, token: Token) -> None:
        top, text = self._open[-1], token.text
        if self._in_title:
            self._title.add(token, text, _Element("title", BlockKind.HEADING))
        elif top.name == "style":
            self._styles.add(text)
        elif not top.dropped:
            if top.raised and not text.translate(_SUPERSCRIPT).strip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"):
                # m<sup>2</sup> is m², and 1989<sup>1</sup> is not the year 19891.
                text = text.translate(_SUPERSCRIPT if top.raised == "sup" else _SUBSCRIPT)
            self._collector().add(token, text, top)

    def _start(self, token: Token) -> None:
        name = token.text
        if name == "title" and not self._title and not self._places["svg"]:
            self._in_title = True
        if name == "br":
            if self._collector().breaks(token):
                self._flush(self._collector())
            return
        if name == "html":
            self._declare(token)
        for ended in elements.implied_ends(name):
            self._close(ended)
        if name in elements.BLOCKS:
            self._flush_open()
        if name in elements.VOID or (token.closed and name not in elements.BLOCKS):
            return
        self._push(token)

    def _push(self, token: Token) -> None:
        name, above = token.text, self._open[-1]
        style = elements.declarations(token.attributes.get("style", ""))
        colours = elements.colours(style, above.colours)
        hidden = ""
        if name not in _WHOLE_PAGE:
            hidden = elements.hidden(name, token.attributes, colours)
            hidden = hidden or self._styles.hides(token.attributes)
        furniture = elements.furniture(name, token.attributes)
        if name == "footer" and self._places["blockquote"]:
            # A quotation's footer names who said it.
            furniture = ""
        if hidden and not above.hidden:
            self._flush(self._unseen)
        # The innermost furniture says most: a menu in a form that is around the whole page. What
        # is hidden stays so inside.
        marks = (hidden or furniture) and not above.hidden
        place = len(self._open)
        self._open.append(
            _Element(
                name,
                elements.kind_of(name) or above.kind,
                above.hidden or hidden,
                furniture or above.furniture,
                token.start if marks else above.marker,
                colours,
                name if name in ("sup", "sub") else above.raised,
                above.dropped or name in elements.DROPPED,
            )
        )
        self._places[name].append(place)
        if name in elements.BARRIERS:
            self._barriers.append(place)
        if name in elements.BLOCKS:
            self._block_places.append(place)

    def _end(self, name: str) -> None:
        if name == "title":
            self._in_title = False
        if name == "p" and not self._places["p"]:
            # "</p>" alone is an empty paragraph: a break.
            self._flush_open()
        self._close(name)

    def _close(self, name: str) -> None:
        """Closes the innermost open element of a name, with all that is open inside it."""
        places = self._places[name]
        if not places or not self._reaches(name, places[-1]):
            return
        while len(self._open) > places[-1] + 1:
            self._pop()
        self._pop()

    def _reaches(self, name: str, place: int) -> bool:
        """True when nothing that is open inside keeps the element from being closed."""
        if name in elements.TABLE_PARTS:
            return not self._inside(("table",), place)
        if self._barriers and self._barriers[-1] > place:
            # </p> in a table cell does not close the paragraph around the table, but </table>
            # closes its cells.
            return name in elements.BARRIERS
        if name in elements.LIST_ITEMS:
            return not self._inside(elements.LIST_BARRIERS, place)
        # </b> does not close the paragraphs inside the <b>.
        blocks = self._block_places
        return name in elements.BLOCKS or not blocks or blocks[-1] < place

    def _pop(self) -> None:
        element = self._open[-1]
        if element.name in elements.BLOCKS:
            self._flush_open()
        if element.hidden and not self._open[-2].hidden:
            self._flush(self._unseen)
        self._open.pop()
        place = len(self._open)
        self._places[element.name].pop()
        for stack in (self._barriers, self._block_places):
            if stack and stack[-1] == place:
                stack.pop()

    def _inside(self, names: Iterable[str], place: int) -> bool:
        """True when one of these elements is open inside the element at a place."""
        return any(self._places[name] and self._places[name][-1] > place for name in names)

    def _declare(self, token: Token) -> None:
        lang = token.attributes.get("lang") or token.attributes.get("xml:lang", "")
        if _LANG_TAG.fullmatch(lang.strip()):
            self.lang = lang.strip().replace("_", "-")

    def _comment(self, token: Token) -> None:
        if not _LETTERS.search(token.text) or _MACHINE_COMMENT.match(token.text):
            return
        text = token.text.strip()
        opening = token.start + len(token.text) - len(token.text.lstrip())
        offsets = OffsetMap.identity(len(text), opening)
        block = Block(BlockKind.HIDDEN, text, offsets, note="comment")
        self._pieces.append(_Piece(block, opening, -1, BlockKind.HIDDEN))

    def _flush_open(self) -> None:
        """Ends the block that is being collected where the innermost element stands."""
        self._flush(self._collector())

    def _collector(self) -> _Collector:
        return self._unseen if self._open[-1].hidden else self._seen

    def _flush(self, collector: _Collector) -> None:
        piece = collector.take()
        if piece:
            self._pieces.append(piece)


def _doubted(pieces: list[_Piece]) -> Iterable[Block]:
    """The blocks, where a marker around most of the text is not believed."""
    lengths: Counter[int] = Counter()
    for piece in pieces:
        if piece.kind is not BlockKind.HIDDEN:
            lengths[piece.marker] += len(piece.block.text)
    most = lengths.total() / 2
    for piece in pieces:
        around_all = piece.marker >= 0 and lengths[piece.marker] > most
        note = piece.block.note
        if around_all and (note in _DOUBTED or note.endswith(_IN_STYLE_SHEET)):
            yield replace(piece.block, kind=piece.kind, note="")
        else:
            yield piece.block
