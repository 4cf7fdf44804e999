"""Discrepancies of every kind, put into a sound year; each notes what is to be found because of it."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from tests.benchmarks.year.plan import Extra, Other, Sale, Sent, Year, send

APART = 13
"""Days between two things that are wrong with payouts: closer ones could rightly be taken for each other."""


def disturbed(chance: Random, year: Year, times: int) -> Year:
    """Put each kind in `times` times."""
    sales = iter(chance.sample(year.sales, len(OF_SALES) * times))
    for disturb in OF_SALES.values():
        for _ in range(times):
            disturb(year, next(sales))
    send(year, chance)
    middle = [payout for payout in year.payouts if payout.day < year.days[-1]]
    payouts = iter(_apart(chance, middle, len(OF_PAYOUTS) * times))
    for disturb in OF_PAYOUTS.values():
        for _ in range(times):
            disturb(year, next(payouts))
    for index in range(times):
        _bank(chance, year, index)
    return year


def _apart(chance: Random, payouts: list[Sent], count: int) -> list[Sent]:
    """As many payouts, each well apart from the others, in no order."""
    chosen: list[Sent] = []
    for payout in payouts:
        if not chosen or (payout.day - chosen[-1].day).days >= APART:
            chosen.append(payout)
    if len(chosen) < count:
        raise ValueError(f"{len(chosen)} payouts lie apart, {count} are needed: simulate more days")
    return chance.sample(chosen, count)


def not_recorded(year: Year, sale: Sale) -> None:
    other = Other(f"txn_stranger_{sale.number}", "charge", sale.day, 900, f"pi_stranger_{sale.number}")
    year.others.append(other)
    year.injected.add(("not_recorded", other.id))


def transaction_twice(year: Year, sale: Sale) -> None:
    other = Other(f"txn_again_{sale.number}", "charge", sale.day, sale.yen, sale.payment)
    year.others.append(other)
    year.injected.add(("transaction_twice", other.id))


def amount_differs(year: Year, sale: Sale) -> None:
    sale.listed_yen = sale.yen + 100
    year.injected.add(("amount_differs", sale.payment))


def not_in_ledger(year: Year, sale: Sale) -> None:
    sale.posted_yen = None
    year.injected.add(("not_in_ledger", sale.payment))


def ledger_differs(year: Year, sale: Sale) -> None:
    sale.posted_yen = sale.yen - 1
    year.injected.add(("ledger_differs", sale.payment))


def not_at_provider(year: Year, sale: Sale) -> None:
    sale.listed_yen = None
    year.injected.add(("not_at_provider", sale.payment))


def fee_not_posted(year: Year, sale: Sale) -> None:
    sale.fee_posted = False
    year.injected.add(("fee_not_posted", sale.movement))


def charge_without_payment(year: Year, sale: Sale) -> None:
    sale.shared = False
    year.injected.add(("charge_without_payment", sale.charge))


def refund_unexpected(year: Year, sale: Sale) -> None:
    other = Other(f"txn_refund_{sale.number}", "refund", sale.day, -sale.yen, sale.payment)
    year.others.append(other)
    year.injected.add(("refund_unexpected", other.id))


def unknown_transaction(year: Year, sale: Sale) -> None:
    other = Other(f"txn_hold_{sale.number}", "reserve_hold", sale.day, -77)
    year.others.append(other)
    year.injected.add(("unknown_transaction", other.id))


def payout_not_posted(year: Year, payout: Sent) -> None:
    payout.posted = False
    year.injected.add(("payout_not_posted", payout.movement))


def payout_sum_differs(year: Year, payout: Sent) -> None:
    payout.yen -= 1
    payout.line_yen = payout.yen
    year.injected.add(("payout_sum_differs", payout.id))


def payout_failed(year: Year, payout: Sent) -> None:
    payout.status, payout.line_yen = "failed", None
    year.others.append(Other(f"txn_back_{payout.number}", "payout_failure", payout.day, payout.yen))
    year.injected.add(("payout_failed", payout.id))


def payout_missing_in_bank(year: Year, payout: Sent) -> None:
    payout.line_yen = None
    year.injected.add(("payout_missing_in_bank", payout.id))


def bank_amount_differs(year: Year, payout: Sent) -> None:
    payout.line_yen = payout.yen - 44
    year.injected.add(("bank_amount_differs", payout.line))


def bank_match_unsure(year: Year, payout: Sent) -> None:
    payout.text = "ﾌﾘｺﾐ"
    year.injected.add(("bank_match_unsure", payout.line))


def payout_negative(year: Year, payout: Sent) -> None:
    back = Sent(900_000 + payout.number, payout.day, [], -1234 - payout.number, None, automatic=False)
    year.payouts.append(back)
    year.injected.add(("payout_negative", back.id))


OF_SALES: dict[str, Callable[[Year, Sale], None]] = {
    change.__name__: change
    for change in (
        not_recorded,
        transaction_twice,
        amount_differs,
        not_in_ledger,
        ledger_differs,
        not_at_provider,
        fee_not_posted,
        charge_without_payment,
        refund_unexpected,
        unknown_transaction,
    )
}
OF_PAYOUTS: dict[str, Callable[[Year, Sent], None]] = {
    change.__name__: change
    for change in (
        payout_not_posted,
        payout_sum_differs,
        payout_failed,
        payout_missing_in_bank,
        bank_amount_differs,
        bank_match_unsure,
        payout_negative,
    )
}


def _bank(chance: Random, year: Year, index: int) -> None:
    """Lines of which nothing is known, one of them twice, and a statement that does not go on from the last."""
    day = chance.choice(year.days)
    year.extras.append(Extra(f"extra_{index}", day, 31 + index, "ﾘｿｸ"))
    year.injected.add(("bank_line_unknown", f"extra_{index}"))
    twice = chance.choice(year.days)
    for number in (1, 2):
        year.extras.append(Extra(f"twice_{index}_{number}", twice, -(5 + index), f"ﾃｽｳﾘｮｳ {index}", number))
    year.injected |= {("bank_line_unknown", f"twice_{index}_1"), ("bank_line_twice", f"twice_{index}_2")}
    gap = year.days[10] + timedelta(days=3 * index)
    year.gaps.append(gap)
    year.injected.add(("bank_balance_gap", f"statement_{gap}"))
