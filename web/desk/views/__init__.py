"""The views of the desk; importing them puts them on the blueprint."""

from web.desk.views import (
    case,
    claiming,
    correcting,
    deciding,
    examining,
    extending,
    messages,
    papers,
    proposing,
    queue,
    waivers,
)

__all__ = [
    "case",
    "claiming",
    "correcting",
    "deciding",
    "examining",
    "extending",
    "messages",
    "papers",
    "proposing",
    "queue",
    "waivers",
]
