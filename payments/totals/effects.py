"""What an entry does to a 歳入科目, told by its two accounts; and what an account is, told by its code."""

from collections.abc import Iterator
from typing import NamedTuple

from payments.totals.selection import Figure

RECEIVABLE, REVENUE = "receivable", "revenue"


class Effect(NamedTuple):
    """`sign` × the entry's yen goes to `figure` of `account`."""

    figure: Figure
    account: str
    sign: int


def effects(debit: str, credit: str) -> Iterator[Effect]:
    """None, one, or two where money moves from one 歳入科目 to another.

    The accounts say what an entry does, not the kind of its posting: so a balance is what it was before, with what was
    demanded, less what was taken back and collected, whatever kinds there come to be.
    """
    (debit_kind, debit_account), (credit_kind, credit_account) = _read(debit), _read(credit)
    if debit_kind == RECEIVABLE:
        paired = credit_kind == REVENUE
        yield Effect("demanded" if paired else "collected", debit_account, 1 if paired else -1)
    if credit_kind == RECEIVABLE:
        yield Effect("ended" if debit_kind == REVENUE else "collected", credit_account, 1)
    if debit_kind == REVENUE and credit_kind != RECEIVABLE:
        yield Effect("refunded", debit_account, 1)
    if credit_kind == REVENUE and debit_kind != RECEIVABLE:
        yield Effect("refunded", credit_account, -1)


def is_revenue_account(code: str) -> bool:
    """Whether the account belongs to a 歳入科目; the others are suspense, the provider, fees, the bank and so on."""
    return _read(code)[0] in {RECEIVABLE, REVENUE}


def _read(code: str) -> tuple[str, str]:
    kind, _, detail = code.partition(":")
    return kind, detail
