"""Where the time of a line goes, and how far that is from what the memory gives."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import joblib
import numpy as np

from benchmarks.lines import ROOT, read_lines
from objections import artifact, kernel
from objections.artifact import CURRENT
from objections.decision import DecisionRule
from objections.folding import encode, normalize_all
from training.run import PIPELINE

N_LINES = 10_000
ROUNDS = 7
_COPIED = 64 * 1024 * 1024  # numbers of 8 bytes


@dataclass(frozen=True, slots=True)
class Stages:
    """Time per line and what is read for it.

    Attributes
    ----------
    microseconds : dict
        By stage, one thread.
    words, ngrams : float
        Words, and n-grams that the model knows, of a line.
    bytes_read : float
        What the rows of weights of all these n-grams take.
    copied : float
        Bytes per second that one thread reads while it copies a large array.
    """

    microseconds: dict[str, float]
    words: float
    ngrams: float
    bytes_read: float
    copied: float


def measure_stages() -> Stages:
    """Time each stage by itself on the same lines."""
    texts = [row["text"] for row in read_lines()[:N_LINES]]
    card, scorer = artifact.load(ROOT / "models" / CURRENT)
    model = scorer._model  # noqa: SLF001 (the parts of the scorer are the point)
    rule = DecisionRule(card.thresholds, scorer.categories, scorer.terms)
    codes, offsets = normalize_all(texts)
    counts = np.zeros((len(model.weights), 2), np.int32)
    scores = scorer.score(texts)
    raw = kernel.score_lines(model, codes, offsets, counts)
    stages = {
        "strings to code points": lambda: encode(texts),
        "… and normalized": lambda: normalize_all(texts),
        "n-grams looked up, weights added": lambda: kernel.score_lines(model, codes, offsets, counts),
        "softmax": lambda: kernel.soften(raw.copy(), len(scorer.categories)),
        "decision": lambda: rule.decide(scores.category, scores.glossary),
    }
    features = joblib.load(ROOT / "models" / CURRENT / PIPELINE)["category"][0]
    blocks = [block for name, block in features.transformer_list if name != "vectors"]
    ngrams = sum(block.transform(texts).nnz for block in blocks) / len(texts)
    source = np.ones(_COPIED)
    target = np.empty_like(source)
    return Stages(
        {name: _fastest(run) / len(texts) * 1e6 for name, run in stages.items()},
        sum(len(text.split()) for text in texts) / len(texts),
        ngrams,
        ngrams * model.weights.shape[1] * model.weights.itemsize,
        source.nbytes / _fastest(lambda: np.copyto(target, source)),
    )


def _fastest(run: Callable[[], object]) -> float:
    run()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)
