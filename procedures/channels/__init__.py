"""How a notice reaches a person: a port of one method, filled by one file for each channel."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Protocol

from procedures.channels.notice import Notice
from procedures.jobs import Hopeless, TryLater


class NotDelivered(TryLater):
    """It could not be handed over; trying again later may help, not before `after` where the other side said so.

    `reason` is a short word for operators, without address and without what the other side said about it.
    """

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason, after)


class Undeliverable(Hopeless):
    """It will not be taken by this channel, however often it is asked. `reason` as above.

    `address_at_fault`: nothing will ever reach this address; otherwise it is the channel that has come to an end.
    """

    def __init__(self, reason: str, *, address_at_fault: bool = True) -> None:
        self.address_at_fault = address_at_fault
        super().__init__(reason)


class Channel(Protocol):
    """Hands over notices. `name` is what choices and kept messages call it."""

    name: str

    def send(self, notice: Notice, address: str) -> None:
        """Hand over. The same `notice.key` again is the same message. Raises `NotDelivered`, `Undeliverable`."""

    def text_of(self, notice: Notice) -> str:
        """What the person reads, as it is kept with the case."""


class MailServer(Protocol):
    """Where composed mails are handed over."""

    name: str

    def send(self, mail: EmailMessage) -> None:
        """Hand over. Raises `NotDelivered`, `Undeliverable`."""
