"""What a page's own style sheet hides: spam is rarely hidden by a `style` attribute alone.

Only selectors of one class or one id are followed, outside of `@media` and its like. What a
script may show later (`opacity: 0`, `visibility: hidden`), and what another selector shows in
some state, is not believed to be hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auditor.read import html_elements as elements

# A theme has 100,000 characters; beyond this a style sheet is not read on.
_MOST = 1_000_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIMPLE = re.compile(r"[.#][\w-]{1,100}")
_NAMES = re.compile(r"[.#][\w-]{1,100}")
# Fade-ins and the wait for fonts begin with these.
_SHOWN_BY_SCRIPTS = frozenset({"opacity", "visibility"})


class StyleSheet:
    """The simple rules of a page, in the order in which it gives them."""

    def __init__(self) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        self._sometimes: set[str] = set()
        self._read = 0

    def add(self, text: str) -> None:
        """Reads the content of a `<style>` element, or a piece of it that ends a rule."""
        room = max(0, _MOST - self._read)
        self._read += len(text)
        for selectors, body in _rules(_COMMENT.sub(" ", text[:room])):
            held = elements.declarations(body)
            style = {name: value for name, value in held.items() if name not in _SHOWN_BY_SCRIPTS}
            for selector in map(str.strip, selectors.split(",")):
                if _SIMPLE.fullmatch(selector):
                    self._rules.setdefault(selector, {}).update(style)
                elif style.get("display", "none") != "none":
                    # .menu.open { display: block }
                    self._sometimes.update(_NAMES.findall(selector))

    def hides(self, attributes: Mapping[str, str]) -> str:
        """Why an element with these attributes is not seen, in a few words; else empty."""
        if not self._rules:
            return ""
        names = [f".{name}" for name in attributes.get("class", "").split()]
        names += [f"#{attributes['id'].strip()}"] if attributes.get("id") else []
        if self._sometimes.intersection(names):
            return ""
        style: dict[str, str] = {}
        for name in names:
            style.update(self._rules.get(name, {}))
        if not style:
            return ""
        # What stands at the element itself comes last.
        style.update(elements.declarations(attributes.get("style", "")))
        reason = elements.hidden_by_style(style, ("", ""))
        return f"{reason} in the style sheet" if reason else ""


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold without a condition."""
    selectors, depth, body = "", 0, 0
    before = 0
    for brace in re.finditer(r"[{}]", css):
        if brace.group() == "{":
            if depth == 0:
                selectors, body = (
                    css[before : brace.start()].rpartition(";")[2].strip(),
                    brace.end(),
                )
            depth += 1
            continue
        if depth == 1 and not selectors.startswith("@"):
            yield selectors, css[body : brace.start()]
        depth, before = max(0, depth - 1), brace.end()
