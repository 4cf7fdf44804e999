"""How a message reaches a person: a port of one method."""

from email.message import EmailMessage
from typing import Protocol


class NotDelivered(Exception):
    """The message could not be handed over; trying again later may help."""


class Channel(Protocol):
    """Hands over composed mails; `name` is kept with the message."""

    name: str

    def send(self, mail: EmailMessage) -> None:
        """Hand over. Raises `NotDelivered`."""
