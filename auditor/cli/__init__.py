"""The command line: one file per command, loaded when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

# Before numpy is loaded: on two cores, OpenBLAS threads that wait for each other cost
# twenty times the work (measured; the encoder's products are small).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from auditor import __version__
from auditor.core.errors import AuditorError

COMMANDS = {
    "audit": "Audits the versions of one story.",
    "align": "Aligns two files and prints the beads.",
    "pairs": "Audits segment pairs that are already aligned.",
    "rules": "Lists the rules, or explains one.",
    "bench": "Measures the auditor on data of your own.",
}
"""Name and one line of help: known here, so that `--help` loads no command."""

INPUT_ERROR = 2


class LazyGroup(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or None."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"auditor.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the commands and their one line, from the table."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auditor")
def auditor() -> None:
    """Finds where a translation stopped saying what the original says.

    Or where it stopped being human text.
    """


def main() -> None:
    """Runs the command line; an `AuditorError` becomes one line and exit code 2."""
    try:
        auditor()
    except AuditorError as error:
        click.echo(f"auditor: {error}", err=True)
        sys.exit(INPUT_ERROR)
    except BrokenPipeError:
        # `auditor audit ... | head`: the reader has gone, which is no error of ours.
        sys.stderr.close()
        sys.exit(0)
