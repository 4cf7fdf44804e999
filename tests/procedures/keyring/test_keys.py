"""Data keys: one a holder, fetched once a transaction, never lost by what was undone."""

from pathlib import Path

import pytest
from sqlalchemy import event, select, update

from procedures.database import Database
from procedures.keyring.envelopes import NotThisPlace
from procedures.keyring.forgetting import forget_keys
from procedures.keyring.keys import NoRing, Site
from procedures.keyring.live import KeyMissing, NoTransaction, current
from procedures.keyring.ring import MasterMissing, Ring, ensure_ring
from procedures.models import CaseKey, Sealing
from web.backups import apart

PLACE = "draft.answers"
WORDS = "髙橋 花子 𠮷野家 葛󠄀飾区"


def sealed(database: Database, holder: str = "case-1", words: str = WORDS) -> str:
    with database.write():
        return current().seal(holder, PLACE, words)


def test_sealed_and_opened_in_another_transaction(database: Database) -> None:
    stored = sealed(database)
    assert not any(part in stored for part in WORDS.split())
    with database.read():
        assert current().unseal(PLACE, stored) == WORDS


def test_the_same_text_never_looks_the_same(database: Database) -> None:
    assert sealed(database) != sealed(database)


def test_one_key_a_holder(database: Database) -> None:
    for holder in ("case-1", "case-2", "case-1"):
        sealed(database, holder)
    with database.read() as session:
        assert sorted(session.execute(select(CaseKey.holder)).scalars()) == ["case-1", "case-2"]


@pytest.mark.parametrize("place", ["draft.earlier", "submission.answers"])
def test_it_opens_only_where_it_was_put(database: Database, place: str) -> None:
    stored = sealed(database)
    with database.read(), pytest.raises(NotThisPlace):
        current().unseal(place, stored)


def test_a_changed_sign_is_noticed(database: Database) -> None:
    stored = sealed(database)
    other = "A" if stored[-5] != "A" else "B"
    with database.read(), pytest.raises(NotThisPlace):
        current().unseal(PLACE, stored[:-5] + other + stored[-4:])


def test_a_key_given_to_another_holder_opens_nothing(database: Database) -> None:
    stored = sealed(database)
    with database.write() as session:
        session.execute(update(CaseKey).values(holder="case-2"))
    with database.read(), pytest.raises(MasterMissing):
        current().unseal(PLACE, stored)


def test_what_was_written_before_there_were_keys_is_read_as_it_is(database: Database) -> None:
    with database.read():
        assert current().unseal(PLACE, '{"name":"花子"}') == '{"name":"花子"}'
        assert current().unseal(PLACE, "sealed:1:not really") == "sealed:1:not really"


def test_plain_until_sealing_is_begun_and_sealed_from_then_on(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Sealing).values(begun=False, done=False))
    object.__setattr__(database, "site", Site())  # as of a process that has just started
    assert sealed(database) == WORDS
    with database.write() as session:
        session.execute(update(Sealing).values(begun=True))
    assert sealed(database) != WORDS


def test_each_key_is_fetched_once_a_transaction(database: Database) -> None:
    first, second = sealed(database), sealed(database)
    asked = []
    event.listen(database.reading_engine, "before_cursor_execute", lambda *heard: asked.append(heard[2]))
    with database.read():
        assert current().unseal(PLACE, first) == current().unseal(PLACE, second) == WORDS
    assert len([statement for statement in asked if "case_key" in statement]) == 1


def test_a_key_made_in_what_was_undone_is_stored_all_the_same(database: Database) -> None:
    with database.write() as session:
        inner = session.connection().begin_nested()
        current().seal("case-1", PLACE, "lost")
        inner.rollback()
        stored = current().seal("case-1", PLACE, WORDS)
    with database.read():
        assert current().unseal(PLACE, stored) == WORDS


def test_nothing_is_committed_under_a_key_that_another_replaced(database: Database) -> None:
    def work() -> None:
        with database.write() as session:
            inner = session.connection().begin_nested()
            current().seal("case-1", PLACE, "lost")
            inner.rollback()
            session.add(CaseKey(id="a" * 26, holder="case-1", master="m0", wrapped=""))

    with pytest.raises(KeyMissing, match="case-1"):
        work()
    with database.read() as session:
        assert session.scalars(select(CaseKey.id)).all() == []


def test_a_deleted_key_opens_nothing_any_more(database: Database) -> None:
    stored = sealed(database)
    with database.write() as session:
        assert forget_keys(session, ["case-1"]) == 1
    with database.read(), pytest.raises(KeyMissing):
        current().unseal(PLACE, stored)


def test_keys_go_out_wrapped_and_come_back(database: Database, tmp_path: Path) -> None:
    stored, file = sealed(database), tmp_path / "case-keys.jsonl"
    with database.read() as session:
        assert apart.dump(session.connection(), file) == 1
    with database.write() as session:
        forget_keys(session, ["case-1"])
        assert apart.load(session.connection(), file) == 1
    with database.read():
        assert current().unseal(PLACE, stored) == WORDS


def test_without_a_ring_nothing_is_sealed_or_opened(database: Database) -> None:
    stored = sealed(database)
    bare = Database(database.engine, database.reading_engine)
    with bare.read(), pytest.raises(NoRing):
        current().unseal(PLACE, stored)
    with pytest.raises(NoRing), bare.write():
        current().seal("case-2", PLACE, WORDS)


def test_another_ring_opens_nothing(database: Database, tmp_path: Path) -> None:
    stored = sealed(database)
    stranger = Database(database.engine, database.reading_engine, ensure_ring(tmp_path / "other.json"))
    with stranger.read(), pytest.raises(MasterMissing):
        current().unseal(PLACE, stored)


def test_outside_a_transaction_there_are_no_keys() -> None:
    with pytest.raises(NoTransaction):
        current()


def test_transactions_need_not_end_in_their_order(database: Database) -> None:
    outer, inner = database.read(), database.read()
    outer.__enter__()
    inner.__enter__()
    outer.__exit__(None, None, None)
    assert isinstance(database.ring, Ring)
    assert current().unseal(PLACE, "plain") == "plain"
    inner.__exit__(None, None, None)
