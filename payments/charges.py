"""Charges (調定) for the layers above: demanded from a frozen quote, paid through a checkout, or ended unpaid."""

from payments.checkouts.attempts import being_paid, number_is_out
from payments.checkouts.opening import NothingToPay, Opened, PriceChanged, open_checkout, open_shared_checkout
from payments.demands.demanding import demand
from payments.demands.reading import due_days, for_application, paid_yen, payable, waiting_for_payment
from payments.demands.returned import given_back
from payments.endings import lapse_overdue, withdraw_charges

__all__ = [
    "NothingToPay",
    "Opened",
    "PriceChanged",
    "being_paid",
    "demand",
    "due_days",
    "for_application",
    "given_back",
    "lapse_overdue",
    "number_is_out",
    "open_checkout",
    "open_shared_checkout",
    "paid_yen",
    "payable",
    "waiting_for_payment",
    "withdraw_charges",
]
