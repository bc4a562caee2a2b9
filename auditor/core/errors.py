"""What went wrong, said to a person: which file, which place, what to do.

Every error that a user can cause is an `AuditorError`. The command line prints
its message on one line and ends with exit code 2; a traceback means a defect of
the auditor itself.
"""

from __future__ import annotations


class AuditorError(Exception):
    """A problem with the input or the settings, told with its place and its remedy.

    Args:
        where: the file, option or place that is wrong; empty when there is none.
        what: what is wrong there, as a clause without a full stop.
        remedy: what the user can do about it, as a clause without a full stop.
    """

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = where
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{head}; {self.remedy}" if self.remedy else head
        # A file name may hold line ends or control characters: one error, one line.
        return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line)


class ReadError(AuditorError):
    """A file could not be read as text."""


class ConfigError(AuditorError):
    """A manifest, a setting or an option is wrong."""


class EncodeError(AuditorError):
    """An encoder is missing or gave unusable vectors."""


class JudgeError(AuditorError):
    """A learned judge is missing or gave unusable scores."""


class AlignError(AuditorError):
    """Two versions cannot be aligned as asked."""
