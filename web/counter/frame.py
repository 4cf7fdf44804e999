"""What every page of the counter shares: its blueprint, who may use it, how it is drawn."""

from flask import Blueprint, Response, make_response, redirect, render_template, request

from engine.words import say
from payments.counter.slips import LONGEST, BadSlip
from payments.counter.taking import SlipUsed
from web.access import MAY
from web.context import language

blueprint = Blueprint("counter", __name__)

READER = MAY("counter.read")
CASHIER = MAY("counter.take")

# What a redirect may say was done; anything else in the address is ignored.
DONE = {
    "taken": "finance.counter_taken",
    "void_asked": "finance.counter_void_asked",
    "voided": "finance.counter_voided",
    "deposited": "finance.counter_deposited",
}


def show(template: str, status: int = 200, **values: object) -> Response:
    """A page of the counter."""
    done = DONE.get(request.args.get("done", ""))
    said = say(done, language()) if done else None
    return make_response(render_template(f"counter/{template}", here="counter", done=said, **values), status)


def onward(office: str, done: str) -> Response:
    """Back to the day's sheet after something was done, so that reloading does it no second time."""
    return redirect(f"/counter?office={office}&done={done}", 303)


def slip_problem(error: BadSlip | SlipUsed) -> str:
    """What is wrong with the number of a slip."""
    key = "finance.counter_slip_used" if isinstance(error, SlipUsed) else "finance.counter_slip_wrong"
    return say(key, language(), longest=LONGEST)
