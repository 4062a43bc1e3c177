"""Who may do what: requests need a key with the right role where keys are configured.

Where none is, everything is allowed and the service listens on this machine alone (`server`).
"""

import math
import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final, Literal

from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from service.addresses import is_loopback
from service.key_ring import KeyRing
from service.problems import (
    FORBIDDEN,
    NOT_FOUND,
    TOO_MANY,
    UNAUTHORIZED,
    UNAVAILABLE,
    document,
    http_problem,
    problem_response,
)
from service.roles import Role
from service.store.keys import Key, find_key

Need = Role | Literal["open", "watch"]
"""What an address asks for: a role; nothing; or, to watch, any key or a request from this machine."""

NEEDS: Final[Mapping[str, Need]] = {
    "/v1/classify": "score",
    "/v1/stream": "score",
    "/v1/transcripts": "score",
    "/v1/glossary": "score",
    "/v1/model": "score",
    "/v1/feedback": "review",
    "/v1/review": "review",
    "/v1/training-runs": "train",
    "/v1/models": "train",
    "/": "open",
    "/page": "open",
    "/docs": "open",
    "/openapi.json": "open",
    "/static-offline-docs": "open",
    "/health": "open",
    "/metrics": "watch",
}
"""By the beginning of the address, up to a slash. What is not listed is answered as if it were not there."""

KEY_PROTOCOL: Final = "key."
"""What stands before a key that is sent as a WebSocket's protocol."""

_GUARDED: Final = frozenset({"http", "websocket"})
_MISSING: Final = (
    "A key is needed: send it in the header `Authorization: Bearer KEY`; `objections keys create` makes one."
)
_UNKNOWN: Final = "This key is not known or was revoked; `objections keys create` makes another."
_UNREADABLE: Final = "A key is needed and none can be checked: the database cannot be read; the log says why."
_CHALLENGE: Final = {"WWW-Authenticate": "Bearer"}
_MINUTE: Final = 60.0


class KeyGuard:
    """Let requests through that may pass; name their key in `request.state.key`.

    Parameters
    ----------
    app : ASGIApp
    ring : KeyRing
    requests_per_minute : int
        Most for each key in this process; 0 for no limit.
    """

    def __init__(self, app: ASGIApp, ring: KeyRing, requests_per_minute: int) -> None:
        self.app = app
        self._ring = ring
        self._limit = Limit(requests_per_minute) if requests_per_minute else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on or refuse it."""
        if scope["type"] not in _GUARDED:
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["key"] = None
        if scope["type"] == "websocket":
            # It stays open and is looked at again with each line: keys are revoked, and lines are counted.
            state["refuse"] = partial(self._check, scope)
        refused = await self._check(scope)
        await (refused or self.app)(scope, receive, send)

    async def _check(self, scope: Scope) -> JSONResponse | None:
        """Give the answer that refuses a request now, or None where it may pass."""
        if self._ring.is_stale():
            await self._ring.refresh()
        return self._look(scope, scope["state"]) if self._ring.needed else None

    def _look(self, scope: Scope, state: dict[str, object]) -> JSONResponse | None:
        """Name the key of a request; give the answer that refuses it, or None where it may pass."""
        need = find_need(scope["path"])
        if need == "open":
            return None
        text = _sent_key(scope)
        if text is None:
            return None if need == "watch" and _is_near(scope) else self._refuse(_MISSING)
        key = find_key(self._ring.valid, text)
        if key is None:
            return self._refuse(_UNKNOWN)
        state["key"] = key.name
        if need is None:
            return http_problem(NOT_FOUND)
        if need != "watch" and need not in key.roles:
            return _refuse_role(key, need)
        seconds = self._limit.take(key.name, time.monotonic()) if self._limit else 0
        return _ask_to_wait(seconds) if seconds else None

    def _refuse(self, detail: str) -> JSONResponse:
        """Ask for a key; where keys could never be read, nobody's can be right."""
        if self._ring.usable:
            return problem_response(UNAUTHORIZED, "key-needed", detail, headers=_CHALLENGE)
        return problem_response(UNAVAILABLE, "no-database", _UNREADABLE)


class Limit:
    """Requests per minute of each key: a bucket that holds a minute's worth and fills steadily.

    Parameters
    ----------
    per_minute : int
    """

    def __init__(self, per_minute: int) -> None:
        self._most = float(per_minute)
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, name: str, now: float) -> int:
        """Count a request at a moment in seconds; give 0, or the seconds to wait where there is no room."""
        left, then = self._buckets.get(name, (self._most, now))
        left = min(self._most, left + (now - then) * self._most / _MINUTE)
        if left < 1:
            self._buckets[name] = (left, now)
            return math.ceil((1 - left) * _MINUTE / self._most)
        self._buckets[name] = (left - 1, now)
        return 0


def find_need(path: str) -> Need | None:
    """Say what an address asks for; None for one that is not listed.

    Examples
    --------
    >>> find_need("/v1/classify/batch"), find_need("/health/live"), find_need("/v1/classifying")
    ('score', 'open', None)
    """
    parts = path.split("/", 3)
    return NEEDS.get("/".join(parts[:3] if path.startswith("/v1/") else parts[:2]))


def document_keys(schema: dict[str, Any]) -> None:
    """Say in a description of the API which addresses take a key, and how they refuse."""
    scheme = {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that `objections keys create` made; not needed where none was made.",
    }
    schema["components"]["securitySchemes"] = {"key": scheme}
    refusals = {str(status): said for status, said in document(UNAUTHORIZED, FORBIDDEN, TOO_MANY).items()}
    for path, operations in schema["paths"].items():
        if find_need(path) != "open":
            for operation in operations.values():
                operation["security"] = [{"key": []}, {}]
                operation["responses"].update(refusals)


def _sent_key(scope: Scope) -> bytes | None:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    for name, value in headers:
        if name == b"authorization":
            scheme, _, text = value.partition(b" ")
            return text.strip() if scheme.lower() == b"bearer" else None
    return _key_as_protocol(scope)


def _key_as_protocol(scope: Scope) -> bytes | None:
    """Read the key of a WebSocket, where browsers can send no header: among the protocols, as `key.KEY`."""
    for protocol in scope.get("subprotocols", ()):
        if protocol.startswith(KEY_PROTOCOL):
            return str(protocol).removeprefix(KEY_PROTOCOL).encode()
    return None


def _is_near(scope: Scope) -> bool:
    client = scope.get("client")
    return client is not None and is_loopback(client[0])


def _refuse_role(key: Key, role: Role) -> JSONResponse:
    has = ", ".join(sorted(key.roles))
    detail = f"This needs a key with the role {role}; the key «{key.name}» has: {has}."
    return problem_response(FORBIDDEN, "role-missing", detail)


def _ask_to_wait(seconds: int) -> JSONResponse:
    detail = (
        "This key has used up its requests per minute (setting OBJECTIONS_REQUESTS_PER_MINUTE); "
        f"try again in {seconds} s."
    )
    return problem_response(TOO_MANY, "too-many-requests", detail, headers={"Retry-After": str(seconds)})
