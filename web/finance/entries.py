"""/finance/entries: the entries behind any figure, with filters, their sum, and as CSV and PDF."""

from collections.abc import Iterator, Sequence
from math import ceil

from flask import Response, abort, request
from sqlalchemy.orm import Session

from engine.digits import whole
from engine.words import catalogue, say
from payments.totals.entries import EntryLine, entries_of, total_of
from payments.totals.lists import accounts_of_revenue, bureaus, ledger_accounts
from payments.totals.selection import FIGURES, Selection
from web.access import policy
from web.context import TOKYO, language, reading, today
from web.finance.frame import READER, blueprint, show
from web.finance.names import account_name, bureau_named, method_name, posting_name
from web.finance.selections import facts_of, read_selection
from web.finance.sending import MOST_ROWS, as_csv, as_pdf, section
from web.pages.rendering import show_date, yen

PAGE = 50
DEEPEST = 2000  # pages; beyond, filters help more
COLUMNS = (
    *("day", "when", "posting", "what", "reference", "year", "bureau"),
    *("debit_code", "debit", "credit_code", "credit", "yen", "reverses"),
)
PRINTED = ("csv_day", "what", "reference", "fiscal_year", "debit", "credit", "amount")
KINDS = "finance.posting_"
METHODS = "finance.method_"


@blueprint.get("/finance/entries")
@policy(READER)
def list_entries() -> Response:
    """A page of entries, those of this month where nothing is asked; a wrong filter is told and counts as not given."""
    wanted, problems = read_selection(request.args or {"since": str(today().replace(day=1))})
    page = page_asked()
    with reading() as session:
        total = total_of(session, wanted)
        found = entries_of(session, wanted, PAGE, (page - 1) * PAGE)
        choices = _choices(session)
    return show(
        "entries.html",
        422 if problems else 200,
        problems=problems,
        wanted=wanted,
        told=tell_selection(wanted, choices["titles"]),
        facts=facts_of(wanted),
        typed=request.args,
        total=total,
        entries=found,
        page=page,
        pages=max(1, ceil(total.count / PAGE)),
        choices=choices,
    )


@blueprint.get("/finance/entries.csv")
@policy(READER)
def export_entries() -> Response:
    """All of them, one line each, in the order of the ledger, amounts in whole yen."""
    wanted, _ = read_selection(request.args)
    with reading() as session:
        found = entries_of(session, wanted)
    return csv_of(name_of(wanted), found)


@blueprint.get("/finance/entries.pdf")
@policy(READER)
def print_entries() -> Response:
    """The first `MOST_ROWS` of them, saying so where there are more."""
    wanted, _ = read_selection(request.args)
    with reading() as session:
        total, found = total_of(session, wanted), entries_of(session, wanted, MOST_ROWS)
        titles = _choices(session)["titles"]
    cut = say("finance.pdf_cut", language(), count=MOST_ROWS, total=total.count) if total.count > len(found) else ""
    told = [(label, value) for _, label, value in tell_selection(wanted, titles)]
    facts = [*told, (say("finance.total", language()), yen(total.yen))]
    heading = say("finance.entries_count", language(), count=total.count)
    return as_pdf(name_of(wanted), say("finance.entries_title", language()), facts, [_section(heading, found, cut)])


def page_asked() -> int:
    """The page in the address; 404 for what is none."""
    page = whole(request.args.get("page", "1"), DEEPEST)
    if not page:
        abort(404)
    return page


def name_of(wanted: Selection) -> str:
    """The name of the file."""
    return "-".join(["entries", *(str(day) for day in (wanted.since, wanted.until) if day)])


def csv_of(name: str, found: Sequence[EntryLine]) -> Response:
    """Entries as CSV."""
    head = [say(f"finance.csv_{column}", language()) for column in COLUMNS]
    return as_csv(name, head, _rows(found))


def _rows(found: Sequence[EntryLine]) -> Iterator[list[object]]:
    spoken = language()
    for entry in found:
        moment = entry.at.astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
        what, bureau = posting_name(entry.kind, spoken), bureau_named(entry.bureau, spoken) if entry.bureau else ""
        debit = account_name(entry.debit, entry.debit_title, spoken)
        credit = account_name(entry.credit, entry.credit_title, spoken)
        about = [entry.day, moment, entry.posting_id, what, entry.reference, entry.fiscal_year, bureau]
        yield [*about, entry.debit, debit, entry.credit, credit, entry.yen, entry.reverses]


def _section(heading: str, found: Sequence[EntryLine], note: str) -> dict[str, object]:
    spoken = language()
    rows = [
        [
            str(entry.day),
            posting_name(entry.kind, spoken),
            entry.reference or "",
            str(entry.fiscal_year),
            account_name(entry.debit, entry.debit_title, spoken),
            account_name(entry.credit, entry.credit_title, spoken),
            f"{entry.yen:,}",
        ]
        for entry in found
    ]
    return {**section(heading, PRINTED, rows, 6), **({"note": note} if note else {})}


def _choices(session: Session) -> dict[str, dict[str, str]]:
    """What the filters offer, code → name."""
    spoken = language()
    revenue, ledger = accounts_of_revenue(session), ledger_accounts(session)
    return {
        "account": revenue,
        "ledger": {code: account_name(code, title, spoken) for code, title in ledger.items()},
        "figure": {name: say(f"finance.figure_{name}", spoken) for name in FIGURES},
        "kind": _worded(KINDS, spoken),
        "bureau": {code: bureau_named(code, spoken) for code in bureaus(session)},
        "method": _worded(METHODS, spoken),
        "titles": {**revenue, **ledger},
    }


def _worded(prefix: str, spoken: str) -> dict[str, str]:
    return {key.removeprefix(prefix): say(key, spoken) for key in catalogue() if key.startswith(prefix)}


def tell_selection(wanted: Selection, titles: dict[str, str]) -> list[tuple[str, str, str]]:
    """A selection as (name, label, value in words), without what is not set."""
    spoken = language()
    told: list[tuple[str, object]] = [
        ("since", show_date(wanted.since) if wanted.since else None),
        ("until", show_date(wanted.until) if wanted.until else None),
        ("figure", say(f"finance.figure_{wanted.figure}", spoken) if wanted.figure else None),
        ("account", f"{titles.get(wanted.account, '')} {wanted.account}".strip() if wanted.account else None),
        (
            "ledger",
            account_name(wanted.ledger, titles.get(wanted.ledger, wanted.ledger), spoken) if wanted.ledger else None,
        ),
        ("side", say(f"finance.{wanted.side}", spoken) if wanted.side and wanted.ledger else None),
        ("kind", posting_name(wanted.kind, spoken) if wanted.kind else None),
        ("year", wanted.fiscal_year),
        ("bureau", None if wanted.bureau is None else bureau_named(wanted.bureau, spoken)),
        ("method", None if wanted.method is None else method_name(wanted.method or "unknown", spoken)),
    ]
    return [(name, say(f"finance.filter_{name}", spoken), str(value)) for name, value in told if value is not None]
