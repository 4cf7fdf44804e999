"""POST /webhooks/stripe: verified, stored once, answered; the work is a job's."""

import structlog
from flask import Blueprint, Response, abort, request

from payments.webhooks import BadSignature, receive
from web.access import SIGNED_MESSAGE, policy
from web.context import now, services, writing

blueprint = Blueprint("hooks", __name__)
log = structlog.get_logger("hooks")
LARGEST = 1024 * 1024  # bytes; an event of Stripe has a few thousand


@blueprint.post("/webhooks/stripe")
@policy(SIGNED_MESSAGE)
def stripe() -> Response:
    """204 once it is stored; 400 for a bad signature, and then nothing is stored."""
    if (request.content_length or 0) > LARGEST:
        abort(413)
    signature = request.headers.get("Stripe-Signature", "")
    try:
        with writing() as session:
            receive(session, services().provider, now(), request.get_data(), signature)
    except BadSignature:
        log.warning("webhook_refused")
        return Response("bad signature\n", 400, content_type="text/plain")
    return Response(status=204)
