"""By which way a notice goes: the chosen one first, mail when nothing reaches that, and operators see what broke."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from procedures import jobs, notices
from procedures.channels import Channel, NotDelivered, Undeliverable
from procedures.channels.mail import MailChannel
from procedures.channels.notice import Notice
from procedures.models import Contact, Job, Message
from procedures.reaching.routes import unreachable
from tests.procedures.conftest import Desk
from tests.procedures.test_notices import SENDER, Box

PHONE = "+819012345678"


class Phone:
    """A channel that keeps what it is given, or fails as the test says."""

    name = "sms"

    def __init__(self, *failures: Exception) -> None:
        self.failures, self.sent = list(failures), list[tuple[str, str]]()

    def send(self, notice: Notice, address: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address, self.text_of(notice)))

    @staticmethod
    def text_of(notice: Notice) -> str:
        return f"{notice.subject} {notice.short_link}"


def choose(desk: Desk, channel: str = "sms", address: str = PHONE) -> None:
    with desk.database.write() as session:
        session.add(
            Contact(person_id="hanako", channel=channel, address=address, confirmed_at=desk.now, preferred_at=desk.now)
        )


def work(desk: Desk, box: Box, *others: Channel) -> None:
    channels = {"mail": MailChannel(box, SENDER), **{channel.name: channel for channel in others}}
    handlers = {"notice.send": notices.handler(channels, SENDER)}
    while jobs.run_one(desk.database, lambda: desk.now, "worker", handlers):
        pass


def messages(desk: Desk) -> list[str]:
    with desk.database.read() as session:
        return list(session.scalars(select(Message.channel).order_by(Message.sent_at)))


def job(desk: Desk) -> Job:
    with desk.database.read() as session:
        return session.execute(select(Job)).scalar_one()


def test_what_was_chosen_is_used_instead_of_mail(desk: Desk) -> None:
    choose(desk)
    desk.submitted("notice")
    phone, box = Phone(), Box()
    work(desk, box, phone)
    ((address, text),) = phone.sent
    assert address == PHONE
    assert "https://t.example/r/" in text
    assert box.mails == []
    assert messages(desk) == ["sms"]


def test_what_was_sent_is_kept_without_the_number(desk: Desk) -> None:
    choose(desk)
    desk.submitted("notice")
    work(desk, Box(), Phone())
    with desk.database.read() as session:
        assert PHONE not in session.scalars(select(Message.body)).one()


def test_another_person_gets_what_they_chose(desk: Desk) -> None:
    choose(desk)
    desk.submit(desk.draft("notice", desk.people.taro), desk.people.taro)
    phone, box = Phone(), Box()
    work(desk, box, phone)
    assert phone.sent == []
    assert box.mails[0]["To"] == "taro@example.jp"


def test_a_channel_that_is_not_configured_any_more_falls_back(desk: Desk) -> None:
    choose(desk, "line", "U1")
    desk.submitted("notice")
    box = Box()
    work(desk, box)
    assert len(box.mails) == 1


def test_a_number_that_nothing_reaches_gives_way_to_mail_for_good(desk: Desk) -> None:
    choose(desk)
    desk.submitted("notice")
    phone, box = Phone(Undeliverable("sms 404")), Box()
    work(desk, box, phone)
    assert messages(desk) == ["mail"]
    desk.submitted("notice")
    work(desk, box, phone)
    assert phone.sent == []
    assert len(box.mails) == 2
    with desk.database.read() as session:
        assert [tuple(row) for row in unreachable(session, 10)] == [("sms", desk.now, "sms 404")]


def test_an_exhausted_plan_gives_way_to_mail_this_once(desk: Desk) -> None:
    choose(desk)
    desk.submitted("notice")
    phone, box = Phone(Undeliverable("line used up", address_at_fault=False)), Box()
    work(desk, box, phone)
    desk.submitted("notice")
    work(desk, box, phone)
    assert len(box.mails) == len(phone.sent) == 1
    with desk.database.read() as session:
        assert unreachable(session, 10) == []


def test_trouble_that_passes_is_waited_for(desk: Desk) -> None:
    choose(desk)
    desk.submitted("notice")
    phone, box = Phone(NotDelivered("sms 503")), Box()
    work(desk, box, phone)
    assert job(desk).error.startswith("NotDelivered (sms 503) at ")
    desk.now += timedelta(minutes=1)
    work(desk, box, phone)
    assert len(phone.sent) == 1
    assert box.mails == []


def test_trouble_that_does_not_pass_gives_way_to_mail(desk: Desk) -> None:
    choose(desk)
    desk.submitted("notice")
    phone, box = Phone(*[NotDelivered("sms 503")] * 9), Box()
    for _ in range(notices.PATIENCE):
        work(desk, box, phone)
        desk.now += timedelta(minutes=20)
    assert messages(desk) == ["mail"]
    assert len(phone.failures) == 9 - notices.PATIENCE


@pytest.mark.parametrize(("after", "seconds"), [(None, 30), (5, 30), (600, 600), (10**7, 6 * 3600)])
def test_how_long_a_gateway_wants_to_be_left_alone_counts(desk: Desk, after: int | None, seconds: int) -> None:
    choose(desk)
    desk.submitted("notice")
    pause = timedelta(seconds=after) if after else None
    work(desk, Box(), Phone(NotDelivered("sms 429", pause)))
    assert job(desk).run_at - desk.now == timedelta(seconds=seconds)


def test_mail_that_will_never_arrive_waits_for_a_person_at_once(desk: Desk) -> None:
    desk.submitted("notice")

    class Refusing(Box):
        def send(self, mail: object) -> None:
            raise Undeliverable("mail 550")

    work(desk, Refusing())
    found = job(desk)
    assert (found.state, found.attempts) == ("dead", 1)
    assert found.error.startswith("Undeliverable (mail 550)")
    with desk.database.write() as session:
        assert jobs.revive(session, desk.now, found.id)
        session.execute(update(Job).values(run_at=desk.now))
    box = Box()
    work(desk, box)
    assert len(box.mails) == 1
