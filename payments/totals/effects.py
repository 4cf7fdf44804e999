"""What an entry does to a 歳入科目, told by its two accounts; and what an account is, told by its code."""

from collections.abc import Iterator
from typing import NamedTuple

from payments.totals.selection import Figure

RECEIVABLE, REVENUE, CARRIED = "receivable", "revenue", "carried"
_OF_RECEIVABLE: dict[str, tuple[Figure, Figure]] = {REVENUE: ("demanded", "ended"), CARRIED: ("carried", "carried")}
"""What a receivable gains and loses against these; against any other account it is money that came."""


class Effect(NamedTuple):
    """`sign` × the entry's yen goes to `figure` of `account`."""

    figure: Figure
    account: str
    sign: int


def effects(debit: str, credit: str) -> Iterator[Effect]:
    """None, one, or two where money moves from one 歳入科目 to another.

    The accounts say what an entry does, not the kind of its posting: so a balance is what it was before, with what was
    demanded and carried in, less what was taken back and collected, whatever kinds there come to be.
    """
    (debit_kind, debit_account), (credit_kind, credit_account) = _read(debit), _read(credit)
    if debit_kind == RECEIVABLE:
        gained = _OF_RECEIVABLE.get(credit_kind)
        yield Effect(gained[0], debit_account, 1) if gained else Effect("collected", debit_account, -1)
    if credit_kind == RECEIVABLE:
        lost = _OF_RECEIVABLE.get(debit_kind)
        figure = lost[1] if lost else "collected"
        yield Effect(figure, credit_account, -1 if figure == "carried" else 1)
    if debit_kind == REVENUE and credit_kind != RECEIVABLE:
        yield Effect("refunded", debit_account, 1)
    if credit_kind == REVENUE and debit_kind != RECEIVABLE:
        yield Effect("refunded", credit_account, -1)


def is_revenue_account(code: str) -> bool:
    """Whether the account belongs to a 歳入科目; the others are suspense, the provider, fees, the bank and so on."""
    return _read(code)[0] in {RECEIVABLE, REVENUE, CARRIED}


def _read(code: str) -> tuple[str, str]:
    kind, _, detail = code.partition(":")
    return kind, detail
