"""Money's other ways: at the konbini, after the decision, back to the payer, over the counter; and the day's end."""

from datetime import timedelta

import requests
from sqlalchemy import select

from payments.models import CounterEntry, Payment, PaymentShare, Refund
from procedures.days import tokyo_day
from procedures.models import Application
from tests.crash import facts
from tests.crash.person import Answer, Person
from tests.crash.play import Play
from tests.crash.stories.certified import charge_of, choose, claim, decide, filed, go_to_pay, pay
from tests.crash.stories.office import hut, withdraw


def konbini(play: Play) -> None:
    """A number is taken, and paid at the shop."""
    case = filed(play)
    address = go_to_pay(play, case)
    choose(play, address, "konbini")
    requests.post(
        f"{play.system.sandbox.base_url}/_sandbox/konbini/{intent(play, address)}", json={"do": "pay"}, timeout=30
    )
    play.await_(f"payment of {case}", facts.happened(case, "pay"))
    play.calm()


def intent(play: Play, address: str) -> str:
    """The payment behind a pay page."""
    place = address.partition("?")[0].partition("#")[0].rpartition("/")[2]
    return str(play.system.sandbox.store.get(place)["payment_intent"])


def issue_fee(play: Play) -> None:
    """Approved first, paid then."""
    case = hut(play)
    claim(play, case)
    decide(play, case, "approve")
    pay(play, case)
    play.await_(f"approval of {case}", facts.status_is(case, "approved"))
    play.calm()


def refunded(play: Play) -> None:
    """Paid, withdrawn, and given back by two people."""
    case = filed(play)
    pay(play, case)
    withdraw(play, case)
    shares = select(Payment.id).join(PaymentShare).where(PaymentShare.charge_id == charge_of(play, case))
    payment = str(play.find(shares))
    form = {"reason": "withdrawn", "note": "取下げのため", "way": "provider"}
    at = f"/finance/payments/{payment}/refund"
    asked = facts.there(Refund.payment_id == payment, of=Refund.id)
    play.do(f"refund of {payment}", "tanaka", at, form, form="/refund", holds=asked)
    refund = play.find(select(Refund.id).where(Refund.payment_id == payment))
    agreed = facts.there(Refund.id == refund, Refund.decided_at.is_not(None), of=Refund.id)
    play.do(f"agreement to {refund}", "mori", f"/finance/refunds/{refund}", {}, form="/approve", holds=agreed)
    play.await_(f"refund {refund}", facts.refund_is(payment, "sent", "confirmed"))
    play.await_(f"refund {refund} confirmed", facts.refund_is(payment, "confirmed"))
    play.calm()


def counter(play: Play) -> None:
    """Sato takes cash."""
    case = filed(play)
    slip = str(play.chance.randrange(10**8))
    reference = play.find(select(Application.reference).where(Application.id == case))
    at = f"/counter/cases/{case}"
    taken = facts.there(CounterEntry.slip == slip, of=CounterEntry.id)

    def attempt(person: Person) -> Answer:
        page = person.get(at)
        if not person.has_form(at):
            return page
        return person.send({"method": "cash", "yen": "1000", "slip": slip}, at)

    play.ask(f"cash for {reference}", "sato", attempt, holds=taken)
    play.await_(f"payment of {case}", facts.happened(case, "pay"))
    play.calm()


def closing(play: Play) -> None:
    """A day passes, and is closed."""
    day = tokyo_day(play.system.control.now())
    play.later(timedelta(days=1))
    at = f"/finance/days/{day}/close"

    def attempt(person: Person) -> Answer:
        page = person.get(at)
        if not person.has_form("/close"):
            return page
        return person.send({"reason": "確認中のため"}, "/close")

    play.ask(f"closing of {day}", "tanaka", attempt, holds=facts.closed(day))
    play.calm()
