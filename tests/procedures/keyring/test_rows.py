"""What is sealed opens in the row of whose it is and in no other, however it is read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Select, Text, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

import payments.models  # noqa: F401 - its tables join the same metadata
from procedures.corrections import requesting
from procedures.corrections.kept import Mark
from procedures.keyring.columns import raw, sealed_tables
from procedures.keyring.envelopes import NotThisPlace
from procedures.keyring.owned import of
from procedures.models import Contact, CorrectionItem, CorrectionRequest, Draft, Person, Sealing
from procedures.models.sealed import sealed_row
from procedures.storing.fixed import Fixed
from tests.procedures.conftest import Desk

COLUMNS = [column for columns in sealed_tables().values() for column in columns]
DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}
Read = Callable[[Session, str], Any]


def copied(desk: Desk, column: Column[str], key: Column[str], source: str, target: str) -> None:
    """What lies in one row put into another as it lies, as somebody would who can write to the database."""
    with desk.database.write() as session:
        there = column.table.alias()
        lies = select(raw(there.c[column.name])).where(there.c[key.name] == source).scalar_subquery()
        here = update(column.table).where(key == target)
        session.connection().execute(here.values({column.name: lies}))


READS: dict[str, Read] = {
    "a column": lambda session, case: session.execute(select(Draft.answers).where(Draft.application_id == case)).one(),
    "an object": lambda session, case: session.get_one(Draft, case),
    "an alias": lambda session, case: session.scalars(_of_alias(case)).one(),
    "a fixed statement": lambda session, case: Fixed(_of_table(case)).all(session, {}),
    "what a change answers": lambda session, case: session.execute(
        update(Draft).where(Draft.application_id == case).values(revision=9).returning(Draft.answers)
    ).one(),
}


def _of_alias(case: str) -> Select[Any]:
    other = aliased(Draft)
    return select(other.answers).where(other.application_id == case)


def _of_table(case: str) -> Select[Any]:
    return select(Draft.__table__.c.answers).where(Draft.__table__.c.application_id == case)


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_of_another_case_nothing_opens(desk: Desk, read: Read) -> None:
    hers, his = desk.draft(name="髙橋 𠮷子"), desk.draft(name="葛󠄀西 太郎")
    with desk.database.write() as session:
        assert read(session, his)
    copied(desk, Draft.__table__.c.answers, Draft.__table__.c.application_id, hers, his)
    with pytest.raises(NotThisPlace, match=r"draft\.answers"), desk.database.write() as session:
        read(session, his)
    with desk.database.write() as session:
        assert read(session, hers)


def test_nor_where_another_row_says_whose_it_is(desk: Desk) -> None:
    item = CorrectionItem.__table__.c
    requests = []
    for why in ("誤字", "住所"):
        case = desk.claimed()
        day = desk.now.date() + timedelta(days=20)
        desk.do(requesting.request, desk.people.sato, case, [Mark(("name",), why)], "ご確認ください", day)
        with desk.database.read() as session:
            query = select(CorrectionRequest.id).where(CorrectionRequest.application_id == case)
            requests.append(session.scalars(query).one())
    with_request = select(item.why).join(CorrectionRequest, CorrectionRequest.id == item.request_id)
    with desk.database.read() as session:
        assert session.scalars(with_request.where(item.request_id == requests[1])).one() == "住所"
    copied(desk, item.why, item.request_id, *requests)
    with desk.database.read() as session, pytest.raises(NotThisPlace):
        session.scalars(select(item.why).where(item.request_id == requests[1])).one()


def test_nor_among_people(desk: Desk) -> None:
    contact = Contact.__table__.c
    with desk.database.write() as session:
        for person in ("ichiro", "jiro"):
            known = {"id": person, "issuer": "i", "subject": person, "name": person, "email": None}
            session.execute(insert(Person), {**known, "created_at": desk.now, "seen_at": desk.now})
            row = {"person_id": person, "channel": "sms", "address": f"+8190{person}", "confirmed_at": desk.now}
            row |= {"preferred_at": None, "broken_at": None, "trouble": None}
            session.execute(insert(Contact.__table__), sealed_row(f"person:{person}", Contact, row))
    query = select(contact.address).where(contact.person_id == "jiro")
    with desk.database.read() as session:
        assert session.scalars(query).one() == "+8190jiro"
    copied(desk, contact.address, contact.person_id, "ichiro", "jiro")
    with desk.database.read() as session, pytest.raises(NotThisPlace):
        session.scalars(query).one()


def test_what_was_written_as_another_s_is_not_read_either(desk: Desk) -> None:
    hers, his = desk.draft(), desk.draft()
    with desk.database.write() as session:
        wrong = update(Draft.__table__).where(Draft.application_id == his)
        session.execute(wrong.values(answers=of(hers, "{}")))
    with desk.database.read() as session, pytest.raises(NotThisPlace):
        session.scalars(select(Draft.answers).where(Draft.application_id == his)).one()


def test_what_is_from_before_there_were_keys_is_read_as_it_is(desk: Desk) -> None:
    case = desk.draft()
    with desk.database.write() as session:
        session.execute(update(Sealing).values(done=False))
        plain = text("UPDATE draft SET answers = :plain WHERE application_id = :case")
        session.connection().execute(plain, {"plain": '{"name":"花子"}', "case": case})
    with desk.database.read() as session:
        assert session.scalars(select(Draft.answers)).one() == '{"name":"花子"}'


@pytest.mark.sqlite_only
@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_every_sealed_column_is_read_with_whose_row_it_is(dialect: Any) -> None:
    assert len(COLUMNS) > 50
    bare = [
        str(column)
        for column in COLUMNS
        for rows in (column.table, column.table.alias("another"))
        if "\x1f" not in str(select(rows.c[column.name]).compile(dialect=dialect))
    ]
    assert bare == [], "A row of these does not say whose it is: see `Whose` in procedures/models/base.py."


@pytest.mark.sqlite_only
def test_where_a_selection_does_not_say_whose_it_is_the_column_is_read_alone() -> None:
    inner = select(Draft.answers, Draft.revision).subquery()
    assert "\x1f" not in str(select(inner.c.answers))
    assert "\x1f" not in str(select(func.length(Draft.answers), raw(Draft.__table__.c.answers)))
    assert isinstance(raw(Draft.__table__.c.answers).type, Text)
