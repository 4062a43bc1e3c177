"""One log line per request: method, route, status, time, lines, key; never a word of what was sent."""

import logging
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.metrics import Metrics

log = logging.getLogger(__name__)
QUIET: Final = ("/health/live", "/health/ready", "/metrics")


class AccessLog:
    """Log and count each request by its route's pattern: the address itself may hold what a client said.

    Parameters
    ----------
    app : ASGIApp
    metrics : Metrics
        Where it is counted.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and time it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            seconds = time.perf_counter() - began
            route = getattr(scope.get("route"), "path", "-")
            self._metrics.count_request(route, scope["method"], status, seconds)
            if route not in QUIET:
                state = scope.get("state", {})
                lines, key = state.get("lines", 0), state.get("key")
                log.info(
                    "%s %s %d %.1f ms %d lines%s",
                    scope["method"],
                    route,
                    status,
                    seconds * 1000,
                    lines,
                    f", key {key}" if key else "",
                )
