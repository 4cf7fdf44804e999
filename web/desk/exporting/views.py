"""/desk/export: choosing the columns of the filtered queue, and the file, sent while it is read."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import parse_qsl

from flask import Response, request
from sqlalchemy.orm import Session

from engine.model import Procedure
from engine.words import say
from procedures import audit, library, looking
from procedures.actors import Actor
from procedures.database import Database
from procedures.days import tokyo_day
from procedures.exporting.columns import ANSWER, COLUMNS, USUAL, askable, cell, head
from procedures.exporting.reading import MOST, Exported, count, portions
from procedures.looking import Seen
from procedures.models import new_id
from procedures.reading.queues import QueueFilter
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, services, today, writing
from web.desk.frame import blueprint, show
from web.desk.pages.filters import parse, query_of
from web.spreadsheets import SHIFT_JIS, UTF_8, stream

HERE = "/desk/export"


@blueprint.get(HERE)
@policy(MAY("case.export"))
def choose_export() -> Response:
    """The columns to choose from; answers are there once the filter names one procedure."""
    return _form(parse(request.args, today()).filters)


@blueprint.post(HERE)
@policy(MAY("case.export"))
def export_queue() -> Response:
    """The file. That it was taken, by whom and with which questions, is in the audit log before the first line goes."""
    filters, actor, spoken = parse(request.form, today()).filters, current_actor(), language()
    with reading() as session:
        procedure = _procedure(session, filters)
    columns = _chosen(procedure)
    if not columns:
        return _form(filters, say("desk.export_no_column", spoken), 422)
    answers = [column.removeprefix(ANSWER) for column in columns if column.startswith(ANSWER)]
    with writing() as session:
        audit.record(session, actor, now(), "cases.export", new_id(), answers, note=filters.scope)
    database = services().database
    found = portions(database, actor, filters, with_answers=bool(answers), language=spoken)
    encoding = SHIFT_JIS if request.form.get("encoding") == "sjis" else UTF_8
    lines = stream(
        [head(column, procedure, spoken) for column in columns],
        _lines(database, actor, now(), found, columns, spoken),
        encoding,
        lambda lacking: say("desk.export_lacking", spoken, count=lacking),
    )
    charset = "utf-8" if encoding == UTF_8 else "Shift_JIS"
    response = Response(lines, content_type=f"text/csv; charset={charset}")
    response.headers["Content-Disposition"] = f'attachment; filename="cases-{tokyo_day(now()).isoformat()}.csv"'
    return response


def _lines(
    database: Database,
    actor: Actor,
    moment: datetime,
    found: Iterator[list[Exported]],
    columns: Sequence[str],
    spoken: str,
) -> Iterator[list[list[object]]]:
    """Every case that goes out was looked at, which is written first. A queue longer than a file ends by saying so."""
    total = 0
    for portion in found:
        with database.write() as session:
            looking.record_all(session, actor, moment, [Seen(case.application_id, "export") for case in portion])
        total += len(portion)
        yield [[cell(case, column, spoken) for column in columns] for case in portion]
    if total >= MOST:
        yield [[say("desk.export_cut", spoken, most=f"{MOST:,}")]]


def _procedure(session: Session, filters: QueueFilter) -> Procedure | None:
    """The procedure of the filter in its newest version; None where it names none, or one that there is not."""
    known = library.versions(session, filters.procedure_id) if filters.procedure_id else []
    return library.of_version(session, filters.procedure_id or "", max(known)) if known else None


def _chosen(procedure: Procedure | None) -> list[str]:
    """The columns that were ticked, in the order of the page; what is none is left out."""
    known = [*COLUMNS, *(ANSWER + field.id for field in (askable(procedure) if procedure else ()))]
    ticked = set(request.form.getlist("column"))
    return [column for column in known if column in ticked]


def _form(filters: QueueFilter, problem: str = "", status: int = 200) -> Response:
    with reading() as session:
        total = count(session, current_actor(), filters)
        procedure = _procedure(session, filters)
    return show(
        "export/choose.html",
        status,
        columns=list(COLUMNS),
        usual=USUAL,
        fields=askable(procedure) if procedure else [],
        procedure=procedure,
        total=total,
        most=MOST,
        query=query_of(filters),
        values=_as_form(filters),
        problems=[("#columns", problem)] if problem else [],
    )


def _as_form(filters: QueueFilter) -> list[tuple[str, str]]:
    """The filter as hidden fields, which the one parser reads again."""
    return parse_qsl(query_of(filters))
