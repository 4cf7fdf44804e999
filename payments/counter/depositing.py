"""Paying in what a counter took (払込): from the till to the bank's way, where its line will be looked for."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from payments.counter.slips import plain
from payments.counter.taking import SlipUsed
from payments.ledger import Entry, balances, in_transit, post
from payments.ledger.accounts import open_accounts
from payments.models import CounterDeposit, Payout
from payments.providers import counter
from payments.providers.counter import CounterMethod
from procedures import audit
from procedures.actors import Actor
from procedures.authority import require
from procedures.days import fiscal_year, tokyo_day
from procedures.models import new_id

ON_THE_WAY = "in_transit"


class NotInTheTill(Exception):
    """More than the till holds; `held` is what it does, in yen."""

    def __init__(self, held: int) -> None:
        self.held = held
        super().__init__(f"{held} yen are in the till")


def deposit(
    session: Session, actor: Actor, now: datetime, office: str, method: CounterMethod, yen: int, slip: str
) -> str:
    """Pay in `yen` of an office under the bank's slip; answers its id.

    It is a payout of the `counter` to the bank: the bank's line is matched with it as with a provider's, which moves it
    from in transit to the bank. Raises `NotFound`, `NotInTheTill`, `SlipUsed`, `BadSlip`.
    """
    require(actor, "counter.deposit", office, office)
    number, today = plain(slip), tokyo_day(now)
    used = select(CounterDeposit.id).where(
        CounterDeposit.office == office, CounterDeposit.day == today, CounterDeposit.slip == number
    )
    if session.execute(used).first() is not None:
        raise SlipUsed(number)
    account = counter.account(method, office)
    held = balances(session).get(account, 0)
    if not 0 < yen <= held:
        raise NotInTheTill(held)
    row = {
        "id": new_id(),
        "office": office,
        "day": today,
        "method": method,
        "slip": number,
        "yen": yen,
        "entered_by": actor.id,
        "entered_at": now,
    }
    session.execute(insert(CounterDeposit.__table__), row)
    _on_its_way(session, now, account, row["id"], yen)
    audit.record(session, actor, now, "counter.deposit", row["id"], note=f"{office} {method} {number} {yen}")
    return str(row["id"])


def _on_its_way(session: Session, now: datetime, account: str, deposit_id: str, yen: int) -> None:
    today, way = tokyo_day(now), in_transit(counter.NAME)
    open_accounts(session, {way: ("in_transit", None, "払込済み・着金待ち（窓口）")})
    source = f"deposit:{counter.NAME}:{deposit_id}"
    post(session, now, "deposit", source, [Entry(way, account, yen)], day=today, fiscal_year=fiscal_year(today))
    payout = {
        "provider": counter.NAME,
        "payout_id": deposit_id,
        "transaction_id": deposit_id,
        "yen": yen,
        "fee_yen": 0,
        "status": ON_THE_WAY,
        "automatic": False,
        "day": today,
        "arrives_on": today,
        "asked_at": now,
    }
    session.execute(insert(Payout.__table__), payout)
