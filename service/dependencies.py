"""What routes are given: the classifier, the settings, the metrics, the database, and who asks."""

from typing import Annotated, cast

from fastapi import Depends, Request

from objections.classifier import Classifier
from service.metrics import Metrics
from service.settings import Settings
from service.store.database import Database


def _classifier_of(request: Request) -> Classifier:
    return cast("Classifier", request.app.state.classifier)


def _settings_of(request: Request) -> Settings:
    return cast("Settings", request.app.state.settings)


def _metrics_of(request: Request) -> Metrics:
    return cast("Metrics", request.app.state.metrics)


def _database_of(request: Request) -> Database:
    return cast("Database", request.app.state.open_database())


def _caller_of(request: Request) -> str | None:
    return cast("str | None", getattr(request.state, "key", None))


CurrentClassifier = Annotated[Classifier, Depends(_classifier_of)]
CurrentSettings = Annotated[Settings, Depends(_settings_of)]
CurrentMetrics = Annotated[Metrics, Depends(_metrics_of)]
CurrentDatabase = Annotated[Database, Depends(_database_of)]
Caller = Annotated[str | None, Depends(_caller_of)]
"""Name of the API key of the request; None where no keys are configured."""
