"""Where one is signed in: seen, ended one by one or all, by oneself or by the manager of one's office."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError

from procedures.database import Database
from procedures.models import AuditEvent, Office, StaffRole, WebSession
from tests.web.browsing import Browser
from tests.web.client import faults, read
from tests.web.conftest import Clock
from web.identity import places
from web.identity.devices import device_of
from web.identity.sessions import STAFF_IDLE

Open = Callable[..., Browser]
HERE = "/account/sessions"


def mark(database: Database, person: str, *devices: str) -> None:
    """Say what the person's sessions run on, the oldest first."""
    with database.write() as session:
        rows = session.scalars(select(WebSession).where(WebSession.person_id == person)).all()
        for row, device in zip(rows, devices, strict=True):
            row.device = device


def names(page: object) -> list[str]:
    """The hidden names that the page's forms carry."""
    return [node.attributes["value"] for node in read(page).all("input") if node.attributes.get("name") == "session"]


def test_each_device_is_told_in_words_and_this_one_first(browser: Open, database: Database, clock: Clock) -> None:
    hanako = browser("hanako")
    page = hanako.get(HERE)
    assert faults(page) == []
    assert "ほかにログインしている端末はありません" in page.text
    browser("hanako"), browser("taro")
    mark(database, "hanako", "iPhone|Safari", "|")
    page = hanako.get(HERE)
    assert faults(page) == []
    said = [heading.said for heading in read(page).all("h2")]
    assert set(said[:2]) == {"iPhoneのSafari", "種類のわからない端末"}
    assert page.text.index("いまお使いの端末です") < page.text.index("ログアウトさせる")
    assert len(names(page)) == 1
    with database.read() as session:
        for row in session.scalars(select(WebSession)):
            assert row.id_hash not in page.text


def test_one_is_signed_out(browser: Open, database: Database) -> None:
    hanako, phone, taro = browser("hanako"), browser("hanako"), browser("taro")
    [name] = names(hanako.get(HERE))
    assert taro.post(f"{HERE}/end", {"session": name}).status_code == 404  # another's is as one that is missing
    assert phone.get(HERE).status_code == 200
    assert hanako.post(f"{HERE}/end", {"session": name}).status_code == 303
    assert "ログアウトさせました" in hanako.follow().text
    assert phone.get(HERE).status_code == 302
    assert hanako.post(f"{HERE}/end", {"session": name}).status_code == 404
    with database.read() as session:
        assert session.scalars(select(AuditEvent.action)).all() == ["session.ended"]


def test_all_others_are_signed_out(browser: Open) -> None:
    hanako, others, taro = browser("hanako"), [browser("hanako") for _ in range(3)], browser("taro")
    assert hanako.post(f"{HERE}/end-others").status_code == 303
    assert faults(hanako.follow()) == []
    assert [other.get(HERE).status_code for other in others] == [302] * 3
    assert [known.get(HERE).status_code for known in (hanako, taro)] == [200, 200]


@pytest.fixture
def office(database: Database, people: object) -> None:
    """Suzuki manages the health centre, where Sato is a clerk; Tanaka works elsewhere."""
    with database.write() as session:
        session.add(Office(id="hokenjo", name_ja="保健所", name_en="Health"))
        session.add(StaffRole(person_id="suzuki", role="manager", office="hokenjo"))
        session.add(StaffRole(person_id="sato", role="clerk", office="hokenjo"))


@pytest.mark.usefixtures("office")
def test_a_manager_signs_out_who_works_there_and_nobody_else(browser: Open, database: Database) -> None:
    suzuki, sato, tanaka, hanako = (browser(one) for one in ("suzuki", "sato", "tanaka", "hanako"))
    for person in ("tanaka", "hanako", "nobody"):
        assert suzuki.post("/manage/hokenjo/sign-out", {"person": person}).status_code == 404
    assert suzuki.post("/manage/koen/sign-out", {"person": "sato"}).status_code == 404
    assert [one.get(HERE).status_code for one in (sato, tanaka, hanako)] == [200] * 3
    assert sato.post("/manage/hokenjo/sign-out", {"person": "suzuki"}).status_code == 403
    assert suzuki.post("/manage/hokenjo/sign-out", {"person": "sato"}).status_code == 303
    assert faults(suzuki.follow()) == []
    assert [one.get(HERE).status_code for one in (sato, suzuki)] == [302, 200]
    with database.read() as session:
        [row] = session.scalars(select(AuditEvent).where(AuditEvent.action == "session.ended"))
        assert (row.actor, row.object_id, row.note) == ("person:suzuki", "sato", "1")


def test_a_screen_of_staff_that_nobody_uses_shows_nothing_any_more(browser: Open, clock: Clock) -> None:
    sato, hanako = browser("sato"), browser("hanako")
    for _ in range(3):
        clock.move(STAFF_IDLE - timedelta(minutes=1))
        assert sato.get("/desk").status_code == 200
    clock.move(STAFF_IDLE)
    assert sato.get("/desk").status_code == 302
    assert hanako.get(HERE).status_code == 200  # residents write long applications, and go to look for papers


def test_use_is_noted_every_few_minutes_and_no_more(browser: Open, database: Database, clock: Clock) -> None:
    hanako, written = browser("hanako"), []
    event.listen(database.engine, "before_cursor_execute", lambda *about: written.append(about[2]))
    for _ in range(4):
        clock.move(timedelta(minutes=2))
        hanako.get(HERE)
    assert [text.split()[:2] for text in written] == [["UPDATE", "web_session"]]
    with database.read() as session:
        assert session.scalars(select(WebSession.seen_at)).one() == clock() - timedelta(minutes=2)


def test_a_use_that_cannot_be_noted_keeps_nobody_waiting(
    browser: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_about: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("busy"))

    hanako = browser("hanako")
    monkeypatch.setattr(places, "note_use", busy)
    clock.move(timedelta(minutes=10))
    assert hanako.get(HERE).status_code == 200


WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("told", "device"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) … Version/18.0 Mobile/15E148 Safari/604.1",
         "iPhone|Safari"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) … CriOS/130.0 Mobile/15E148 Safari/604.1",
         "iPhone|Chrome"),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/130.0 Mobile Safari/537.36", "Android|Chrome"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/130.0 Safari/537.36 Edg/130.0", "Windows|Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Linux|Firefox"),
        ("curl/8.5", "|"),
        ("", "|"),
        ("<script>" + "x" * 100_000, "|"),
    ],
)  # fmt: skip
def test_a_device_in_two_words(told: str, device: str) -> None:
    assert device_of(told) == device
