"""Naive Bayes log-count ratios: how much more often a feature stands in lines of one class than in others.

After Wang and Manning, "Baselines and Bigrams: Simple, Good Sentiment and Topic Classification" (ACL 2012).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

from objections.arrays import Floats


def log_count_ratios(matrix: Any, labels: Sequence[str]) -> Floats:  # noqa: ANN401 (a sparse matrix)
    """Give the greatest ratio of each feature, whatever its sign: near 0 where it tells nothing.

    Parameters
    ----------
    matrix : sparse matrix, shape (n_lines, n_features)
        Negative values count by their size.
    labels : sequence of str, ``n_lines`` long

    Returns
    -------
    array, shape (n_features,)
    """
    numbers = np.unique(np.asarray(labels), return_inverse=True)[1]
    lines = np.arange(len(numbers))
    members = sp.csr_array((np.ones(len(numbers)), (numbers, lines)))
    counts = (members @ abs(sp.csr_array(matrix))).toarray()
    inside, outside = 1 + counts, 1 + counts.sum(axis=0) - counts
    inside /= inside.sum(axis=1, keepdims=True)
    outside /= outside.sum(axis=1, keepdims=True)
    ratios: Floats = np.abs(np.log(inside / outside)).max(axis=0)
    return ratios


def weigh(matrix: Any, weights: Floats) -> Any:  # noqa: ANN401 (as above)
    """Multiply each feature by its weight."""
    weighed = sp.csr_array(matrix, copy=True)
    weighed.data *= weights[weighed.indices]
    return weighed
