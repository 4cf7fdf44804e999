"""/desk/office: how an office does, by fiscal year, by month and procedure; also as CSV."""

from collections.abc import Iterable

from flask import Response, abort, request
from sqlalchemy.orm import Session

from engine.words import say
from procedures import library
from procedures.actors import EVERYWHERE
from procedures.authority import offices_where
from procedures.errors import NotFound
from procedures.people import offices as known
from procedures.statistics.asked import Asked
from procedures.statistics.reading import cells, report
from procedures.statistics.standing import standing
from web.access import MAY, policy
from web.context import current_actor, language, reading, today
from web.desk.frame import blueprint, show
from web.desk.pages import office as page
from web.desk.pages.office import Chosen
from web.finance.periods import Year, year_of
from web.finance.sending import as_csv

FIGURES = "office.figures"
HEAD = (
    "office_id",
    "office",
    "month",
    "procedure_id",
    "procedure",
    *page.COLUMNS,
    "decided",
    "median",
    "ninth",
    "calendar_median",
    "calendar_ninth",
    "timed",
    "late",
    "corrected",
)


@blueprint.get("/desk/office")
@policy(MAY(FIGURES))
def show_office() -> Response:
    """The figures of one office, or of all that this person may look at. 404 for another's."""
    mine = offices_where(current_actor(), FIGURES)
    with reading() as session:
        chosen, asked = _asked(session, mine)
        found, now = report(session, asked), standing(session, asked, today())
        choices = _choices(session, mine)
        names = known.names_of(session, {*found.offices, *now.by_office, *choices}, language())
        titles = _titles(session, {*found.procedures, *now.by_procedure, chosen.procedure} - {""})
    by_month = page.by_month(found, chosen, today())
    return show(
        "office.html",
        chosen=chosen,
        report=found,
        now=now,
        names=names,
        titles=titles,
        choices=choices,
        years=_years(chosen.year),
        cards=page.cards(found, now, chosen, today(), language()),
        months=page.months(found, chosen, today()),
        procedures=page.procedures(found, now, chosen, titles, today()),
        offices=page.offices(found, now, chosen, names, today()),
        ages=page.ages(now, chosen, today()),
        charts=page.charts(by_month, language()),
        days=page.days,
        percent=page.percent,
    )


@blueprint.get("/desk/office.csv")
@policy(MAY(FIGURES))
def export_office() -> Response:
    """The same by office, month and procedure."""
    with reading() as session:
        chosen, asked = _asked(session, offices_where(current_actor(), FIGURES))
        found = cells(session, asked)
        names = known.names_of(session, {office for office, _, _ in found}, language())
        titles = _titles(session, {procedure for _, _, procedure in found})
    head = [say(f"desk.office_csv_{key}", language()) for key in HEAD]
    return as_csv(f"office-{chosen.office or 'all'}-{chosen.year}", head, page.csv_rows(found, names, titles))


def _asked(session: Session, mine: frozenset[str]) -> tuple[Chosen, Asked]:
    office, procedure = request.args.get("office", ""), request.args.get("procedure", "")
    year = Year.read(request.args.get("year", "")) or year_of(today())
    if office and EVERYWHERE not in mine and office not in mine:
        abort(404)
    if procedure and not library.versions(session, procedure):
        abort(404)
    offices = frozenset({office}) if office else mine
    return Chosen(office, procedure, year), Asked(
        offices, year.months[0].first, year.months[-1].first, procedure or None
    )


def _choices(session: Session, mine: frozenset[str]) -> list[str]:
    """The offices to choose from; none where there is but one."""
    all_of_them = [office.id for office in known.all_known(session)] if EVERYWHERE in mine else sorted(mine)
    return all_of_them if len(all_of_them) > 1 else []


def _titles(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """What procedures are called, in their newest version that is in force."""
    found = {}
    for id in ids:
        try:
            found[id] = library.in_force(session, id, today()).procedure.title.say(language())
        except NotFound:
            found[id] = id
    return found


def _years(year: Year) -> list[tuple[int, str]]:
    """The years beside this one, as far as they have begun."""
    return [(one.year, str(one)) for one in (Year(year.year - 1), Year(year.year + 1)) if one.first <= today()]
