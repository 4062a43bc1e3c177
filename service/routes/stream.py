"""A running call: lines in and answers out over one WebSocket."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse
from pydantic import Field, StrictBool, ValidationError
from pydantic_core import from_json, to_json

from objections.line import Line
from service.answers import answer_fields
from service.doubts import collect_doubts
from service.problems import (
    BAD_REQUEST,
    FORBIDDEN,
    TOO_MANY,
    invalid_response,
    problem_response,
    validation_response,
)
from service.routes.classify import line_problems
from service.schemas import ClassifyRequest, LineId

log = logging.getLogger(__name__)
router = APIRouter(prefix="/v1/stream")

PROTOCOL: Final = "objections.v1"
_NOT_ALLOWED: Final = 1008
_FOREIGN: Final = "A page of another site may not open a stream; open it from where the service answers."
_NO_JSON: Final = "The line is not valid JSON: send one object as text."

Refuse = Callable[[], Awaitable[JSONResponse | None]]


class StreamLine(ClassifyRequest):
    """One line of a running call."""

    id: LineId = None
    draft: StrictBool = Field(
        default=False, description="Whether it is still being typed; such a line is never kept for review."
    )


@router.websocket("")
async def stream(socket: WebSocket) -> None:
    """Answer one line after another, in their order.

    A line is read when the answer to the one before has been sent: whoever sends faster has to wait.
    What is wrong with a line is its answer, in the shape of every error; the stream goes on.
    """
    if _is_foreign(socket):
        await socket.send_denial_response(problem_response(FORBIDDEN, "foreign-page", _FOREIGN))
        return
    await socket.accept(PROTOCOL if PROTOCOL in socket.scope["subprotocols"] else None)
    refuse: Refuse = socket.state.refuse
    lines = 0
    try:
        while True:
            sent = await socket.receive_text()
            refused = await refuse()
            await socket.send_text((bytes(refused.body) if refused else _answer(sent, socket)).decode())
            if refused and refused.status_code != TOO_MANY:
                await socket.close(_NOT_ALLOWED)
                break
            lines += 1
    except (WebSocketDisconnect, KeyError):  # KeyError: bytes came instead of text
        pass
    key = socket.state.key
    log.info("stream ended after %d lines%s", lines, f", key {key}" if key else "")


def _answer(sent: str, socket: WebSocket) -> bytes:
    """Answer a line, or say what is wrong with it."""
    try:
        line = StreamLine.model_validate_json(sent)
    except ValidationError as error:
        return _with_id(_refuse_shape(error), _sent_id(sent))
    app = socket.app
    if problems := list(line_problems("text", line.text, app.state.settings)):
        return _with_id(invalid_response(problems), line.id)
    said = Line(line.text, line.speaker)
    (prediction,) = app.state.classifier.classify([said], explain=line.explain)
    app.state.metrics.count_answers([prediction])
    if not line.draft:
        collect_doubts(app, [said], [prediction])
    fields = answer_fields(prediction)
    return to_json(fields if line.id is None else {**fields, "id": line.id})


def _refuse_shape(error: ValidationError) -> JSONResponse:
    errors = error.errors(include_url=False, include_input=False)
    if errors[0]["type"] == "json_invalid":
        return problem_response(BAD_REQUEST, "unreadable-body", _NO_JSON)
    return validation_response([{**one, "loc": ("body", *one["loc"])} for one in errors])


def _with_id(response: JSONResponse, line_id: str | int | None) -> bytes:
    if line_id is None:
        return bytes(response.body)
    return to_json({**from_json(bytes(response.body)), "id": line_id})


def _sent_id(sent: str) -> str | int | None:
    """Read the name of a line that is wrong otherwise, so that its sender knows which one it was."""
    try:
        fields = from_json(sent)
    except ValueError:
        return None
    named = fields.get("id") if isinstance(fields, dict) else None
    return named if type(named) in {str, int} else None


def _is_foreign(socket: WebSocket) -> bool:
    """Say whether a page of another site asks: browsers let any page open a WebSocket anywhere."""
    origin = socket.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != socket.headers.get("host")
