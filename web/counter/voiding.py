"""/counter/entries/<id>/void: asking that a mistake is voided, and agreeing as a second person."""

from flask import Response, request

from payments.counter.voiding import CannotVoid, agree, ask
from payments.models import CounterEntry
from procedures.errors import SamePerson
from web.access import MAY, policy
from web.context import current_actor, now, reading, writing
from web.counter.frame import blueprint, onward, show
from web.forms.plain_text import plain_lines

HERE = "/counter/entries/<entry_id>/void"


@blueprint.post(HERE)
@policy(MAY("counter.void"))
def ask_for_void(entry_id: str) -> Response:
    """A reason is needed."""
    reason = plain_lines(request.form.get("reason", ""))
    if not reason:
        return _refused(entry_id, "finance.counter_void_no_reason", 422)
    try:
        with writing() as session:
            ask(session, current_actor(), now(), entry_id, reason)
    except CannotVoid as why:
        return _refused(entry_id, f"finance.counter_void_{why.why}")
    return onward(_office(entry_id), "void_asked")


@blueprint.post(HERE + "/agree")
@policy(MAY("counter.void"))
def agree_to_void(entry_id: str) -> Response:
    """Never by who asked."""
    try:
        with writing() as session:
            agree(session, current_actor(), now(), entry_id)
    except SamePerson:
        return _refused(entry_id, "finance.counter_void_same")
    except CannotVoid as why:
        return _refused(entry_id, f"finance.counter_void_{why.why}")
    return onward(_office(entry_id), "voided")


def _refused(entry_id: str, key: str, status: int = 409) -> Response:
    return show("refused.html", status, key=key, office=_office(entry_id))


def _office(entry_id: str) -> str:
    """For the way back; "" where there is no such entry."""
    with reading() as session:
        entry = session.get(CounterEntry, entry_id)
    return entry.office if entry else ""
