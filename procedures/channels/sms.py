"""Notices by SMS through a gateway that takes JSON over HTTP."""

import hmac
from dataclasses import dataclass

from procedures.channels import Undeliverable
from procedures.channels.notice import Notice, Sender
from procedures.channels.posting import TAKEN, encoded, post

MOST_PARTS = 3
"""What one notice may cost; longer ones are shortened, never their link."""
SINGLE, JOINED = 70, 67
"""How much of UCS-2 text an SMS holds alone, and as part of a longer one (3GPP TS 23.040), in UTF-16 units."""
SINGLE_GSM, JOINED_GSM = 160, 153
GSM = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
                "abcdefghijklmnopqrstuvwxyzäöñüà")  # fmt: skip
"""The alphabet of 3GPP TS 23.038 without its extension; text of it alone takes 7 bits a character."""


@dataclass(frozen=True, slots=True)
class SmsChannel:
    """A gateway at `url`.

    It gets `{"to", "text", "from", "id"}`; `id` stands in `Idempotency-Key` too. `token` goes as a bearer token; with a
    `signing_key` the body's HMAC-SHA256 in hex goes as `X-Signature`. It answers 2xx, or 409 for an `id` it has already
    taken; 429 (`Retry-After`) and 5xx are tried again; any other 4xx means that the number cannot be reached.
    """

    url: str
    sender: Sender
    token: str = ""
    signing_key: str = ""
    origin: str = ""
    name: str = "sms"

    def send(self, notice: Notice, address: str) -> None:
        """See the port. `address` as E.164."""
        content = {"to": address, "text": self.text_of(notice), "from": self.origin, "id": notice.key}
        body = encoded(content)
        headers = {"Idempotency-Key": notice.key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self.signing_key:
            headers["X-Signature"] = hmac.digest(self.signing_key.encode(), body, "sha256").hex()
        status = post(self.name, self.url, body, headers)
        if status not in TAKEN:
            raise Undeliverable(f"{self.name} {status}")

    def text_of(self, notice: Notice) -> str:
        """Who, what, where: short enough for `MOST_PARTS`."""
        who = self.sender.name(notice.language)
        what = notice.subject
        text = _said(who, what, notice)
        while parts(text) > MOST_PARTS and len(what) > 1:
            what = what.removesuffix("…")[:-1] + "…"
            text = _said(who, what, notice)
        return text


def _said(who: str, what: str, notice: Notice) -> str:
    start = f"{who}: {what}" if notice.language == "en" else f"【{who}】{what}"
    return f"{start}\n{notice.short_link}" if notice.short_link else start


def parts(text: str) -> int:
    """How many SMS a text takes."""
    if set(text) <= GSM:
        return _count(len(text), SINGLE_GSM, JOINED_GSM)
    return _count(len(text.encode("utf-16-le")) // 2, SINGLE, JOINED)


def _count(length: int, single: int, joined: int) -> int:
    return 1 if length <= single else -(-length // joined)
