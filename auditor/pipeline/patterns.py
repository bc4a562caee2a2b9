"""Patterns of paths: `content/{lang}/**/*.md`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from auditor.core import ConfigError

LANG = "lang"

_PART = re.compile(r"\{([A-Za-z]{1,30})\}|\*|\?|[^{*?]+|\{")
# `fr`, `pt_BR`, `zh-Hant-TW`: what may stand for {lang} where the settings name no languages.
_TAG = r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}"


class Pattern:
    """A pattern of paths relative to a root, with forward slashes."""

    def __init__(self, text: str, languages: Iterable[str] = ()) -> None:
        """Takes a pattern apart.

        Args:
            text: as in the settings.
            languages: what may stand for `{lang}`; any language tag when empty.

        Raises:
            ConfigError: it is absolute, or leads out of the root.
        """
        parts = text.strip().removeprefix("./").split("/")
        if not text.strip() or parts[0] == "" or ".." in parts or "\\" in text:
            raise ConfigError(
                text, "is no pattern inside the root", "write it as content/{lang}/**/*.md"
            )
        self.text = "/".join(part for part in parts if part not in ("", "."))
        self.parts = tuple(self.text.split("/"))
        names = sorted(map(re.escape, languages), key=len, reverse=True)
        self._lang = "|".join(names) or _TAG

    @property
    def has_lang(self) -> bool:
        """True when it tells versions by `{lang}`."""
        return f"{{{LANG}}}" in self.text

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        seen: set[str] = set()
        pieces: list[str] = []
        for number, part in enumerate(self.parts):
            last = number == len(self.parts) - 1
            if part == "**":
                pieces.append(".*" if last else "(?:[^/]+/)*")
            else:
                pieces.append(self._regex(part, seen) + ("" if last else "/"))
        return re.compile("".join(pieces), re.DOTALL)

    @cached_property
    def steps(self) -> tuple[re.Pattern[str] | str | None, ...]:
        """For each part of the path a name, a pattern of names, or None for `**`."""
        found: list[re.Pattern[str] | str | None] = []
        for part in self.parts:
            if part == "**":
                found.append(None)
            elif any(sign in part for sign in "*?{"):
                found.append(re.compile(self._regex(part, set()), re.DOTALL))
            else:
                found.append(part)
        return tuple(found)

    def _regex(self, part: str, seen: set[str]) -> str:
        pieces: list[str] = []
        for match in _PART.finditer(part):
            name = match[1]
            if name and name in seen:
                again = f"{name}__{len(seen)}_{len(pieces)}"
                pieces.append(f"(?P<{again}>(?P={name}))")
            elif name:
                seen.add(name)
                inner = self._lang if name == LANG else "[^/]+?"
                pieces.append(f"(?P<{name}>{inner})")
            elif match[0] == "*":
                pieces.append("[^/]*")
            else:
                pieces.append("[^/]" if match[0] == "?" else re.escape(match[0]))
        return "".join(pieces)

    def matches(self, path: str) -> bool:
        """True for a path that it describes."""
        return self._whole.fullmatch(path) is not None

    def read(self, path: str) -> tuple[str, str] | None:
        """What a path has for `{lang}`, and the path with `{lang}` in that place.

        Returns:
            The name (empty for a pattern without it) and the common path; None where the
            pattern does not describe the path.
        """
        match = self._whole.fullmatch(path)
        if match is None:
            return None
        if not self.has_lang:
            return "", path
        # A second {lang} repeats the first: `content/{lang}/page.{lang}.md`.
        names = [name for name in match.groupdict() if name.partition("__")[0] == LANG]
        common = path
        for start, end in sorted(map(match.span, names), reverse=True):
            common = f"{common[:start]}{{{LANG}}}{common[end:]}"
        return match[LANG], common
