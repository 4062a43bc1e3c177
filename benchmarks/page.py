"""``docs/performance.md``, written by the measurement itself."""

import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.http import MLSERVER
from benchmarks.measure import ROUNDS, Row, Spread
from benchmarks.stages import Stages

_PACKAGES = (
    "numpy",
    "numba",
    "scikit-learn",
    "fastapi",
    "uvicorn",
    "pydantic",
    "pandas",
    "fasttext-community",
)


_HEAD = """\
# How fast it is

Written by `make bench`. What is compared runs in turns in one run, on the same lines, so that a busy machine
slows all alike; the ratios are what to look at.

Machine: {processor}, {cores} cores. Python {python}, {packages}, MLServer {mlserver}.

Figures are medians of {rounds} rounds with their range, unless the row says otherwise; of one line: median,
least and 99th percentile.

| ours against | ours | the other | ratio | wanted | reached |
|---|---:|---:|---:|---:|---|"""
_LIMIT = """\
The weights of these n-grams are {size:.1f} KiB a line; read one by one at that speed they would be {read:.1f}
GB/s, where one thread of this machine reads {copied:.1f} GB/s while it copies a large array. What is left is
the waiting for single rows far apart, not the adding; the sums kept for known words save most reading."""
_THREE_DIGITS = 100


Growth = dict[str, list[tuple[int, float]]]


def write_page(rows: Sequence[Row], stages: Stages, growth: Growth, notes: str) -> str:
    """Give the page as Markdown."""
    head = _HEAD.format(
        processor=_processor(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        packages=", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        mlserver=_mlserver_version(),
        rounds=ROUNDS,
    )
    lines = [
        head,
        *(_row(row) for row in rows),
        "",
        "## Where the time of a line goes",
        "",
        f"One thread, {stages.words:.1f} words a line, {stages.ngrams:.0f} n-grams that the model knows.",
        "",
        "| stage | µs per line |",
        "|---|---:|",
        *(f"| {name} | {microseconds:.2f} |" for name, microseconds in stages.microseconds.items()),
        "",
        _limit(stages),
        "",
        "## Growth",
        "",
        "| lines | ns per line |",
        "|---:|---:|",
        *(f"| {count:,} | {time:,.0f} |" for count, time in growth["lines"]),
        "",
        "| characters of one line | ns per character |",
        "|---:|---:|",
        *(f"| {count:,} | {time:,.1f} |" for count, time in growth["characters"]),
        "",
        notes.strip(),
        "",
    ]
    return "\n".join(lines)


def _limit(stages: Stages) -> str:
    looked_up = stages.microseconds["n-grams looked up, weights added"]
    read = stages.bytes_read / looked_up * 1e6
    return _LIMIT.format(size=stages.bytes_read / 1024, read=read / 1e9, copied=stages.copied / 1e9)


def _row(row: Row) -> str:
    wanted = "" if row.target is None else f"{'≤' if row.at_most else '≥'} {row.target:g}"
    reached = {None: "", True: "yes", False: "**no**"}[row.reached]
    other = "" if row.other is None else _spread(row.other, row.unit)
    value = f"{row.ratio:.2f}" if row.ratio < _THREE_DIGITS else f"{row.ratio:.0f}"
    return f"| {row.what} | {_spread(row.ours, row.unit)} | {other} | {value} | {wanted} | {reached} |"


def _spread(spread: Spread, unit: str) -> str:
    low, median, high = (_number(value) for value in (spread.low, spread.median, spread.high))
    return f"{median} ({low}–{high}) {unit}" if spread.low != spread.high else f"{median} {unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= _THREE_DIGITS else f"{value:.3g}"


def _mlserver_version() -> str:
    """Ask the virtual environment that MLServer lives in."""
    code = "from importlib.metadata import version; print(version('mlserver'))"
    command = [str(MLSERVER.with_name("python")), "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 (ours)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
