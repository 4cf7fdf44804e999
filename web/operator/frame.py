"""What every page of the operator shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, render_template, request

from engine.words import say
from web.access import MAY
from web.context import language

blueprint = Blueprint("operator", __name__)

READER = MAY("operator.read")
AREA = (
    ("operator.area_overview", "/operator"),
    ("operator.area_clients", "/operator/clients"),
    ("operator.area_deliveries", "/operator/deliveries"),
)

# What a redirect may say was done; anything else in the address is ignored.
SAID = frozenset({"registered", "changed", "revoked", "paused", "gone_on", "ended", "again"})


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of the operator."""
    tabs = [(say(key, language()), address, address == _tab()) for key, address in AREA]
    done = request.args.get("said", "")
    said = say(f"operator.said_{done}", language()) if done in SAID else None
    page = render_template(f"operator/{template}", here="operator", area_nav=tabs, done=said, **values)
    return make_response(page, status)


def _tab() -> str:
    """The tab under which this page stands."""
    under = [address for _, address in AREA if request.path == address or request.path.startswith(address + "/")]
    return max(under, key=len)
