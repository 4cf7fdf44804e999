"""A procedure that must know for sure who applies: checked at the start, checked again when it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Application, AuditEvent, Submission
from tests.engine.language.specs import spec
from tests.web.client import faults
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant
from web.identity.sessions import Opening, begin_session
from web.security.cookies import SESSION

Open = Callable[..., Applicant]


@pytest.fixture
def surely(database: Database, now: datetime, published: None) -> Callable[[str], str]:
    """`surely("high")` publishes a procedure with one question that needs that level."""

    def publish(level: str) -> str:
        more = f"sign_in: {{required: true, assurance: {level}}}\n"
        source = spec("it: {type: text, title: {ja: 理由, en: Reason}}", more=more)
        with database.write() as session:
            return library.publish(session, SYSTEM, now, source, "sample.yaml", "").procedure.id

    return publish


def begin(person: Applicant, procedure: str) -> str:
    """Start and answer; on the check page then. The application's id."""
    id = person.start(procedure)
    person.send({"it": "引越しのため"})
    assert person.heading == "入力内容の確認"
    return id


def sign_in_again(person: Applicant, person_id: str, level: str, came_from: str | None = None) -> None:
    """As the end of a sign-in at an issuer would."""
    services = person.app.extensions["tetsuzuki"]
    with services.database.write() as session:
        token = begin_session(session, services.clock(), person_id, "local", level, Opening(came_from=came_from))
    person.client.set_cookie(SESSION, token)
    person._token = ""


def test_too_weak_at_the_start_is_told_why(applicant: Open, surely: Callable[[str], str]) -> None:
    procedure = surely("substantial")
    hana = applicant("hanako", assurance="basic")
    hana.open(f"/procedures/{procedure}")
    hana.send(form="/start")
    assert hana.heading == "より確かな本人確認が必要です"
    link = next(link for link in hana.tree.all("a") if link.attributes["href"].startswith("/sign-in/local"))
    assert f"next=%2Fprocedures%2F{procedure}" in link.attributes["href"]
    assert "level=substantial" in link.attributes["href"]


def test_a_session_that_became_too_weak_is_asked_again_and_loses_nothing(
    applicant: Open, surely: Callable[[str], str], database: Database
) -> None:
    hana = applicant("hanako")
    id = begin(hana, surely("substantial"))
    sign_in_again(hana, "hanako", "basic")
    hana.open(f"/applications/{id}/check")
    hana.send()
    assert hana.heading == "提出の前に、より確かな本人確認が必要です"
    assert "残っています" in hana.main
    link = next(link for link in hana.tree.all("a") if link.attributes["href"].startswith("/sign-in/local"))
    assert f"next=%2Fapplications%2F{id}%2Fcheck" in link.attributes["href"]
    with database.read() as session:
        assert session.scalars(select(Submission)).all() == []
    sign_in_again(hana, "hanako", "substantial")
    hana.open(f"/applications/{id}/check")
    assert "引越しのため" in hana.main
    hana.send()
    assert hana.at == f"/applications/{id}/submitted"
    with database.read() as session:
        who = session.scalars(select(Submission.applicant)).one()
    assert (who["person"], who["means"], who["level"]) == ("hanako", "local", "substantial")


def test_a_high_proof_must_be_recent_when_it_is_sent(
    applicant: Open, surely: Callable[[str], str], clock: Clock, database: Database
) -> None:
    hana = applicant("hanako", assurance="high")
    id = begin(hana, surely("high"))
    clock.move(timedelta(minutes=31))
    hana.open(f"/applications/{id}/check")
    hana.send()
    assert hana.heading == "もう一度本人確認をお願いします"
    link = next(link for link in hana.tree.all("a") if link.attributes["href"].startswith("/sign-in/local"))
    assert "fresh=1" in link.attributes["href"]
    sign_in_again(hana, "hanako", "high")
    hana.open(f"/applications/{id}/check")
    hana.send()
    assert hana.at == f"/applications/{id}/submitted"
    with database.read() as session:
        at = session.scalars(select(Submission.applicant)).one()["at"]
    assert datetime.fromisoformat(at) == clock()


def test_a_substantial_proof_may_be_older(applicant: Open, surely: Callable[[str], str], clock: Clock) -> None:
    hana = applicant("hanako")
    id = begin(hana, surely("substantial"))
    clock.move(timedelta(hours=2))
    hana.open(f"/applications/{id}/check")
    hana.send()
    assert hana.at == f"/applications/{id}/submitted"


class TestBringingAlong:
    """The surer sign-in is at another issuer, which knows the same human as another person."""

    def test_the_draft_comes_along_when_that_is_wanted(
        self, applicant: Open, surely: Callable[[str], str], database: Database
    ) -> None:
        hana = applicant("hanako")
        id = begin(hana, surely("substantial"))
        sign_in_again(hana, "taro", "high", came_from="hanako")
        hana.open(f"/sign-in/bring/{id}")
        assert hana.heading == "書きかけの申請を引き継ぎますか"
        assert "山田 花子" in hana.main
        hana.send()
        assert hana.at == f"/applications/{id}/check"
        assert "引越しのため" in hana.main
        with database.read() as session:
            assert session.get_one(Application, id).owner == "person:taro"
            assert (
                session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()[-1]
                == "application.brought_along"
            )

    @pytest.mark.parametrize("came_from", [None, "sato"])
    def test_nobody_brings_along_what_this_browser_did_not_own(
        self, applicant: Open, surely: Callable[[str], str], came_from: str | None
    ) -> None:
        hana, thief = applicant("hanako"), applicant("taro")
        id = begin(hana, surely("substantial"))
        sign_in_again(thief, "taro", "high", came_from=came_from)
        assert thief.get(f"/sign-in/bring/{id}").status_code == 404
        assert thief.post(f"/sign-in/bring/{id}").status_code == 404
        assert hana.get(f"/applications/{id}/check").status_code == 200

    def test_what_was_sent_stays_where_it_is(self, applicant: Open, surely: Callable[[str], str]) -> None:
        hana = applicant("hanako")
        id = begin(hana, surely("substantial"))
        hana.send()
        sign_in_again(hana, "taro", "high", came_from="hanako")
        assert hana.post(f"/sign-in/bring/{id}").status_code == 404


@pytest.mark.parametrize("why", ["start", "submit"])
@pytest.mark.parametrize("level", ["basic", "substantial", "high"])
def test_every_reason_has_words(applicant: Open, why: str, level: str) -> None:
    for fresh in ("", "&fresh=1"):
        page = applicant("hanako").get(f"/sign-in?why={why}&level={level}&next=/applications{fresh}")
        assert page.status_code == 200
        assert faults(page) == []
        assert 'href="/applications"' in page.text


def test_a_reason_of_somebody_elses_making_is_none(applicant: Open) -> None:
    assert applicant().get("/sign-in?why=<b>").status_code in {302, 503}
