"""Notices are sent once a job, to the right address, in the applicant's language, with nothing personal in them."""

import dataclasses
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from procedures import applications, drafts, jobs, notices
from procedures.actors import Actor
from procedures.channels import NotDelivered
from procedures.channels.mail import MailChannel
from procedures.keyring.owned import of
from procedures.models import Application, Job, Message
from tests.procedures.conftest import ANSWERS, Desk

SENDER = notices.Sender(
    {"ja": "東京都", "en": "Tokyo Metropolitan Government"}, "noreply@example.tokyo", "https://t.example/"
)


class Box:
    """A mail server that keeps what it is given, or is out of order."""

    name = "box"

    def __init__(self, broken: bool = False) -> None:
        self.mails: list[EmailMessage] = []
        self.broken = broken

    def send(self, mail: EmailMessage) -> None:
        if self.broken:
            raise NotDelivered("SMTPServerDisconnected")
        self.mails.append(mail)


def send_all(desk: Desk, box: Box) -> None:
    channels = {"mail": MailChannel(box, SENDER)}
    handlers = {"notice.send": notices.handler(channels, SENDER), "certificate.issue": lambda *_: None}
    while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
        pass


def plain(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def told(desk: Desk) -> EmailMessage:
    box = Box()
    send_all(desk, box)
    return box.mails[-1]


def test_the_fee_notice_says_how_much_until_when_and_where(desk: Desk) -> None:
    application_id = desk.submitted("permit")
    mail = told(desk)
    body = plain(mail)
    assert mail["To"] == "hanako@example.jp"
    for words in (
        "1,000円",
        "2026年5月8日",
        f"https://t.example/applications/{application_id}",
        "許可",
        "東京都",
    ):
        assert words in body


def test_nothing_personal_is_in_a_mail(desk: Desk) -> None:
    for name in ("permit", "proof", "notice"):
        desk.submitted(name)
    box = Box()
    send_all(desk, box)
    assert len(box.mails) == 3
    for mail in box.mails:
        whole = str(mail["Subject"]) + str(mail["From"]) + plain(mail) + mail.get_body(("html",)).get_content()
        for personal in ("髙橋", "花子", "hanako@", "sato", "佐藤"):
            assert personal not in whole


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We have received"), ("easy", "うけつけました"), ("ja", "受け付けました")]
)
def test_in_the_language_of_the_applicant(desk: Desk, language: str, words: str) -> None:
    hanako = dataclasses.replace(desk.people.hanako, language=language)
    application_id = desk.do(drafts.start, hanako, desk.known["proof"])
    desk.do(drafts.save, hanako, application_id, ANSWERS["proof"], 1)
    desk.submit(application_id, hanako)
    mail = told(desk)
    assert words in mail["Subject"]
    assert mail["Content-Language"] == ("en" if language == "en" else "ja")


def test_what_was_told_is_kept_without_the_address(desk: Desk) -> None:
    application_id = desk.submitted("notice")
    told(desk)
    with desk.database.read() as session:
        message = session.execute(select(Message)).scalar_one()
        assert (message.application_id, message.kind, message.channel) == (application_id, "completed", "mail")
        assert message.sent_at == desk.now
        assert "hanako@" not in message.body + message.subject


def test_who_gave_no_address_gets_no_mail(desk: Desk) -> None:
    visitor = Actor("visitor", "k" * 20)
    desk.submit(desk.draft("notice", visitor), visitor)
    box = Box()
    send_all(desk, box)
    assert box.mails == []
    with desk.database.read() as session:
        assert session.execute(select(Job.state)).scalar_one() == "done"


def test_an_undelivered_mail_is_tried_again_under_the_same_id(desk: Desk) -> None:
    desk.submitted("notice")
    send_all(desk, Box(broken=True))
    with desk.database.read() as session:
        job = session.execute(select(Job)).scalar_one()
        assert (job.state, job.attempts) == ("waiting", 1)
        assert job.error.startswith("NotDelivered")
    with desk.database.write() as session:
        session.execute(update(Job).values(run_at=desk.now))
    assert told(desk)["Message-ID"] == f"<{job.id}@example.tokyo>"


def test_a_smuggled_address_is_never_written_to(desk: Desk) -> None:
    application_id = desk.submitted("notice")
    with desk.database.write() as session:
        smuggled = "a@example.jp\r\nBcc: taro@example.jp"
        session.execute(
            update(Application)
            .where(Application.id == application_id)
            .values(contact_email=of(application_id, smuggled))
        )
    box = Box()
    send_all(desk, box)
    assert box.mails == []
    with desk.database.read() as session:
        job = session.execute(select(Job)).scalar_one()
        assert (job.state, job.error.partition(" at ")[0]) == ("dead", "Undeliverable (mail address)")


def test_each_end_is_told(desk: Desk) -> None:
    withdrawn = desk.received()
    desk.do(applications.withdraw, desk.people.hanako, withdrawn)
    desk.approve(*desk.proposed("refuse", ("R1",)))
    box = Box()
    send_all(desk, box)
    with desk.database.read() as session:
        assert sorted(session.scalars(select(Message.kind))) == ["received", "received", "refused", "withdrawn"]
