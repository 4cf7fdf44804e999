"""GET /finance/days/<day>.csv: the ledger entries of a day as a table for spreadsheets."""

from collections.abc import Iterator

from flask import Response

from engine.words import say
from payments.day import overview
from payments.views import PostingView
from web.access import policy
from web.context import TOKYO, language, reading
from web.finance.days import day_of_address
from web.finance.frame import AUDITOR, FINANCE, blueprint
from web.finance.names import account_name, posting_name
from web.finance.spreadsheets import sheet

COLUMNS = ("when", "posting", "what", "reference", "debit_code", "debit", "credit_code", "credit", "yen", "reverses")


@blueprint.get("/finance/days/<day>.csv")
@policy(FINANCE, AUDITOR)
def export_day(day: str) -> Response:
    """One line an entry, in the order of the ledger, amounts in whole yen."""
    wanted = day_of_address(day)
    with reading() as session:
        postings = overview(session, wanted).postings
    head = [say(f"finance.csv_{column}", language()) for column in COLUMNS]
    content = sheet(head, (row for posting in postings for row in _rows(posting)))
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="entries-{wanted}.csv"'
    return response


def _rows(posting: PostingView) -> Iterator[list[object]]:
    moment = posting.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
    name = posting_name(posting.kind, language())
    for entry in posting.entries:
        debit = account_name(entry.debit, entry.debit_title, language())
        accounts = [entry.debit, debit, entry.credit, account_name(entry.credit, entry.credit_title, language())]
        yield [moment, posting.id, name, posting.reference, *accounts, entry.yen, posting.reverses]
