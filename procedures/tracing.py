"""Which request is being served: a name for logs, handed on to the jobs that it asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_CURRENT: ContextVar[str | None] = ContextVar("request_id", default=None)


def current() -> str | None:
    """The request that all this is done for; None where nobody asked, as for periodic work."""
    return _CURRENT.get()


def begin(request_id: str | None) -> None:
    """From now on it is this request, until another begins."""
    _CURRENT.set(request_id)


@contextmanager
def within(request_id: str | None) -> Iterator[None]:
    """While the block lasts."""
    before = _CURRENT.set(request_id)
    try:
        yield
    finally:
        _CURRENT.reset(before)
