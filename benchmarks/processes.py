"""Whole processes: bulk scoring, its memory, and the start of the service."""

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.http import PORTS, wait_for
from benchmarks.lines import ROOT, write_table
from benchmarks.measure import Row, Spread, compare
from objections.artifact import CURRENT
from training.run import PIPELINE

OBJECTIONS = str(ROOT / ".venv/bin/objections")
MILLION = 1_000_000
N_PANDAS = 20_000
"""Rows for pandas and the pipeline: a million would take a quarter of an hour; its time is linear in rows."""

STARTS = 5


def measure_bulk() -> list[Row]:
    """Score tables of one and three million rows; compare with pandas and the pipeline."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "calls.csv", folder / "scored.csv"
        rates, peaks = [], {}
        for count in (MILLION, MILLION, MILLION, 3 * MILLION):
            write_table(source, count)
            seconds, peaks[count] = _run([OBJECTIONS, "score", str(source), "-o", str(target)])
            if count == MILLION:
                rates.append(count / seconds)
        pandas = []
        write_table(source, N_PANDAS)
        model = str(ROOT / "models" / CURRENT / PIPELINE)
        for _ in range(3):
            command = [sys.executable, "-m", "benchmarks.pandas_pipeline", str(source), str(target), model]
            pandas.append(N_PANDAS / _run(command)[0])
    one, three = peaks[MILLION], peaks[3 * MILLION]
    return [
        compare(
            "1,000,000 rows CSV to CSV, pandas and the pipeline",
            Spread.of(rates),
            Spread.of(pandas),
            "rows/s",
            8,
        ),
        Row("… peak memory", Spread.of([one]), None, "MB", one, 700, at_most=True),
        Row(
            "… peak memory of 3,000,000 rows against it",
            Spread.of([three]),
            Spread.of([one]),
            "MB",
            three / one,
            1.1,
            at_most=True,
        ),
    ]


def measure_start() -> list[Row]:
    """Start the service and wait until it is ready."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        command = [OBJECTIONS, "serve", "--port", str(PORTS["ours"])]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 (ours)
            wait_for(PORTS["ours"])
            times.append(time.perf_counter() - began)
            process.terminate()
    spread = Spread.of(times)
    return [Row("`objections serve` to ready, warm cache", spread, None, "s", spread.median, 3, at_most=True)]


def _run(command: list[str]) -> tuple[float, float]:
    """Run a command; give seconds and peak memory in MB.

    The peak is read while it runs: what `wait` tells of a child counts its parent's memory from before.
    """
    began = time.perf_counter()
    peak = 0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603 (ours)
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
            peak = max(peak, int(found[1]) if found else 0)
            time.sleep(0.05)
    if process.returncode:
        raise RuntimeError(f"{command} failed")
    return time.perf_counter() - began, peak / 1024
