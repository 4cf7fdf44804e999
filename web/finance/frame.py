"""What every page of finance shares: its blueprint, who may use it, its navigation, how it is drawn."""

from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from engine.words import say
from web.access import MAY
from web.context import language

blueprint = Blueprint("finance", __name__)

READER = MAY("finance.read")
"""Who sees what only shows."""


@dataclass(frozen=True, slots=True)
class NavPage:
    """A page in finance's navigation: the key of its word, its address, its place in the order."""

    word: str
    address: str
    order: int


NAVIGATION = [
    NavPage("finance.nav_today", "/finance", 10),
    NavPage("finance.nav_search", "/finance/charges", 20),
    NavPage("finance.nav_entries", "/finance/entries", 30),
    NavPage("finance.nav_refunds", "/finance/refunds", 40),
    NavPage("finance.nav_disputes", "/finance/disputes", 50),
    NavPage("finance.nav_worklist", "/finance/discrepancies", 54),
    NavPage("finance.nav_bank", "/finance/bank", 55),
    NavPage("finance.nav_days", "/finance/days", 60),
    NavPage("finance.nav_totals", "/finance/totals", 70),
]
"""One line a page; the pages below an address belong to it."""


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of finance, with the navigation of its area."""
    page = render_template(f"finance/{template}", here="finance", area_nav=navigation(request.path), **values)
    return make_response(page, status)


def navigation(path: str) -> list[tuple[str, str, bool]]:
    """The navigation as (word, address, whether it is the page at `path`), in its order."""
    covering = [page.address for page in NAVIGATION if path == page.address or path.startswith(f"{page.address}/")]
    current = max(covering, key=len, default=None)
    pages = sorted(NAVIGATION, key=lambda page: page.order)
    return [(say(page.word, language()), page.address, page.address == current) for page in pages]
