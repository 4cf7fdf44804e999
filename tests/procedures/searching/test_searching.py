"""Cases are found by what was submitted last, in every way of writing it, by the office they belong to alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select

from procedures import cases, submissions
from procedures.actors import Actor, posts
from procedures.assigning import transferring
from procedures.cases import QueueFilter
from procedures.models import Application, SearchTerm
from procedures.searching import filling
from procedures.searching.remembering import forget, rows_of
from tests.procedures.conftest import Desk

TODAY = date(2026, 5, 1)
ELSEWHERE = Actor("staff", "sato", "佐藤", posts({"clerk"}, {"elsewhere"}))


def found(desk: Desk, words: str, actor: Actor | None = None) -> set[str]:
    with desk.database.read() as session:
        rows = cases.queue(session, actor or desk.people.sato, QueueFilter(TODAY, "all", words=words))
    return {row.application_id for row in rows}


def kept(desk: Desk) -> set[tuple[str, str, str]]:
    with desk.database.read() as session:
        return {tuple(row) for row in session.execute(select(SearchTerm.__table__))}


@pytest.mark.parametrize("typed", ["髙橋", "高橋 𠮷子", "吉子", "高橋　よし", "たか"])
def test_a_name_is_found_by_the_beginning_of_each_word(desk: Desk, typed: str) -> None:
    case = desk.received(name="髙橋 𠮷子 ヨシコ タカハシ")
    desk.received(name="佐々木 太郎")
    assert found(desk, typed) == {case}
    assert found(desk, typed, ELSEWHERE) == set()
    assert found(desk, f"{typed} 太郎") == set()


def test_a_number_is_found_by_its_beginning_and_whole(desk: Desk) -> None:
    case = desk.received()
    with desk.database.read() as session:
        reference = session.get(Application, case).reference
    for typed in (reference, reference[:6].lower(), reference.replace("-", " ")):
        assert case in found(desk, typed)
    with desk.database.write() as session:
        forget(session, case)
    assert found(desk, reference) == {case}
    assert found(desk, reference[:6]) == set()


def test_who_signed_in_to_submit_is_found(desk: Desk) -> None:
    case = desk.received()
    assert found(desk, "山田　花") == {case}


def test_the_newest_come_first_page_by_page(desk: Desk) -> None:
    filed = []
    for day in range(5):
        draft = desk.draft(copies=0)
        desk.do(submissions.submit, desk.people.hanako, draft, 2, "", now=desk.now + timedelta(days=day))
        filed.append(draft)
    desk.received(name="佐々木 太郎")
    page: list[cases.QueueRow] = []
    seen = []
    with desk.database.read() as session:
        for _ in range(4):
            place = page[-1].place if page else None
            page = cases.queue(session, desk.people.sato, QueueFilter(TODAY, "all", words="吉子", limit=2, place=place))
            seen += [row.application_id for row in page]
        assert seen == filed[::-1]
        place = replace(
            cases.queue(session, desk.people.sato, QueueFilter(TODAY, "all", words="吉子"))[3].place, back=True
        )
        back = cases.queue(session, desk.people.sato, QueueFilter(TODAY, "all", words="吉子", limit=2, place=place))
    assert [row.application_id for row in back] == [filed[3], filed[2]]


def test_a_case_is_found_where_it_was_transferred_to(desk: Desk) -> None:
    case = desk.received()
    desk.submitted("proof")
    there = Actor("staff", "sato", "佐藤", posts({"clerk"}, {"shuzei-shomei"}))
    assert case not in found(desk, "髙橋", there)
    desk.do(transferring.transfer, desk.people.sato, case, "shuzei-shomei", "所管の変更です。")
    assert case in found(desk, "髙橋", there)


def test_words_and_a_filter_narrow_together(desk: Desk) -> None:
    case, claimed = desk.received(), desk.claimed()
    with desk.database.read() as session:
        for scope, ids in {"open": {case, claimed}, "mine": {claimed}, "unassigned": {case}, "closed": set()}.items():
            rows = cases.queue(session, desk.people.sato, QueueFilter(TODAY, scope, words="髙橋"))
            assert {row.application_id for row in rows} == ids


@pytest.mark.parametrize("typed", ["-", "!!", "%", "髙" * 60])
def test_a_search_for_nothing_finds_nothing(desk: Desk, typed: str) -> None:
    desk.received()
    assert found(desk, typed) == set()


def test_a_case_goes_and_its_terms_with_it(desk: Desk) -> None:
    draft = desk.draft()
    desk.received()
    before = kept(desk)
    with desk.database.write() as session:
        session.add(SearchTerm(application_id=draft, kind="name", term="x"))
    assert len(kept(desk)) == len(before) + 1
    with desk.database.write() as session:
        session.connection().exec_driver_sql(f"DELETE FROM draft WHERE application_id = '{draft}'")  # noqa: S608
        session.execute(delete(Application).where(Application.id == draft))
    assert kept(desk) == before


def test_terms_are_written_anew_for_what_was_submitted_before(desk: Desk) -> None:
    for _ in range(3):
        desk.received()
    desk.draft()
    whole = kept(desk)
    with desk.database.write() as session:
        session.execute(delete(SearchTerm))
        assert session.scalar(select(func.count()).select_from(SearchTerm)) == 0
    with desk.database.write() as session:
        done = filling.fill(session, limit=2)
        rest = filling.fill(session, done.last or "", limit=2)
        assert (done.cases, rest.cases) == (2, 1)
        assert filling.fill(session, rest.last or "") == filling.Filled(0, None)
    assert kept(desk) == whole
    assert whole


def test_a_term_of_a_kind_is_kept_once(desk: Desk) -> None:
    rows = rows_of("x", desk.known["permit"], "7K3M-9QFA", {}, {"name": "花 花", "business": {"name": "花花"}})
    assert [row["term"] for row in rows] == ["7k3m9qfa", "花花", "花"]
