"""What stands between the network and the routes: a limit on bodies, an answer to every crash."""

import logging
import traceback
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import TOO_LARGE, http_problem, problem_response
from service.settings import Settings

log = logging.getLogger(__name__)

UPLOADS: Final = frozenset({"/v1/transcripts"})
"""Addresses that take files, which may be larger than other bodies."""


class BodyLimit:
    """Refuse a body above a limit, announced or not, before more of it is read.

    Parameters
    ----------
    app : ASGIApp
    settings : Settings
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._limit = settings.max_body_bytes
        self._upload_limit = settings.max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on while its body stays small enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._upload_limit if scope["path"] in UPLOADS else self._limit
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        if announced.isdigit() and int(announced) > limit:
            await http_problem(TOO_LARGE)(scope, receive, send)
            return
        read = 0

        async def count() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(TOO_LARGE)
            return message

        await self.app(scope, count, send)


class CrashGuard:
    """Answer a defect of the program with 500 in the one shape, and log where it was, not with what.

    Exception messages and locals may hold a client's words, so only types and places are logged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
            log.error("%s at %s", type(error).__name__, places)  # noqa: TRY400 (no message, no locals)
            if started or scope["type"] != "http":
                raise
            detail = "The service failed on this request; nothing was stored. Its log says where."
            await problem_response(500, "internal-error", detail)(scope, receive, send)
