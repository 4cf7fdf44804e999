"""The pages of those who manage an office: its people and their roles."""

from web.manage import changing, pages
from web.manage.frame import blueprint

__all__ = ["blueprint", "changing", "pages"]
