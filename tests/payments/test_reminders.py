"""Who has not paid is reminded once, in time, and not when it has been paid meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from payments.reminders import remind
from payments.settlement import record
from procedures import jobs, notices
from procedures.channels.mail import MailChannel
from procedures.models import Job
from tests.payments.scripted import ScriptedProvider
from tests.payments.till import Till
from tests.procedures.test_notices import SENDER, Box, plain


def reminders(till: Till) -> list[dict[str, object]]:
    with till.database.read() as session:
        payloads = session.scalars(select(Job.payload).where(Job.kind == "notice.send"))
        return [payload for payload in payloads if payload["kind"] == "fee_reminder"]


def days_before_the_end(till: Till, application_id: str, days: float) -> None:
    till.now = till.charge(application_id).due_at - timedelta(days=days)


def test_it_comes_once_however_often_one_looks(counter: Till) -> None:
    application_id = counter.owing()
    days_before_the_end(counter, application_id, 2.9)
    assert [remind(counter.database, counter.now) for _ in range(3)] == [1, 0, 0]
    counter.later(days=1)
    assert remind(counter.database, counter.now) == 0
    (told,) = reminders(counter)
    assert told["facts"] == {"yen": 1000, "pay_by": counter.charge(application_id).due_on.isoformat()}


@pytest.mark.parametrize(("days", "expected"), [(3.1, 0), (3, 1), (0.1, 1), (0, 0), (-1, 0)])
def test_it_comes_in_time(counter: Till, days: float, expected: int) -> None:
    days_before_the_end(counter, counter.owing(), days)
    assert remind(counter.database, counter.now) == expected


def test_not_within_a_day_of_the_demand(counter: Till) -> None:
    counter.owing()
    counter.later(hours=23)
    assert remind(counter.database, counter.now) == 0


def test_what_is_paid_or_withdrawn_needs_none(counter: Till, scripted: ScriptedProvider) -> None:
    paid, withdrawn = counter.owing(), counter.owing()
    checkout_id = str(counter.open(paid).url).rpartition("/")[2]
    scripted.pay(checkout_id)
    with counter.database.write() as session:
        record(session, "stripe", counter.now, scripted.states[checkout_id])
    counter.withdraw(withdrawn)
    counter.later(days=5)
    assert remind(counter.database, counter.now) == 0


def send_all(till: Till, box: Box) -> list[str]:
    handlers = {"notice.send": notices.handler({"mail": MailChannel(box, SENDER)}, SENDER)}
    while jobs.run_one(till.database, lambda: till.now, "worker", handlers):
        pass
    return [str(mail["Subject"]) for mail in box.mails]


def test_it_says_how_much_and_until_when(counter: Till) -> None:
    days_before_the_end(counter, counter.owing(), 2)
    remind(counter.database, counter.now)
    box = Box()
    assert send_all(counter, box)[-1].startswith("手数料のお支払い期限が近づいています")
    assert "1,000円" in plain(box.mails[-1])


def test_paid_while_the_reminder_waited_is_not_reminded(counter: Till, scripted: ScriptedProvider) -> None:
    application_id = counter.owing()
    checkout_id = str(counter.open(application_id).url).rpartition("/")[2]
    days_before_the_end(counter, application_id, 2)
    remind(counter.database, counter.now)
    scripted.pay(checkout_id)
    with counter.database.write() as session:
        record(session, "stripe", counter.now, scripted.states[checkout_id])
    assert not [subject for subject in send_all(counter, Box()) if "近づいて" in subject]
