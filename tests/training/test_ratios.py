"""Log-count ratios, against counts made by hand."""

import numpy as np
import pytest
import scipy.sparse as sp

from training.ratios import log_count_ratios, weigh


def test_the_ratio_of_a_feature_is_that_of_its_smoothed_shares() -> None:
    """«дорого» thrice in prices and never elsewhere, «да» once in both."""
    matrix = sp.csr_array(np.array([[2.0, 1.0], [1.0, 0.0], [0.0, 1.0]]))
    ratios = log_count_ratios(matrix, ["цена", "цена", "нет возражения"])
    inside, outside = np.array([4, 2]) / 6, np.array([1, 2]) / 3
    np.testing.assert_allclose(ratios, np.abs(np.log(inside / outside)))


def test_of_many_classes_the_one_that_stands_out_most_counts() -> None:
    """Whether it has the feature or lacks it."""
    matrix = sp.csr_array(np.array([[7.0, 1.0], [7.0, 1.0], [0.0, 1.0]]))
    ratios = log_count_ratios(matrix, ["цена", "отказ", "нет возражения"])
    lacking = np.log((1 / 3) / (15 / 18))
    assert ratios[0] == pytest.approx(-lacking)


def test_negative_values_count_by_their_size() -> None:
    """As those of word vectors do."""
    matrix = np.array([[2.0, 1.0], [1.0, 0.0], [0.0, 1.0]])
    labels = ["цена", "цена", "отказ"]
    expected = log_count_ratios(sp.csr_array(matrix), labels)
    np.testing.assert_array_equal(log_count_ratios(sp.csr_array(-matrix), labels), expected)


def test_a_weighed_matrix_is_a_new_one() -> None:
    """The glossary's regression reads the features as they were."""
    matrix = sp.csr_matrix(np.array([[2.0, 0.0], [1.0, 3.0]]))
    weighed = weigh(matrix, np.array([10.0, 0.5]))
    assert weighed.toarray().tolist() == [[20.0, 0.0], [10.0, 1.5]]
    assert matrix.toarray().tolist() == [[2.0, 0.0], [1.0, 3.0]]
