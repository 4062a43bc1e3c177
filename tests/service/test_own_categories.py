"""A company's own category in every answer; the model that has it is made by hand."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from objections.artifact import CURRENT
from objections.classifier import Classifier
from objections.glossary import Glossary
from objections.labels import CATEGORIES, PRICE
from service.app import create_app
from service.bulk.options import Options
from service.bulk.run import Run
from service.columns import ADDED
from service.settings import Settings
from tests.support import ROOT
from tests.tiny_model import publish_tiny

OWN = "перенос встречи"
WORDS = {"дорого": PRICE, "перенесем": OWN}


@pytest.fixture
def own(tmp_path: Path, glossary: Glossary) -> Classifier:
    """A classifier that knows a category of a company's own."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    publish_tiny(tmp_path / "models", "20300101T000000-000000", WORDS)
    return Classifier.load(tmp_path / "models" / CURRENT, glossary)


@pytest.fixture
def own_client(own: Classifier, tmp_path: Path) -> Iterator[TestClient]:
    """An application around it."""
    with TestClient(create_app(own, Settings(home=tmp_path))) as client:
        yield client


def test_it_is_answered_and_scored_beside_the_others(own_client: TestClient) -> None:
    """After the categories of the guide, whose order stays."""
    answer = own_client.post("/v1/classify", json={"text": "перенесем", "explain": True}).json()
    assert answer["category"] == OWN
    assert list(answer["scores"]) == [*CATEGORIES, OWN]
    assert sum(answer["scores"].values()) == pytest.approx(1)
    assert answer["glossary"] is not None
    assert answer["evidence"][0]["text"] == "перенесем"
    assert own_client.post("/v1/classify", json={"text": "дорого"}).json()["category"] == PRICE


def test_it_can_be_corrected_to(own_client: TestClient) -> None:
    """Another name is refused, and the allowed ones are said."""
    good = own_client.post("/v1/feedback", json={"text": "давайте потом", "category": OWN})
    assert good.status_code == 200
    bad = own_client.post("/v1/feedback", json={"text": "давайте потом", "category": "перенос"})
    assert bad.status_code == 422
    assert OWN in bad.json()["detail"]


def test_a_file_of_calls_counts_it(own_client: TestClient) -> None:
    """Beside the others."""
    content = "text\nперенесем\nдорого\n".encode()
    answer = own_client.post("/v1/transcripts", files={"file": ("call.csv", content)})
    counts = answer.raise_for_status().json()["summary"]["categories"]
    assert list(counts) == [*CATEGORIES, OWN]
    assert {name: count for name, count in counts.items() if count} == {PRICE: 1, OWN: 1}


def test_a_scored_table_has_a_column_for_it(own: Classifier, tmp_path: Path) -> None:
    """Behind the columns that every model gives."""
    (tmp_path / "in.csv").write_text("text\nперенесем\nдорого\n", encoding="utf-8")
    target = tmp_path / "out.csv"
    Run(own, Options(), lambda *_: None).score([str(tmp_path / "in.csv")], str(target))
    with target.open(encoding="utf-8-sig", newline="") as file:
        moved, dear = csv.DictReader(file)
    assert list(moved) == ["text", *ADDED, "p_перенос_встречи"]
    assert (moved["category"], moved["glossary"]) == (OWN, "Возражение")
    assert float(moved["p_перенос_встречи"]) > 0.9 > float(moved["p_tsena"])
    assert float(dear["p_tsena"]) > 0.9 > float(dear["p_перенос_встречи"])
