"""/author: the procedures; /author/procedures/<id>: where people stop, what they get wrong, how long it takes."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, request

from engine.model import Procedure
from procedures import library
from procedures.insight.report import FEW, PageReport, Report, report
from web.access import policy
from web.author.frame import READER, blueprint, show
from web.author.words import LANGUAGE_NAMES, many, minutes, mistake_words, page_title, question_title
from web.context import language, reading, today

PERIODS = (7, 30, 90, 365)
USUAL = 30
MOST_MISTAKES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A page of a procedure in words. `gone`: of those who came, how many per cent did not answer it; None unknown."""

    title: str
    shown: str
    passed: str
    gone: int | None
    refused: str
    left: str
    waiting: str
    median: str
    ninth: str

    @classmethod
    def of(cls, procedure: Procedure, page: PageReport, reached: int) -> "Row":
        """`reached`: drafts that answered the page before, or began."""
        spoken = language()
        counts = (page.refused, page.left, page.waiting)
        refused, left, waiting = (many(count, spoken) for count in counts)
        return cls(
            page_title(procedure, page.page, spoken),
            many(page.shown, spoken),
            many(page.passed, spoken),
            round(100 * max(0, reached - page.passed) / reached) if reached >= FEW else None,
            refused,
            left,
            waiting,
            minutes(page.median, spoken),
            minutes(page.ninth, spoken),
        )


@blueprint.get("/author")
@policy(READER)
def procedures() -> Response:
    """Every procedure in force."""
    with reading() as session:
        found = library.offered(session, today())
    return show("procedures.html", found=[one.procedure for one in found])


@blueprint.get("/author/procedures/<procedure_id>")
@policy(READER)
def procedure(procedure_id: str) -> Response:
    """How one of them does, over the days chosen."""
    days = period()
    found, told = told_of(procedure_id, days)
    return show(
        "procedure.html",
        procedure=found,
        report=told,
        rows=rows(found, told),
        mistakes=mistakes(found, told)[:MOST_MISTAKES],
        devices=shares(told.devices, {}),
        languages=shares(told.languages, LANGUAGE_NAMES),
        started=many(told.started, language()),
        submitted=many(told.submitted, language()),
        without_script=many(told.without_script, language()),
        few=FEW,
        days=days,
        periods=PERIODS,
    )


def told_of(procedure_id: str, days: int) -> tuple[Procedure, Report]:
    """The version in force and the report of the last `days`. `NotFound` for an unknown procedure."""
    until = today()
    since: date = until - timedelta(days=days - 1)
    with reading() as session:
        found = library.in_force(session, procedure_id, until).procedure
        return found, report(session, found, since, until)


def period() -> int:
    """The days chosen in the address; 30 unless one of the others is."""
    chosen = request.args.get("days", "")
    return int(chosen) if chosen in {str(days) for days in PERIODS} else USUAL


def rows(found: Procedure, told: Report) -> list[Row]:
    """The pages in their order, each beside how many came as far as that."""
    reached, lines = told.started, []
    for page in told.pages:
        last = page.page == told.pages[-1].page
        lines.append(Row.of(found, page, 0 if last else reached))
        reached = max(page.passed, reached if not page.passed else 0)
    return lines


def mistakes(found: Procedure, told: Report) -> list[tuple[str, str, str]]:
    """(question, what was wrong, how often), the most frequent first."""
    spoken = language()
    return [
        (question_title(found, one.field, spoken), mistake_words(one.key, spoken), many(one.count, spoken))
        for one in told.mistakes
    ]


def shares(counts: dict[str, int], names: dict[str, str]) -> list[tuple[str, int, str]]:
    """(name or id, per cent, count); nothing while there are too few in all."""
    total = sum(counts.values())
    if total < FEW:
        return []
    return [(names.get(id, id), round(100 * count / total), many(count, language())) for id, count in counts.items()]
