"""The counter of an office as a place where money is taken: what it is called, and the accounts that it stands on.

It is no `Provider`: nothing is asked of it over the network, and nothing is learnt from it later. What a clerk enters
is all that is known.
"""

from typing import Literal

NAME = "counter"
"""What payments at a counter have in place of a provider's name."""

CounterMethod = Literal["cash", "terminal"]
METHODS: tuple[CounterMethod, ...] = ("cash", "terminal")


def account(method: str, office: str) -> str:
    """Where the money stands until it is paid in: `cash:<office>`, or `terminal:<office>` until the acquirer pays."""
    if method not in METHODS:
        raise ValueError(f"nobody pays by {method} at a counter")
    return f"{method}:{office}"


def title(method: str, office: str) -> str:
    """What the account is called in the books."""
    return {"cash": f"現金（{office}）", "terminal": f"カード端末（{office}）"}[method]
