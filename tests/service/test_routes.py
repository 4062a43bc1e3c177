"""Glossary, model, health, and the page that describes them all."""

import re
from typing import Any

from fastapi.testclient import TestClient

from objections.card import Card
from objections.classifier import Classifier
from objections.labels import TERMS


def test_glossary_lists_the_eight_entries(client: TestClient) -> None:
    """In their order."""
    assert tuple(entry["term"] for entry in client.get("/v1/glossary").json()) == TERMS


def test_an_entry_is_found_by_its_term(client: TestClient) -> None:
    """Whatever the case; with everything it says."""
    entry = client.get("/v1/glossary/квалифицированный лид").json()
    assert entry["term"] == "Квалифицированный лид"
    assert list(entry) == ["term", "name", "definition", "points", "advice", "advice_by_category"]


def test_model_is_the_card(client: TestClient, small: Classifier) -> None:
    """Data digest, versions, scores."""
    assert Card.model_validate(client.get("/v1/model").json()) == small.card


def test_health(client: TestClient, small: Classifier) -> None:
    """Alive, and ready with a model."""
    assert client.get("/health/live").json() == {"status": "alive"}
    assert client.get("/health/ready").json() == {"status": "ready", "model": small.card.id}


def test_docs_need_no_network(client: TestClient) -> None:
    """The page loads its script and style from the service itself."""
    page = client.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) >= 3
    for address in addresses:
        assert client.get(address).status_code == 200
        assert address.startswith("/")


def test_the_page_is_files_of_the_service_alone(client: TestClient) -> None:
    """What the page at / loads is served with it, under a policy that lets nothing else run."""
    page = client.get("/")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    addresses = re.findall(r'(?:src|href)="(/page/[^"]+)"', page.text)
    assert len(addresses) >= 3
    for address in addresses:
        file = client.get(address)
        assert file.status_code == 200
        assert file.headers["x-content-type-options"] == "nosniff"
        assert client.get(address, headers={"If-None-Match": file.headers["etag"]}).status_code == 304


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    models = schema["components"]["schemas"].items()
    return [
        (name, field, spec) for name, model in models for field, spec in model.get("properties", {}).items()
    ]


def test_every_field_is_described_with_an_example(client: TestClient) -> None:
    """In /docs nobody has to guess; a field that holds another model is shown by that model's examples."""
    bare = [
        f"{model}.{field}"
        for model, field, spec in _fields(client.get("/openapi.json").json())
        if "description" not in spec or ("examples" not in spec and "#/components" not in str(spec))
    ]
    assert bare == []


def test_every_route_has_a_summary(client: TestClient) -> None:
    """And says what it does."""
    for path in client.get("/openapi.json").json()["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert operation["description"]
