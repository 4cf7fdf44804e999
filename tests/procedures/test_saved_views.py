"""A view is its owner's, or an office's for those who serve there; nobody else sees or changes it."""

import pytest
from sqlalchemy import func, select

from procedures.actors import Actor, posts
from procedures.errors import NotFound
from procedures.models import FirstView
from procedures.views import keeping
from procedures.views.keeping import ViewRefused
from tests.procedures.conftest import Desk

OFFICE = "shuzei-shomei"


def actor(person: str, *roles: str, office: str = OFFICE) -> Actor:
    return Actor("staff", person, person, posts(roles or {"clerk"}, {office}))


SATO, SUZUKI, BOSS, FAR = (
    actor("sato"),
    actor("suzuki"),
    actor("tanaka", "manager"),
    actor("kimura", office="elsewhere"),
)


def names(desk: Desk, who: Actor) -> list[tuple[str, bool, bool]]:
    with desk.database.read() as session:
        return [(view.name, view.own, view.first) for view in keeping.of(session, who)]


def test_a_view_is_saved_renamed_opened_with_and_deleted(desk: Desk) -> None:
    late = desk.do(keeping.save, SATO, " 遅れ　今週 ", "tab=late")
    desk.do(keeping.save, SATO, "期限", "tab=open&due_to=2026-05-08")
    assert names(desk, SATO) == [("期限", True, False), ("遅れ 今週", True, False)]
    assert names(desk, SUZUKI) == []
    desk.do(keeping.rename, SATO, late, "あとで")
    desk.do(keeping.begin_with, SATO, late)
    desk.do(keeping.begin_with, SATO, late)
    assert ("あとで", True, True) in names(desk, SATO)
    desk.do(keeping.begin_with, SATO, None)
    assert ("あとで", True, False) in names(desk, SATO)
    desk.do(keeping.begin_with, SATO, late)
    desk.do(keeping.remove, SATO, late)
    assert names(desk, SATO) == [("期限", True, False)]
    with desk.database.read() as session:
        assert session.scalar(select(func.count()).select_from(FirstView)) == 0


def test_a_manager_shares_a_view_with_the_office(desk: Desk) -> None:
    shared = desk.do(keeping.save, BOSS, "全員で", "tab=late", OFFICE)
    desk.do(keeping.save, SATO, "全員で", "tab=mine")
    assert sorted(names(desk, SATO)) == [("全員で", False, False), ("全員で", True, False)]
    assert names(desk, SUZUKI) == [("全員で", False, False)]
    assert names(desk, FAR) == []
    desk.do(keeping.begin_with, SUZUKI, shared)
    assert names(desk, SUZUKI) == [("全員で", False, True)]
    for act in (lambda: desk.do(keeping.remove, SUZUKI, shared), lambda: desk.do(keeping.rename, SATO, shared, "x")):
        with pytest.raises(NotFound):
            act()
    desk.do(keeping.remove, BOSS, shared)
    assert names(desk, SUZUKI) == []


@pytest.mark.parametrize("office", [OFFICE, "elsewhere"])
def test_only_a_manager_shares(desk: Desk, office: str) -> None:
    with pytest.raises(NotFound):
        desk.do(keeping.save, SATO, "x", "tab=late", office)


def test_another_persons_view_looks_like_none(desk: Desk) -> None:
    own = desk.do(keeping.save, SATO, "x", "tab=late")
    for service, more in ((keeping.rename, ("y",)), (keeping.remove, ()), (keeping.begin_with, ())):
        for who, view in ((FAR, own), (SUZUKI, own), (SATO, "missing")):
            with pytest.raises(NotFound):
                desk.do(service, who, view, *more)


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "a\u202eb"])
def test_a_name_that_is_none(desk: Desk, name: str) -> None:
    with pytest.raises(ViewRefused, match="name"):
        desk.do(keeping.save, SATO, name, "tab=late")


def test_names_are_unique_and_views_limited(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = desk.do(keeping.save, SATO, "a", "tab=late")
    other = desk.do(keeping.save, SATO, "b", "tab=late")
    with pytest.raises(ViewRefused, match="taken"):
        desk.do(keeping.save, SATO, " a ", "tab=open")
    with pytest.raises(ViewRefused, match="taken"):
        desk.do(keeping.rename, SATO, other, "a")
    desk.do(keeping.rename, SATO, first, "a")
    desk.do(keeping.save, SUZUKI, "a", "tab=late")
    with pytest.raises(ViewRefused, match="query"):
        desk.do(keeping.save, SATO, "c", "x" * 1001)
    monkeypatch.setattr(keeping, "MOST", 2)
    with pytest.raises(ViewRefused, match="many"):
        desk.do(keeping.save, SATO, "c", "tab=late")
