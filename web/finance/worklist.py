"""GET /finance/discrepancies: what does not match, by kind, age and who looks after it."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, request

from engine.digits import whole
from engine.words import say
from payments.discrepancies.aging import BANDS
from payments.discrepancies.listing import Filter, Worklist, worklist
from payments.discrepancies.working import finance_people
from web.access import policy
from web.context import language, reading, today
from web.finance.frame import READER, blueprint, show
from web.finance.names import kind_name

STANDINGS = ("open", "proposed", "resolved")
MOST_PAGES = 100_000
HERE = "/finance/discrepancies"


@blueprint.get(HERE)
@policy(READER)
def show_worklist() -> Response:
    """The list; a filter that says nothing sensible counts as none."""
    wanted = _wanted()
    with reading() as session:
        found = worklist(session, today(), wanted)
        people = finance_people(session)
    return show(
        "worklist.html",
        wanted=wanted,
        found=found,
        people=people,
        standings=[
            (name, _link(replace(wanted, standing=name, page=1)), name == wanted.standing) for name in STANDINGS
        ],
        bands=_bands(found, wanted),
        kinds=[(kind, kind_name(kind, language()), count) for kind, count in found.by_kind.items()],
        pages=_pages(found, wanted),
    )


def _wanted() -> Filter:
    asked = request.args
    band = asked.get("band", "")
    standing = asked.get("standing", "open")
    assigned = asked.get("assigned", "")
    return Filter(
        standing=standing if standing in STANDINGS else "open",
        kind=asked.get("kind") or None,
        band=int(band) if band in {str(index) for index in range(len(BANDS))} else None,
        assigned={"": None, "nobody": ""}.get(assigned, f"person:{assigned}"),
        page=whole(asked.get("page", ""), MOST_PAGES) or 1,
    )


def _link(wanted: Filter) -> str:
    """The address of the list filtered so."""
    told = {
        "standing": wanted.standing if wanted.standing != "open" else None,
        "kind": wanted.kind,
        "band": wanted.band,
        "assigned": _assigned(wanted),
        "page": wanted.page if wanted.page > 1 else None,
    }
    query = urlencode({name: value for name, value in told.items() if value is not None})
    return f"{HERE}?{query}" if query else HERE


def _assigned(wanted: Filter) -> str | None:
    if wanted.assigned is None:
        return None
    return wanted.assigned.removeprefix("person:") or "nobody"


def band_name(band: int) -> str:
    """A band of ages in words."""
    first, last = BANDS[band]
    if last is None:
        return say("finance.band_over", language(), days=first - 1)
    return say("finance.band", language(), first=first, last=last)


def _bands(found: Worklist, wanted: Filter) -> list[tuple[str, int, str, bool]]:
    """Each band as (words, how many are open, where it leads, whether it is the one chosen)."""
    return [
        (band_name(band), count, _link(Filter(band=band)), band == wanted.band)
        for band, count in enumerate(found.by_band)
    ]


def _pages(found: Worklist, wanted: Filter) -> list[tuple[int | None, str, bool]]:
    """The pages around this one, with gaps."""
    shown = sorted({1, found.pages, *range(max(1, wanted.page - 2), min(found.pages, wanted.page + 2) + 1)})
    pages: list[tuple[int | None, str, bool]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            pages.append((None, "", False))
        pages.append((number, _link(replace(wanted, page=number)), number == wanted.page))
    return pages
