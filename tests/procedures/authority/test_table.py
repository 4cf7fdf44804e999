"""The table of authority: what it may say, and that the questions asked of it are answered by it alone."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.lifecycle import Event, Who
from procedures.actors import EVERYWHERE, SYSTEM, Actor, posts
from procedures.authority import Row, action_of, may, may_somewhere, offices_where, require, row_of, rows, table
from procedures.authority.table import AREAS
from procedures.errors import NotFound
from procedures.people.roles import OF_THE_HOUSE, ROLES

OFFICES = ("hokenjo", "shuzei", "koen")
SOME_POSTS = st.frozensets(st.tuples(st.sampled_from(ROLES), st.sampled_from((*OFFICES, EVERYWHERE))), max_size=4)
SOME_ROW = st.sampled_from(rows())


@dataclass(frozen=True)
class Case:
    office: str | None


def written(row: Row) -> str:
    letters = "".join(row.where[0] if role in row.roles else "." for role in ROLES)
    return f"{letters} {'r' if row.reads else 'w'} {row.action}"


def test_everybody_may_what_people_wrote_down_and_nothing_else() -> None:
    lines = (Path(__file__).parent / "written.txt").read_text(encoding="utf-8").splitlines()
    assert [written(row) for row in rows()] == [line for line in lines if line and not line.startswith("#")]


NAMED = {
    "approve": "case.decide", "refuse": "case.decide", "send_back": "case.endorse", "step_back": "case.endorse",
    "resume": "case.request_correction",
}  # fmt: skip


@pytest.mark.parametrize("event", Event)
def test_what_happens_to_a_case_is_an_action(event: Event) -> None:
    """Resuming is for whoever may ask for a correction; a manager only ever assigns."""
    named = NAMED.get(event.value, f"case.{event.value}")
    assert {action_of(event, who) for who in (Who.CLERK, Who.APPROVER)} == {named}
    assert action_of(event, Who.MANAGER) == "case.assign"


def test_a_row_that_stands_twice_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "AREAS", {**AREAS, "again": AREAS["money"][:1]})
    with pytest.raises(ValueError, match=r"counter\.read is in the table of authority twice"):
        table._table.__wrapped__()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.action)
def test_an_auditor_reads_everything_and_changes_nothing(row: Row) -> None:
    auditor = Actor("staff", "noda", "野田", posts({"auditor"}, {EVERYWHERE}))
    assert may(auditor, row.action, "hokenjo") is row.reads
    assert row.roles <= set(ROLES)
    assert row.where == "house" or not row.roles & (set(OF_THE_HOUSE) - {"auditor", "finance"})


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.action)
def test_what_concerns_an_office_is_done_there_and_what_concerns_the_house_in_any(row: Row) -> None:
    house = row.where == "house"
    for role in row.roles:
        actor = Actor("staff", "sato", "佐藤", posts({role}, {"hokenjo"}))
        assert [may(actor, row.action, office) for office in ("hokenjo", "shuzei", None)] == [True, house, house]


@given(SOME_POSTS, SOME_ROW, st.sampled_from((*OFFICES, None)))
def test_the_answer_is_the_tables(held: frozenset[tuple[str, str]], row: Row, office: str | None) -> None:
    actor = Actor("staff", "sato", "佐藤", held)
    if row.where == "house":
        wanted = any(role in row.roles for role, _ in held)
    else:
        wanted = office is not None and any(role in row.roles and at in {office, EVERYWHERE} for role, at in held)
    assert may(actor, row.action, office) is wanted
    assert may(actor, row.action, Case(office)) is wanted
    assert may_somewhere(actor, row.action) is any(role in row.roles for role, _ in held)
    if wanted:
        require(actor, row.action, office, "case")
    else:
        with pytest.raises(NotFound):
            require(actor, row.action, office, "case")
    if row.where == "office" and office and wanted:
        assert {office, EVERYWHERE} & offices_where(actor, row.action)


@given(SOME_POSTS, SOME_ROW, st.sampled_from(OFFICES), st.sampled_from(ROLES))
def test_in_one_role_only_what_the_table_gives_to_that_role(
    held: frozenset[tuple[str, str]], row: Row, office: str, role: str
) -> None:
    actor = Actor("staff", "sato", "佐藤", held)
    alone = Actor("staff", "sato", "佐藤", frozenset(post for post in held if post[0] == role))
    assert may(actor, row.action, office, as_role=role) is (role in row.roles and may(alone, row.action, office))


@given(SOME_ROW)
def test_who_is_no_staff_may_nothing(row: Row) -> None:
    for actor in (Actor("resident", "hanako", "花子", posts(ROLES, {EVERYWHERE})), Actor("visitor", "x"), SYSTEM):
        assert not may(actor, row.action, "hokenjo")
        assert not may_somewhere(actor, row.action)
        assert not offices_where(actor, row.action)
        with pytest.raises(NotFound):
            require(actor, row.action, "hokenjo", "case")


def test_a_row_stands_once_and_one_that_is_missing_is_told() -> None:
    listed = [row.action for area in AREAS.values() for row in area]
    assert len(listed) == len(set(listed)) == len(rows())
    with pytest.raises(KeyError):
        row_of("case.eat")
