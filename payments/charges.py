"""Charges (調定) for the layers above: demanded from a frozen quote, paid through a checkout, or ended unpaid."""

from payments.checkouts.opening import NothingToPay, Opened, open_checkout
from payments.demands.demanding import demand
from payments.demands.reading import for_application, waiting_for_payment
from payments.endings import lapse_overdue, withdraw_charges

__all__ = [
    "NothingToPay",
    "Opened",
    "demand",
    "for_application",
    "lapse_overdue",
    "open_checkout",
    "waiting_for_payment",
    "withdraw_charges",
]
