"""Who may do what: asked of a guard that stands before an application which only says that it was reached.

Long, because every way to be let in or refused is asked at the same small service.
"""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from service import keys as keys_module
from service.access_log import AccessLog
from service.app import create_app
from service.key_ring import SECONDS_FRESH, KeyRing
from service.keys import NEEDS, KeyGuard, Limit, find_need
from service.metrics import Metrics
from service.roles import Role
from service.settings import Settings
from service.store.database import Database
from service.store.keys import create_key, revoke_key

ADDRESSES: dict[Role, list[tuple[str, str]]] = {
    "score": [
        ("POST", "/v1/classify"),
        ("POST", "/v1/classify/batch"),
        ("POST", "/v1/transcripts"),
        ("GET", "/v1/glossary"),
        ("GET", "/v1/glossary/КЭВ"),
        ("GET", "/v1/model"),
        ("GET", "/v1/stream"),
    ],
    "review": [
        ("POST", "/v1/feedback"),
        ("GET", "/v1/review"),
        ("POST", "/v1/review/7"),
        ("DELETE", "/v1/review/7/answer"),
    ],
    "train": [
        ("POST", "/v1/training-runs"),
        ("GET", "/v1/training-runs/3"),
        ("GET", "/v1/models"),
        ("POST", "/v1/models/20300101T000000-abcdef/activate"),
    ],
}
OPEN = [
    "/",
    "/page/main.js",
    "/docs",
    "/openapi.json",
    "/health/live",
    "/health/ready",
    "/static-offline-docs/favicon.png",
]


def _reach(request: Request) -> JSONResponse:
    return JSONResponse({"key": request.state.key})


_APP = Starlette(routes=[Route("/{path:path}", _reach, methods=["GET", "POST", "DELETE"])])


class Service:
    """A guard with a database of its own."""

    def __init__(self, url: str, **settings: Any) -> None:
        self.database = Database.open(url)
        self.settings = Settings(database_url=url, **settings)

    def create(self, name: str, *roles: Role) -> str:
        """Make a key."""
        with self.database.session() as session:
            return create_key(session, name, roles)

    def revoke(self, name: str) -> None:
        """Take it back."""
        with self.database.session() as session:
            revoke_key(session, name)

    def client(self, host: str = "198.51.100.7") -> TestClient:
        """Ask from another machine, or from `host`."""
        guard = KeyGuard(_APP, KeyRing(self.settings), self.settings.requests_per_minute)
        return TestClient(AccessLog(guard, Metrics()), client=(host, 50000))


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """One that listens on this machine alone."""
    made = Service(f"sqlite:///{tmp_path / 'feedback.db'}")
    yield made
    made.database.close()


def _with(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _assert_refused(response: Any, status: int, said: str) -> None:
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert list(problem) == ["type", "title", "status", "detail", "errors"]
    assert (response.status_code, problem["status"]) == (status, status)
    assert said in problem["detail"]


def test_without_keys_everything_is_allowed(service: Service) -> None:
    """And nobody has a name."""
    with service.client() as client:
        for method, path in (pair for pairs in ADDRESSES.values() for pair in pairs):
            response = client.request(method, path)
            assert (response.status_code, response.json()) == (200, {"key": None})


@pytest.mark.parametrize("role", ADDRESSES)
def test_a_key_opens_what_its_role_needs_and_nothing_else(service: Service, role: Role) -> None:
    """The application learns its name; the refusal names the role that is missing."""
    key = service.create("anna", role)
    with service.client() as client:
        for needed, pairs in ADDRESSES.items():
            for method, path in pairs:
                response = client.request(method, path, headers=_with(key))
                if needed == role:
                    assert response.json() == {"key": "anna"}
                else:
                    _assert_refused(response, 403, f"with the role {needed}; the key «anna» has: {role}")


def test_a_key_may_have_several_roles(service: Service) -> None:
    """Each opens its part."""
    key = service.create("anna", "train", "score")
    with service.client() as client:
        assert client.get("/v1/model", headers=_with(key)).status_code == 200
        assert client.get("/v1/models", headers=_with(key)).status_code == 200
        assert client.get("/v1/review", headers=_with(key)).status_code == 403


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (None, "A key is needed"),
        ("Basic YW5uYTpnZWhlaW0=", "A key is needed"),
        ("obj_abc", "A key is needed"),
        ("Bearer", "not known or was revoked"),
        ("Bearer obj_abc", "not known or was revoked"),
        ("Bearer \xff", "not known or was revoked"),
    ],
)
def test_a_request_without_a_valid_key_is_refused(service: Service, header: str | None, said: str) -> None:
    """With 401, the way to ask, and what to do."""
    service.create("anna", "score")
    with service.client() as client:
        headers = {} if header is None else {b"Authorization": header.encode("latin-1")}
        response = client.post("/v1/classify", headers=cast("Any", headers))
    _assert_refused(response, 401, said)
    assert response.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("path", OPEN)
def test_what_is_open_needs_no_key(service: Service, path: str) -> None:
    """The description and the state of the service."""
    service.create("anna", "score")
    with service.client() as client:
        assert client.get(path).json() == {"key": None}


def test_metrics_are_for_this_machine_or_any_key(service: Service) -> None:
    """Whatever its role."""
    key = service.create("anna", "review")
    with service.client() as far, service.client("127.0.0.1") as near:
        _assert_refused(far.get("/metrics"), 401, "A key is needed")
        assert far.get("/metrics", headers=_with(key)).json() == {"key": "anna"}
        assert near.get("/metrics").json() == {"key": None}


@pytest.mark.parametrize(
    "path",
    [
        "/v1",
        "/v1/",
        "/v1/feedback%0A",
        "/v1/modelsx",
        "//v1/feedback",
        "/V1/feedback",
        "/x",
        "/v1/%2e%2e/docs",
    ],
)
def test_an_address_that_is_not_listed_is_not_there(service: Service, path: str) -> None:
    """However alike it is to one that is: routes may read it as that one."""
    key = service.create("anna", "score")
    with service.client() as client:
        _assert_refused(client.get(path), 401, "A key is needed")
        _assert_refused(client.get(path, headers=_with(key)), 404, "There is nothing at this address")


def test_a_revoked_key_is_refused_within_two_seconds(service: Service) -> None:
    """Also when it was the only one: keys stay needed."""
    key = service.create("anna", "score")
    with service.client() as client:
        assert client.get("/v1/model", headers=_with(key)).status_code == 200
        service.revoke("anna")
        until = time.monotonic() + 2
        while client.get("/v1/model", headers=_with(key)).status_code == 200:
            assert time.monotonic() < until
            time.sleep(0.05)
        _assert_refused(client.get("/v1/model", headers=_with(key)), 401, "was revoked")
        _assert_refused(client.get("/v1/model"), 401, "A key is needed")


def test_the_first_key_closes_a_running_service(service: Service) -> None:
    """Within two seconds."""
    with service.client() as client:
        assert client.get("/v1/model").status_code == 200
        service.create("anna", "score")
        time.sleep(SECONDS_FRESH)
        assert client.get("/v1/model").status_code == 401


def test_where_others_can_reach_it_a_service_is_never_open(tmp_path: Path) -> None:
    """Also when its keys are gone."""
    service = Service(f"sqlite:///{tmp_path / 'feedback.db'}", host="0.0.0.0")  # noqa: S104 (what is tested)
    with service.client() as client:
        _assert_refused(client.get("/v1/model"), 401, "A key is needed")


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 200), ("0.0.0.0", 503)])  # noqa: S104 (as above)
def test_keys_that_cannot_be_read_close_what_others_can_reach(
    tmp_path: Path, host: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """And are told in the log."""
    path = tmp_path / "feedback.db"
    path.write_text("no database" * 1000, encoding="utf-8")
    settings = Settings(database_url=f"sqlite:///{path}", host=host)
    with TestClient(KeyGuard(_APP, KeyRing(settings), 0)) as client:
        assert client.get("/v1/model").status_code == status
    assert caplog.text.count("API keys cannot be read") == 1


def test_keys_known_before_count_while_the_database_is_away(service: Service, tmp_path: Path) -> None:
    """Neither open nor closed to those who have one."""
    key = service.create("anna", "score")
    with service.client() as client:
        assert client.get("/v1/model", headers=_with(key)).status_code == 200
        service.database.close()
        for file in tmp_path.iterdir():
            file.write_bytes(b"no database" * 1000)
        time.sleep(SECONDS_FRESH)
        assert client.get("/v1/model", headers=_with(key)).status_code == 200
        assert client.get("/v1/model").status_code == 401


class _HangingRing(KeyRing):
    """One whose database stops answering after the first time."""

    def __init__(self, settings: Settings) -> None:
        self.hanging = threading.Event()
        self.over = threading.Event()
        super().__init__(settings)

    def read(self) -> None:
        """Read once, then hang until it is over."""
        if self.usable:
            self.hanging.set()
            self.over.wait()
        super().read()


def test_a_database_that_hangs_does_not_stop_requests(service: Service) -> None:
    """The keys read last count; the one who is asked in vain is asked once."""
    key = service.create("anna", "score")
    ring = _HangingRing(service.settings)
    with TestClient(KeyGuard(_APP, ring, 0)) as client:
        time.sleep(SECONDS_FRESH)
        for _ in range(3):
            assert client.get("/v1/model", headers=_with(key)).status_code == 200
            assert client.get("/v1/model").status_code == 401
            assert ring.hanging.is_set()
        ring.over.set()


def test_requests_of_a_key_are_limited(tmp_path: Path) -> None:
    """Its own, not another's; the answer says when to come again."""
    service = Service(f"sqlite:///{tmp_path / 'feedback.db'}", requests_per_minute=2)
    anna, boris = service.create("anna", "score"), service.create("boris", "score")
    with service.client() as client:
        answers = [client.get("/v1/model", headers=_with(anna)) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        _assert_refused(answers[2], 429, "OBJECTIONS_REQUESTS_PER_MINUTE")
        assert 1 <= int(answers[2].headers["retry-after"]) <= 30
        assert client.get("/v1/model", headers=_with(boris)).status_code == 200


def test_a_limit_fills_steadily() -> None:
    """After the seconds that it names there is room for one."""
    limit = Limit(6)
    assert [limit.take("anna", 100.0) for _ in range(7)] == [0] * 6 + [10]
    assert limit.take("anna", 109.0) == 1
    assert limit.take("anna", 110.0) == 0
    assert limit.take("anna", 110.0) == 10
    assert [limit.take("anna", 10_000.0) for _ in range(7)] == [0] * 6 + [10]


def test_the_log_has_the_name_of_a_key_and_never_the_key(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    """Of a good one and of a bad one."""
    key = service.create("anna", "score")
    with caplog.at_level(logging.INFO, "service"), service.client() as client:
        client.get("/v1/model", headers=_with(key))
        client.get("/v1/model", headers=_with("obj_guessed"))
    assert "lines, key anna" in caplog.text
    assert key not in caplog.text
    assert "obj_" not in caplog.text


def test_every_route_has_a_role_or_is_open(tmp_path: Path) -> None:
    """Nothing stands outside the table by mistake, and the table names nothing that tests do not."""
    app = create_app(cast("Any", None), Settings(home=tmp_path))
    paths = list(_paths(app.routes))
    assert "/v1/classify/batch" in paths
    for path in paths:
        assert find_need(path) is not None, path
    tested = {
        need for role, pairs in ADDRESSES.items() for _, path in pairs if (need := find_need(path)) == role
    }
    assert {need for need in NEEDS.values() if need not in {"open", "watch"}} == tested


def _paths(routes: Iterable[Any]) -> Iterator[str]:
    for route in routes:
        if hasattr(route, "path"):
            yield route.path
        else:  # a router that was included
            yield from _paths(route.original_router.routes)


def test_the_description_says_what_needs_a_key(tmp_path: Path) -> None:
    """So that /docs can send one."""
    schema = create_app(cast("Any", None), Settings(home=tmp_path)).openapi()
    assert schema["components"]["securitySchemes"]["key"]["scheme"] == "bearer"
    classify, live = schema["paths"]["/v1/classify"]["post"], schema["paths"]["/health/live"]["get"]
    assert classify["security"] == [{"key": []}, {}]
    assert {"401", "403", "429"} <= classify["responses"].keys()
    assert "security" not in live
    assert "401" not in live["responses"]


def test_examples(doctest_module: Any) -> None:
    """In docstrings."""
    doctest_module(keys_module)
