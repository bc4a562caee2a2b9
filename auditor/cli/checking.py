"""The common part of `auditor check` and `auditor baseline`: which sets, and what is found."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from auditor.cli.options import open_run, running_encoderless
from auditor.core.errors import ConfigError
from auditor.core.finding import Tier

if TYPE_CHECKING:
    from auditor.core import Audit, Finding
    from auditor.pipeline.checking import Checked
    from auditor.pipeline.config import Configuration
    from auditor.pipeline.tree import VersionSet

F = TypeVar("F", bound=Callable[..., Any])


def checking(function: F) -> F:
    """The options that say what is checked."""
    paths = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
    config = click.option(
        "--config",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The file of settings; auditor.toml or pyproject.toml in this folder when not given.",
    )
    return paths(config(running_encoderless(function)))


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree after its check.

    Attributes:
        configuration: its settings.
        checked: one for each version set, in order of their names.
        audits: their audits with what is told of each file, without texts where these were not
            needed.
    """

    configuration: Configuration
    checked: tuple[Checked, ...]
    audits: tuple[Audit, ...]

    def notes(self) -> list[str]:
        """What is wrong with the comments that accept findings."""
        return [note for one in self.checked for note in one.notes]

    def counts(self, finding: Finding, audit: Audit) -> bool:
        """True for a finding that is told where only what counts is told."""
        selection = self.configuration.selection_of(file_of(audit, finding, self.configuration))
        return finding.tier is Tier.STABLE or selection.preview


def configuration_of(config: Path | None) -> Configuration:
    """The settings of this folder.

    Raises:
        ConfigError: there are none, or they are wrong.
    """
    from auditor.pipeline import all_rules
    from auditor.pipeline.config import configure

    return configure(Path.cwd(), [rule.id for rule in all_rules()], config)


@contextmanager
def checked_tree(
    configuration: Configuration,
    paths: Sequence[Path],
    *,
    since: str | None,
    no_cache: bool,
    quiet: bool,
) -> Generator[Tree]:
    """Checks a tree; the cache stays open while its texts may be wanted.

    Args:
        configuration: its settings.
        paths: files and folders whose version sets are checked; all when empty.
        since: a git revision: only sets of which a file has changed since.
        no_cache: compute all anew and keep nothing.
        quiet: no progress on standard error.

    Raises:
        ConfigError: a pattern, a path or the revision is wrong.
        ReadError: a link leads astray.
    """
    from auditor.cache import Cache, default_path
    from auditor.pipeline.checking import Checker

    sets = wanted_sets(configuration, paths, since)
    with ExitStack() as stack:
        store = None if no_cache else stack.enter_context(Cache(default_path()))
        if store is not None and store.problem:
            click.echo(f"auditor: {store.problem}", err=True)
        runs: list[Any] = []

        def opened() -> Any:
            # The encoder takes seconds to load: it is loaded when something must be encoded.
            if not runs:
                run = open_run(configuration.encoder, no_cache=True, quiet=quiet)
                runs.append(replace(stack.enter_context(run), store=store))
            return runs[0]

        checker = Checker(configuration, opened, store, configuration.encoder)
        checked = tuple(checker.check(sets))
        audits = tuple(told(one.audit, configuration) for one in checked)
        yield Tree(configuration, checked, audits)


def wanted_sets(
    configuration: Configuration, paths: Sequence[Path], since: str | None
) -> tuple[VersionSet, ...]:
    """The version sets that a call is about.

    Raises:
        ConfigError: a pattern, a path or the revision is wrong.
        ReadError: a link leads astray.
    """
    from auditor.pipeline.changed import changed_since
    from auditor.pipeline.tree import common_name, version_sets

    root, inputs, languages = configuration.root, configuration.inputs, configuration.languages
    sets = version_sets(root, inputs, configuration.exclude, languages, configuration.source)
    if paths:
        named = [_from_root(path, root) for path in paths]
        sets = tuple(one for one in sets if any(_under(f, named) for f, _ in one.files))
    if since is not None:
        changed = changed_since(root, since)
        # A version that was deleted changes the set of those that are left.
        names = {common_name(path, inputs, languages) for path in changed}
        sets = tuple(one for one in sets if one.name in names)
    return sets


def _from_root(path: Path, root: Path) -> str:
    if not path.exists():
        raise ConfigError(str(path), "there is no such file or folder", "check the path")
    named = path.parent.resolve() / path.name if path.name else path.resolve()
    if named == root:
        return ""
    # A file that lies elsewhere is in no version set.
    return named.relative_to(root).as_posix() if named.is_relative_to(root) else "/"


def _under(file: str, named: Sequence[str]) -> bool:
    return any(not name or file == name or file.startswith(f"{name}/") for name in named)


def file_of(audit: Audit, finding: Finding, configuration: Configuration) -> str:
    """The file that a finding is in, relative to the root of the settings."""
    path = Path(audit.story.document(finding.spans[0].document).path)
    return path.relative_to(configuration.root).as_posix()


def told(audit: Audit, configuration: Configuration) -> Audit:
    """The audit with the findings that the settings select for each file."""
    findings: list[Finding] = []
    for finding in audit.findings:
        selection = configuration.selection_of(file_of(audit, finding, configuration))
        mild = finding.severity.rank < selection.severity.rank
        if selection.takes(finding.rule) and not mild:
            findings.append(finding)
    return replace(audit, findings=tuple(findings))
