"""A mutant put into a running process: the code of its functions in place of what was loaded."""

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from types import CodeType, FunctionType


def loaded(file: str) -> list[FunctionType]:
    """Every function that was loaded from this file."""
    gc.unfreeze()  # what was set aside as permanent is looked at, too
    return [
        thing for thing in gc.get_objects() if isinstance(thing, FunctionType) and thing.__code__.co_filename == file
    ]


def swap(text: str, file: str, functions: Sequence[FunctionType]) -> int:
    """Give each of these functions of `file` the code that `text` has for it; how many changed.

    What ran when the module was loaded, such as its tables, stays as it was; so do lambdas that share a name.
    """
    codes = list(_codes(compile(text, file, "exec")))
    often = Counter(code.co_qualname for code in codes)
    fresh = {code.co_qualname: code for code in codes if often[code.co_qualname] == 1}
    changed = 0
    for function in functions:
        code = fresh.get(function.__code__.co_qualname)
        if code is not None and code.co_freevars == function.__code__.co_freevars and code != function.__code__:
            function.__code__ = code
            changed += 1
    return changed


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)
