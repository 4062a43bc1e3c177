"""Errors as ``application/problem+json`` (RFC 9457), in one shape for every route.

What the client sent is never repeated: the words of a call do not belong in errors or logs.
"""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from objections.errors import ModelError, UnknownModelError, UnknownTermError
from service.store.corrections import KeyReusedError
from service.store.database import StoreError
from service.store.review import AnsweredError, NoSuchItemError
from service.training_runs import UnderWayError, UnknownRunError

MEDIA_TYPE: Final = "application/problem+json"

BAD_REQUEST, NOT_FOUND, METHOD_NOT_ALLOWED, CONFLICT, TOO_LARGE, UNPROCESSABLE = 400, 404, 405, 409, 413, 422
UNAUTHORIZED, FORBIDDEN, TOO_MANY, UNAVAILABLE = 401, 403, 429, 503

_KINDS: Final = {
    BAD_REQUEST: ("unreadable-body", "The body cannot be read: it must be JSON in UTF-8."),
    NOT_FOUND: ("not-found", "There is nothing at this address; /docs lists the routes."),
    METHOD_NOT_ALLOWED: (
        "method-not-allowed",
        "This address does not take this method; /docs lists the routes.",
    ),
    TOO_LARGE: (
        "body-too-large",
        (
            "The body is larger than this service takes (settings OBJECTIONS_MAX_BODY_BYTES and, for files, "
            "OBJECTIONS_MAX_UPLOAD_BYTES); send the lines in several requests, or use `objections score`."
        ),
    ),
}


class InputProblem(BaseModel):
    """One thing that is wrong with the input."""

    where: str = Field(description="Place in the request.", examples=["lines[3].text"])
    problem: str = Field(description="What is wrong there.", examples=["is empty: send what was said"])


class Problem(BaseModel):
    """What every error looks like (RFC 9457)."""

    type: str = Field(
        description="Kind of problem, the same words every time.",
        examples=["urn:objections:problem:invalid-input"],
    )
    title: str = Field(description="The kind in words.", examples=["Unprocessable Content"])
    status: int = Field(description="HTTP status.", examples=[422])
    detail: str = Field(
        description="What is wrong and what to do.", examples=["text is empty: send what was said"]
    )
    errors: list[InputProblem] = Field(description="Each wrong place; empty where the request as a whole is.")


def problem_response(
    status: int,
    kind: str,
    detail: str,
    errors: Iterable[InputProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Make the one shape of an error."""
    problem = Problem(
        type=f"urn:objections:problem:{kind}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=list(errors),
    )
    return JSONResponse(problem.model_dump(), status, headers=headers, media_type=MEDIA_TYPE)


def http_problem(status: int, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Make the error that a bare HTTP status stands for."""
    kind, detail = _KINDS.get(status, ("http-error", HTTPStatus(status).description))
    return problem_response(status, kind, detail, headers=headers)


def document(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe the errors of a route for OpenAPI."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


class InvalidInputError(Exception):
    """The request is well-formed and still cannot be answered: 422 with every wrong place named."""

    def __init__(self, errors: Iterable[InputProblem]) -> None:
        self.errors = list(errors)
        super().__init__(f"{len(self.errors)} problem(s)")


def install(app: FastAPI) -> None:
    """Give every error of `app` the one shape."""
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(InvalidInputError, _on_invalid_input)
    app.add_exception_handler(UnknownTermError, _on_unknown_term)
    app.add_exception_handler(UnknownModelError, _on_unknown_model)
    app.add_exception_handler(ModelError, _on_unusable_model)
    app.add_exception_handler(KeyReusedError, _on_conflict)
    app.add_exception_handler(AnsweredError, _on_conflict)
    app.add_exception_handler(UnderWayError, _on_conflict)
    app.add_exception_handler(UnknownRunError, _on_unknown_run)
    app.add_exception_handler(NoSuchItemError, _on_no_such_item)
    app.add_exception_handler(StoreError, _on_store_error)
    app.add_exception_handler(HTTPException, _on_http_exception)


def invalid_response(errors: Sequence[InputProblem]) -> JSONResponse:
    """Say what is wrong in a request that is well-formed."""
    first = errors[0]
    rest = f" (and {len(errors) - 1} more, see errors)" if len(errors) > 1 else ""
    return problem_response(UNPROCESSABLE, "invalid-input", f"{first.where} {first.problem}{rest}", errors)


def validation_response(errors: Sequence[Mapping[str, Any]]) -> JSONResponse:
    """Say what pydantic found wrong in a request."""
    if errors[0]["type"] == "json_invalid":
        position = errors[0]["loc"][-1]
        return problem_response(
            400, "unreadable-body", f"The body is not valid JSON: it breaks at character {position}."
        )
    return invalid_response(
        [InputProblem(where=_place(error["loc"]), problem=_explain(error)) for error in errors]
    )


async def _on_validation_error(_: Request, error: Exception) -> JSONResponse:
    return validation_response(cast("RequestValidationError", error).errors())


async def _on_invalid_input(_: Request, error: Exception) -> JSONResponse:
    return invalid_response(cast("InvalidInputError", error).errors)


async def _on_unknown_term(_: Request, error: Exception) -> JSONResponse:
    return problem_response(NOT_FOUND, "unknown-term", str(error))


async def _on_unknown_model(_: Request, error: Exception) -> JSONResponse:
    return problem_response(NOT_FOUND, "unknown-model", str(error))


async def _on_unusable_model(_: Request, error: Exception) -> JSONResponse:
    return problem_response(CONFLICT, "unusable-model", str(error))


async def _on_conflict(_: Request, error: Exception) -> JSONResponse:
    return problem_response(CONFLICT, "conflict", str(error))


async def _on_no_such_item(_: Request, error: Exception) -> JSONResponse:
    return problem_response(NOT_FOUND, "unknown-line", str(error))


async def _on_unknown_run(_: Request, error: Exception) -> JSONResponse:
    return problem_response(NOT_FOUND, "unknown-training-run", str(error))


async def _on_store_error(_: Request, error: Exception) -> JSONResponse:
    return problem_response(UNAVAILABLE, "no-database", str(error))


async def _on_http_exception(_: Request, error: Exception) -> JSONResponse:
    exception = cast("HTTPException", error)
    return http_problem(exception.status_code, exception.headers)


_MISSING_BODY: Final = (
    "must be a JSON object, sent with the header Content-Type: application/json; /docs shows an example"
)


def _explain(problem: Mapping[str, Any]) -> str:
    """Put pydantic's message into words that say what to do."""
    kind = problem["type"]
    if kind == "missing":
        return _MISSING_BODY if len(problem["loc"]) == 1 else "is missing"
    if kind in {"model_attributes_type", "dict_type", "model_type"}:
        return _MISSING_BODY
    if kind == "extra_forbidden":
        return "is not a field of this request; /docs lists the fields"
    return str(problem["msg"]).replace("Input should", "should")


_UNION_TAGS: Final = {"str", "int", "one", "many"}
"""What pydantic adds to a location where a field may be of two types."""


def _place(location: Iterable[str | int]) -> str:
    """Write a location as one would in code: ``lines[3].text``."""
    place = ""
    for part in list(location)[1:]:
        if part in _UNION_TAGS:
            continue
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    return place.removeprefix(".") or "body"
