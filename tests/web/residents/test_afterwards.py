"""After submitting: the story in plain words, reasons, certificates, from each side's step."""

from collections.abc import Callable
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import update

from procedures.actors import Actor
from procedures.database import Database
from procedures.keyring.owned import of
from procedures.models import Certificate
from tests.web.casework import DOG, TAX, WATER, Casework
from tests.web.residents.applicant import Applicant


@pytest.fixture
def casework(app: Flask, database: Database, people: dict[str, Actor], now: object) -> Casework:
    """The office's side."""
    return Casework(database, app.extensions["tetsuzuki"].blobs, people, now)


@pytest.fixture
def mine(hana: Applicant) -> Callable[[str], str]:
    """Opens one of Hanako's cases; answers what the page says."""

    def look(id: str) -> str:
        hana.open(f"/applications/{id}")
        return hana.main

    return look


def test_a_case_tells_its_story_as_it_goes_on(casework: Casework, mine: Callable[[str], str]) -> None:
    id = casework.file(TAX).application_id
    assert "申請を受け付けました" in mine(id)
    assert "結果のお知らせ（予定）" in mine(id)
    proposal = casework.propose(id)
    assert "担当者が審査を始めました" in mine(id)
    assert "審査が終わり、最終の確認をしています" in mine(id)
    casework.approve(id, proposal)
    text = mine(id)
    assert "承認され、手数料をお知らせしました" in text
    assert "手数料のお支払い" in text
    assert "1,200円" in text


def test_what_staff_say_among_themselves_stays_there(casework: Casework, mine: Callable[[str], str]) -> None:
    from procedures import decisions

    id = casework.file(TAX).application_id
    proposal = casework.propose(id, text="内部の検討")
    with casework.database.write() as session:
        decisions.send_back(session, casework.person("suzuki"), casework.now, id, proposal, "もう一度照合を")
    text = mine(id)
    for word in ("内部の検討", "もう一度照合", "佐藤", "鈴木 課長"):
        assert word not in text


def test_a_refusal_gives_reasons_and_how_to_appeal(casework: Casework, mine: Callable[[str], str]) -> None:
    id = casework.file(TAX).application_id
    proposal = casework.propose(id, "refuse", ("T1",), "2021年度の記録が見当たりませんでした。")
    casework.approve(id, proposal)
    text = mine(id)
    assert "承認できなかった理由" in text
    assert "課税または納付の記録がない" in text
    assert "2021年度の記録が見当たりませんでした。" in text
    assert "審査請求" in text
    assert "取り下げる" not in text


def test_a_certificate_is_announced_then_downloaded(
    casework: Casework, hana: Applicant, mine: Callable[[str], str], database: Database, app: Flask
) -> None:
    id = casework.file(DOG, scenario=1).application_id
    casework.pay(id)
    casework.approve(id, casework.propose(id))
    with database.write() as session:
        session.add(
            Certificate(
                id="c1",
                application_id=id,
                kind="tag",
                number="hokenjo-2026-000001",
                issued_on=casework.now.date(),
                reserved_at=casework.now,
            )
        )
    assert "作成しています" in mine(id)
    assert hana.get(f"/applications/{id}/certificates/c1").status_code == 404
    key = app.extensions["tetsuzuki"].blobs.put(b"%PDF-1.7 sealed")
    with database.write() as session:
        ready = {"blob_key": key, "issued_at": casework.now, "size": 15, "sha256": "0" * 64}
        ready["blob_secret"] = of(id, key.secret)
        session.execute(update(Certificate).where(Certificate.id == "c1").values(ready))
    assert "犬の登録・鑑札交付通知書" in mine(id)
    answer = hana.client.get(f"/applications/{id}/certificates/c1")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert BytesIO(answer.data).read(5) == b"%PDF-"
    answer.close()


def test_what_was_sent_can_be_read_again(casework: Casework, mine: Callable[[str], str]) -> None:
    id = casework.file(TAX, scenario=1).application_id
    text = mine(id)
    assert "神 𠮷子" in text
    assert "委任状.jpg" in text
    assert "住宅の賃貸契約で求められたため" in text


def test_a_case_without_review_is_done_at_once(casework: Casework, mine: Callable[[str], str]) -> None:
    assert "手続は完了しました" in mine(casework.file(WATER).application_id)


@pytest.mark.parametrize("language", ["ja", "easy", "en"])
def test_every_page_of_a_case_in_every_language(casework: Casework, hana: Applicant, language: str) -> None:
    hana.client.set_cookie("tetsuzuki_language", language)
    id = casework.file(DOG).application_id
    for path in ("", "/submitted", "/pay", "/pay/return", "/withdraw"):
        assert hana.open(f"/applications/{id}{path}").status_code == 200
    hana.open("/applications")
    words = {"ja": "あなたの操作が必要です", "easy": "する ことが あります", "en": "Waiting for you"}
    assert words[language] in hana.main
