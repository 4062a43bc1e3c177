"""How Python becomes machine code: once for a machine, kept for the next start.

numba keeps what it compiled beside the source, or in the user's cache folder where the checkout is
read-only; `NUMBA_CACHE_DIR` names another place. What it keeps is thrown away when the function's own file
changes, and not when another does: so a compiled function calls only functions of its own file.
"""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba

Given = ParamSpec("Given")
Result = TypeVar("Result")


def compiled(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Compile a function at its first call; it holds no lock of the interpreter while it runs."""
    compile_: Any = numba.njit(nogil=True, error_model="numpy", cache=True)
    try:
        made = compile_(function)
    except RuntimeError:  # no place to keep it: neither the checkout nor the user's cache can be written
        made = numba.njit(nogil=True, error_model="numpy")(function)
    return cast("Callable[Given, Result]", made)


def counting_no_references(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Compile an inner function: it makes no arrays and returns none, so none are counted."""
    compile_: Any = numba.njit  # its types know no `_nrt`
    return cast("Callable[Given, Result]", compile_(nogil=True, error_model="numpy", _nrt=False)(function))
