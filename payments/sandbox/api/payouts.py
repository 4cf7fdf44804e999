"""`/v1/balance` and `/v1/payouts`: what Stripe holds, and sending it to the bank by hand."""

from typing import Any

from payments.sandbox.cashier.movements import current_balance
from payments.sandbox.cashier.payouts import send_payout
from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.expanding import expanded
from payments.sandbox.wire.forms import integer, one_of, only, required

CREATE_PARAMETERS = ("amount", "currency", "expand")


def balance(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """What Stripe holds."""
    only(parameters, ("expand",))
    return current_balance(sandbox)


def create(sandbox: Sandbox, parameters: dict[str, Any]) -> Body:
    """Send money to the bank by hand."""
    only(parameters, CREATE_PARAMETERS)
    one_of(required(parameters, "currency"), "currency", ("jpy",))
    amount = integer(required(parameters, "amount"), "amount", least=1)
    return expanded(sandbox, send_payout(sandbox, amount), parameters)
