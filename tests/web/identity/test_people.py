"""People as issuers know them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from procedures.database import Database
from procedures.models import Person, StaffRole
from web.identity import people
from web.identity.openid.results import Identity

HANAKO = Identity("https://issuer.test", "h-1", "山田 花子", "hanako@example.jp", "basic")


def meet(database: Database, now: datetime, identity: Identity) -> str:
    with database.write() as session:
        return people.remember(session, now, identity, "ja").id


def test_what_the_issuer_says_today_counts(database: Database, now: datetime) -> None:
    first = meet(database, now, HANAKO)
    later = now + timedelta(days=1)
    married = replace(HANAKO, name="髙橋 花子", email=None, assurance="high")
    assert meet(database, later, married) == first
    with database.read() as session:
        row = session.get_one(Person, first)
    assert (row.name, row.email, row.assurance) == ("髙橋 花子", None, "high")
    assert (row.created_at, row.seen_at) == (now, later)


@pytest.mark.parametrize(("chosen", "kept"), [(True, "en"), (False, "ko")])
def test_the_language_of_a_new_browser_counts_only_if_it_was_chosen(
    database: Database, now: datetime, chosen: bool, kept: str
) -> None:
    with database.write() as session:
        assert people.remember(session, now, HANAKO, "ko", chosen=False).language == "ko"
        assert people.remember(session, now, HANAKO, "en", chosen=chosen).language == kept


def test_a_name_is_kept_where_the_issuer_stops_telling_it(database: Database, now: datetime) -> None:
    meet(database, now, HANAKO)
    row = meet(database, now, replace(HANAKO, name=""))
    with database.read() as session:
        assert session.get_one(Person, row).name == "山田 花子"


@pytest.mark.parametrize("other", [{"subject": "h-2"}, {"issuer": "https://other.test"}])
def test_the_same_subject_elsewhere_is_somebody_else(database: Database, now: datetime, other: dict[str, str]) -> None:
    assert meet(database, now, HANAKO) != meet(database, now, replace(HANAKO, **other))


def test_two_first_sign_ins_at_the_same_moment_are_one_person(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = meet(database, now, HANAKO)
    monkeypatch.setattr(people, "find_person", lambda *_: None)  # it looked before the other one wrote
    assert meet(database, now, HANAKO) == first
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


def test_a_role_is_given_once(database: Database, now: datetime) -> None:
    row = meet(database, now, HANAKO)
    for _ in range(2):
        with database.write() as session:
            people.grant(session, session.get_one(Person, row), "clerk", "hokenjo")
    with database.read() as session:
        assert [(r.role, r.office) for r in session.scalars(select(StaffRole))] == [("clerk", "hokenjo")]
