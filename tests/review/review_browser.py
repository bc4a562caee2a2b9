"""The application as people use it: a server, and the system's Chromium."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NO_CHROMIUM = "Chromium is not installed: the pages were not tested in a browser"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
Kill = Callable[[], None]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        pytest.skip(NO_CHROMIUM)
    # Its sandbox refuses to run as root, which is who runs the tests in a container.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        held = playwright.chromium.launch(executable_path=path, args=flags)
        yield held
        held.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of a browser of its own, in which nothing may go wrong."""
    contexts = []
    problems: list[str] = []

    def opened(**settings: object) -> Page:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("dialog", lambda dialog: problems.append(f"dialog: {dialog.message}"))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []


@contextmanager
def server(arguments: Sequence[str | Path]) -> Iterator[tuple[str, Kill]]:
    """The command on a free port; gives its address and a way to kill it at once."""
    environment = {k: v for k, v in os.environ.items() if k != "AUDITOR_PASSWORD"}
    command = [sys.executable, "-m", "auditor", "review", *map(str, arguments), "--port", "0", "-q"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as running:
        try:
            line = running.stdout.readline() if running.stdout else ""
            if "http" not in line:
                running.kill()
                raise AssertionError(running.stderr.read() if running.stderr else line)
            yield line.split()[2].rstrip("/"), lambda: os.kill(running.pid, signal.SIGKILL)
        finally:
            running.terminate()
            running.wait(20)
