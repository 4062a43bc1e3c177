"""The HTTP service, made from a classifier and settings."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi_offline import FastAPIOffline

from objections.artifact import CURRENT
from objections.classifier import Classifier
from objections.glossary import Glossary
from service import problems
from service.access_log import AccessLog
from service.doubts import Doubts
from service.guards import BodyLimit, CrashGuard
from service.key_ring import KeyRing
from service.keys import KeyGuard, document_keys
from service.live import ModelWatch, warm
from service.metrics import Metrics
from service.routes import (
    classify,
    feedback,
    glossary,
    health,
    metrics,
    model,
    models,
    page,
    review,
    stream,
    training_runs,
    transcripts,
)
from service.settings import Settings
from service.short_way import ShortWay
from service.store.database import Database

DESCRIPTION = """
Reads Russian sales calls as text and says, line by line, whether the client objects and how
(`отказ`, `сомнение в качестве`, `цена`, or `нет возражения`), with the sales-glossary entry that helps
the seller now.

Every error is `application/problem+json` (RFC 9457) in one shape. Control characters and invisible
characters in a text are read as spaces; text in any language gets an answer, but only Russian was
learned. Spans of evidence count Unicode characters (code points).
"""


ROUTES: Final = (
    classify,
    stream,
    transcripts,
    feedback,
    review,
    glossary,
    model,
    models,
    training_runs,
    health,
    metrics,
    page,
)
"""In the order of /docs."""


def create_app(classifier: Classifier, settings: Settings) -> FastAPI:
    """Make the application.

    Parameters
    ----------
    classifier : Classifier
        Answers, until `models/current` points elsewhere.
    settings : Settings
        Limits.
    """
    app: FastAPI = FastAPIOffline(
        title="objections",
        version=version("objections"),
        description=DESCRIPTION,
        redoc_url=None,
        lifespan=_watch_models,
        strict_content_type=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # they would tell what was said
    )
    app.state.classifier = classifier
    app.state.settings = settings
    # At the first use and once: most processes answer lines and never touch the database.
    open_database = cache(lambda: Database.open(settings.database))
    app.state.open_database = open_database
    app.state.doubts = Doubts(open_database, settings) if settings.review_queue else None
    app.state.metrics = Metrics()
    for module in ROUTES:
        app.include_router(module.router)
    page.mount(app)
    problems.install(app)
    app.add_middleware(ShortWay)
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(KeyGuard, ring=KeyRing(settings), requests_per_minute=settings.requests_per_minute)
    app.add_middleware(CrashGuard)
    app.add_middleware(AccessLog, metrics=app.state.metrics)
    _document_problems(app)
    return app


@asynccontextmanager
async def _watch_models(app: FastAPI) -> AsyncIterator[None]:
    """Take up new models for as long as the application runs."""
    watch = ModelWatch(app.state)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


def load_classifier(settings: Settings) -> Classifier:
    """Load the current model and the glossary.

    Raises
    ------
    ObjectionsError
        Where either is missing or damaged.
    """
    return Classifier.load(settings.models / CURRENT, Glossary.read(settings.glossary))


def prepare(classifier: Classifier) -> None:
    """Do once what requests would wait for otherwise.

    Compiles what is not compiled yet, or reads what was; keeps the collector of garbage away from all that
    stays; and takes out of log records what no log line shows (as the logging HOWTO advises).
    """
    warm(classifier)
    gc.collect()
    gc.freeze()
    logging._srcfile = None  # noqa: SLF001 (the HOWTO names it)
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False


def create_app_from_environment() -> FastAPI:
    """Make the application in a worker process, which is given nothing but its environment."""
    settings = Settings.from_environment()
    classifier = load_classifier(settings)
    prepare(classifier)
    return create_app(classifier, settings)


def _drop_undocumented_422(schema: dict[str, Any]) -> None:
    """Take out what FastAPI adds to each route with a parameter, even one that takes any string."""
    for path in schema["paths"].values():
        for operation in path.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]


def _document_problems(app: FastAPI) -> None:
    """Describe errors in OpenAPI as they are, not as FastAPI would make them."""

    def openapi() -> dict[str, object]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes
            )
            components = schema["components"]["schemas"]
            problem = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            components.update(problem.pop("$defs"))
            components["Problem"] = problem
            for unused in ("HTTPValidationError", "ValidationError"):
                components.pop(unused, None)
            _drop_undocumented_422(schema)
            document_keys(schema)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI documents this way of extending it
