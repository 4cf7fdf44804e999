"""Messages from outside that prove themselves by a signature."""

from web.hooks.stripe import blueprint

__all__ = ["blueprint"]
