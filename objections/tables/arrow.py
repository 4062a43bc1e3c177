"""pyarrow, where it is installed: it is large, and only Parquet needs it."""

import importlib
from types import ModuleType

from objections.errors import DataError


def import_pyarrow(name: str) -> tuple[ModuleType, ModuleType]:
    """Give ``pyarrow`` and ``pyarrow.parquet`` for the file that is called `name`.

    Raises
    ------
    DataError
        Where pyarrow is not installed, saying how to.
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise DataError(
            f"{name} is a Parquet file, and pyarrow, which reads and writes them, is not installed: "
            "pip install 'objections[parquet]', or use CSV"
        ) from None
