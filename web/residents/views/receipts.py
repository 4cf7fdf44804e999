"""Receipts for what the applicant paid."""

from werkzeug.wrappers import Response

from payments import charges
from procedures import applications
from procedures.errors import NotFound
from web import receipting
from web.access import APPLICANT, policy
from web.context import current_actor, reading
from web.receipting import Door
from web.residents.routes import blueprint

RECEIPT = "/applications/<application_id>/charges/<charge_id>/receipt"


@blueprint.get(RECEIPT)
@policy(APPLICANT)
def receipt(application_id: str, charge_id: str) -> Response:
    """Where the receipt stands."""
    return receipting.show(_door(application_id, charge_id))


@blueprint.post(RECEIPT)
@policy(APPLICANT)
def ask_for_receipt(application_id: str, charge_id: str) -> Response:
    """Issue it, or issue it again."""
    return receipting.ask(_door(application_id, charge_id))


@blueprint.get(RECEIPT + "/<copy_id>")
@policy(APPLICANT)
def receipt_file(application_id: str, charge_id: str, copy_id: str) -> Response:
    """The PDF."""
    return receipting.fetch(_door(application_id, charge_id), copy_id)


def _door(application_id: str, charge_id: str) -> Door:
    """The applicant's own. Raises `NotFound`."""
    with reading() as session:
        applications.view_own(session, current_actor(), application_id)
        found = [charge for charge in charges.for_application(session, application_id) if charge.id == charge_id]
    if not found:
        raise NotFound(charge_id)
    here = f"/applications/{application_id}/charges/{charge_id}/receipt"
    return Door(charge_id, None, here, f"/applications/{application_id}", found[0].payer)
