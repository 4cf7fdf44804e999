"""What is asked of the queue, from an address and back into one: the one place that knows how."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import urlencode

from engine.lifecycle import Status
from procedures.cases import Place, QueueFilter, Scope
from procedures.reading.queues import SCOPES
from web.pages.dates import read_day

LONGEST = 60  # characters of a search, or of a name, that are looked at
DAYS = ("due_from", "due_to", "submitted_from", "submitted_to")
STATUSES = tuple(status for status in Status if status is not Status.DRAFT)
_NAME = re.compile(r"[\w.*:-]{1,60}\Z")
_PLACE = re.compile(r"(b?)(\d{4}-\d\d-\d\dT[\d:.]{8,15})\.\.([a-z0-9]{1,40})\.\.(\d{4}-\d\d-\d\d)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not understood and therefore left out: the name of the input, and the key of what to say about it."""

    name: str
    typed: str
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. `typed` is what stands in each input, also what was refused.

    `chosen`: whether it says which of the scopes it means.
    """

    filters: QueueFilter
    refused: tuple[Refused, ...]
    typed: Mapping[str, str]
    chosen: bool


def parse(arguments: Mapping[str, str], today: date) -> Asked:
    """Read a query string. What makes no sense is left out and told; nothing else is lost by it."""
    typed = {name: arguments.get(name, "").strip()[:LONGEST] for name in (*_READ, *DAYS, "q")}
    refused: list[Refused] = []
    found: dict[str, object] = {}
    for name, (column, read) in _READ.items():
        found[column] = read(typed[name])
        if typed[name] and found[column] is None:
            refused.append(Refused(name, typed[name], f"queue.bad_{name}"))
    for name in DAYS:
        found[name] = read_day(typed[name])
        if typed[name] and found[name] is None:
            refused.append(Refused(name, typed[name], "queue.bad_day"))
    for first, last in (DAYS[:2], DAYS[2:]):
        if (begins := found[first]) and (ends := found[last]) and begins > ends:  # type: ignore[operator] - days
            refused.append(Refused(first, typed[first], "queue.bad_span"))
            found[first] = found[last] = None
    tab = arguments.get("tab", "")
    scope: Scope | None = next((one for one in SCOPES if one == tab), None)
    narrowed = {column: value for column, value in found.items() if value is not None}
    words = " ".join(typed["q"].replace("\x00", "").split())
    filters = QueueFilter(
        today,
        scope or ("all" if words else "open"),
        words=words,
        place=_place(arguments.get("from", "")),
        **narrowed,  # type: ignore[arg-type] - each read for its own column
    )
    return Asked(filters, tuple(refused), typed, scope is not None)


def query_of(filters: QueueFilter, *, scope: Scope | None = None, place: Place | None = None) -> str:
    """The query string that `parse` reads as this filter; with another scope, or from another place on."""
    named = {
        "tab": scope or filters.scope,
        "procedure": filters.procedure_id,
        "office": filters.office,
        "assignee": filters.assignee,
        "status": filters.status,
        **{name: getattr(filters, name) for name in DAYS},
        "q": filters.words,
        "from": _written(place),
    }
    return urlencode([(name, str(value)) for name, value in named.items() if value])


def kept_query(filters: QueueFilter) -> str:
    """What of a filter is kept under a name: all but the words, which are mostly somebody's name, and the place."""
    return query_of(replace(filters, words=""))


def narrows(filters: QueueFilter) -> bool:
    """Whether it asks for less than a whole scope."""
    columns = ("procedure_id", "office", "assignee", "status", *DAYS, "words")
    return any(getattr(filters, column) for column in columns)


def _status(text: str) -> Status | None:
    return next((status for status in STATUSES if status == text), None)


def _name(text: str) -> str | None:
    return text if _NAME.match(text) else None


_READ = {
    "procedure": ("procedure_id", _name),
    "office": ("office", _name),
    "assignee": ("assignee", _name),
    "status": ("status", _status),
}


def _written(place: Place | None) -> str:
    if place is None:
        return ""
    at = place.at.astimezone(UTC).replace(tzinfo=None).isoformat()
    return f"{'b' * place.back}{at}..{place.application_id}..{place.on or ''}"


def _place(text: str) -> Place | None:
    """The place that was written so; the beginning for what is none."""
    read = _PLACE.match(text)
    if read is None:
        return None
    try:
        at = datetime.fromisoformat(f"{read[2]}+00:00")
        on = date.fromisoformat(read[4]) if read[4] else None
    except ValueError:
        return None
    return Place(at, read[3], on, back=bool(read[1]))
