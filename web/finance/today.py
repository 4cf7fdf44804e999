"""GET /finance: how money stands today, each figure with the way to what it is made of."""

from dataclasses import dataclass

from flask import Response

from engine.words import say
from payments.closing.computing import sheet_of
from payments.closing.sealing import unresolved
from payments.today import Standing, standing
from web.access import policy
from web.context import language, now, reading, today
from web.finance.frame import READER, blueprint, show
from web.finance.names import method_name
from web.finance.selections import entries_address
from web.pages.rendering import show_date, yen

SHOWN = 10  # of what does not match, on this page


@dataclass(frozen=True, slots=True)
class Card:
    """A figure of the front page: its key, what is said in large, words below, where it leads; `bad` stands out."""

    key: str
    value: str
    hint: str
    address: str
    bad: bool = False


@blueprint.get("/finance")
@policy(READER)
def show_today() -> Response:
    """The figures of today and of what waits."""
    with reading() as session:
        stands = standing(session, now())
        sheet = sheet_of(session, today())
        waiting = unresolved(session)[:SHOWN]
    return show(
        "today.html",
        day=today(),
        now=now(),
        cards=[*_moved(stands), *_waits(stands)],
        methods=[(method_name(key or "unknown", language()), key, amount) for key, amount in stands.methods.items()],
        accounts=sheet.accounts,
        waiting=waiting,
    )


def _moved(stands: Standing) -> list[Card]:
    keys = ["demanded", "collected", *(name for name in ("refunded", "ended") if stands.moved[name].count)]
    return [
        Card(
            key,
            yen(stands.moved[key].yen),
            _entries(stands.moved[key].count),
            entries_address(since=today(), until=today(), figure=key),
        )
        for key in keys
    ]


def _waits(stands: Standing) -> list[Card]:
    spoken = language()
    owed = say("finance.hint_owed", spoken, count=stands.outstanding.count, overdue=stands.overdue.count)
    cards = [Card("outstanding", yen(stands.outstanding.yen), owed, "/finance/charges?status=demanded")]
    key = "hint_refunds" if stands.refunds.count else "hint_none"
    told = say(f"finance.{key}", spoken, count=stands.refunds.count)
    cards.append(Card("refunds_waiting", yen(stands.refunds.yen), told, "/finance/refunds"))
    age = (now() - stands.oldest).days if stands.oldest else 0
    told = say("finance.hint_oldest", spoken, count=age) if stands.oldest else say("finance.hint_none", spoken)
    wrong = bool(stands.discrepancies)
    cards.append(Card("discrepancies", f"{stands.discrepancies:,}", told, "/finance/discrepancies", wrong))
    cards.append(_payout(stands))
    since = stands.open_since
    hint = (
        say("finance.hint_open_since", spoken, day=show_date(since))
        if since
        else say("finance.hint_all_closed", spoken)
    )
    cards.append(Card("days_open", f"{stands.open_days:,}", hint, "/finance/days", stands.open_days > 1))
    return cards


def _payout(stands: Standing) -> Card:
    spoken, payout = language(), stands.next_payout
    if payout is None:
        return Card("next_payout", yen(0), say("finance.hint_no_payout", spoken), "/finance/payable")
    hint = say("finance.hint_payout", spoken, day=show_date(payout.day), count=payout.count)
    return Card("next_payout", yen(payout.net_yen), hint, "/finance/payable")


def _entries(count: int) -> str:
    return (
        say("finance.entries_one", language()) if count == 1 else say("finance.entries_count", language(), count=count)
    )
