"""A table as a file: CSV in the encoding that the person chose, or PDF."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from flask import Response, make_response, request

from engine.words import say
from web.context import current_actor, language, now, settings
from web.pages.rendering import authority, show_moment
from web.spreadsheets import SHIFT_JIS, UTF_8, sheet

TEMPLATE = "finance-table"
MOST_ROWS = 3000
"""Rows in one PDF, about 80 pages; more are for spreadsheets."""
WIDE = frozenset(
    {"account", "by_account", "by_bureau", "by_day", "by_month", "credit", "debit", "discrepancy", "other_account"}
)
"""Columns that take what room there is; the others are as wide as what stands in them."""


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download: `?encoding=sjis` gives Shift_JIS, anything else UTF-8."""
    encoding = SHIFT_JIS if request.args.get("encoding") == "sjis" else UTF_8
    content = sheet(head, rows, encoding, partial(_missing, language()))
    charset = "utf-8" if encoding == UTF_8 else "Shift_JIS"
    return _file(content, f"{name}.csv", f"text/csv; charset={charset}")


def as_pdf(
    name: str, title: str, facts: Sequence[tuple[str, str]], sections: Sequence[Mapping[str, object]]
) -> Response:
    """A tagged PDF on A4: who serves it, made when and by whom, then tables.

    A section is {heading, columns: [{title, right}], rows: [[text]], total: [text] or [], note}.
    """
    from procedures.papers.typesetting import typeset

    spoken = language()
    made = say("finance.pdf_made", spoken, moment=show_moment(now()), name=current_actor().name)
    contents = {
        "language": "en" if spoken == "en" else "ja",
        "title": title,
        "authority": authority().name.say(spoken),
        "made": made,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "sections": list(sections),
    }
    pdf = typeset(settings().specs_dir / "templates", TEMPLATE, contents)
    return _file(pdf, f"{name}.pdf", "application/pdf")


def section(
    heading: str, heads: Sequence[str], rows: Sequence[Sequence[str]], left: int, total: Sequence[str] = ()
) -> dict[str, object]:
    """A table of a PDF. `heads` are words of finance; the columns from `left` on hold numbers; `total` ends it."""
    columns = [
        {"title": say(f"finance.{key}", language()), "right": place >= left, "wide": key in WIDE}
        for place, key in enumerate(heads)
    ]
    note = "" if rows else say("finance.none_this_day", language())
    return {"heading": heading, "columns": columns, "rows": list(rows), "total": list(total), "note": note}


def _missing(spoken: str, count: int) -> str:
    return say("finance.csv_missing", spoken, count=count)


def _file(content: bytes, name: str, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
