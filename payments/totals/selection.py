"""Which entries are meant: what every figure and every page of entries is asked by."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Figure = Literal["demanded", "carried", "collected", "refunded", "ended"]
"""What an entry does to a 歳入科目: 調定, 繰越 between years, 収納, 還付, and 調定 taken back (lapsed or cancelled)."""

FIGURES: tuple[Figure, ...] = get_args(Figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Entries that meet everything that is set. `since` and `until` are days of Tokyo, both included.

    `account` is a 歳入科目, `ledger` an account of the ledger by its code, on either `side` or one; `kind` one of
    postings. `bureau` is the one in charge of the procedure and `method` the way it was paid; "" means those of
    neither, such as a provider's fee.
    """

    since: date | None = None
    until: date | None = None
    account: str | None = None
    ledger: str | None = None
    side: Literal["debit", "credit"] | None = None
    figure: Figure | None = None
    kind: str | None = None
    fiscal_year: int | None = None
    bureau: str | None = None
    method: str | None = None
