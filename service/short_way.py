"""The short way of one line: `POST /v1/classify` answered before routing, injection and checks of answers.

With FastAPI's own machinery the service gives about 0.4 of the requests per second of an endpoint that does
nothing, this way 0.7 and more (`docs/performance.md`). Whatever is not plainly a good request goes on to the
route in `routes.classify`, which says what is wrong; both give the same answers.
"""

from types import SimpleNamespace
from typing import Final

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from objections.line import Line
from objections.text import is_blank
from service.answers import answer_json
from service.doubts import collect_doubts
from service.schemas import ClassifyRequest

PATH: Final = "/v1/classify"
_ROUTE: Final = SimpleNamespace(path=PATH)
"""What the access log reads."""


class ShortWay:
    """Answer good requests for one line; pass everything else on.

    Parameters
    ----------
    app : ASGIApp
        Its `state` has the classifier and the settings; the classifier may be another at the next request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass the request on with its body."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        try:
            messages = [await receive()]
            while messages[-1].get("more_body"):
                messages.append(await receive())
        except HTTPException as error:  # the body is too large
            await self.app(scope, _refuse(error), send)
            return
        body = b"".join(message.get("body", b"") for message in messages)
        answer = _answer(body, scope["app"])
        if answer is None:
            await self.app(scope, _again(messages, receive), send)
            return
        scope["route"] = _ROUTE
        scope.setdefault("state", {})["lines"] = 1
        headers = [(b"content-length", b"%d" % len(answer)), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})


def _answer(body: bytes, app: Starlette) -> bytes | None:
    """Answer a good request; give None for any other."""
    try:
        asked = ClassifyRequest.model_validate_json(body)
    except ValidationError:
        return None
    if len(asked.text) > app.state.settings.max_characters or is_blank(asked.text):
        return None
    line = Line(asked.text, asked.speaker)
    (prediction,) = app.state.classifier.classify([line], explain=asked.explain)
    app.state.metrics.count_answers([prediction])
    collect_doubts(app, [line], [prediction])
    return answer_json(prediction)


def _refuse(error: HTTPException) -> Receive:
    """Let whoever reads the body meet the error, for it is answered there."""

    async def receive_refused() -> Message:
        raise error

    return receive_refused


def _again(messages: list[Message], receive: Receive) -> Receive:
    """Give the messages once more, then whatever comes."""
    left = iter(messages)

    async def receive_again() -> Message:
        for message in left:
            return message
        return await receive()

    return receive_again
