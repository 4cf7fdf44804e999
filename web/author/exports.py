"""GET /author/procedures/<id>.csv: the pages of a procedure with their counts, as a table for spreadsheets."""

from dataclasses import astuple

from flask import Response

from engine.words import say
from web.access import policy
from web.author.frame import READER, blueprint
from web.author.pages import period, rows, told_of
from web.context import language
from web.spreadsheets import sheet

COLUMNS = ("page", "shown", "passed", "gone", "refused", "left", "waiting", "median", "ninth")


@blueprint.get("/author/procedures/<procedure_id>.csv")
@policy(READER)
def export(procedure_id: str) -> Response:
    """One line a page, as on the screen: so few people that one could be recognised are not counted out here either."""
    found, told = told_of(procedure_id, period())
    head = [say(f"author.column_{column}", language()) for column in COLUMNS]
    content = sheet(head, (astuple(row) for row in rows(found, told)))
    response = Response(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.id}.csv"'
    return response
