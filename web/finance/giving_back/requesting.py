"""/finance/payments/<id>/refund: asking that money of a payment be given back."""

from dataclasses import dataclass, field

from flask import Response, redirect, request

from engine.words import say
from payments import refunds
from payments.refunds import How, RefundRefused
from payments.refunds.reading import PaymentOffer, offer
from payments.refunds.rules import LONGEST_NOTE, REASONS, Way
from web import looks
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.finance.frame import blueprint, show
from web.forms.plain_text import plain_lines
from web.pages.amounts import read_yen
from web.pages.rendering import yen as show_yen

HERE = "/finance/payments/<payment_row>/refund"
AT = {
    "yen": "#yen",
    "too_much": "#yen",
    "nothing_left": "#yen",
    "reason": "#reason",
    "note": "#note",
    "parts": "#parts",
    "way": "#way-outside",
    "instead": "#yen",
}


@dataclass
class Wanted:
    """What was typed, and what it means; `problems` are what cannot be understood."""

    yen: int | None
    parts: dict[str, int] | None
    problems: list[tuple[str, str]] = field(default_factory=list)


@blueprint.get(HERE)
@policy(MAY("finance.refund"))
def show_request(payment_row: str) -> Response:
    """The form: how much, from what, why, which way. 404 for a payment that is not there."""
    return _page(payment_row)


@blueprint.post(HERE)
@policy(MAY("finance.refund"))
def take_request(payment_row: str) -> Response:
    """Ask for it; somebody else has to approve. What was typed is never lost."""
    with reading() as session:
        offered = offer(session, payment_row)
    wanted = _read(offered)
    if wanted.problems or wanted.yen is None:
        return _page(payment_row, 422, wanted.problems)
    way: Way = "outside" if request.form.get("way") == "outside" else "provider"
    how = How(
        way,
        wanted.parts,
        request.form.get("instead") or None,
        request.form.get("discrepancy") or None,
    )
    note = plain_lines(request.form.get("note", ""))
    reason = request.form.get("reason", "")
    try:
        with writing() as session:
            made = refunds.request(session, current_actor(), now(), payment_row, wanted.yen, reason, note, how)
    except RefundRefused as refused:
        return _page(payment_row, 422, [(AT.get(refused.what, "#yen"), refusal_words(refused))])
    return redirect(f"/finance/refunds/{made}?done=requested", 303)


def refusal_words(refused: RefundRefused) -> str:
    """What is to be done about a refusal."""
    key = f"finance.refund_refused_{refused.what}"
    return say(key, language(), left=show_yen(refused.left, language()), most=LONGEST_NOTE)


def _read(offered: PaymentOffer) -> Wanted:
    yen = read_yen(request.form.get("yen", ""))
    found = Wanted(yen, None)
    if yen is None:
        found.problems.append(("#yen", say("finance.refund_refused_yen", language())))
    typed = {source.key: request.form.get(f"part-{place}", "").strip() for place, source in enumerate(offered.sources)}
    if len(offered.sources) > 1 and any(typed.values()):
        read = {key: read_yen(text) if text else 0 for key, text in typed.items()}
        if None in read.values():
            words = say("finance.refund_refused_parts", language(), left=show_yen(offered.left, language()))
            found.problems.append(("#parts", words))
        found.parts = {key: part for key, part in read.items() if part}
    return found


def _page(payment_row: str, status: int = 200, problems: list[tuple[str, str]] | None = None) -> Response:
    with reading() as session:
        offered = offer(session, payment_row)
    if offered.application_id:
        looks.record(current_actor(), offered.application_id, "payment", payment_row)
    given = request.form or request.args
    return show(
        "refund_request.html",
        status,
        offer=offered,
        problems=problems or [],
        typed=given,
        reasons=REASONS,
        longest=LONGEST_NOTE,
    )
