"""A translator's day, in a real browser."""

from __future__ import annotations

import io
import json
import re
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from review_browser import server
from review_stories import gates, hostile, many

from auditor.review.database import open_database, writing
from auditor.review.importing import take_in
from auditor.review.users import add_user

if TYPE_CHECKING:
    from playwright.sync_api import Page

NewPage = Callable[..., "Page"]
PASSWORD = "correct horse battery"  # noqa: S105 - of a test

KEYS = ("a", "r", "df", "di", "e", "r", "dx", "a", "r", "r")
"""What the translator presses at each finding, again and again; a missing repair is written."""


def _api(page: Page, path: str) -> Any:
    return page.evaluate("path => fetch(path).then(answer => answer.json())", path)


def _open(page: Page) -> dict[str, Any]:
    """The finding that is shown, as the API tells it."""
    id = page.locator("[data-finding]").get_attribute("data-finding")
    held: dict[str, Any] = _api(page, f"/api/findings/{id}")
    return held


def _decide(page: Page, keys: str) -> tuple[str, str | None]:
    """Decides by keyboard; gives the state and the repair that follow."""
    shown = _open(page)
    if keys == "e" or (keys == "r" and shown["proposal"] is None):
        page.keyboard.press("e")
        page.keyboard.type(f"written {shown['id']}")
        page.keyboard.press("Enter")
        wanted: tuple[str, str | None] = "repaired", f"written {shown['id']}"
    else:
        for key in keys:
            page.keyboard.press(key)
        states = {"a": "accepted", "d": "dismissed", "r": "repaired"}
        wanted = states[keys[0]], shown["proposal"] if keys == "r" else None
    page.wait_for_selector(f"[data-finding]:not([data-finding='{shown['id']}'])")
    return wanted


def test_a_translator_decides_by_keyboard_and_exports_exactly_that(
    new_page: NewPage, database: str, root: Path
) -> None:
    with server(["--demo", "--database", database]) as (address, _):
        page = new_page()
        page.goto(address)
        page.keyboard.press("j")
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-finding]")
        decided: dict[int, tuple[str, str | None]] = {}
        for number in range(20):
            shown = _open(page)
            # What is said of a whole text is accepted: its repair would be a text of its own.
            whole = shown["rule"] == "spun/document"
            decided[shown["id"]] = _decide(page, "a" if whole else KEYS[number % len(KEYS)])
        last = list(decided)[-1]
        page.keyboard.press("u")
        page.wait_for_selector(f"[data-finding='{last}'][data-state='open']")
        del decided[last]
        held = {id: _api(page, f"/api/findings/{id}") for id in decided}
        assert {id: (f["state"], f["repair"]) for id, f in held.items()} == decided
        assert _api(page, "/api/findings?state=decided&tier=all")["findings"].__len__() == 19
        page.goto(f"{address}/stories")
        texts = _unpacked(_download(page, "Repaired text"))
        baseline = tomllib.loads(_download(page, "Baseline").decode())
    assert texts == _expected(root / "corpora" / "storm-barrier-defects", held)
    assert {e["fingerprint"] for e in baseline["accepted"]} == {
        f["fingerprint"] for f in held.values() if f["state"] == "dismissed"
    }


def _download(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).focus()
        page.keyboard.press("Enter")
    return Path(waiting.value.path()).read_bytes()


def _unpacked(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _expected(folder: Path, held: dict[int, dict[str, Any]]) -> dict[str, str]:
    texts = {p.name: p.read_bytes().decode() for p in folder.glob("*.txt")}
    places = [(f["spans"][0], f["repair"]) for f in held.values() if f["state"] == "repaired"]
    for span, repair in sorted(places, key=lambda p: p[0]["start"], reverse=True):
        text = texts[span["document"]]
        texts[span["document"]] = text[: span["start"]] + repair + text[span["end"] :]
    return texts


def _filled(database: str, *stories: Any) -> None:
    engine = open_database(database)
    with writing(engine) as connection:
        for story in stories:
            take_in(connection, story, "ana")
        for name, role in (("ana", "editor"), ("ben", "reviewer")):
            add_user(connection, name, role, PASSWORD)
    engine.dispose()


def _sign_in(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-row]")


def test_the_second_of_two_reviewers_is_told_and_keeps_what_was_typed(
    new_page: NewPage, database: str
) -> None:
    _filled(database, gates())
    with server(["--login", "--database", database]) as (address, _):
        ana, ben = new_page(), new_page()
        for page, name in ((ana, "ana"), (ben, "ben")):
            _sign_in(page, address, name)
            page.goto(f"{address}/findings/1")
        ana.keyboard.press("d")
        ana.keyboard.press("i")
        ana.wait_for_selector("[data-finding='2']")
        ben.keyboard.press("e")
        ben.keyboard.type("1986")
        ben.keyboard.press("Enter")
        ben.wait_for_selector("#alarm:not(:empty)")
        assert "was not saved" in ben.locator("#alarm").inner_text()
        assert ben.locator("#repair").input_value() == "1986"
        assert "ana dismissed: intended" in ben.locator(".history").inner_text()
        assert _api(ben, "/api/findings/1")["state"] == "dismissed"
        ben.focus("#repair")
        ben.keyboard.press("Enter")
        ben.wait_for_selector("[data-finding='2']")
        told = [(e["author"], e["kind"]) for e in _api(ben, "/api/findings/1")["history"]]
        assert told == [("ben", "repair"), ("ana", "dismiss")]


@pytest.fixture
def hostile_server(tmp_path: Path) -> Any:
    database = str(tmp_path / "hostile.db")
    _filled(database, hostile())
    with server(["--database", database]) as (address, _):
        yield address


def test_hostile_text_is_shown_as_text(new_page: NewPage, hostile_server: str) -> None:
    page = new_page()
    for path in ("/", "/findings/1", "/findings/2", "/bulk", "/stories", "/dashboard"):
        page.goto(hostile_server + path)
        assert "<script>document.title='owned'</script>" in page.locator("main").inner_text()
        assert page.title() != "owned"
        assert page.locator("main img, main script, main [onload], main [onerror]").count() == 0
    page.goto(f"{hostile_server}/findings/1")
    assert page.locator(".version .named").first.inner_text() == "U+202E"
    assert page.locator("main a[href^='javascript']").count() == 0


def test_the_policy_stops_a_script_that_got_into_the_page(
    new_page: NewPage, hostile_server: str
) -> None:
    page = new_page()
    page.goto(hostile_server)
    stopped = page.evaluate(
        """() => new Promise(resolve => {
            const stopped = [];
            document.addEventListener("securitypolicyviolation", event => {
                stopped.push(event.effectiveDirective);
                if (stopped.length === 4) resolve(stopped.sort());
            });
            const add = (name, values) => {
                const made = Object.assign(document.createElement(name), values);
                document.body.append(made);
                return made;
            };
            add("script", { textContent: "document.title = 'owned'" });
            add("script", { src: "https://evil.example/x.js" });
            add("img", { src: "https://evil.example/x.png" });
            add("div", {}).setAttribute("style", "color: red");
        })"""
    )
    assert stopped == ["img-src", "script-src-elem", "script-src-elem", "style-src-attr"]
    assert page.title() != "owned"


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1360), ("light", 1360)])
def test_no_page_has_a_serious_barrier_or_runs_over_its_edge(
    new_page: NewPage, tmp_path: Path, scheme: str, width: int
) -> None:
    database = str(tmp_path / "access.db")
    _filled(database, gates(), many("A long story with a name that goes on and on", 60))
    with server(["--login", "--database", database]) as (address, _):
        page = new_page(color_scheme=scheme, viewport={"width": width, "height": 844})
        page.goto(address)
        _accessible(page, "login")
        _sign_in(page, address, "ana")
        page.goto(f"{address}/findings/1")
        page.keyboard.press("a")
        page.wait_for_selector("[data-finding]:not([data-finding='1'])")
        for path in (
            "/", "/?state=all&tier=all", "/findings/1", "/findings/3?context=1",
            "/bulk?rule=drift/date", "/stories", "/dashboard", "/findings/99999",
        ):  # fmt: skip
            page.goto(address + path)
            _accessible(page, path)
        page.goto(f"{address}/findings/2")
        for key in "?dcs":
            page.keyboard.press(key)
            page.wait_for_selector("dialog[open]")
            _accessible(page, f"dialog {key}")
            page.keyboard.press("Escape")
            page.wait_for_selector("dialog[open]", state="detached")


AT_ONCE = """() => {
  const comment = document.querySelector("#comment");
  const text = comment.querySelector("textarea");
  comment.close();
  text.dispatchEvent(new KeyboardEvent("keydown", { key: "s", bubbles: true, cancelable: true }));
  return document.querySelector("#assign").open;
}"""


def test_a_key_at_once_after_a_dialog_is_not_lost_to_its_field(
    new_page: NewPage, database: str
) -> None:
    _filled(database, gates())
    with server(["--login", "--database", database]) as (address, _):
        page = new_page()
        _sign_in(page, address, "ana")
        page.goto(f"{address}/findings/1")
        page.keyboard.press("c")
        page.keyboard.type("s is a letter here")
        assert page.input_value("#comment textarea") == "s is a letter here"
        assert page.evaluate(AT_ONCE)


def _accessible(page: Page, where: str) -> None:
    found = Axe().run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    told = [(where, v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in serious]
    assert told == []
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert (where, max(0, over)) == (where, 0)


def test_a_bulk_decision_is_previewed_taken_and_taken_back(
    new_page: NewPage, tmp_path: Path
) -> None:
    database = str(tmp_path / "bulk.db")
    _filled(database, many("Many", 7))
    with server(["--database", database]) as (address, _):
        page = new_page()
        page.goto(f"{address}/findings/1")
        page.get_by_role("link", name="Same rule").click()
        page.wait_for_selector("[data-bulk]")
        assert "7 findings" in page.locator("h1").inner_text()
        page.keyboard.press("f")
        page.wait_for_selector("#toast:not(:empty)")
        assert _api(page, "/api/counts?state=dismissed")["total"] == 7
        page.keyboard.press("u")
        page.get_by_text("Taken back: 7 decisions.").wait_for()
        assert _api(page, "/api/counts?state=dismissed")["total"] == 0


def test_nothing_moves_when_the_next_finding_comes(new_page: NewPage, tmp_path: Path) -> None:
    database = str(tmp_path / "calm.db")
    _filled(database, many("Many", 5))
    with server(["--database", database]) as (address, _):
        page = new_page()
        page.goto(f"{address}/findings/1")
        places = set()
        for number in range(1, 5):
            page.wait_for_selector(f"[data-finding='{number}']")
            places.add(json.dumps(page.locator("[data-do=accept]").bounding_box()))
            page.keyboard.press("a")
        page.wait_for_selector("[data-finding='5']")
        assert len(places) == 1
        assert re.search("4.* of 5", page.locator(".progress").inner_text())
