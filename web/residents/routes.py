"""The blueprint of residents' pages; the modules imported at the end hang their views on it."""

from flask import Blueprint
from werkzeug.routing import BaseConverter

from procedures.errors import NoCorrection, NotFound
from web.residents.filling.drafted import Elsewhere, Outdated, go_there, go_to_new_version
from web.residents.filling.missing import not_here, to_application
from web.residents.telling import components
from web.residents.telling.words import bill_lines, lang


class ListConverter(BaseConverter):
    """Where a list stands: `dogs`, `firm.officers`, `dogs/1/papers` (see `web.residents.filling.places`)."""

    regex = r"(?!remove/)[A-Za-z][A-Za-z0-9_.]*(?:/[1-9][0-9]*/(?!remove$)[A-Za-z][A-Za-z0-9_.]*)*"
    part_isolating = False


blueprint = Blueprint("residents", __name__)
blueprint.add_app_template_global(lang)
blueprint.add_app_template_global(bill_lines)
blueprint.record_once(lambda state: state.app.url_map.converters.update(list=ListConverter))
blueprint.record_once(lambda state: components.install(state.app))
blueprint.register_error_handler(Elsewhere, go_there)
blueprint.register_error_handler(Outdated, go_to_new_version)
blueprint.register_error_handler(NotFound, not_here)
blueprint.register_error_handler(NoCorrection, to_application)

from web.residents.acting import granting  # noqa: E402 - as below
from web.residents.acting import views as acting  # noqa: E402
from web.residents.views import (  # noqa: E402 - each of them needs the blueprint above
    applications,
    catalogue,
    checking,
    correcting,
    correcting_places,
    downloads,
    feedback,
    items,
    messages,
    paying,
    postcodes,
    profile,
    reaching,
    receipts,
    resuming,
    sharing,
    steps,
    stopped,
    unfinished,
    uploads,
)

__all__ = [
    "acting",
    "applications",
    "blueprint",
    "catalogue",
    "checking",
    "correcting",
    "correcting_places",
    "downloads",
    "feedback",
    "granting",
    "items",
    "messages",
    "paying",
    "postcodes",
    "profile",
    "reaching",
    "receipts",
    "resuming",
    "sharing",
    "steps",
    "stopped",
    "unfinished",
    "uploads",
]
