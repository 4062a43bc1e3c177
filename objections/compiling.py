"""How Python becomes machine code: once for a machine, kept for the next start.

numba keeps what it compiled beside the source, or in the user's cache folder where the checkout is
read-only; `NUMBA_CACHE_DIR` names another place. What it keeps is thrown away when the function's own file
changes, and not when another does: so a compiled function calls only functions of its own file.
"""

from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

import numba
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

Given = ParamSpec("Given")
Result = TypeVar("Result")

_TO_READ, _CLOSEST, _DATA = 0, 3, 1  # what LLVM's `prefetch` is told


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


def _emit_prefetch(_: object, array: Any, __: object) -> tuple[Any, Callable[..., Any]]:  # noqa: ANN401 (numba's)
    def emit(context: Any, builder: Any, signature: Any, given: Any) -> Any:  # noqa: ANN401 (numba's)
        number, address = ir.IntType(32), ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), (address, number, number, number))
        instruction = builder.module.declare_intrinsic("llvm.prefetch", (address,), kind)
        items = context.make_array(signature.args[0])(context, builder, given[0]).data
        item = builder.bitcast(builder.gep(items, (given[1],)), address)
        builder.call(instruction, (item, number(_TO_READ), number(_CLOSEST), number(_DATA)))
        return context.get_dummy_value()

    return types.void(array, types.int64), emit


_prefetch: Any = intrinsic(_emit_prefetch)
prefetch: Final[Callable[[npt.NDArray[Any], int], None]] = _prefetch
"""Ask for an item of an array, counted in the order of memory, before it is needed.

What lies far away in memory comes while other work is done. It changes no result, not even beyond the end.
"""
