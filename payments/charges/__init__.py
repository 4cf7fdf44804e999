"""Charges (調定): demanded from a frozen quote, paid through a checkout, or lapsed."""

from payments.charges.checkout import Opened, open_checkout
from payments.charges.demanding import demand
from payments.charges.ending import lapse_overdue, withdraw_charges
from payments.charges.reading import for_application, waiting_for_payment

__all__ = [
    "Opened",
    "demand",
    "for_application",
    "lapse_overdue",
    "open_checkout",
    "waiting_for_payment",
    "withdraw_charges",
]
