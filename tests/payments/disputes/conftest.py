"""The desk of refunds serves disputes as well."""

from tests.payments.refunds.conftest import finance

__all__ = ["finance"]
