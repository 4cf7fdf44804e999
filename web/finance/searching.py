"""/finance/charges: search of charges, page by page, and as CSV."""

from collections.abc import Iterator
from math import ceil

from flask import Response, request

from engine.words import say
from payments.searching import STATUSES, Found, Search, search
from web import looks
from web.access import policy
from web.context import TOKYO, current_actor, language, reading
from web.finance.entries import page_asked
from web.finance.frame import READER, blueprint, show
from web.finance.names import method_name
from web.finance.sending import as_csv
from web.pages.dates import read_day

PAGE = 50
LONGEST = 60
COLUMNS = ("reference", "payer", "status", "amount", "fiscal_year", "demanded_at", "due", "paid_at", "method")
Problems = list[tuple[str, str]]


@blueprint.get("/finance/charges")
@policy(READER)
def search_charges() -> Response:
    """What was found, what the text was taken for, and what to do where nothing was. Names shown are looks."""
    wanted, problems = _read()
    page = page_asked()
    asked = bool(wanted.text or wanted.status or wanted.since or wanted.until)
    with reading() as session:
        found = search(session, wanted, PAGE, (page - 1) * PAGE) if asked else Found((), 0, 0, ())
    looks.record_all(current_actor(), [charge.application_id for charge in found.charges], "charges")
    return show(
        "search.html",
        422 if problems else 200,
        problems=problems,
        typed={name: request.args.get(name, "")[:LONGEST] for name in ("q", "since", "until")},
        wanted=wanted,
        asked=asked,
        found=found,
        tried=(", " if language() == "en" else "、").join(
            say(f"finance.search_as_{sort}", language()) for sort in found.sorts
        ),
        facts={"q": wanted.text or None, "status": wanted.status, "since": wanted.since, "until": wanted.until},
        statuses=STATUSES,
        page=page,
        pages=max(1, ceil(found.count / PAGE)),
    )


@blueprint.get("/finance/charges.csv")
@policy(READER)
def export_charges() -> Response:
    """All that was found."""
    wanted, _ = _read()
    with reading() as session:
        found = search(session, wanted, None)
    looks.record_all(current_actor(), [charge.application_id for charge in found.charges], "charges")
    head = [say(f"finance.{column}", language()) for column in COLUMNS]
    return as_csv("charges", head, _rows(found))


def _rows(found: Found) -> Iterator[list[object]]:
    spoken = language()
    for charge in found.charges:
        paid = charge.paid_at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S") if charge.paid_at else ""
        demanded = charge.demanded_at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
        state = say(f"finance.status_{charge.status}", spoken)
        method = method_name(charge.method, spoken) if charge.method else ""
        named = [charge.reference, charge.payer, state, charge.yen, charge.fiscal_year]
        yield [*named, demanded, charge.due_on, paid, method]


def _read() -> tuple[Search, Problems]:
    problems: Problems = []
    days = {}
    for name in ("since", "until"):
        text = request.args.get(name, "").strip()
        days[name] = read_day(text) if text else None
        if text and days[name] is None:
            problems.append((f"#{name}", say("finance.bad_day", language(), text=text[:LONGEST])))
    status = request.args.get("status", "")
    text = request.args.get("q", "").strip()[:LONGEST]
    return Search(text=text, status=status if status in STATUSES else None, **days), problems
