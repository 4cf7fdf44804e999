"""The authors of procedures: how each one does with those who use it."""

from web.author import exports, inventory, pages
from web.author.frame import blueprint

__all__ = ["blueprint", "exports", "inventory", "pages"]
