"""The lines that everything is measured on: training and evaluation lines in a fixed random order."""

import csv
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("labeled_phrases.csv", "evaluation_phrases.csv")


def read_lines() -> list[dict[str, str]]:
    """Give all labelled lines, shuffled."""
    rows = []
    for name in FILES:
        with (ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    random.Random(5).shuffle(rows)  # noqa: S311 (no secret)
    return rows


def write_table(path: Path, count: int) -> None:
    """Write a table as a call centre exports it."""
    rows = read_lines()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["call_id", "speaker", "text"])
        writer.writerows(
            (number // 40, row["speaker"], row["text"])
            for number, row in ((number, rows[number % len(rows)]) for number in range(count))
        )
