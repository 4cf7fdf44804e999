"""Notices by LINE: a text pushed through the Messaging API to somebody who signed in with LINE."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from procedures.channels import Undeliverable
from procedures.channels.notice import Notice, Sender
from procedures.channels.posting import TAKEN, encoded, post

API = "https://api.line.me"
PUSH = "/v2/bot/message/push"
USED_UP = "monthly limit"
MOST_UNITS = 5000
"""The longest text of one message, in UTF-16 units."""


@dataclass(frozen=True, slots=True)
class LineChannel:
    """An official account with its channel access token.

    The person's id at LINE Login is the one of the Messaging API where both channels belong to the same provider. The
    retry key makes a push that is tried again within 24 hours one push.
    """

    token: str
    sender: Sender
    api: str = API
    name: str = "line"

    def send(self, notice: Notice, address: str) -> None:
        """See the port. `address` is the person's user id."""
        content = {"to": address, "messages": [{"type": "text", "text": self.text_of(notice)}]}
        retry_key = str(uuid5(NAMESPACE_URL, notice.key))
        headers = {"Authorization": f"Bearer {self.token}", "X-Line-Retry-Key": retry_key}
        status = post(self.name, self.api.rstrip("/") + PUSH, encoded(content), headers, USED_UP)
        if status not in TAKEN:
            raise Undeliverable(f"{self.name} {status}")

    def text_of(self, notice: Notice) -> str:
        """What happened, the facts, where to go."""
        facts = [f"{label}　{value}" for part in notice.parts for label, value in part.rows]
        text = "\n".join([notice.subject, *(["", *facts] if facts else []), "", notice.link]).strip()
        return text.encode("utf-16-le")[: 2 * MOST_UNITS].decode("utf-16-le", "ignore")
