"""Who may do what: origins, tokens, sessions, sizes, hosts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from httpx2 import Response
from review_stories import ENGLISH, gates, hostile, many
from sqlalchemy import Engine
from starlette.testclient import TestClient

from auditor.core import ConfigError
from auditor.review.app import Access, create_app
from auditor.review.database import open_database, writing
from auditor.review.importing import take_in
from auditor.review.serve import Place, access_of
from auditor.review.users import add_user

PASSWORD = "correct horse battery"  # noqa: S105 - of a test
HERE = "http://localhost"


@pytest.fixture
def store(tmp_path: Path) -> Engine:
    engine = open_database(str(tmp_path / "review.db"))
    with writing(engine) as connection:
        take_in(connection, gates(), "ana")
    return engine


@pytest.fixture
def local(store: Engine) -> TestClient:
    return TestClient(create_app(store), HERE)


@pytest.fixture
def team(store: Engine) -> TestClient:
    with writing(store) as connection:
        add_user(connection, "ana", "editor", PASSWORD)
        add_user(connection, "ben", "reviewer", PASSWORD)
    return TestClient(create_app(store, Access(login=True)), HERE)


def token(client: TestClient) -> dict[str, str]:
    return {"X-CSRF-Token": client.get("/api/session").json()["csrf"], "Origin": HERE}


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> Response:
    body = {"name": name, "password": password}
    return client.post("/api/session", json=body, headers=token(client))


ACCEPT = {"revision": 0, "kind": "accept"}
CHANGES = [
    ("POST", "/api/findings/1/decision"),
    ("POST", "/api/findings/1/comments"),
    ("POST", "/api/findings/1/assignee"),
    ("POST", "/api/bulk"),
    ("POST", "/api/undo"),
    ("POST", "/api/audits"),
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
]


def test_a_decision_with_token_and_origin_is_saved(local: TestClient) -> None:
    done = local.post("/api/findings/1/decision", json=ACCEPT, headers=token(local))
    assert done.status_code == 200
    assert local.get("/api/findings/1").json()["state"] == "accepted"


@pytest.mark.parametrize(("method", "path"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-CSRF-Token": "0" * 64},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:81"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
    ids=["no-token", "wrong-token", "other-site", "no-site", "other-port", "cross-site"],
)
def test_no_change_without_token_and_origin(
    local: TestClient, method: str, path: str, headers: dict[str, str]
) -> None:
    sent = headers if "X-CSRF-Token" in headers or not headers else {**token(local), **headers}
    if "Sec-Fetch-Site" in headers:
        sent.pop("Origin", None)
    done = local.request(method, path, json=ACCEPT, headers=sent)
    assert done.status_code == 403
    assert local.get("/api/findings/1").json()["state"] == "open"


def test_a_token_of_another_session_is_refused(local: TestClient) -> None:
    with TestClient(local.app, HERE) as other:
        stolen = token(other)
    local.get("/")
    done = local.post("/api/findings/1/decision", json=ACCEPT, headers=stolen)
    assert done.status_code == 403


@pytest.mark.parametrize("path", ["/", "/findings/1", "/api/findings", "/static/review.js", "/x"])
def test_every_answer_has_the_strict_policy(local: TestClient, path: str) -> None:
    headers = local.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["/", "/findings/1", "/findings/2", "/bulk", "/stories", "/dashboard"]
)
def test_hostile_text_is_escaped_on_every_page(tmp_path: Path, path: str) -> None:
    engine = open_database(str(tmp_path / "hostile.db"))
    with writing(engine) as connection:
        take_in(connection, hostile(), "<script>")
    page = TestClient(create_app(engine), HERE).get(path).text
    assert "&lt;script&gt;" in page
    assert "<script>document" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    # In the field where a repair is typed it must stand as it is.
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in re.sub(
        "<textarea.*?</textarea>", "", page, flags=re.DOTALL
    )


def test_pages_hold_neither_script_nor_style_of_their_own(local: TestClient) -> None:
    for path in ("/", "/findings/1", "/bulk", "/stories", "/dashboard"):
        page = local.get(path).text
        assert page.count("<script") == 1
        assert "style=" not in page
        assert " onclick" not in page


def test_another_host_name_is_refused(store: Engine) -> None:
    assert TestClient(create_app(store), "http://evil.example").get("/").status_code == 400


@pytest.mark.parametrize(
    ("path", "size"), [("/api/findings/1/comments", 300_000), ("/api/audits", 65 << 20)]
)
def test_a_large_request_is_refused(local: TestClient, path: str, size: int) -> None:
    body = json.dumps({"text": "x" * size}).encode()
    done = local.post(path, content=body, headers=token(local))
    assert done.status_code == 413


def test_an_unknown_key_is_refused(local: TestClient) -> None:
    body = {**ACCEPT, "author": "somebody else"}
    done = local.post("/api/findings/1/decision", json=body, headers=token(local))
    assert done.status_code == 422


def test_without_a_session_only_the_door_is_open(team: TestClient) -> None:
    for path in ("/", "/findings/1", "/stories", "/dashboard", "/bulk"):
        assert team.get(path, follow_redirects=False).headers["location"] == "/login"
    for path in ("/api/findings", "/api/findings/1", "/api/rules", "/api/stories/1/export/csv"):
        assert team.get(path).status_code == 401
    done = team.post("/api/findings/1/decision", json=ACCEPT, headers=token(team))
    assert done.status_code == 401
    assert team.get("/login").status_code == 200


def test_signing_in_gives_a_new_session_with_a_safe_cookie(team: TestClient) -> None:
    team.get("/login")
    before = team.cookies["auditor"]
    done = sign_in(team, "ana")
    assert done.status_code == 200
    assert team.cookies["auditor"] != before
    cookie = done.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert team.get("/api/findings").status_code == 200


def test_the_cookie_is_secure_behind_https(store: Engine) -> None:
    client = TestClient(create_app(store, Access(secure=True)), "https://localhost")
    cookie = client.get("/").headers["set-cookie"]
    assert cookie.startswith("__Host-auditor=")
    assert "; Secure" in cookie


def test_a_session_ends_with_signing_out_and_with_a_new_password(
    team: TestClient, store: Engine
) -> None:
    sign_in(team, "ana")
    assert team.delete("/api/session", headers=token(team)).status_code == 204
    assert team.get("/api/findings").status_code == 401
    sign_in(team, "ana")
    with writing(store) as connection:
        add_user(connection, "ana", "editor", "another password")
    assert team.get("/api/findings").status_code == 401


@pytest.mark.parametrize("name", ["ana", "nobody", ""])
def test_a_wrong_password_says_no_more_than_that(team: TestClient, name: str) -> None:
    done = sign_in(team, name, "wrong password")
    assert done.status_code == 401
    assert done.json() == {"detail": "Name and password do not belong together."}


def test_passwords_cannot_be_tried_out(team: TestClient) -> None:
    tried = [sign_in(team, "ana", f"wrong {n}").status_code for n in range(6)]
    assert tried == [401] * 5 + [429]


def test_a_password_is_kept_as_an_argon2_hash(store: Engine, team: TestClient) -> None:
    del team
    with store.connect() as connection:
        held = connection.exec_driver_sql("SELECT password FROM users").scalars().all()
    assert all(one.startswith("$argon2id$") for one in held)


def test_a_program_sends_its_token_in_a_header(team: TestClient) -> None:
    bearer = sign_in(team, "ben").json()["token"]
    program = TestClient(team.app, HERE)
    headers = {"Authorization": f"Bearer {bearer}"}
    assert program.post("/api/findings/1/decision", json=ACCEPT, headers=headers).is_success
    wrong = {"Authorization": "Bearer nothing"}
    assert program.post("/api/findings/2/decision", json=ACCEPT, headers=wrong).status_code == 401


def test_a_reviewer_neither_imports_nor_decides_for_all_stories(team: TestClient) -> None:
    sign_in(team, "ben")
    everywhere = {"revision": 0, "kind": "dismiss", "reason": "intended", "everywhere": True}
    path = "/api/findings/1/decision"
    assert team.post(path, json=everywhere, headers=token(team)).status_code == 403
    given = {"report": dict(gates().report), "texts": dict(gates().texts)}
    assert team.post("/api/audits", json=given, headers=token(team)).status_code == 403
    sign_in(team, "ana")
    assert team.post("/api/audits", json=given, headers=token(team)).json()["kept"] == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda g: g["report"].update(schema_version="2.0"),
        lambda g: g["report"]["findings"][0]["spans"][0].update(end=10**6),
        lambda g: g["report"]["findings"][0]["spans"][0].update(document="../etc/passwd"),
        lambda g: g["report"]["findings"][0].update(severity="fatal"),
        lambda g: g["report"]["findings"][0].update(spans=[]),
        lambda g: g["report"].pop("documents"),
        lambda g: g["texts"].update({"fr.txt": ENGLISH}),
        lambda g: g["texts"].pop("fr.txt"),
        lambda g: g["report"]["passages"][0]["spans"].update(x=[]),
    ],
    ids=["schema", "beyond", "elsewhere", "severity", "nowhere", "empty", "changed", "less", "x"],
)
def test_a_broken_report_is_refused_with_a_reason(local: TestClient, change: object) -> None:
    given = json.loads(
        json.dumps({"report": dict(many("New", 2).report), "texts": dict(many("New", 2).texts)})
    )
    source = gates()
    given = json.loads(json.dumps({"report": source.report, "texts": source.texts}))
    change(given)  # type: ignore[operator]
    done = local.post("/api/audits", json=given, headers=token(local))
    assert done.status_code == 400
    assert done.json()["detail"]


def test_another_address_needs_users_and_https(store: Engine) -> None:
    with pytest.raises(ConfigError, match="--add-user"):
        access_of(Place(host="0.0.0.0"), store)  # noqa: S104 - refused is what is tested
    with writing(store) as connection:
        add_user(connection, "ana", "editor", PASSWORD)
    with pytest.raises(ConfigError, match="unencrypted"):
        access_of(Place(host="192.0.2.1"), store)
    access = access_of(Place(host="192.0.2.1", proxied=True, names=("review.example",)), store)
    assert access.login
    assert access.secure
    assert set(access.hosts) >= {"review.example", "192.0.2.1", "localhost"}
    assert not access_of(Place(host="127.0.0.1"), store).login


def test_the_api_is_described(local: TestClient) -> None:
    described = local.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.")
    assert {path for path in described["paths"] if not path.startswith("/api/")} == set()
    assert "/api/findings/{finding}/decision" in described["paths"]
