"""The types of arrays that the core and the workshop exchange."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint32]
"""Texts as code points."""
Arrays = Mapping[str, npt.NDArray[np.generic]]

Raw = tuple[Floats, Floats]
"""Raw scores of the two heads, category and glossary: (n_lines, n_classes) each."""
