"""Fixtures that every test may use."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

# Before numpy is loaded by anything: see auditor.cli.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings
from meanings import Write, write_version

# A suite that gates a change says the same of the same commit; `make fuzz` looks for new examples.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None, print_blob=True)
settings.load_profile("searching" if os.environ.get("AUDITOR_FUZZ") else "repeatable")

# Databases and browsers of the review; the environment of the transformers does without it.
pytest_plugins = ["review_browser", "review_databases"] if find_spec("sqlalchemy") else []

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and benchmark data beside the checkout.

    Its texts are not ours to ship. Where it is absent the test is skipped, and the
    summary says so in red.
    """
    if not (SHARED / "seeds").is_dir():
        pytest.skip(f"{SHARED} is absent: the real articles were not audited")
    return SHARED


@pytest.fixture(scope="session")
def write() -> Write:
    """Writes a version: `write(name, [1, 2, [3, 4]])` gives segments and unit vectors."""
    return write_version


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not (SHARED / "seeds").is_dir():
        terminalreporter.section("NOT TESTED", red=True)
        terminalreporter.line(
            f"{SHARED} is absent: nothing was tested on the real articles", red=True
        )
