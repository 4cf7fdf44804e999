"""Asking Stripe: its errors in our words, its lists page by page."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from payments.providers import ProviderRefused, ProviderUnavailable

T = TypeVar("T")
S = TypeVar("S")
SAYS_NO = range(400, 500)
LATER = frozenset({409, 429})


def ask(request: Callable[[], T]) -> T:
    """The request's answer. Raises `ProviderUnavailable`, `ProviderRefused`.

    Only a clear no is a refusal: where the answer cannot be read, or somebody else gave it, it may have been done.
    """
    import stripe

    try:
        return request()
    except (stripe.APIConnectionError, stripe.RateLimitError) as lost:
        raise ProviderUnavailable(type(lost).__name__) from lost
    except stripe.StripeError as error:
        if error.http_status not in SAYS_NO or error.http_status in LATER:
            raise ProviderUnavailable(f"{type(error).__name__} {error.http_status}") from error
        raise ProviderRefused(f"{type(error).__name__} {error.http_status} {error.code or ''}".strip()) from error


def read(shape: Callable[[T], S], told: T) -> S:
    """What was told, in our shape. Raises `ProviderUnavailable` where it has another one than Stripe's."""
    try:
        return shape(told)
    except (AttributeError, KeyError, TypeError, ValueError) as odd:
        raise ProviderUnavailable(f"an answer that cannot be read: {type(odd).__name__}") from odd


def attempt(request: Callable[[], object]) -> None:
    """Something whose refusal says only that the state has changed meanwhile: what is so is asked for afterwards."""
    try:
        ask(request)
    except ProviderRefused:
        return


def pages(first: Callable[[], Any]) -> Iterator[Any]:
    """Every row of a list, each page asked for when the one before is used up."""
    rows = read(lambda page: page.auto_paging_iter(), ask(first))
    while True:
        row = ask(lambda: next(rows, None))
        if row is None:
            return
        yield row
