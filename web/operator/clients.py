"""/operator/clients: other systems, what they may do, their secrets and keys."""

import json
from collections.abc import Callable, Mapping

from flask import Response, redirect, request
from sqlalchemy.orm import Session

from engine.words import say
from procedures.clients import managing
from procedures.clients.client import SCOPES, Client
from procedures.clients.managing import ClientRefused, Wanted
from procedures.outgoing import deliveries, subscriptions
from procedures.outgoing.events import EVENTS
from procedures.submitting.applicants import LEVELS
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.operator.frame import READER, blueprint, show

ALL = "/operator/clients"
ONE = ALL + "/<client_id>"
LONGEST = 20_000
Problems = list[tuple[str, str]]


@blueprint.get(ALL)
@policy(READER)
def clients() -> Response:
    """Every system, and a form for a new one."""
    return _all()


@blueprint.post(ALL)
@policy(MAY("client.write"))
def register_client() -> Response:
    """Register one."""
    try:
        with writing() as session:
            client_id = managing.register(session, current_actor(), now(), _wanted())
    except ClientRefused as refusal:
        return _all(refused(refusal.what), 422)
    return redirect(f"{ALL}/{client_id}?said=registered", 303)


@blueprint.get(ONE)
@policy(READER)
def client(client_id: str) -> Response:
    """One system: what it may do, its secrets, its keys, where it is told of what."""
    return page_of(client_id)


@blueprint.post(ONE)
@policy(MAY("client.write"))
def change_client(client_id: str) -> Response:
    """Let it do something else from now on."""
    return _done(client_id, "changed", lambda s: managing.change(s, current_actor(), now(), client_id, _wanted()))


@blueprint.post(ONE + "/secrets")
@policy(MAY("client.write"))
def add_secret(client_id: str) -> Response:
    """A new secret, shown by this answer and never again."""
    try:
        with writing() as session:
            secret = managing.add_secret(session, current_actor(), now(), client_id)
    except ClientRefused as refusal:
        return page_of(client_id, refused(refusal.what), 422)
    return show("secret.html", client_id=client_id, secret=secret, once=True)


@blueprint.post(ONE + "/secrets/<secret_id>/revoke")
@policy(MAY("client.write"))
def revoke_secret(client_id: str, secret_id: str) -> Response:
    """Let a secret open nothing any more."""
    actor = current_actor()
    return _done(client_id, "revoked", lambda s: managing.revoke_secret(s, actor, now(), client_id, secret_id))


@blueprint.post(ONE + "/keys")
@policy(MAY("client.write"))
def set_keys(client_id: str) -> Response:
    """The public keys by which it proves itself."""
    return _done(client_id, "changed", lambda s: managing.set_keys(s, current_actor(), now(), client_id, _keys()))


@blueprint.post(ONE + "/revoke")
@policy(MAY("client.write"))
def revoke_client(client_id: str) -> Response:
    """Let it do nothing any more; its webhooks end too."""

    def revoke(session: Session) -> None:
        subscriptions.end_all(session, current_actor(), now(), client_id)
        managing.revoke(session, current_actor(), now(), client_id)

    return _done(client_id, "revoked", revoke)


def page_of(client_id: str, problems: Problems | None = None, status: int = 200) -> Response:
    """The page of one system. Raises `NotFound`."""
    with reading() as session:
        found = managing.one(session, client_id)
        subscribed = subscriptions.every(session, client_id)
        counted = {one.id: deliveries.counts(session, one.id) for one in subscribed}
        secrets = managing.secrets_of(session, client_id)
    keys = json.dumps(found.jwks, ensure_ascii=False, indent=1) if found.jwks else ""
    typed = request.form if problems and "name" in request.form else _form_of(found)
    return show(
        "client.html",
        status,
        client=found,
        moment=now(),
        secrets=secrets,
        keys=request.form.get("jwks", keys)[:LONGEST],
        subscriptions=subscribed,
        counted=counted,
        events=EVENTS,
        typed=typed,
        chosen=_chosen(typed),
        url=request.form.get("url", "")[:LONGEST],
        picked=request.form.getlist("event"),
        problems=problems or [],
        scopes=SCOPES,
        levels=LEVELS,
    )


def refused(what: str) -> Problems:
    """What is wrong, as the summary of a page tells it."""
    place = {"reach": "offices", "keys": "jwks", "secrets": "secrets", "events": "event"}.get(what, what)
    place = "url" if what in {"address", "plain", "user", "private"} else place
    place = {"days": "webhooks", "many": "webhooks"}.get(what, place)
    return [(f"#{place}", say(f"operator.clients_wrong_{what}", language()))]


def _all(problems: Problems | None = None, status: int = 200) -> Response:
    with reading() as session:
        found = managing.every(session)
    typed = request.form if problems else {"level": LEVELS[0]}
    page = {"typed": typed, "chosen": _chosen(typed), "problems": problems or [], "scopes": SCOPES, "levels": LEVELS}
    return show("clients.html", status, clients=found, **page)


def _done(client_id: str, said: str, act: Callable[[Session], None]) -> Response:
    """Act, and show the page again; what is refused stands on it."""
    try:
        with writing() as session:
            act(session)
    except ClientRefused as refusal:
        return page_of(client_id, refused(refusal.what), 422)
    return redirect(f"{ALL}/{client_id}?said={said}", 303)


def _wanted() -> Wanted:
    form = request.form
    offices, procedures = (form.get(name, "")[:LONGEST].split() for name in ("offices", "procedures"))
    return Wanted(
        name=form.get("name", ""),
        scopes=form.getlist("scope"),
        offices=offices,
        procedures=procedures,
        level=form.get("level", ""),
    )


def _form_of(found: Client) -> Mapping[str, object]:
    return {
        "name": found.name,
        "scope": found.scopes,
        "offices": "\n".join(found.offices),
        "procedures": "\n".join(found.procedures),
        "level": found.level,
    }


def _chosen(typed: Mapping[str, object]) -> list[str]:
    """The scopes that are ticked."""
    return request.form.getlist("scope") if typed is request.form else list(typed.get("scope", ()))


def _keys() -> Mapping[str, object] | None:
    text = request.form.get("jwks", "").strip()
    if not text:
        return None
    try:
        found = json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        raise ClientRefused("keys") from None
    if not isinstance(found, dict):
        raise ClientRefused("keys")
    return found
