"""Where things are, a quick fit, labels and answers made by hand, and real servers, for every test."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from objections.artifact import PROTOCOL
from objections.card import Card, Data
from objections.decision import Thresholds, Verdict
from objections.labels import CATEGORIES, Category, Term
from objections.phrases import Phrase
from training.bootstrap import find_intervals
from training.evaluation import Evaluation, Labelled
from training.metrics import measure
from training.pipeline import FitSettings

ROOT = Path(__file__).resolve().parent.parent
OBJECTIONS = Path(sys.executable).with_name("objections")
QUICK = FitSettings(char_range=(2, 4), most_folds=3)


def make_phrase(category: Category, glossary: str = "", text: str = "текст", row: int = 2) -> Phrase:
    """A labelled line."""
    return Phrase(text, category, glossary, "b", row)


def make_verdict(
    category: Category, term: Term | None = None, confidence: float = 0.8, *, uncertain: bool = False
) -> Verdict:
    """What a model decided."""
    scores = dict.fromkeys(CATEGORIES, round((1 - confidence) / 3, 4))
    return Verdict(category, {**scores, category: confidence}, uncertain, term, 0.9)


def make_evaluation(phrases: list[Phrase], verdicts: list[Verdict]) -> Evaluation:
    """What a model that decided so is worth."""
    metrics = measure(phrases, verdicts, "by hand")
    data = Data(lines=9, sha256="digest", categories={})
    card = Card(
        protocol=PROTOCOL,
        id="20300101T000000-abcdef",
        created=datetime(2030, 1, 1, tzinfo=UTC),
        data=data,
        versions={},
        settings={},
        thresholds=Thresholds(uncertain_below=0.5, term_from=0.5),
        metrics=metrics,
    )
    labelled = Labelled("lines.csv", "another digest", phrases)
    return Evaluation(card, labelled, verdicts, metrics, find_intervals(phrases, verdicts))


@contextmanager
def serving(home: Path, log: Path, *command: str) -> Iterator[str]:
    """Start the real server on a free port, its words going to `log`; yield its address."""
    environment = {**os.environ, "OBJECTIONS_HOME": str(home), "OBJECTIONS_PORT": "0"}
    with log.open("w") as stderr:
        process = subprocess.Popen(command or (OBJECTIONS, "serve"), stderr=stderr, env=environment)
    try:
        yield _address(process, log)
    finally:
        process.terminate()
        process.wait(20)


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait for the line that says where the service listens; the socket is open by then."""
    for _ in range(600):
        if found := re.search(r"http://\S+:\d+", log.read_text(encoding="utf-8")):
            return found[0]
        if process.poll() is not None:
            break
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


def make_scored(rows: list[str], columns: str = "call,date,manager,speaker,text") -> bytes:
    """A scored table: each row is its own cells, then the category; what scoring adds is filled in.

    A row «1,01.02.2026,Анна,Клиент,дорого|цена» is an objection, without «|…» it is not scored.
    """
    lines = [f"{columns},category,confidence,uncertain,p_otkaz,p_somnenie,p_tsena,p_net,glossary"]
    for row in rows:
        cells, _, category = row.rpartition("|") if "|" in row else (row, "", "")
        term = "" if category == "нет возражения" else "Возражение"
        answer = f"{category},0.91,false,0.0,0.0,0.0,0.0,{term}" if category else ",,,,,,,"
        lines.append(f"{cells},{answer}")
    return "\n".join(lines).encode()
