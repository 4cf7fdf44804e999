"""What happened in the year, as plain values: charges and payments, movements, payouts, lines of the bank, postings."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

FIRST = date(2026, 4, 1)
ACCOUNTS = tuple(f"12{index:02d}-03" for index in range(1, 6))
METHODS = ("card", "card", "card", "konbini", "paypay")
TEXT = "ﾌﾘｺﾐ ｽﾄﾗｲﾌﾟｼﾞﾔﾊﾟﾝ"
FEE_PER_MILLE = 36
ARRIVES_AFTER = timedelta(days=2)
PEAK = 8
"""The first day of the year is as busy as that many."""


@dataclass
class Sale:
    """One charge that was paid on its day, and what the provider and the ledger have of it; None: nothing."""

    number: int
    day: date
    at: datetime
    yen: int
    account: str
    method: str
    listed_yen: int | None = None
    posted_yen: int | None = None
    fee_posted: bool = True
    shared: bool = True

    @property
    def payment(self) -> str:
        return f"pi_{self.number}"

    @property
    def charge(self) -> str:
        return f"charge{self.number}"

    @property
    def movement(self) -> str:
        return f"txn_{self.number}"

    @property
    def fee(self) -> int:
        """Of what the provider lists, rounded half up."""
        return ((self.listed_yen or 0) * FEE_PER_MILLE + 500) // 1000


@dataclass
class Other:
    """A movement of the balance that belongs to no payment of ours."""

    id: str
    kind: str
    day: date
    yen: int
    payment: str | None = None


@dataclass
class Sent:
    """A payout, and the line that the bank shows of it; `line_yen` None: none."""

    number: int
    day: date
    contents: list[Sale]
    yen: int
    line_yen: int | None
    text: str = TEXT
    late: int = 0
    status: str = "paid"
    automatic: bool = True
    posted: bool = True

    @property
    def id(self) -> str:
        return f"po_{self.number}"

    @property
    def movement(self) -> str:
        return f"txn_po_{self.number}"

    @property
    def arrives_on(self) -> date:
        return self.day + ARRIVES_AFTER

    @property
    def line(self) -> str:
        return f"line_{self.number}"


@dataclass
class Extra:
    """A line of the bank that is no payout's."""

    id: str
    day: date
    yen: int
    text: str
    number: int = 1


@dataclass
class Year:
    """All of it, and what was put into it: (kind, what it is about)."""

    days: list[date]
    sales: list[Sale] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    payouts: list[Sent] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    gaps: list[date] = field(default_factory=list)
    injected: set[tuple[str, str]] = field(default_factory=set)

    @property
    def last(self) -> date:
        """How far provider and bank are known."""
        return self.days[-1] + timedelta(days=15)


def sound(chance: Random, charges: int, days: int) -> Year:
    """A year in which everything matches."""
    year = Year([FIRST + timedelta(days=index) for index in range(days)])
    weights = [PEAK if index == 0 else 0.3 if day.weekday() > 4 else 1 for index, day in enumerate(year.days)]
    for number, day in enumerate(sorted(chance.choices(year.days, weights, k=charges))):
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=chance.randrange(14 * 3600))
        yen = chance.randrange(3, 300) * 100
        sale = Sale(number, day, moment, yen, chance.choice(ACCOUNTS), chance.choice(METHODS), yen, yen)
        year.sales.append(sale)
    return year


def send(year: Year, chance: Random) -> None:
    """Each day pays out what was listed the day before; one line in ten comes a day late."""
    by_day: dict[date, list[Sale]] = {}
    for sale in year.sales:
        if sale.listed_yen is not None:
            by_day.setdefault(sale.day, []).append(sale)
    for number, (day, contents) in enumerate(sorted(by_day.items())):
        net = sum((sale.listed_yen or 0) - sale.fee for sale in contents)
        payout = Sent(number, day + timedelta(days=1), contents, net, net, late=int(chance.random() < 0.1))
        year.payouts.append(payout)
