"""The views of the desk; importing them puts them on the blueprint."""

from web.desk.views import (
    case,
    changing,
    claiming,
    correcting,
    deciding,
    deputies,
    examining,
    extending,
    messages,
    papers,
    proposing,
    queue,
    sampling,
    saved,
    waivers,
)

__all__ = [
    "case",
    "changing",
    "claiming",
    "correcting",
    "deciding",
    "deputies",
    "examining",
    "extending",
    "messages",
    "papers",
    "proposing",
    "queue",
    "sampling",
    "saved",
    "waivers",
]
