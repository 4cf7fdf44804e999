"""Pages of money that is given back, and of money that was taken back: refunds and disputes."""

from web.finance.giving_back import acting, disputes, listing, requesting

__all__ = ["acting", "disputes", "listing", "requesting"]
