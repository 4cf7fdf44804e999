"""/finance/days/<day>: the sheet of one day (日計表), sealed or as it would be, also as CSV and PDF."""

from datetime import date, timedelta

from flask import Response, abort, request

from engine.words import say
from payments.closing.computing import first_day, sheet_of
from payments.closing.reading import Closed, closed
from payments.closing.sheet import Sheet
from payments.reconciliation import Reconciliation, compare
from payments.totals.entries import entries_of
from payments.totals.selection import Selection
from web.access import policy
from web.context import language, now, reading, today
from web.finance.entries import csv_of
from web.finance.frame import READER, blueprint, show
from web.finance.sending import as_csv, as_pdf
from web.finance.sheet_files import CSV_HEAD, csv_rows, pdf_sections
from web.finance.sheets import columns_of, rows_of, totals_of
from web.pages.dates import read_day
from web.pages.rendering import show_date, show_moment


@blueprint.get("/finance/days/<day>")
@policy(READER)
def show_day(day: str) -> Response:
    """The sheet, whether it is sealed, and what does not match on the day."""
    wanted = day_of_address(day)
    with reading() as session:
        sealed = closed(session, wanted)
        sheet = sealed.sheet if sealed else sheet_of(session, wanted)
        matching, first = compare(session, wanted), first_day(session) or today()
    return show(
        "day.html",
        day=wanted,
        today=today(),
        first=first,
        before=wanted - timedelta(days=1),
        after=wanted + timedelta(days=1),
        sealed=sealed,
        just_closed="closed" in request.args and sealed is not None,
        matching=matching,
        differences=_differences(matching),
        **drawn(sheet, wanted, wanted),
    )


@blueprint.get("/finance/days/<day>.csv")
@policy(READER)
def export_day(day: str) -> Response:
    """The entries of the day, one line each."""
    wanted = day_of_address(day)
    with reading() as session:
        found = entries_of(session, Selection(since=wanted, until=wanted))
    return csv_of(f"entries-{wanted}", found)


@blueprint.get("/finance/days/<day>/sheet.csv")
@policy(READER)
def export_sheet(day: str) -> Response:
    """The sheet for spreadsheets."""
    wanted = day_of_address(day)
    sheet, _ = _sheet(wanted)
    return as_csv(f"sheet-{wanted}", [say(f"finance.{key}", language()) for key in CSV_HEAD], csv_rows(sheet))


@blueprint.get("/finance/days/<day>/sheet.pdf")
@policy(READER)
def print_sheet(day: str) -> Response:
    """The sheet as PDF: with who closed it and the seal, or the words that it is not closed."""
    wanted = day_of_address(day)
    sheet, sealed = _sheet(wanted)
    title = say("finance.sheet_of", language(), day=show_date(wanted))
    return as_pdf(f"sheet-{wanted}", title, _facts(sealed), pdf_sections(sheet, sealed))


def day_of_address(text: str) -> date:
    """The day in an address; 404 where it names none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        abort(404)
    if str(day) != text or read_day(text) is None:
        abort(404)
    return day


def drawn(sheet: Sheet, since: date, until: date) -> dict[str, object]:
    """What the table of a sheet is drawn from."""
    return {
        "sheet": sheet,
        "columns": columns_of(sheet),
        "rows": rows_of(sheet, since, until),
        "totals": totals_of(sheet, since, until),
        "since": since,
        "until": until,
        "eve": since - timedelta(days=1),
    }


def _sheet(day: date) -> tuple[Sheet, Closed | None]:
    with reading() as session:
        sealed = closed(session, day)
        return (sealed.sheet if sealed else sheet_of(session, day)), sealed


def _facts(sealed: Closed | None) -> list[tuple[str, str]]:
    spoken = language()
    if sealed is None:
        return [(say("finance.state", spoken), say("finance.open_as_of", spoken, moment=show_moment(now())))]
    facts = [
        (say("finance.closed_by", spoken), f"{sealed.closed_by}　{show_moment(sealed.closed_at)}"),
        (say("finance.seal", spoken), sealed.seal),
    ]
    return [*facts, (say("finance.closing_reason", spoken), sealed.reason)] if sealed.reason else facts


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
