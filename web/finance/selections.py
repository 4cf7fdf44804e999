"""A selection of entries as an address, and an address as a selection."""

from collections.abc import Mapping
from datetime import date
from typing import get_args
from urllib.parse import urlencode

from engine.words import say
from payments.totals.selection import Figure, Selection
from web.context import language
from web.finance.frame import blueprint
from web.pages.dates import read_day

ENTRIES = "/finance/entries"
NONE = "none"
"""How an address spells the bureau or method of entries that have neither."""
LONGEST = 60
Problems = list[tuple[str, str]]


@blueprint.app_template_global()
def entries_address(path: str = ENTRIES, **facts: object) -> str:
    """The address of the entries behind a figure: what is None is left out, and "" is spelt `none`."""
    given = {name: NONE if fact == "" else str(fact) for name, fact in facts.items() if fact is not None}
    return f"{path}?{urlencode(given)}" if given else path


def read_selection(typed: Mapping[str, str]) -> tuple[Selection, Problems]:
    """What an address or the form of filters asks for, and what in it is no day or year; that counts as not given."""
    problems: Problems = []
    since, until = (_day(typed, name, problems) for name in ("since", "until"))
    if since and until and until < since:
        problems.append(("#until", say("finance.until_before_since", language())))
    figure, side = typed.get("figure", ""), typed.get("side", "")
    wanted = Selection(
        since=since,
        until=until,
        account=_text(typed, "account"),
        ledger=_text(typed, "ledger"),
        side=side if side in {"debit", "credit"} else None,  # type: ignore[arg-type]
        figure=figure if figure in get_args(Figure) else None,  # type: ignore[arg-type]
        kind=_text(typed, "kind"),
        fiscal_year=_year(typed.get("year", ""), problems),
        bureau=_or_none(typed, "bureau"),
        method=_or_none(typed, "method"),
    )
    return wanted, problems


def facts_of(wanted: Selection) -> dict[str, object]:
    """The selection as `entries_address` takes it."""
    return {
        "since": wanted.since,
        "until": wanted.until,
        "account": wanted.account,
        "ledger": wanted.ledger,
        "side": wanted.side,
        "figure": wanted.figure,
        "kind": wanted.kind,
        "year": wanted.fiscal_year,
        "bureau": wanted.bureau,
        "method": wanted.method,
    }


def _day(typed: Mapping[str, str], name: str, problems: Problems) -> date | None:
    text = typed.get(name, "").strip()
    day = read_day(text) if text else None
    if text and day is None:
        problems.append((f"#{name}", say("finance.bad_day", language(), text=text[:LONGEST])))
    return day


def _year(text: str, problems: Problems) -> int | None:
    text = text.strip()
    if not text:
        return None
    day = read_day(f"{text}-04-01")
    if day is None:
        problems.append(("#year", say("finance.bad_year", language(), text=text[:LONGEST])))
    return day.year if day else None


def _text(typed: Mapping[str, str], name: str) -> str | None:
    return typed.get(name, "").strip()[:LONGEST] or None


def _or_none(typed: Mapping[str, str], name: str) -> str | None:
    text = _text(typed, name)
    return "" if text == NONE else text
