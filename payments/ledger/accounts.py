"""The accounts. Fixed ones come with the migrations; each 歳入科目 gets its pair when it is first demanded."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import LedgerAccount
from procedures.storing.rows import insert_new

BANK = "bank"
SUSPENSE = "suspense"
SUNDRY = "sundry"
"""雑入: what was kept although nobody owed it."""
BANK_FEE = "bank_fee"
"""What the bank keeps of a transfer, or takes for the account."""
REFUND_PAYABLE = "refund_payable"
"""還付未済: decided to be given back, not gone yet."""
PAST_REFUND = "past_refund"
"""過年度還付: given back out of this year's spending, because the books of the revenue's year are closed."""
LOSS = "loss"
"""Lost in a dispute; a person has not decided yet."""
WRITTEN_OFF = "written_off"
"""欠損処分: two people decided not to claim it again."""


def provider_account(provider: str) -> str:
    """What the provider has taken for us and not yet paid out."""
    return f"provider:{provider}"


def in_transit(provider: str) -> str:
    """What the provider has paid out and the bank has not shown yet."""
    return f"in_transit:{provider}"


def fee_account(provider: str) -> str:
    """What the provider keeps."""
    return f"fee:{provider}"


def disputed_account(provider: str) -> str:
    """What the payer's bank has taken back while nobody has decided yet."""
    return f"disputed:{provider}"


def receivable(account: str) -> str:
    """収入未済 of a 歳入科目: demanded and not yet paid."""
    return f"receivable:{account}"


def revenue(account: str) -> str:
    """調定済額 of a 歳入科目."""
    return f"revenue:{account}"


def carried(account: str) -> str:
    """繰越 of a 歳入科目: between the year that a claim leaves and the one that it enters; zero over all years."""
    return f"carried:{account}"


def open_revenue_accounts(session: Session, titles: dict[str, str]) -> None:
    """Make sure that the pair of accounts of every 歳入科目 is there; `titles` by its code."""
    wanted = {
        code(account): (kind, account, title)
        for account, title in titles.items()
        for kind, code in (("receivable", receivable), ("revenue", revenue))
    }
    open_accounts(session, wanted)


def open_accounts(session: Session, wanted: Mapping[str, tuple[str, str | None, str]]) -> None:
    """Make sure that these accounts are there: kind, 歳入科目 and title by code."""
    there = set(session.scalars(select(LedgerAccount.code).where(LedgerAccount.code.in_(wanted))))
    for code in sorted(set(wanted) - there):
        kind, account, title = wanted[code]
        row = {"code": code, "kind": kind, "revenue_code": account, "title": title}
        insert_new(session, LedgerAccount.__table__, row, unique="code")
