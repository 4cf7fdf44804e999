"""Mails over SMTP."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from procedures.channels import NotDelivered, Undeliverable

TIMEOUT_SECONDS = 20
PERMANENT = 500
"""Answers from here on mean that trying again is useless (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class SmtpChannel:
    """A server as `smtp://`, `smtp+starttls://` or `smtps://[user:password@]host[:port]`."""

    url: str
    name: str = "smtp"

    def send(self, mail: EmailMessage) -> None:
        """Hand over. Raises what the port says, without the address or the server's words, which may repeat it."""
        try:
            with self._connect() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            raise (Undeliverable if code >= PERMANENT else NotDelivered)(f"mail {code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotDelivered(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        connect = _SCHEMES[parts.scheme]
        server = connect(parts.hostname or "localhost", parts.port)
        if parts.username and parts.password:
            server.login(unquote(parts.username), unquote(parts.password))
        return server


def _plain(host: str, port: int | None) -> smtplib.SMTP:
    return smtplib.SMTP(host, port or 25, timeout=TIMEOUT_SECONDS)


def _starttls(host: str, port: int | None) -> smtplib.SMTP:
    server = smtplib.SMTP(host, port or 587, timeout=TIMEOUT_SECONDS)
    server.starttls(context=ssl.create_default_context())
    return server


def _tls(host: str, port: int | None) -> smtplib.SMTP:
    return smtplib.SMTP_SSL(host, port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())


_SCHEMES: dict[str, Callable[[str, int | None], smtplib.SMTP]] = {
    "smtp": _plain,
    "smtp+starttls": _starttls,
    "smtps": _tls,
}
