"""Randomness from a seed: ids, tokens and secrets of everything in this process, while a block lasts."""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

OURS = ("engine", "procedures", "payments", "web")
_real = os.urandom
_drawn_from: list[Random] = []


def _bytes(size: int) -> bytes:
    """From the innermost seed, or truly random where there is none.

    SQLAlchemy names aliases at random, and only while it compiles what it has not compiled before.
    """
    if not _drawn_from or sys._getframe(1).f_globals["__name__"].startswith("sqlalchemy."):
        return _real(size)
    return _drawn_from[-1].randbytes(size)


@contextmanager
def drawing_from(seed: str) -> Iterator[None]:
    """Whoever asks for random bytes inside gets those of this seed, so that two runs name everything alike.

    Hypothesis and the tests themselves are not touched: they do not ask the operating system.
    """
    _install()
    _drawn_from.append(Random(seed))
    try:
        yield
    finally:
        _drawn_from.pop()


def _install() -> None:
    """In place of the operating system's, also where a module of ours has taken it by name."""
    if os.urandom is not _bytes:
        os.urandom = _bytes
        random._urandom = _bytes
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in OURS and getattr(module, "urandom", None) is _real:
            module.urandom = _bytes
