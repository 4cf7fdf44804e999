"""The operator: is it up, is it ready, what waits and what broke; which other systems may do what."""

from web.operator import clients, health, names, pages, webhooks
from web.operator.frame import blueprint

__all__ = ["blueprint", "clients", "health", "names", "pages", "webhooks"]
