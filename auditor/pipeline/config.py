"""The settings of `auditor check`: `[tool.auditor]` in pyproject.toml, or auditor.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from auditor.core import ConfigError, Severity
from auditor.lang import is_tag
from auditor.pipeline.config_keys import KEYS, Key, toml

FILES = ("auditor.toml", "pyproject.toml")

LARGEST = 1 << 20
"""Bytes of the largest file of settings that is read."""


_OVERRIDE = ("paths", "select", "ignore", "severity", "preview")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which findings are told.

    Attributes:
        select: rules and families; all when empty.
        ignore: rules and families left out of these.
        severity: the mildest that is told.
        preview: whether the preview tier is told too.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.NEUTRAL
    preview: bool = False

    def takes(self, rule: str) -> bool:
        """True for a rule that is selected."""
        names = {rule, rule.partition("/")[0]}
        return (not self.select or bool(names & set(self.select))) and not names & set(self.ignore)


@dataclass(frozen=True, slots=True)
class Override:
    """Settings of some paths: what is None is as elsewhere."""

    paths: tuple[str, ...]
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: Severity | None = None
    preview: bool | None = None

    def over(self, other: Selection) -> Selection:
        """The selection with what this one sets."""
        return Selection(
            other.select if self.select is None else self.select,
            other.ignore if self.ignore is None else (*other.ignore, *self.ignore),
            other.severity if self.severity is None else self.severity,
            other.preview if self.preview is None else self.preview,
        )


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings of a check.

    Attributes:
        root: the folder that patterns and ids are relative to.
        origin: the file that they come from, or empty.
        inputs: patterns.
        exclude: patterns.
        source: BCP 47 tag, or empty.
        languages: tags by the name that stands for `{lang}`; empty for any.
        selection: of all files.
        overrides: of some files.
        fail_on: the mildest severity that fails a build.
        baseline: path of the file of accepted findings.
        stale: whether git is asked for the last change of each version.
        encoder: its name.
    """

    root: Path
    origin: str
    inputs: tuple[str, ...]
    exclude: tuple[str, ...]
    source: str
    languages: Mapping[str, str]
    selection: Selection
    overrides: tuple[Override, ...]
    fail_on: Severity
    baseline: Path
    stale: bool
    encoder: str

    def selection_of(self, file: str) -> Selection:
        """What is told of one file, named relative to the root."""
        from auditor.pipeline.patterns import Pattern

        selection = self.selection
        for override in self.overrides:
            if any(Pattern(pattern).matches(file) for pattern in override.paths):
                selection = override.over(self.selection)
        return selection


def configure(folder: Path, rules: Sequence[str], file: Path | None = None) -> Configuration:
    """Reads the settings of a folder.

    Args:
        folder: where the check is started.
        rules: ids that may be named.
        file: the file of settings; found in `folder` when None.

    Raises:
        ConfigError: no settings, two files of them, an unknown key, or a wrong value.
    """
    found = [file] if file else [folder / name for name in FILES]
    tables = [(path, table) for path in found if (table := _table(path, must=bool(file)))]
    if len(tables) > 1:
        names = " and ".join(path.name for path, _ in tables)
        raise ConfigError(str(folder), f"both {names} hold settings", "keep them in one file")
    if not tables:
        raise ConfigError(
            str(file or folder),
            "holds no settings",
            'write auditor.toml with: inputs = ["content/{lang}/**/*.md"]',
        )
    path, table = tables[0]
    return _configuration(path, table, rules)


def _table(path: Path, *, must: bool) -> dict[str, Any] | None:
    where = str(path)
    if not must and not path.is_file():
        return None
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(where, "is larger than 1 MB", "name the file of settings")
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(where, f"cannot be read: {reason}", "check the path") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(where, f"is not valid TOML: {error}", "correct that place") from error
    held = table.get("tool", {})
    tool = held.get("auditor") if isinstance(held, dict) else None
    if path.name == "pyproject.toml" or tool is not None:
        return tool if isinstance(tool, dict) else None
    return table


def _configuration(path: Path, table: Mapping[str, Any], rules: Sequence[str]) -> Configuration:
    where = str(path)
    _known(table, [key.name for key in KEYS], where, "")
    value = {key.name: _value(key, table.get(key.name, key.default), where) for key in KEYS}
    for name in ("select", "ignore"):
        _rule_names(value[name], rules, f"{where}: {name}")
    if not value["inputs"]:
        raise ConfigError(where, "inputs is missing", 'write: inputs = ["content/{lang}/**/*.md"]')
    return Configuration(
        root=path.parent.resolve(),
        origin=where,
        inputs=value["inputs"],
        exclude=value["exclude"],
        source=value["source"],
        languages=value["languages"],
        selection=Selection(
            value["select"], value["ignore"], value["severity"], preview=value["preview"]
        ),
        overrides=tuple(_override(entry, rules, where) for entry in value["override"]),
        fail_on=value["fail-on"],
        baseline=path.parent / _inside(value["baseline"], where),
        stale=value["stale"],
        encoder=value["encoder"],
    )


def _override(entry: Any, rules: Sequence[str], where: str) -> Override:
    _known(entry, _OVERRIDE, where, " in [[override]]")
    kinds = {key.name: key for key in KEYS} | {"paths": Key("paths", "texts", (), "", "")}
    value = {name: _value(kinds[name], entry[name], where) for name in entry}
    for name in ("select", "ignore"):
        _rule_names(value.get(name) or (), rules, f"{where}: {name} in [[override]]")
    if not value.get("paths"):
        raise ConfigError(where, "an [[override]] has no paths", 'write: paths = ["legal/**"]')
    return Override(**value)


def _known(table: Any, names: Sequence[str], where: str, what: str) -> None:
    if not isinstance(table, dict):
        raise ConfigError(where, f"the settings{what} are no table", "write keys and values")
    for key in table:
        if key not in names:
            raise ConfigError(where, f"unknown key {key!r}{what}", _nearest(key, names))


def _nearest(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names)}"


def _rule_names(named: Sequence[str], rules: Sequence[str], where: str) -> None:
    families = sorted({rule.partition("/")[0] for rule in rules})
    for name in named:
        if name not in rules and name not in families:
            raise ConfigError(where, f"{name!r} is no rule", _nearest(name, [*families, *rules]))


def _value(key: Key, value: Any, where: str) -> Any:
    """The value of a setting in its own type."""
    kind, shown = key.kind, f"{key.name} = {value!r}"
    if kind == "flag" and isinstance(value, bool):
        return value
    if kind in ("text", "tag") and isinstance(value, str):
        if kind == "tag" and value and not is_tag(value):
            raise ConfigError(where, f"{shown} is no language tag", f"write: {key.example}")
        return value
    if kind == "tables" and isinstance(value, (list, tuple)):
        return tuple(value)
    if kind == "texts" and isinstance(value, (list, tuple)) and all(map(_is_text, value)):
        return tuple(value)
    if kind == "severity" and value in tuple(Severity):
        return Severity(value)
    if kind == "tags" and isinstance(value, (list, dict)):
        named = value if isinstance(value, dict) else {tag: tag for tag in value if tag}
        if all(isinstance(tag, str) and is_tag(tag) for tag in named.values()):
            return named
    raise ConfigError(where, f"{shown} is not what this key takes", f"write: {key.example}")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _inside(name: str, where: str) -> str:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or not name:
        raise ConfigError(
            where, f"baseline = {name!r} lies elsewhere", "name a file beside this one"
        )
    return name


def shown(configuration: Configuration) -> str:
    """The settings in force as TOML, with the file that they come from."""
    selection = configuration.selection
    held = {
        "inputs": configuration.inputs,
        "exclude": configuration.exclude,
        "source": configuration.source,
        "languages": configuration.languages,
        "select": selection.select,
        "ignore": selection.ignore,
        "preview": selection.preview,
        "severity": selection.severity,
        "fail-on": configuration.fail_on,
        "baseline": configuration.baseline.name,
        "stale": configuration.stale,
        "encoder": configuration.encoder,
    }
    lines = [f"# {configuration.origin}"]
    lines += [f"{name} = {toml(value)}" for name, value in held.items()]
    for override in configuration.overrides:
        lines += ["", "[[override]]"]
        lines += [
            f"{name} = {toml(value)}"
            for name in _OVERRIDE
            if (value := getattr(override, name)) is not None
        ]
    return "\n".join(lines) + "\n"
