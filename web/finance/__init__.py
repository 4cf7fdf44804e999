"""Finance: the money of a day, and the whole story of one charge."""

from web.finance import charges, days, exports
from web.finance.frame import blueprint

__all__ = ["blueprint", "charges", "days", "exports"]
