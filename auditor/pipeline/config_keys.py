"""Every setting of `auditor check`, with what it means: the documentation is made from here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.core import Severity


@dataclass(frozen=True, slots=True)
class Key:
    """One setting, as the reference of the documentation tells it.

    Attributes:
        name: as written.
        kind: `text`, `texts`, `flag`, `severity`, `tag`, `tags` or `tables`.
        default: its value where it is not given.
        meaning: what it does.
        example: as one would write it.
    """

    name: str
    kind: str
    default: Any
    meaning: str
    example: str


KEYS = (
    Key(
        "inputs",
        "texts",
        (),
        "Patterns of files, relative to this file. Files that differ only in `{lang}` are versions "
        "of one text. `*` and `?` stay within a folder, `**` is any number of folders, `{word}` "
        "any part of a name. A PO, XLIFF or TMX file holds its versions itself: it needs no "
        "`{lang}`.",
        'inputs = ["content/{lang}/**/*.md", "locales/{lang}.json"]',
    ),
    Key(
        "exclude",
        "texts",
        (),
        "Patterns of files that are not audited.",
        'exclude = ["content/*/drafts/**"]',
    ),
    Key(
        "source",
        "tag",
        "",
        "The language that the others are translated from. A source is never outvoted; without "
        "one, the majority of the versions decides.",
        'source = "en"',
    ),
    Key(
        "languages",
        "tags",
        {},
        "What may stand for `{lang}`: a list of language tags, or a table from names to tags. Any "
        "language tag when not given.",
        'languages = { en = "en", fr = "fr", tw = "zh-Hant" }',
    ),
    Key(
        "select",
        "texts",
        (),
        "Rules (`drift/number`) or families (`drift`) that run; all when not given.",
        'select = ["drift", "markup", "fidelity/omission"]',
    ),
    Key("ignore", "texts", (), "Rules or families that do not run.", 'ignore = ["spun"]'),
    Key(
        "preview",
        "flag",
        default=False,
        meaning="Whether findings of the preview tier are told, and count.",
        example="preview = true",
    ),
    Key(
        "severity",
        "severity",
        Severity.NEUTRAL,
        "Findings below this severity are not told.",
        'severity = "minor"',
    ),
    Key(
        "fail-on",
        "severity",
        Severity.MAJOR,
        "From this severity on, a finding makes the exit code 1.",
        'fail-on = "minor"',
    ),
    Key(
        "baseline",
        "text",
        "auditor-baseline.toml",
        "The file of accepted findings, written by `auditor baseline write`.",
        'baseline = "ci/accepted.toml"',
    ),
    Key(
        "stale",
        "flag",
        default=False,
        meaning="Whether `fidelity/stale` asks git which version was changed last.",
        example="stale = true",
    ),
    Key(
        "encoder",
        "text",
        "use",
        "The encoder: `use`, or `sentence-transformers:NAME`.",
        'encoder = "use"',
    ),
    Key(
        "override",
        "tables",
        (),
        "Other rules for some paths: `paths`, and any of `select`, `ignore`, `severity` and "
        "`preview`. The last one that matches a file decides.",
        '[[tool.auditor.override]]\npaths = ["content/*/legal/**"]\nignore = ["spun", "furniture"]',
    ),
)
"""Every setting, in the order of the reference."""


def toml(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return json.dumps(value, ensure_ascii=False)


def reference() -> str:
    """The reference of all settings, as the documentation shows it."""
    lines = [
        "# Settings of `auditor check`",
        "",
        "Made from the settings' own text by `make docs`; a test fails when this page is stale.",
        "They stand in `[tool.auditor]` of pyproject.toml, or at the top of auditor.toml, where",
        "tables drop the `tool.auditor.`. An unknown key is an error, and `--show-config` prints",
        "what is in force.",
    ]
    for key in KEYS:
        default = "none" if key.default in ("", (), {}) else f"`{toml(key.default)}`"
        lines += ["", f"## {key.name}", "", key.meaning, "", f"Default: {default}.", ""]
        lines += ["```toml", key.example, "```"]
    return "\n".join(lines) + "\n"
