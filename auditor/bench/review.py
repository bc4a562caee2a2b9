"""What the review's pages cost the server, on a made database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from auditor.review.given import Given

STORIES = 100
SEED = 1
RULES = ("drift/date", "drift/number", "spun/phrase", "spam/injected", "fidelity/omission")
LANGS = ("en", "fr", "it", "zh-Hant", "zh-Hans")
PAGES = (
    ("queue, first page", "/"),
    ("queue, filtered", "/?rule=drift/date&lang=fr&severity=major"),
    ("queue, searched", "/?search=fault%2099"),
    ("one finding", "/findings/{middle}"),
    ("next page, JSON", "/api/findings?after={place}"),
    ("dashboard", "/dashboard"),
)


@dataclass(frozen=True, slots=True)
class PageTime:
    """Server time of one page, in milliseconds.

    Attributes:
        name: of the page.
        median: by the clock.
        worst: by the clock.
        work: median time of the processor: what is left on a machine with nothing else to do.
    """

    name: str
    median: float
    worst: float
    work: float


def measure(findings: int, runs: int) -> list[PageTime]:
    """Server time of each page: from the request to the last byte, without a network.

    Args:
        findings: how many the database holds, in `STORIES` stories.
        runs: how often each page is asked for, after one time that does not count.
    """
    from starlette.testclient import TestClient

    from auditor.review.app import create_app
    from auditor.review.database import open_database, writing
    from auditor.review.importing import take_in

    with TemporaryDirectory() as folder:
        engine = open_database(str(Path(folder) / "bench.db"))
        with writing(engine) as connection:
            for story in made_stories(findings):
                take_in(connection, story, "bench")
        client = TestClient(create_app(engine), "http://localhost")
        first = client.get("/api/findings").json()
        values = {"middle": findings // 2, "place": first["next"]}
        times = [_timed(client, name, path.format(**values), runs) for name, path in PAGES]
        engine.dispose()
    return times


def _timed(client: TestClient, name: str, path: str, runs: int) -> PageTime:
    spent, worked = [], []
    for _ in range(runs + 1):
        start, work = perf_counter(), process_time()
        client.get(path).raise_for_status()
        spent.append(1000 * (perf_counter() - start))
        worked.append(1000 * (process_time() - work))
    return PageTime(name, median(spent[1:]), max(spent[1:]), median(worked[1:]))


def made_stories(findings: int) -> Iterator[Given]:
    """Stories with numbered faults, rules and severities drawn from a fixed seed."""
    drawn = random.Random(SEED)  # noqa: S311 - a benchmark is to be repeated
    for number in range(STORIES):
        count = findings // STORIES + (number < findings % STORIES)
        yield _story(number, count, drawn)


def _story(number: int, count: int, drawn: random.Random) -> Given:
    from auditor.review.given import Given

    marks = [f"fault {number}-{n}" for n in range(count)]
    text = "".join(f"Here a sentence has {mark} in it.\n\n" for mark in marks) or "Nothing.\n"
    lang = LANGS[number % len(LANGS)]
    place, findings, spans = 0, [], []
    for n, mark in enumerate(marks):
        start = text.index(mark, place)
        place = start + len(mark)
        span = {"document": "a.txt", "start": start, "end": place, "text": mark}
        spans.append({"start": text.rindex("Here", 0, start), "end": text.index("\n", start)})
        findings.append(
            {
                "rule": drawn.choice(RULES),
                "tier": "stable",
                "severity": drawn.choice(("critical", "major", "major", "minor")),
                "confidence": round(drawn.uniform(0.5, 1), 2),
                "message": f"“{mark}” is not what the other versions say.",
                "spans": [span],
                "evidence": [],
                "repair": "virtue",
                "values": [mark],
                "fingerprint": f"1:{number}-{n}:0",
            }
        )
    report: dict[str, Any] = {
        "schema_version": "1.1",
        "tool": {"version": "bench"},
        "story": {"name": f"Story {number}", "date": f"2024-{number % 12 + 1:02}-01",
                  "outlet": f"Outlet {number % 4}", "relations": []},
        "encoder": "none",
        "documents": [{"id": "a.txt", "lang": lang, "length": len(text),
                       "sha256": sha256(text.encode()).hexdigest(), "fidelity": 90.0}],
        "passages": [{"spans": {"a.txt": [span]}} for span in spans],
        "findings": findings,
    }  # fmt: skip
    return Given(report, {"a.txt": text})


def table(times: list[PageTime]) -> list[str]:
    """The times as lines."""
    lines = [f"{'page':20}  {'median ms':>10}  {'worst ms':>10}  {'processor ms':>12}"]
    return [
        *lines,
        *(f"{t.name:20}  {t.median:10.1f}  {t.worst:10.1f}  {t.work:12.1f}" for t in times),
    ]
