"""What is kept of a person: with consent only, of this person only, gone at a word; the log holds concepts alone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from procedures.actors import Actor
from procedures.database import Database
from procedures.errors import NotFound
from procedures.models import AuditEvent, ProfileValue
from procedures.profiles import keeping
from procedures.profiles.keeping import Typed
from procedures.profiles.known import Source, fingerprint

VISITOR = Actor("visitor", "browser")
FIRM = Actor("resident", "firm")


@pytest.fixture
def agreed(database: Database, now: datetime, hanako: Actor) -> Actor:
    """Hanako, who wants things kept, and whose phone number is."""
    with database.write() as session:
        keeping.decide(session, hanako, now, consents=True)
        keeping.keep(session, hanako, now, {"applicant.phone": Typed("0353211111", "case", "digest")})
    return hanako


def kept(database: Database, actor: Actor) -> dict[str, object]:
    with database.read() as session:
        return {concept: known.answer for concept, known in keeping.kept(session, actor).items()}


def test_nobody_was_asked_at_first(database: Database, hanako: Actor) -> None:
    with database.read() as session:
        assert keeping.consent(session, hanako) is None
    assert kept(database, hanako) == {}


@pytest.mark.parametrize("decision", [None, False])
def test_nothing_is_kept_without_consent(
    database: Database, now: datetime, hanako: Actor, decision: bool | None
) -> None:
    with database.write() as session:
        if decision is not None:
            keeping.decide(session, hanako, now, consents=decision)
        with pytest.raises(NotFound):
            keeping.keep(session, hanako, now, {"applicant.phone": Typed("0353211111")})
    assert kept(database, hanako) == {}


def test_a_visitor_has_no_profile(database: Database, now: datetime) -> None:
    with database.write() as session:
        assert keeping.consent(session, VISITOR) is None
        for refused in (
            lambda: keeping.decide(session, VISITOR, now, consents=True),
            lambda: keeping.keep(session, VISITOR, now, {"a.b": Typed("x")}),
            lambda: keeping.forget_everything(session, VISITOR, now),
        ):
            with pytest.raises(NotFound):
                refused()


def test_what_is_kept_says_where_it_comes_from_and_is_replaced(
    database: Database, now: datetime, agreed: Actor
) -> None:
    with database.write() as session:
        first = keeping.kept(session, agreed)["applicant.phone"]
        assert first.source == Source("profile", now.date(), "digest", "case")
        keeping.keep(session, agreed, now + timedelta(days=2), {"applicant.phone": Typed("0312345678")})
        second = keeping.kept(session, agreed)["applicant.phone"]
    assert (second.answer, second.source) == ("0312345678", Source("profile", now.date() + timedelta(days=2)))


def test_another_person_sees_and_erases_nothing_of_it(
    database: Database, now: datetime, agreed: Actor, taro: Actor
) -> None:
    with database.write() as session:
        keeping.decide(session, taro, now, consents=True)
        with pytest.raises(NotFound):
            keeping.forget(session, taro, now, ["applicant.phone"])
        keeping.forget_everything(session, taro, now)
        assert keeping.export(session, taro) == []
    assert kept(database, agreed) == {"applicant.phone": "0353211111"}
    assert kept(database, FIRM) == {}


def test_it_is_erased_one_by_one_and_all_at_once(database: Database, now: datetime, agreed: Actor) -> None:
    with database.write() as session:
        keeping.keep(
            session, agreed, now, {"applicant.email": Typed("h@example.jp"), "applicant.birth": Typed("2000-01-01")}
        )
        keeping.forget(session, agreed, now, ["applicant.email"])
    assert kept(database, agreed).keys() == {"applicant.phone", "applicant.birth"}
    with database.write() as session:
        keeping.forget_everything(session, agreed, now)
        assert keeping.consent(session, agreed) is True
    assert kept(database, agreed) == {}


def test_off_erases_and_stays_off(database: Database, now: datetime, agreed: Actor) -> None:
    with database.write() as session:
        keeping.decide(session, agreed, now, consents=False)
        assert session.scalars(select(ProfileValue.concept)).all() == []
        keeping.decide(session, agreed, now, consents=True)
    assert kept(database, agreed) == {}


def test_it_can_be_taken_along(database: Database, agreed: Actor, now: datetime) -> None:
    with database.read() as session:
        [one] = keeping.export(session, agreed)
    assert one == {
        "concept": "applicant.phone",
        "answer": "0353211111",
        "source": {
            "kind": "profile",
            "on": now.date().isoformat(),
            "digest": "digest",
            "application_id": "case",
        },
    }
    assert Source.of(one["source"]) == Source("profile", now.date(), "digest", "case")


def test_the_log_holds_concepts_and_no_answers(database: Database, now: datetime, agreed: Actor) -> None:
    with database.write() as session:
        keeping.forget_everything(session, agreed, now)
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    assert [(row.action, row.field_ids) for row in rows] == [
        ("profile.on", []),
        ("profile.keep", ["applicant.phone"]),
        ("profile.forget", ["applicant.phone"]),
    ]
    assert {row.note for row in rows} == {None}


@pytest.mark.parametrize("answer", ["髙𠮷葛󠄀", "\udfff", {"b": 1, "a": [True, None]}, 3, ""])
def test_a_fingerprint_knows_an_answer_again(answer: object) -> None:
    assert fingerprint(answer) == fingerprint(answer)
    assert fingerprint(answer) != fingerprint([answer])
    assert fingerprint({"a": 1, "b": 2}) == fingerprint({"b": 2, "a": 1})
