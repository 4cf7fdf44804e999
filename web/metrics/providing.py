"""Calls of the payment provider, counted: by what was asked, how it went, and how long it took."""

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Any, cast

from payments.providers import Provider, ProviderRefused, ProviderUnavailable
from web.metrics import counted


class Watched:
    """A provider whose calls are counted; all else is as it is."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def __getattr__(self, name: str) -> Any:
        """What the provider has under this name; a call that speaks to the network is watched."""
        found = getattr(self._provider, name)
        return _watched(name, found) if callable(found) and name in CALLS else found


CALLS = frozenset(name for name in vars(Provider) if not name.startswith("_")) - {"name", "read_webhook"}


def watched(provider: Provider) -> Provider:
    """The same provider, counted."""
    return cast("Provider", Watched(provider))


def _watched(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def ask(*words: Any, **more: Any) -> Any:
        with _Timed(name):
            answer = call(*words, **more)
        return _each(name, answer) if isinstance(answer, Iterator) else answer

    return ask


def _each(name: str, answer: Iterator[Any]) -> Iterator[Any]:
    """A list is asked for page by page while it is read: reading it is the call."""
    with _Timed(name):
        yield from answer


class _Timed:
    def __init__(self, name: str) -> None:
        self._name, self._began = name, perf_counter()

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        outcome = "ok"
        if isinstance(error, ProviderRefused):
            outcome = "refused"
        elif isinstance(error, ProviderUnavailable):
            outcome = "unavailable"
        elif error is not None and not isinstance(error, GeneratorExit):
            outcome = "failed"
        counted.provider.labels(self._name, outcome).observe(perf_counter() - self._began)
