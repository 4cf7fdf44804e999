"""A mail as RFC 5322 wants it; what could smuggle in a header is refused."""

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from engine.words import tag_of

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Unmailable(Exception):
    """The address or a header is not fit for a mail. The message repeats neither."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What to say to whom. `key` makes the Message-ID: the same letter sent twice is the same message.

    `html` says the same as `body`; without it the mail is plain text alone.
    """

    key: str
    recipient: str
    subject: str
    body: str
    language: str
    html: str = ""


def build(letter: Letter, sender_name: str, sender_address: str) -> EmailMessage:
    """The mail. Raises `Unmailable`."""
    if not _ADDRESS.fullmatch(letter.recipient):
        raise Unmailable("address")
    if _CONTROL.search(letter.subject) or _CONTROL.search(sender_name):
        raise Unmailable("header")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(sender_name, addr_spec=sender_address)
    mail["To"] = Address(addr_spec=letter.recipient)
    mail["Subject"] = letter.subject
    mail["Message-ID"] = f"<{letter.key}@{sender_address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.body, charset="utf-8", cte="base64")
    if letter.html:
        mail.add_alternative(letter.html, subtype="html", charset="utf-8", cte="base64")
    mail["Content-Language"] = tag_of(letter.language)
    return mail
