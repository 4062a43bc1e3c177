"""In one process: lines per second, one line, two threads, growth."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import joblib
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_pipeline

from benchmarks.lines import ROOT, read_lines
from benchmarks.measure import Row, Spread, compare, in_turns
from objections import artifact
from objections.artifact import CURRENT
from objections.scorer import Scorer
from objections.text import normalize
from training.comparison import train_fasttext
from training.run import PIPELINE

N_LINES = 20_000
N_SLOW = 1_000
"""Lines for what scores a thousand a second."""

N_SINGLE = 2_000


def scorers() -> tuple[Scorer, Scorer]:
    """Load the current model for one thread and for two."""
    _, scorer = artifact.load(ROOT / "models" / CURRENT)
    return scorer.with_threads(1), scorer.with_threads(2)


def measure_scoring() -> list[Row]:
    """Measure lines per second, and one line."""
    rows = read_lines()
    texts = [row["text"] for row in rows[:N_LINES]]
    one, two = scorers()
    pipelines = joblib.load(ROOT / "models" / CURRENT / PIPELINE)
    plain, fast = _fit_plain(rows), _fit_fasttext(rows)
    folded = [normalize(text) for text in texts]
    rates = in_turns(
        {
            "ours": lambda: _rate(one.score, texts),
            "two": lambda: _rate(two.score, texts),
            "pipeline": lambda: _rate(lambda some: _both_heads(pipelines, some), texts[:N_SLOW]),
            "plain": lambda: _rate(plain.predict_proba, texts),
            "fasttext": lambda: _rate(lambda some: fast.predict(some, k=4), folded),
        }
    )
    ours = rates["ours"]
    unit = "lines/s"
    return [
        compare(
            "one thread, scikit-learn's pipeline with the same features", ours, rates["pipeline"], unit, 15
        ),
        compare("one thread, fastText with the same n-gram orders", ours, rates["fasttext"], unit, 2.5),
        compare("two threads, one thread", rates["two"], ours, unit, 1.7),
        compare("one thread, scikit-learn on words and char_wb alone", ours, rates["plain"], unit),
        *_measure_single(one, pipelines, texts),
    ]


def _measure_single(scorer: Scorer, pipelines: dict[str, Any], texts: list[str]) -> list[Row]:
    ours = np.array(_times(scorer.score, texts[:N_SINGLE])) * 1e6
    theirs = np.array(_times(lambda some: _both_heads(pipelines, some), texts[: N_SINGLE // 10])) * 1e6
    ours_spread, their_spread = _quantiles(ours), _quantiles(theirs)
    ratio = their_spread.median / ours_spread.median
    tail = ours_spread.high / ours_spread.median
    return [
        Row("one line, scikit-learn's pipeline", ours_spread, their_spread, "µs", ratio, 25),
        Row("one line, p99 against the median", ours_spread, None, "µs", tail, 10, at_most=True),
    ]


def measure_growth() -> dict[str, list[tuple[int, float]]]:
    """Time per line for more and more lines, and per character for longer and longer ones (ns)."""
    texts = [row["text"] for row in read_lines()]
    one, _ = scorers()
    lines = []
    for count in (1_000, 10_000, 100_000, 1_000_000, 3_000_000):
        began = time.perf_counter()
        for start in range(0, count, len(texts)):
            one.score(texts[: min(len(texts), count - start)])
        lines.append((count, (time.perf_counter() - began) / count * 1e9))
    talk = normalize(" ".join(texts))
    characters = []
    for count in (100, 1_000, 10_000, 100_000, 1_000_000):
        times = [_timed(one.score, [talk[:count]]) for _ in range(5)]
        characters.append((count, min(times) / count * 1e9))
    return {"lines": lines, "characters": characters}


def _fit_plain(rows: Sequence[dict[str, str]]) -> Any:
    features = FeatureUnion(
        [
            ("word", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)),
            ("char", TfidfVectorizer(ngram_range=(2, 5), analyzer="char_wb", sublinear_tf=True, min_df=2)),
        ]
    )
    fitted = make_pipeline(features, LogisticRegression(C=10.0, max_iter=30, tol=1e-2))
    return fitted.fit([row["text"] for row in rows], [row["category"] for row in rows])


def _fit_fasttext(rows: Sequence[dict[str, str]]) -> Any:
    labelled = [(row["category"], normalize(row["text"])) for row in rows]
    return train_fasttext(labelled, dim=100, epoch=5, lr=0.2, wordNgrams=2, minn=2, maxn=5, thread=2)


def _both_heads(pipelines: dict[str, Any], texts: Sequence[str]) -> list[np.ndarray]:
    """Give both heads' probabilities of features that are made once."""
    first, *_ = pipelines.values()
    matrix = first[0].transform(texts)
    return [pipeline[-1].predict_proba(matrix) for pipeline in pipelines.values()]


def _rate(score: Callable[[list[str]], object], texts: list[str]) -> float:
    return len(texts) / _timed(score, texts)


def _timed(score: Callable[[list[str]], object], texts: list[str]) -> float:
    began = time.perf_counter()
    score(texts)
    return time.perf_counter() - began


def _times(score: Callable[[list[str]], object], texts: list[str]) -> list[float]:
    score(texts[:1])
    return [_timed(score, [text]) for text in texts]


def _quantiles(times: np.ndarray) -> Spread:
    return Spread(float(np.median(times)), float(times.min()), float(np.quantile(times, 0.99)))
