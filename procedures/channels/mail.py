"""Notices by mail: text and HTML of the same words."""

from dataclasses import dataclass

from procedures.channels import MailServer, Undeliverable
from procedures.channels.notice import Notice, Sender
from procedures.mails.building import Letter, Unmailable, build
from procedures.mails.footer import whole_text
from procedures.mails.page import page


@dataclass(frozen=True, slots=True)
class MailChannel:
    """Mail through a server."""

    server: MailServer
    sender: Sender
    name: str = "mail"

    def send(self, notice: Notice, address: str) -> None:
        """See the port."""
        letter = Letter(
            notice.key, address, notice.subject, self.text_of(notice), notice.language, page(notice, self.sender)
        )
        try:
            mail = build(letter, self.sender.name(notice.language), self.sender.address)
        except Unmailable as unfit:
            raise Undeliverable(f"mail {unfit}") from None
        self.server.send(mail)

    def text_of(self, notice: Notice) -> str:
        """The plain text."""
        return whole_text(notice.body, self.sender, notice.language)
