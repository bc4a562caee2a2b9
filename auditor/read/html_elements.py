"""What an element's own tag says: that it is hidden, furniture, a heading, or a new block."""

from __future__ import annotations

import re
from collections.abc import Mapping

from auditor.core import BlockKind

# Their contents are no text of the page.
DROPPED = frozenset({"script", "style", "iframe", "noembed", "noframes", "textarea", "title"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
# Elements that begin a line of their own; text on two sides of their tags is two blocks.
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"}
    | {"dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend"}
    | {"li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section"}
    | {"select", "summary", "table", "tbody", "td", "template", "tfoot", "th", "thead", "tr"}
    | {"ul", "button", "noscript", "object", "video", "audio", "canvas", "svg", "math"}
)
# An open element that a start tag closes, as `<li>` closes the `<li>` before it.
_ITEM_ENDS: Mapping[str, tuple[str, ...]] = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "option": ("option",),
    "optgroup": ("option", "optgroup"),
    "tr": ("td", "th", "tr"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tbody": ("td", "th", "tr", "thead", "tbody"),
    "tfoot": ("td", "th", "tr", "thead", "tbody"),
}
# What an end tag or an implied end does not reach out of, unless it is their own.
BARRIERS = frozenset(
    {"table", "td", "th", "caption", "template", "button", "object", "svg", "math"}
)
# `<td>` in a table inside a `<td>` does not close the outer one.
TABLE_PARTS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "caption"})
# `<li>` in a list inside a `<li>` does not close the outer one.
LIST_ITEMS = frozenset({"li", "dt", "dd", "option", "optgroup"})
LIST_BARRIERS = ("ul", "ol", "menu", "dir", "dl", "select")

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_CAPTIONS = frozenset({"figcaption", "caption"})
_FURNITURE = {
    "nav": "navigation",
    "footer": "page footer",
    "aside": "beside the article",
    "form": "form",
    "search": "search form",
    "button": "button",
    "select": "form",
    "menu": "menu",
    "dialog": "dialog",
}
_ROLES = {
    "navigation": "navigation",
    "contentinfo": "page footer",
    "complementary": "beside the article",
    "search": "search form",
    "form": "form",
    "button": "button",
    "menu": "menu",
    "menubar": "menu",
    "toolbar": "menu",
    "dialog": "dialog",
    "alertdialog": "dialog",
}
# Names that style sheets of every framework give to text for screen readers.
_FOR_SCREEN_READERS = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "skip-link"}
    | {"skip-to-content", "show-for-sr", "element-invisible", "screen-reader-only"}
)
# Names that content systems and comment services give to what is around an article: WordPress,
# Disqus, Jetpack, cookie managers.
_NAMED = {
    **dict.fromkeys(
        ("comments", "comment-list", "commentlist", "comments-area"), "reader comments"
    ),
    **dict.fromkeys(("disqus_thread", "fb-comments", "respond"), "reader comments"),
    **dict.fromkeys(("share-bar", "share-buttons", "social-share", "sharedaddy"), "share bar"),
    **dict.fromkeys(("cookie-banner", "cookie-notice", "cookie-consent"), "cookie notice"),
    **dict.fromkeys(("related-posts", "related-articles", "jp-relatedposts"), "related links"),
    **dict.fromkeys(("breadcrumb", "breadcrumbs"), "breadcrumbs"),
}
NAMED_NOTES = frozenset(_NAMED.values())
_SIZES = ("width", "height", "max-width", "max-height")
_SIDES = ("left", "top", "right", "bottom")
_ZERO = re.compile(r"[+-]?(?:0+(?:\.0*)?|\.0+)(?:px|em|rem|ex|ch|pt|vw|vh|%)?")
_LENGTH = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(px|em|rem|vw|vh|%|pt|cm|in)?")
# Nothing on a page lies this many pixels left of or above it by intention but what is hidden.
_OFF_SCREEN_PX = -500.0
_PIXELS = {
    "em": 16.0,
    "rem": 16.0,
    "vw": 10.0,
    "vh": 8.0,
    "%": 10.0,
    "pt": 1.33,
    "cm": 38,
    "in": 96,
}
_COLOURS = {"white": "ffffff", "black": "000000"}
_RGB = re.compile(r"rgba?\((\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})")


def implied_ends(name: str) -> tuple[str, ...]:
    """Elements that a start tag of this name closes when one is open."""
    if name in _ITEM_ENDS:
        return _ITEM_ENDS[name]
    # <p>one<p>two; <p>one<div>two
    return ("p",) if name in BLOCKS else ()


def kind_of(name: str) -> BlockKind | None:
    """The kind of block that an element makes of its text; None when it says nothing."""
    if name in _HEADINGS:
        return BlockKind.HEADING
    return BlockKind.CAPTION if name in _CAPTIONS else None


def furniture(name: str, attributes: Mapping[str, str]) -> str:
    """Why an element is page furniture, in a few words; empty when it is not."""
    if name == "dialog" and "open" not in attributes:
        return ""
    names = attributes.get("class", "").casefold().split()
    if not _FOR_SCREEN_READERS.isdisjoint(names):
        return "for screen readers only"
    names.append(attributes.get("id", "").casefold())
    if note := next((_NAMED[part] for part in names if part in _NAMED), ""):
        return note
    return _ROLES.get(attributes.get("role", "").strip().casefold(), _FURNITURE.get(name, ""))


def hidden(name: str, attributes: Mapping[str, str], colours: tuple[str, str]) -> str:
    """Why a reader does not see an element, in a few words; empty when it is seen.

    Args:
        name: of the element.
        attributes: of its start tag.
        colours: text and background colour in force, as `colours` gives them.
    """
    if name in ("template", "noscript"):
        return {"template": "template", "noscript": "shown without scripts only"}[name]
    if name == "dialog" and "open" not in attributes:
        return "closed dialog"
    if "hidden" in attributes:
        return "hidden attribute"
    if attributes.get("aria-hidden", "").strip().casefold() == "true":
        return "aria-hidden"
    return hidden_by_style(declarations(attributes.get("style", "")), colours)


def declarations(style: str) -> Mapping[str, str]:
    """The declarations of a `style` attribute: lower-case, the last of equal names."""
    pairs = (part.partition(":") for part in style.casefold().split(";"))
    # Most elements have none, and this is asked for each.
    return (
        {}
        if not style
        else {
            name.strip(): value.replace("!important", "").strip()
            for name, colon, value in pairs
            if colon
        }
    )


def colours(style: Mapping[str, str], inherited: tuple[str, str]) -> tuple[str, str]:
    """Text and background colour of an element, as six hexadecimal digits or empty."""
    background = style.get("background-color") or style.get("background", "")
    return (
        _colour(style["color"]) if "color" in style else inherited[0],
        _colour(background) or inherited[1],
    )


def hidden_by_style(style: Mapping[str, str], colour: tuple[str, str]) -> str:
    """Why declarations keep an element from being seen, in a few words; empty when they do not.

    Args:
        style: as `declarations` gives them.
        colour: text and background colour in force, as `colours` gives them.
    """
    if not style:
        return ""
    clipped = style.get("overflow") in ("hidden", "clip")
    placed = style.get("position") in ("absolute", "fixed")
    painted = bool(style.keys() & {"color", "background", "background-color"})
    reasons = (
        ("display:none", style.get("display") == "none"),
        ("visibility:hidden", style.get("visibility") in ("hidden", "collapse")),
        ("opacity:0", _is_zero(style.get("opacity"))),
        ("font-size:0", _is_zero(style.get("font-size"))),
        ("zero size", clipped and any(_is_zero(style.get(side)) for side in _SIZES)),
        ("off-screen position", placed and any(_is_far(style.get(side)) for side in _SIDES)),
        ("off-screen position", _is_far(style.get("text-indent"))),
        ("colour of its background", painted and bool(colour[0]) and colour[0] == colour[1]),
    )
    return next((reason for reason, holds in reasons if holds), "")


def _is_zero(value: str | None) -> bool:
    return value is not None and bool(_ZERO.fullmatch(value))


def _is_far(value: str | None) -> bool:
    """True for a length that puts text outside the window: -9999px, -100em."""
    match = _LENGTH.match(value or "")
    pixels = float(match.group(1)) * _PIXELS.get(match.group(2) or "", 1.0) if match else 0.0
    return pixels <= _OFF_SCREEN_PX


def _colour(value: str) -> str:
    """A colour as six hexadecimal digits; empty for one that is not known."""
    word = value.strip()
    if word.startswith("#"):
        digits = word[1:]
        wide = "".join(digit * 2 for digit in digits) if len(digits) in (3, 4) else digits
        return wide[:6] if re.fullmatch(r"[0-9a-f]{6}(?:[0-9a-f]{2})?", wide) else ""
    if rgb := _RGB.match(word):
        return "".join(f"{min(int(part), 255):02x}" for part in rgb.groups())
    return _COLOURS.get(word, "")
