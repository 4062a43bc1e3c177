"""What the service counts, for Prometheus. Labels are few: patterns of routes, never addresses or words.

With several workers each counts into files of a folder that they share, and whichever is asked adds them up.
"""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from http import HTTPMethod
from pathlib import Path
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from objections.classifier import Prediction
from objections.labels import CATEGORIES

COUNTED_TOGETHER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the shared folder; prometheus-client reads it too, when it is imported."""
SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Bounds of the latency histogram: from an answer to one line to the largest batches."""
_METHODS: Final = frozenset(HTTPMethod)
_SELLER: Final = "not scored"
"""In place of the category of a line that the seller says."""


class Metrics:
    """Counts of one application."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._folder = os.environ.get(COUNTED_TOGETHER)
        self._requests = Counter(
            "objections_requests", "Requests answered.", ["route", "method", "status"], registry=registry
        )
        self._latency = Histogram(
            "objections_request_seconds",
            "Time to answer a request.",
            ["route", "method"],
            buckets=SECONDS,
            registry=registry,
        )
        self._lines = Counter("objections_lines", "Lines answered.", ["category"], registry=registry)
        self._uncertain = Counter(
            "objections_uncertain_lines", "Lines whose answer is often wrong.", registry=registry
        )
        # What was looked up is kept: `labels` costs more than counting.
        names: tuple[str, ...] = (*CATEGORIES, _SELLER)
        self._of_categories = {name: self._lines.labels(name) for name in names}
        self._of_requests: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        if self._folder is None:
            ProcessCollector(registry=registry)
            PlatformCollector(registry=registry)
            GCCollector(registry=registry)

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        known = method if method in _METHODS else "other"
        key = route, known, status
        counted = self._of_requests.get(key)
        if counted is None:
            counted = self._requests.labels(*key), self._latency.labels(route, known)
            self._of_requests[key] = counted
        requests, latency = counted
        requests.inc()
        latency.observe(seconds)

    def count_answers(self, predictions: Iterable[Prediction]) -> None:
        """Count answered lines, each category and the uncertain ones once."""
        counts: dict[str, int] = {}
        uncertain = 0
        for prediction in predictions:
            category: str = prediction.category or _SELLER
            counts[category] = counts.get(category, 0) + 1
            uncertain += prediction.uncertain
        for category, count in counts.items():
            counter = self._of_categories.get(category) or self._lines.labels(category)
            counter.inc(count)
        if uncertain:
            self._uncertain.inc(uncertain)

    def expose(self, model: str, waiting: int | None) -> bytes:
        """Write all counts, of all workers, with what is so at this moment.

        Parameters
        ----------
        model : str
            Id of the model that answers.
        waiting : int or None
            Lines that wait for review; None where nobody can tell.
        """
        shown = CollectorRegistry()
        shown.register(_State(model, waiting))
        if self._folder is None:
            return generate_latest(self._registry) + generate_latest(shown)
        MultiProcessCollector(shown, self._folder)  # type: ignore[no-untyped-call]  # as the library has it
        shown.register(_Workers(Path(self._folder)))
        return generate_latest(shown)


class _State(Collector):
    """What is so, where the rest is what was counted."""

    def __init__(self, model: str, waiting: int | None) -> None:
        self._model = model
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily("objections_model_info", "The model that answers.", labels=["model"])
        info.add_metric([self._model], 1)
        yield info
        if self._waiting is not None:
            yield GaugeMetricFamily(
                "objections_review_queue_lines", "Lines that wait for review.", value=self._waiting
            )


_ADDED_UP: Final = (
    "process_cpu_seconds",
    "process_resident_memory_bytes",
    "process_virtual_memory_bytes",
    "process_open_fds",
)


class _Workers(Collector):
    """What the system says of each worker that lives, added up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterator[Metric]:
        sums: dict[str, Metric] = {}
        for pid in {path.stem.rpartition("_")[2] for path in self._folder.glob("counter_*.db")}:
            for metric in ProcessCollector(pid=partial(str, pid), registry=None).collect():
                if metric.name in _ADDED_UP:
                    before = sums.get(metric.name)
                    total = metric.samples[0].value + (before.samples[0].value if before else 0)
                    summed = Metric(metric.name, metric.documentation, metric.type)
                    summed.add_sample(metric.samples[0].name, {}, total)
                    sums[metric.name] = summed
        yield from sums.values()
