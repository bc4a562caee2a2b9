"""How long `auditor check` takes on a tree: at first, again, and when one file has changed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auditor.core import AuditorError

PAGES = {
    "en": """# Station {n}

The station at kilometre {n} was opened in {year} and has {people} inhabitants within walking
distance. Trains stop there every {minutes} minutes from April to October.

## Tickets

A ticket to the harbour costs {price} euros. Children under 12 travel free of charge.

The hall of {year} was restored with the help of {help} volunteers from the neighbouring villages.
""",
    "fr": """# Gare {n}

La gare du kilomètre {n} a été ouverte en {year} et compte {people} habitants à distance de marche.
Les trains s’y arrêtent toutes les {minutes} minutes d’avril à octobre.

## Billets

Un billet pour le port coûte {price} euros. Les enfants de moins de 12 ans voyagent gratuitement.

Le hall de {year} a été restauré avec l’aide de {help} bénévoles des villages voisins.
""",
    "it": """# Stazione {n}

La stazione al chilometro {n} fu aperta nel {year} e ha {people} abitanti raggiungibili a piedi. I
treni vi si fermano ogni {minutes} minuti da aprile a ottobre.

## Biglietti

Un biglietto per il porto costa {price} euro. I bambini sotto i 12 anni viaggiano gratis.

L’atrio del {year} è stato restaurato con l’aiuto di {help} volontari dei paesi vicini.
""",
    "zh-Hant": """# {n}號車站

{n}公里處的車站於{year}年啟用，步行範圍內有{people}名居民。四月至十月，列車每{minutes}分鐘停靠一次。

## 車票

前往港口的車票為{price}歐元。12歲以下兒童免費乘車。

{year}年的大廳在鄰近村莊{help}名志工的協助下修復。
""",
}
"""One page in four languages: our own text; the numbers tell the pages apart."""

SECTIONS = 8
"""Of a page: some 500 words in all, an article or a page of documentation."""

SETTINGS = 'inputs = ["content/{lang}/*.md"]\nsource = "en"\n'


@dataclass(frozen=True, slots=True)
class Timing:
    """One run of `auditor check`.

    Attributes:
        name: which.
        seconds: by the clock.
        cpu: seconds of computing.
        told: its last line.
    """

    name: str
    seconds: float
    cpu: float
    told: str


def write_tree(folder: Path, stories: int) -> int:
    """Writes a tree of pages in four languages; returns the number of files."""
    (folder / "auditor.toml").write_text(SETTINGS, encoding="utf-8")
    for lang, page in PAGES.items():
        place = folder / "content" / lang
        place.mkdir(parents=True)
        for n in range(1, stories + 1):
            parts = [_part(page, SECTIONS * n + number) for number in range(SECTIONS)]
            (place / f"line-{n}.md").write_text("\n".join(parts), encoding="utf-8")
    return stories * len(PAGES)


def _part(page: str, n: int) -> str:
    """One section: its numbers are those of no other page."""
    return page.format(
        n=n,
        year=1850 + n % 140,
        people=100 + 7 * n,
        minutes=5 + n % 50,
        price=3 + n % 40,
        help=20 + n % 60,
    )


def measure(folder: Path, stories: int) -> Iterator[Timing]:
    """Runs the check three times in a tree made for it.

    Args:
        folder: empty; the tree and its cache are written there.
        stories: pages, each in four languages.

    Yields:
        The first run, one with nothing changed, and one after a file was changed.

    Raises:
        AuditorError: a run fails for another reason than its findings.
    """
    write_tree(folder, stories)
    yield _timed("first", folder)
    yield _timed("unchanged", folder)
    page = folder / "content" / "fr" / "line-1.md"
    page.write_text(page.read_text(encoding="utf-8").replace("1858", "1868"), encoding="utf-8")
    yield _timed("one file changed", folder)


def _timed(name: str, folder: Path) -> Timing:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "auditor", "check", "--quiet"],
        cwd=folder,
        env={**os.environ, "AUDITOR_CACHE": str(folder / "cache.sqlite3")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        raise AuditorError(str(folder), done.stderr.strip() or "the check failed", "see above")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = (done.stderr.strip().splitlines() or [""])[0]
    return Timing(name, seconds, cpu, told)


def table(timings: list[Timing], files: int) -> list[str]:
    """The runs with their share of the first."""
    first = timings[0]
    lines = [f"{files} files", "run                seconds   cpu  of the first"]
    for one in timings:
        share = one.seconds / first.seconds
        lines.append(f"{one.name:17} {one.seconds:8.1f} {one.cpu:6.1f}  {share:.1%}  {one.told}")
    return lines
