"""Asking Stripe: its errors in our words, its lists page by page."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from payments.providers import ProviderRefused, ProviderUnavailable

T = TypeVar("T")


def ask(request: Callable[[], T]) -> T:
    """The request's answer. Raises `ProviderUnavailable`, `ProviderRefused`."""
    import stripe

    try:
        return request()
    except (stripe.APIConnectionError, stripe.RateLimitError) as lost:
        raise ProviderUnavailable(type(lost).__name__) from lost
    except stripe.StripeError as error:
        if error.http_status in (None, 409) or error.http_status >= 500:  # noqa: PLR2004 - the server's own failure
            raise ProviderUnavailable(f"{type(error).__name__} {error.http_status}") from error
        raise ProviderRefused(f"{type(error).__name__} {error.http_status} {error.code or ''}".strip()) from error


def attempt(request: Callable[[], object]) -> None:
    """Something whose refusal says only that the state has changed meanwhile: what is so is asked for afterwards."""
    try:
        ask(request)
    except ProviderRefused:
        return


def pages(first: Callable[[], Any]) -> Iterator[Any]:
    """Every row of a list, each page asked for when the one before is used up."""
    rows = ask(first).auto_paging_iter()
    while True:
        row = ask(lambda: next(rows, None))
        if row is None:
            return
        yield row
