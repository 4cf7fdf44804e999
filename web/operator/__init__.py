"""The operator: is it up, is it ready, what waits and what broke."""

from web.operator import health, names, pages
from web.operator.frame import blueprint

__all__ = ["blueprint", "health", "names", "pages"]
