"""The command line: one file per command, loaded when it is called."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TextIO

# Before numpy is loaded: on two cores, OpenBLAS threads that wait for each other cost
# twenty times the work (measured; the encoder's products are small).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import click

from auditor import __version__
from auditor.core.collector import collect_rarely
from auditor.core.errors import AuditorError

COMMANDS = {
    "audit": "Audits the versions of one story.",
    "check": "Audits the stories of a tree, for CI.",
    "baseline": "Keeps the findings that were accepted.",
    "align": "Aligns two files and prints the beads.",
    "review": "Lets translators decide on what was flagged, in the browser.",
    "pairs": "Audits segment pairs that are already aligned.",
    "batch": "Audits many stories and keeps the results in a store.",
    "watch": "Audits the stories that arrive in a folder.",
    "query": "Asks a store.",
    "report": "Writes the page of a night from a store.",
    "rules": "Lists the rules, or explains one.",
    "bench": "Measures the auditor on data of your own.",
}
"""Name and one line of help: known here, so that `--help` loads no command."""

INPUT_ERROR, INTERRUPTED = 2, 130

COMPLETION = "_AUDITOR_COMPLETE"
"""Set by a shell that asks how a command goes on."""

_SHOWN = 200
"""Characters of a path that are enough to recognise it."""


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
    """Runs the command line; whatever a user can cause becomes one line and an exit code.

    Exit codes: 2 for wrong input or usage, 130 for Ctrl-C; a closed pipe is no error.
    """
    collect_rarely()
    pressed = _told_of_interrupts()
    # `auditor ... >&-` leaves Python without these.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    try:
        code = _run()
    except click.ClickException as error:
        code = _said(f"{error.format_message()} See `{_command_of(error)} --help`.")
    except AuditorError as error:
        code = _said(str(error))
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:
        # `auditor audit ... | head`: the reader has gone, which is no error of ours. Python would
        # flush once more at its end, and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        # A name of 5,000 characters, a full disk behind standard output.
        reason = error.strerror or type(error).__name__
        where = os.fsdecode(error.filename)[:_SHOWN] if error.filename else "input or output"
        code = _said(str(AuditorError(where, reason, "check the path and the place")))
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except Exception:
        # langdetect swallows Ctrl-C and raises an error of its own.
        if not pressed:
            raise
        code = INTERRUPTED
    if pressed or code == INTERRUPTED:
        code = _said("stopped; nothing more is written", INTERRUPTED)
    sys.exit(code)


def _run() -> int:
    """Runs the command, and its output to the end: a closed pipe shows only then."""
    if COMPLETION in os.environ:
        auditor()
    try:
        # Not `auditor()`: its `main` answers a closed pipe with exit code 1.
        with auditor.make_context("auditor", sys.argv[1:]) as context:
            auditor.invoke(context)
    except click.exceptions.Exit as left:
        return left.exit_code
    sys.stdout.flush()
    return 0


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _told_of_interrupts() -> list[int]:
    """A list that is no longer empty once somebody has pressed Ctrl-C."""
    pressed: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        pressed.append(number)
        raise KeyboardInterrupt

    # `nohup` and jobs in the background have it ignored, and so it stays.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)
    return pressed


def _command_of(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return context.command_path if context else "auditor"


def _said(line: str, code: int = INPUT_ERROR) -> int:
    click.echo(f"auditor: {line}", err=True)
    return code
