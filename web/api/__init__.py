"""The API for other systems: submissions in, decided cases out."""

from web.api.frame import blueprint
from web.api.routes import ROUTES

__all__ = ["ROUTES", "blueprint"]
