"""Applying for somebody else, from the first question to the clerk's page."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from procedures import doctor, library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.models import Acting, MandateGrant, Submission
from tests.engine.language.specs import spec
from tests.web.conftest import Clock
from tests.web.residents.applicant import PIXEL, Applicant

Open = Callable[..., Applicant]
WHOM = {
    "for": "other",
    "kind": "gyoseishoshi",
    "name": "髙橋 𠮷郎",
    "address": "東京都葛󠄀飾区1-1",
    "relation": "登録1234号",
}
LINK = re.compile(r'href="http://localhost(/mandates/[^"]+)"')


@pytest.fixture
def procedure(database: Database, now: datetime, published: None) -> Callable[[str], str]:
    """`procedure("grant")` publishes one that wants the mandate shown so."""

    def publish(needs: str) -> str:
        more = (
            "sign_in: {required: true, assurance: substantial}\n"
            f"representation: {{by: [family, gyoseishoshi], needs: {needs}}}\n"
            "review:\n  office: sample\n  standard_days: 5\n"
            "  stages:\n    check: {title: {ja: 審査, en: Check}, role: clerk}\n"
            "    decide: {title: {ja: 決裁, en: Decide}, role: approver}\n"
            "  refusal_reasons: [{code: R1, title: {ja: 不備, en: Faults}, law: 見本法第1条}]\n"
        )
        source = spec("it: {type: text, title: {ja: 理由, en: Reason}}", more=more)
        with database.write() as session:
            return library.publish(session, SYSTEM, now, source, "sample.yaml", "").procedure.id

    return publish


def answer(person: Applicant, id: str) -> None:
    """Answer the one question; on the check page then."""
    person.open(f"/applications/{id}")
    person.open(f"/applications/{id}/steps/one")
    person.send({"it": "引越しのため"})
    assert person.heading == "入力内容の確認"


def frozen(database: Database) -> dict[str, object]:
    with database.read() as session:
        return session.scalars(select(Submission.applicant)).one()


def test_for_oneself_nothing_more_is_asked(
    applicant: Open, procedure: Callable[[str], str], database: Database
) -> None:
    hana = applicant("hanako")
    id = hana.start(procedure("either"))
    assert hana.heading == "どなたの申請ですか"
    hana.send({"for": "self"})
    answer(hana, id)
    assert "自分の申請" in hana.main
    hana.send()
    assert hana.at.endswith("/submitted")
    assert "for" not in frozen(database)


def test_a_mandate_on_paper(applicant: Open, procedure: Callable[[str], str], database: Database) -> None:
    hana = applicant("hanako")
    id = hana.start(procedure("mandate_file"))
    hana.send(WHOM)
    assert hana.heading == "委任の確認"
    answer(hana, id)
    assert "委任がまだ確認できません" in hana.main
    hana.send(form="/check")
    assert hana.at == f"/applications/{id}/acting/mandate"  # nothing was sent
    with database.read() as session:
        assert session.scalars(select(Submission)).all() == []
    hana.send(form="/mandate", files=[("paper", "委任状.png", PIXEL)])
    assert "委任を確認できました" in hana.main
    hana.open(f"/applications/{id}/check")
    hana.send(form="/check")
    assert hana.at.endswith("/submitted")
    away = hana.post(f"/applications/{id}/acting/mandate/{'a' * 26}/remove")  # from a window left open
    assert (away.status_code, away.headers["Location"]) == (303, f"/applications/{id}")
    known = frozen(database)["for"]
    assert (known["name"], known["address"], known["kind"]) == ("髙橋 𠮷郎", "東京都葛󠄀飾区1-1", "gyoseishoshi")
    with database.read() as session:
        sent = session.scalars(select(Submission)).one()
        assert [file["sha256"] for file in sent.attachments] == [file["sha256"] for file in known["files"]]
        assert session.scalars(select(Acting)).all() == []
        assert doctor.run(session) == []
    sato = applicant("sato")
    sato.open(f"/desk/cases/{id}")
    assert "髙橋 𠮷郎" in sato.main
    assert "委任状（添付書類にあります）" in sato.main
    with sato.get(f"/desk/cases/{id}/attachments/{known['files'][0]['id']}") as paper:
        assert paper.status_code == 200


def ask_for_grant(person: Applicant) -> str:
    """On the page of the mandate: make a link; its path."""
    person.post(person.at, {"ask": "1", "until": "2026-07-31"})
    person.open(person.page.headers["Location"])
    return LINK.search(person.page.text)[1]


class TestGranting:
    """The principal signs in and grants it."""

    def test_it_is_granted_and_shown_to_the_clerk(
        self, applicant: Open, procedure: Callable[[str], str], database: Database
    ) -> None:
        hana, taro = applicant("hanako"), applicant("taro")
        id = hana.start(procedure("grant"))
        hana.send(WHOM)
        link = ask_for_grant(hana)
        assert "承諾を待っています" in hana.main
        taro.open(link)
        assert "山田 花子" in taro.main
        assert "2026年7月31日" in taro.main
        taro.send(form="/mandates/")
        assert taro.at == "/account/mandates"
        answer(hana, id)
        hana.send(form="/check")
        assert hana.at.endswith("/submitted")
        grant = frozen(database)["for"]["grant"]
        assert (grant["by"], grant["name"], grant["level"]) == ("taro", "鈴木 太郎", "substantial")
        sato = applicant("sato")
        sato.open(f"/desk/cases/{id}")
        assert "本人のログインによる委任：鈴木 太郎" in sato.main

    def test_what_was_taken_back_sends_nothing(
        self, applicant: Open, procedure: Callable[[str], str], database: Database
    ) -> None:
        hana, taro = applicant("hanako"), applicant("taro")
        id = hana.start(procedure("grant"))
        hana.send(WHOM)
        taro.open(ask_for_grant(hana))
        taro.send(form="/mandates/")
        taro.send(form="/revoke")
        assert "終了" in taro.main
        answer(hana, id)
        hana.send(form="/check")
        assert hana.at == f"/applications/{id}/acting/mandate"
        with database.read() as session:
            assert session.scalars(select(Submission)).all() == []

    def test_its_last_day_is_its_last(
        self, applicant: Open, procedure: Callable[[str], str], database: Database, clock: Clock
    ) -> None:
        hana, taro = applicant("hanako"), applicant("taro")
        id = hana.start(procedure("grant"))
        hana.send(WHOM)
        hana.post(hana.at, {"ask": "1", "until": "2026-05-01"})
        hana.open(hana.page.headers["Location"])
        taro.open(LINK.search(hana.page.text)[1])
        taro.send(form="/mandates/")
        answer(hana, id)
        clock.move(timedelta(days=1))
        hana = applicant("hanako")
        hana.open(f"/applications/{id}/check")
        hana.send(form="/check")
        assert hana.at == f"/applications/{id}/acting/mandate"

    def test_nobody_grants_it_to_themselves_and_a_wrong_link_is_none(
        self, applicant: Open, procedure: Callable[[str], str]
    ) -> None:
        hana, taro = applicant("hanako"), applicant("taro")
        hana.start(procedure("grant"))
        hana.send(WHOM)
        link = ask_for_grant(hana)
        hana.open(link)
        assert "あなたが作ったリンク" in hana.main
        assert hana.post(link).status_code == 404
        wrong = link[:-3] + "abc"
        assert taro.get(wrong).status_code == 404
        assert taro.post(wrong).status_code == 404

    def test_it_works_once_and_for_a_fortnight(
        self, applicant: Open, procedure: Callable[[str], str], clock: Clock
    ) -> None:
        hana = applicant("hanako")
        hana.start(procedure("grant"))
        hana.send(WHOM)
        link = ask_for_grant(hana)
        clock.move(timedelta(days=14))
        assert applicant("taro").get(link).status_code == 404

    def test_a_principal_who_is_not_known_surely_enough_signs_in_first(
        self, applicant: Open, procedure: Callable[[str], str], database: Database
    ) -> None:
        hana, taro = applicant("hanako"), applicant("taro", assurance="basic")
        hana.start(procedure("grant"))
        hana.send(WHOM)
        link = ask_for_grant(hana)
        assert "level=substantial" in taro.get(link).headers["Location"]
        assert taro.post(link).status_code == 303
        with database.read() as session:
            assert session.scalars(select(MandateGrant.granted_at)).one() is None

    def test_a_stranger_ends_nobodys_mandate(
        self, applicant: Open, procedure: Callable[[str], str], database: Database
    ) -> None:
        hana = applicant("hanako")
        hana.start(procedure("grant"))
        hana.send(WHOM)
        ask_for_grant(hana)
        with database.read() as session:
            grant = session.scalars(select(MandateGrant.id)).one()
        assert applicant("taro").post(f"/account/mandates/{grant}/revoke").status_code == 404

    def test_the_mandate_of_one_person_does_not_serve_for_another(
        self, applicant: Open, procedure: Callable[[str], str]
    ) -> None:
        hana, taro = applicant("hanako"), applicant("taro")
        id = hana.start(procedure("grant"))
        hana.send(WHOM)
        taro.open(ask_for_grant(hana))
        taro.send(form="/mandates/")
        hana.open(f"/applications/{id}/acting")
        hana.send({**WHOM, "name": "別の人"})
        assert "委任を確認できました" not in hana.main

    def test_another_day_than_a_near_one_is_refused(self, applicant: Open, procedure: Callable[[str], str]) -> None:
        hana = applicant("hanako")
        hana.start(procedure("grant"))
        hana.send(WHOM)
        for day in ("", "x", "2026-04-30", "2030-01-01"):
            assert hana.post(hana.at, {"ask": "1", "until": day}).status_code == 422


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, ["どなたの申請かを選んでください"]),
        ({"for": "other"}, ["あなたの立場", "本人の氏名", "本人の住所", "本人との関係"]),
        ({**WHOM, "kind": "attorney"}, ["あなたの立場"]),
        ({**WHOM, "name": "x" * 101}, ["本人の氏名"]),
        ({**WHOM, "relation": " "}, ["本人との関係"]),
    ],
    ids=str,
)
def test_what_is_missing_is_told_and_what_was_typed_stays(
    applicant: Open, procedure: Callable[[str], str], typed: dict[str, str], wrong: list[str]
) -> None:
    hana = applicant("hanako")
    id = hana.start(procedure("either"))
    assert hana.post(f"/applications/{id}/acting", typed).status_code == 422
    assert len(hana.problems) == len(wrong)
    for told, expected in zip(hana.problems, wrong, strict=True):
        assert told.startswith(expected)
    assert hana.typed("address") == [typed.get("address", "")]


def test_anothers_draft_and_a_procedure_for_oneself_alone(applicant: Open, procedure: Callable[[str], str]) -> None:
    hana, taro = applicant("hanako"), applicant("taro")
    id = hana.start(procedure("either"))
    for path in (f"/applications/{id}/acting", f"/applications/{id}/acting/mandate"):
        assert taro.get(path).status_code == 404
        assert taro.post(path, WHOM).status_code == 404
    dog = hana.start("dog-registration")
    assert hana.get(f"/applications/{dog}/acting").status_code == 404


@pytest.mark.parametrize("file", [b"MZ\x90\x00", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"x"])
def test_a_paper_that_is_none(applicant: Open, procedure: Callable[[str], str], file: bytes) -> None:
    hana = applicant("hanako")
    hana.start(procedure("mandate_file"))
    hana.send(WHOM)
    hana.send(form="/mandate", files=[("paper", "委任状.jpg", file)])
    assert hana.problems
