"""Where systems are told of what, and /operator/deliveries: what did not come through, and why."""

from datetime import date

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from procedures.errors import NotFound
from procedures.outgoing import deliveries, subscriptions
from procedures.outgoing.posting import AddressRefused
from procedures.outgoing.signing import Secrets
from procedures.outgoing.subscriptions import SubscriptionRefused
from web.access import MAY, policy
from web.context import current_actor, now, reading, settings, writing
from web.notifying import poster_of
from web.operator.clients import ALL, ONE, page_of, refused
from web.operator.frame import READER, blueprint, show

HERE = ONE + "/webhooks"
HOOK = HERE + "/<subscription_id>"
LONGEST_RANGE = 400


@blueprint.post(HERE)
@policy(MAY("client.write"))
def add_webhook(client_id: str) -> Response:
    """Tell it there of these events from now on; the answer shows the secret."""
    url, events, poster = request.form.get("url", "").strip(), request.form.getlist("event"), poster_of(settings())
    try:
        with writing() as session:
            added = subscriptions.subscribe(session, current_actor(), now(), client_id, url, events, poster)
            secret_id = subscriptions.secret_id_of(session, added)
    except (AddressRefused, SubscriptionRefused) as refusal:
        return page_of(client_id, refused(refusal.what), 422)
    return _secret(client_id, secret_id)


@blueprint.post(HOOK + "/secret")
@policy(MAY("client.write"))
def show_secret(client_id: str, subscription_id: str) -> Response:
    """The secret once more."""
    with reading() as session:
        _require(session, client_id, subscription_id)
        secret_id = subscriptions.secret_id_of(session, subscription_id)
    return _secret(client_id, secret_id)


@blueprint.post(HOOK + "/rotate")
@policy(MAY("client.write"))
def rotate_secret(client_id: str, subscription_id: str) -> Response:
    """A new secret; the earlier one signs beside it for a day."""
    with writing() as session:
        _require(session, client_id, subscription_id)
        secret_id = subscriptions.rotate(session, current_actor(), now(), subscription_id)
    return _secret(client_id, secret_id)


ACTS = {
    "pause": (subscriptions.pause, "paused"),  # send nothing for now
    "go-on": (subscriptions.go_on, "gone_on"),  # send again, first what was held
    "end": (subscriptions.end, "ended"),  # never send there again
}


@blueprint.post(HOOK + '/<any("pause", "go-on", "end"):act>')
@policy(MAY("client.write"))
def change_webhook(client_id: str, subscription_id: str, act: str) -> Response:
    """One of `ACTS`."""
    change, said = ACTS[act]
    with writing() as session:
        _require(session, client_id, subscription_id)
        change(session, current_actor(), now(), subscription_id)
    return _back(client_id, said)


@blueprint.post(HOOK + "/replay")
@policy(MAY("outgoing.resend"))
def replay_webhook(client_id: str, subscription_id: str) -> Response:
    """Send what happened on some days once more."""
    days = _range()
    if days is None:
        return page_of(client_id, refused("days"), 422)
    try:
        with writing() as session:
            _require(session, client_id, subscription_id)
            deliveries.replay(session, current_actor(), now(), subscription_id, *days)
    except deliveries.TooMany:
        return page_of(client_id, refused("many"), 422)
    return _back(client_id, "again")


@blueprint.get("/operator/deliveries")
@policy(READER)
def undelivered_webhooks() -> Response:
    """What did not come through, and the subscriptions that stand still."""
    with reading() as session:
        found = deliveries.undelivered(session)
        still = [one for one in subscriptions.every(session) if one.state == "paused"]
    return show("deliveries.html", rows=found, paused=still)


@blueprint.post("/operator/deliveries/<delivery_id>/again")
@policy(MAY("outgoing.resend"))
def send_delivery_again(delivery_id: str) -> Response:
    """Give a delivery that was given up a new start; pressed twice, it starts once."""
    with writing() as session:
        deliveries.send_again(session, current_actor(), now(), delivery_id)
    return redirect("/operator/deliveries?said=again", 303)


def _secret(client_id: str, secret_id: str) -> Response:
    return show("secret.html", client_id=client_id, secret=Secrets(settings().secret_key).shown(secret_id), once=False)


def _back(client_id: str, said: str) -> Response:
    return redirect(f"{ALL}/{client_id}?said={said}", 303)


def _require(session: Session, client_id: str, subscription_id: str) -> None:
    """Raises `NotFound` where the subscription is not this client's."""
    if subscription_id not in {one.id for one in subscriptions.every(session, client_id)}:
        raise NotFound(subscription_id)


def _range() -> tuple[date, date] | None:
    try:
        first, last = (date.fromisoformat(request.form.get(name, "")) for name in ("first", "last"))
    except ValueError:
        return None
    return (first, last) if 0 <= (last - first).days <= LONGEST_RANGE else None
