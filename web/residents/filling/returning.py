"""Where somebody goes back to after changing one answer: the check page, or the list of all pages."""

from flask import request

PLACES = {"check": "/check", "tasks": ""}
"""By their name in `?return=`: what follows the application's address."""


def returning() -> str:
    """The name of the place; empty for who goes through the pages one after another."""
    wanted = request.args.get("return", "")
    return wanted if wanted in PLACES else ""


def tail() -> str:
    """The query string that keeps it."""
    return f"?return={place}" if (place := returning()) else ""


def place_of(application_id: str, name: str) -> str:
    """The address of a place."""
    return f"/applications/{application_id}{PLACES[name]}"
