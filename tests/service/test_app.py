"""The application as a whole."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from opentelemetry import trace

from objections.classifier import Classifier
from service.app import create_app
from service.settings import Settings


class Watched(trace.TracerProvider):
    """Knows how many tracers it was asked for."""

    asked = 0

    def get_tracer(self, *names: object, **more: object) -> trace.Tracer:  # noqa: ARG002 (as it is called)
        """Count."""
        self.asked += 1
        return trace.NoOpTracer()


def test_no_tracer_is_told_of_requests(
    small: Classifier, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FastAPI would tell one of addresses, queries and messages of errors."""
    tracers = Watched()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: tracers)
    with TestClient(create_app(small, Settings(home=home))) as client:
        client.get("/v1/glossary/КЭВ").raise_for_status()
    assert tracers.asked == 0
