"""/finance and /finance/days/<day>: the money of one day."""

from datetime import date, timedelta

from flask import Response, abort, redirect, request

from engine.words import say
from payments.day import DayOverview, overview
from payments.reconciliation import Reconciliation, compare
from payments.views import ChargeView, PostingView
from web.access import policy
from web.context import language, reading, today
from web.finance.dates import read_day
from web.finance.frame import AUDITOR, FINANCE, blueprint, show

LONGEST = 20  # characters of what was typed that are shown again


@blueprint.get("/finance")
@policy(FINANCE, AUDITOR)
def pick_day() -> Response:
    """To the day asked for, or today; today with a word about it where no such day exists."""
    asked = request.args.get("day")
    if asked is None:
        return redirect(f"/finance/days/{today()}", 302)
    if day := read_day(asked):
        return redirect(f"/finance/days/{day}", 302)
    problem = say("finance.bad_day", language(), text=asked[:LONGEST])
    return _page(today(), 422, problems=[("#day", problem)], typed=asked[:LONGEST])


@blueprint.get("/finance/days/<day>")
@policy(FINANCE, AUDITOR)
def show_day(day: str) -> Response:
    """The figures, the charges and entries behind them, and what does not match."""
    return _page(day_of_address(day))


def day_of_address(text: str) -> date:
    """The day in an address; 404 where it names none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if str(day) != text or read_day(text) is None:
        abort(404)
    return day


def _page(
    day: date, status: int = 200, *, problems: list[tuple[str, str]] | None = None, typed: str | None = None
) -> Response:
    with reading() as session:
        money, matching = overview(session, day), compare(session, day)
    account, method = request.args.get("account"), request.args.get("method")
    return show(
        "day.html",
        status,
        day=day,
        today=today(),
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        typed=typed or str(day),
        problems=problems or [],
        money=money,
        figures=_figures(money),
        postings=_of_account(money.postings, account),
        account=account,
        collected=_by_method(money.charges_collected, method),
        method=method,
        matching=matching,
        differences=_differences(matching),
    )


def _figures(money: DayOverview) -> list[tuple[str, int, int, str]]:
    """The figures as (key, count, yen, the charges they lead to); cancelled charges are rare and shown when there."""
    keys = ["demanded", "collected", "outstanding", "lapsed", *(["cancelled"] if money.cancelled.count else [])]
    return [(key, figure.count, figure.yen, f"#{key}") for key in keys for figure in [getattr(money, key)]]


def _of_account(postings: tuple[PostingView, ...], account: str | None) -> list[PostingView]:
    """All, or those that touch the 歳入科目 `account`; its two ledger accounts end with its code."""
    return [
        posting
        for posting in postings
        if account is None
        or any(account in {entry.debit.partition(":")[2], entry.credit.partition(":")[2]} for entry in posting.entries)
    ]


def _by_method(charges: tuple[ChargeView, ...], method: str | None) -> list[ChargeView]:
    return [charge for charge in charges if method is None or charge.method == method]


def _differences(matching: Reconciliation) -> list[dict[str, object]]:
    return [
        {
            "words": mismatch.say(language()),
            "charge_id": mismatch.charge_id,
            "reference": mismatch.reference,
            "provider_object": mismatch.provider_object,
            "expected": mismatch.expected_yen,
            "found": mismatch.found_yen,
        }
        for mismatch in matching.mismatches
    ]
