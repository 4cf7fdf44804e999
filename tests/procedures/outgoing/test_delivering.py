"""What happens to cases is told to whom it concerns: written at once, sent after, tried for three days, never lost."""

import json
from base64 import b64decode
from datetime import timedelta
from hashlib import sha256
from hmac import digest

import pytest
from sqlalchemy import func, select

from engine.lifecycle import TRANSITIONS, Event, Status
from procedures import jobs
from procedures.actors import SYSTEM
from procedures.audit import record
from procedures.clients import managing
from procedures.clients.client import SCOPES
from procedures.clients.managing import Wanted
from procedures.models import CaseEvent, Job, Person, StaffRole, WebhookDelivery
from procedures.outgoing import deliveries, events, sending, subscriptions
from procedures.outgoing.events import EVENTS, event_of
from tests.procedures.outgoing.office import DAY, POSTER, SECRETS, Office


@pytest.mark.sqlite_only
def test_it_is_signed_and_says_nothing_about_anybody(office: Office) -> None:
    seq = office.happens()
    office.work()
    [(headers, body)] = office.receiver.arrived
    with office.database.read() as session:
        shown = SECRETS.shown(subscriptions.secret_id_of(session, office.subscription_id))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(shown.removeprefix("whsec_"))
    expected = digest(key, signed, sha256)
    version, _, told = headers["webhook-signature"].partition(",")
    assert (version, b64decode(told)) == ("v1", expected)
    assert headers["webhook-timestamp"] == str(int(office.moment.timestamp()))
    content = json.loads(body)
    assert content["type"] == "case.decided"
    data = {"case": office.case_id, "reference": "AB-12", "procedure": "permit", "sequence": seq}
    assert content["data"] == data
    assert office.states() == {"delivered": 1}


def test_what_is_rolled_back_is_told_to_nobody(office: Office) -> None:
    def fails() -> None:
        with office.database.write() as session:
            seq = record(session, SYSTEM, office.moment, "test", office.case_id)
            events.tell(session, office.moment, seq, events.DECIDED, office.case_id)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    office.work()
    assert office.receiver.arrived == []
    assert office.states() == {}


@pytest.mark.sqlite_only
def test_it_is_tried_for_three_days_under_one_id_and_then_waits_for_a_person(office: Office) -> None:
    office.receiver.behaviour = 500
    office.happens()
    began = office.moment
    office.work()
    for tried, pause in enumerate(sending.PAUSES, 1):
        office.work(pause - timedelta(seconds=1))
        assert len(office.receiver.arrived) == tried
        office.work(timedelta(seconds=1))
        assert len(office.receiver.arrived) == tried + 1
    assert len(set(office.receiver.ids)) == 1
    assert len(office.receiver.ids) == len(sending.PAUSES) + 1
    assert office.moment - began > timedelta(days=3)
    assert office.states() == {"dead": 1}
    with office.database.read() as session:
        [lost] = deliveries.undelivered(session)
    assert (lost.trouble, lost.next_at, lost.attempts) == ("status_500", None, 10)


def test_three_days_without_success_pause_it_and_operators_are_told(office: Office) -> None:
    with office.database.write() as session:
        for name, mail in (("kato", "kato@example.jp"), ("mori", None)):
            person = Person(id=name, issuer="i", subject=name, name=name, email=mail, created_at=office.moment)
            person.seen_at = office.moment
            session.add(person)
            session.flush()
            session.add(StaffRole(person_id=name, role="operator", office="*"))
    office.receiver.behaviour = 503
    office.happens()
    for _ in range(200):
        office.work(timedelta(hours=1))
    assert (office.subscription().state, office.subscription().why) == ("paused", "failing")
    [(notice, address)] = office.mails.sent
    assert address == "kato@example.jp"
    assert "窓口" in notice.subject
    tried = len(office.receiver.arrived)
    office.happens()
    office.work(DAY)
    assert len(office.receiver.arrived) == tried, "nothing is sent while it is paused"
    assert office.states() == {"dead": 1, "held": 1}
    office.receiver.behaviour = 200
    with office.database.write() as session:
        assert subscriptions.go_on(session, SYSTEM, office.moment, office.subscription_id) == 1
    office.work()
    assert office.states() == {"dead": 1, "delivered": 1}
    with office.database.write() as session:
        [lost] = deliveries.undelivered(session)
        assert deliveries.send_again(session, SYSTEM, office.moment, lost.id)
        assert not deliveries.send_again(session, SYSTEM, office.moment, lost.id)
    office.work()
    assert office.states() == {"delivered": 2}
    assert office.receiver.ids[-1] == lost.id == office.receiver.ids[0], "the id it always had"


@pytest.mark.sqlite_only
def test_gone_means_gone(office: Office) -> None:
    office.receiver.behaviour = 410
    office.happens()
    office.work()
    assert office.subscription().state == "paused"
    assert office.states() == {"dead": 1}


@pytest.mark.sqlite_only
def test_a_receiver_that_is_down_is_asked_once_a_minute_whatever_waits(office: Office) -> None:
    office.receiver.behaviour = "reset"
    for _ in range(5):
        office.happens()
    office.work()
    assert len(office.receiver.arrived) == 1
    office.receiver.behaviour = 200
    office.work(sending.REST)
    assert office.states() == {"delivered": 5}
    assert office.subscription().failing_since is None


@pytest.mark.sqlite_only
def test_both_secrets_sign_for_a_day(office: Office) -> None:
    with office.database.write() as session:
        old = SECRETS.key_of(subscriptions.secret_id_of(session, office.subscription_id))
        new = SECRETS.key_of(subscriptions.rotate(session, SYSTEM, office.moment, office.subscription_id))
    for after, keys in ((timedelta(0), [new, old]), (DAY, [new])):
        office.moment += after
        office.happens()
        office.work()
        headers, body = office.receiver.arrived[-1]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        told = [b64decode(one.removeprefix("v1,")) for one in headers["webhook-signature"].split()]
        assert told == [digest(key, signed, sha256) for key in keys]


def test_a_range_is_sent_again_with_what_came_before_the_subscription(office: Office) -> None:
    first = office.happens()
    office.work()
    with office.database.write() as session:
        later = subscriptions.subscribe(
            session, SYSTEM, office.moment, office.client_id, office.receiver.url, [events.DECIDED], POSTER
        )
    office.happens(events.WITHDRAWN)
    office.work()
    before = len(office.receiver.arrived)
    day = office.moment.date()
    with office.database.write() as session:
        assert deliveries.replay(session, SYSTEM, office.moment, office.subscription_id, day, day) == 2
        assert deliveries.replay(session, SYSTEM, office.moment, later, day, day) == 1
        assert deliveries.replay(session, SYSTEM, office.moment, later, day + DAY, day + DAY) == 0
    office.work()
    again = office.receiver.ids[before:]
    assert len(again) == 3
    assert set(office.receiver.ids[:before]) < set(again), "what was sent before keeps its id"
    told = [json.loads(body)["data"]["sequence"] for _, body in office.receiver.arrived[before:]]
    assert told.count(first) == 2


@pytest.mark.sqlite_only
def test_only_its_own_offices_procedures_and_events(office: Office) -> None:
    wanted = Wanted(name="他", scopes=SCOPES, offices=["elsewhere"], procedures=["*"])
    with office.database.write() as session:
        other = managing.register(session, SYSTEM, office.moment, wanted)
        for client_id, heard in ((other, [events.DECIDED]), (office.client_id, [events.WITHDRAWN])):
            subscriptions.subscribe(session, SYSTEM, office.moment, client_id, office.receiver.url, heard, POSTER)
    office.happens(events.DECIDED)
    with office.database.read() as session:
        assert session.scalar(select(func.count()).select_from(WebhookDelivery)) == 1


@pytest.mark.sqlite_only
def test_a_revoked_client_and_an_ended_subscription_hear_nothing(office: Office) -> None:
    office.happens()
    with office.database.write() as session:
        subscriptions.end(session, SYSTEM, office.moment, office.subscription_id)
    office.happens()
    office.work()
    assert office.receiver.arrived == []
    assert office.states() == {"dead": 1}


@pytest.mark.sqlite_only
def test_a_delivery_that_two_workers_hold_counts_once(office: Office) -> None:
    """A worker that was too slow writes nothing; the receiver dedupes by the id."""
    office.happens()
    with office.database.write() as session:
        [job] = session.scalars(select(Job).where(Job.kind == events.JOB))
        payload = dict(job.payload)
    held = jobs.ClaimedJob("x", events.JOB, payload, 1, 1, office.moment)
    handler = sending.handler(POSTER, SECRETS)
    slow = handler(office.database, held, office.moment)
    office.work()
    with office.database.write() as session:
        slow(session)
    assert office.states() == {"delivered": 1}
    assert len(set(office.receiver.ids)) == 1
    with office.database.read() as session:
        assert session.scalars(select(WebhookDelivery.attempts)).one() == 1


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.source}-{row.event}-{row.target}")
def test_every_change_of_status_is_told_or_is_the_offices_own_affair(row: object) -> None:
    told = event_of(row.event, row.source, row.target)
    inner = {Status.IN_REVIEW, Status.DECISION_PROPOSED}
    silent = row.target in inner or (row.source is Status.DRAFT and row.event in {Event.WITHDRAW, Event.LAPSE})
    assert told is None or told in EVENTS
    assert told is not None or silent


@pytest.mark.sqlite_only
def test_the_events_are_numbered_as_the_audit_log(office: Office) -> None:
    made = [office.happens() for _ in range(3)]
    with office.database.read() as session:
        assert list(session.scalars(select(CaseEvent.seq).order_by(CaseEvent.seq))) == made
