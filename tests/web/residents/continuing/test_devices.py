"""A draft of a visitor on two devices: opened by a code, shared, taken back; nobody else ever sees it."""

import re
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from procedures.continuing import resuming, trying
from procedures.database import Database
from procedures.jobs import run_one
from procedures.models import Application, AuditEvent, Job, Message, ResumeCode
from tests.web.client import form_values, main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import BILLING, PLACE, USER, Applicant
from web.settings import Settings
from web.wiring import work_of

CODE = re.compile(r"\b[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}\b")
Browsers = Callable[..., Applicant]


@pytest.fixture
def phone(applicant: Browsers) -> Applicant:
    """A visitor's telephone."""
    return applicant()


@pytest.fixture
def water(phone: Applicant) -> str:
    """A start of water service, its first page answered; the application's id."""
    id = phone.start("water-service-start")
    phone.send(PLACE)
    return id


def make_code(person: Applicant, id: str) -> str:
    """Press the button; the code that is shown."""
    person.open(f"/applications/{id}/devices")
    person.send({"do": "make"}, form="/devices")
    return CODE.search(person.main)[0]


def open_code(person: Applicant, code: str) -> None:
    """Type it on another device."""
    person.open("/resume")
    person.send({"code": code})


def test_both_devices_go_on_with_the_same_draft(phone: Applicant, water: str, applicant: Browsers) -> None:
    phone.open(f"/applications/{water}")
    phone.press("ほかの端末で続ける")
    code = make_code(phone, water)
    computer = applicant()
    open_code(computer, code.lower().replace("-", " "))
    assert computer.at == f"/applications/{water}"
    computer.press("続きを入力する")
    computer.send(USER)
    phone.open(f"/applications/{water}/steps/user")
    assert phone.typed("phone") == ["09012345678"]
    phone.open(f"/applications/{water}/steps/billing")
    phone.send(BILLING)
    assert phone.heading == "入力内容の確認"
    computer.open("/applications")
    computer.press("水道の使用開始")
    computer.press("入力内容の確認")
    computer.send(form="/check")
    assert computer.at.endswith("/submitted")
    for person in (phone, computer):
        assert person.open(f"/applications/{water}").status_code == 200
        assert "受付番号" in person.main


def test_two_devices_at_once_lose_nothing_silently(phone: Applicant, water: str, applicant: Browsers) -> None:
    computer = applicant()
    open_code(computer, make_code(phone, water))
    for person in (phone, computer):
        person.open(f"/applications/{water}/steps/user")
    phone.send(USER)
    page = computer.send({**USER, "phone": "0311112222"})
    assert page.status_code == 409
    assert computer.typed("phone") == ["0311112222"]
    assert "09012345678" in computer.main


def test_the_other_device_sees_this_draft_alone(phone: Applicant, water: str, applicant: Browsers) -> None:
    second = phone.start("water-service-start")
    computer = applicant()
    own = computer.start("zoo-group-visit")
    open_code(computer, make_code(phone, water))
    computer.open("/applications")
    listed = {link.attributes["href"] for link in computer.tree.all("a") if "/applications/" in link.attributes["href"]}
    assert f"/applications/{own}" in listed
    assert f"/applications/{water}" in listed
    assert f"/applications/{second}" not in listed
    assert computer.get(f"/applications/{second}").status_code == 404
    assert phone.get(f"/applications/{own}").status_code == 404


@pytest.mark.parametrize("do", ["end", "make"])
def test_ended_or_replaced_shuts_others_out_and_never_oneself(
    phone: Applicant, water: str, applicant: Browsers, do: str
) -> None:
    code, computer = make_code(phone, water), applicant()
    open_code(computer, code)
    phone.open(f"/applications/{water}")
    assert "別の端末でも開かれています" in phone.main
    phone.open(f"/applications/{water}/devices")
    assert "1回開かれました" in phone.main
    phone.post(f"/applications/{water}/devices", {"do": do})
    assert computer.get(f"/applications/{water}").status_code == 404
    open_code(applicant(), code)
    stranger = applicant()
    open_code(stranger, code)
    assert stranger.page.status_code == 404
    assert phone.open(f"/applications/{water}/steps/user").status_code == 200


def test_what_a_shut_out_device_had_typed_is_not_lost(phone: Applicant, water: str, applicant: Browsers) -> None:
    computer = applicant()
    open_code(computer, make_code(phone, water))
    computer.open(f"/applications/{water}/steps/user")
    form = form_values(main_form(computer.tree))
    phone.post(f"/applications/{water}/devices", {"do": "end"})
    ours = {"Sec-Fetch-Site": "same-origin", "Referer": f"http://localhost/applications/{water}/steps/user"}
    page = computer.post(f"/applications/{water}/steps/user", {**form, **USER}, headers=ours)
    assert page.status_code == 401
    assert "09012345678" in page.text


def test_whoever_signed_in_gets_it_into_the_account(phone: Applicant, water: str, applicant: Browsers) -> None:
    code, hana = make_code(phone, water), applicant("hanako")
    hana.open(f"/resume/{code.replace('-', '').lower()}")
    assert "あなたのアカウントに移ります" in hana.main
    hana.send(form="/resume")
    assert hana.at == f"/applications/{water}"
    assert phone.get(f"/applications/{water}").status_code == 404
    assert applicant("hanako").open(f"/applications/{water}").status_code == 200
    stranger = applicant()
    open_code(stranger, code)
    assert stranger.page.status_code == 404


def test_looking_at_the_link_opens_nothing(
    phone: Applicant, water: str, applicant: Browsers, database: Database
) -> None:
    code = make_code(phone, water).replace("-", "").lower()
    computer = applicant()
    assert computer.open(f"/resume/{code}").status_code == 200
    assert "水道の使用開始" in computer.main
    assert computer.get(f"/applications/{water}").status_code == 404
    with database.read() as session:
        assert session.execute(select(ResumeCode.opened)).scalar_one() == 0
    assert computer.open("/resume/aaaaaaaaaaaaaaaa").status_code == 404


def test_the_code_goes_with_the_draft(phone: Applicant, water: str, applicant: Browsers, clock: Clock) -> None:
    code = make_code(phone, water)
    clock.move(timedelta(days=14))
    computer = applicant()
    open_code(computer, code)
    assert computer.page.status_code == 404


def test_a_sent_application_is_opened_by_no_code(phone: Applicant, water: str, applicant: Browsers) -> None:
    code = make_code(phone, water)
    for page, answers in (("user", USER), ("billing", BILLING)):
        phone.open(f"/applications/{water}/steps/{page}")
        phone.send(answers)
    phone.send(form="/check")
    computer = applicant()
    open_code(computer, code)
    assert computer.page.status_code == 404


def test_guessing_is_slowed_down(phone: Applicant, water: str, applicant: Browsers, clock: Clock) -> None:
    code, guesser = make_code(phone, water), applicant()
    guesser.open("/resume")
    for _ in range(trying.MOST):
        assert guesser.post("/resume", {"code": "aaaa"}).status_code == 404
    assert guesser.post("/resume", {"code": code}).status_code == 429
    clock.move(timedelta(hours=1))
    assert guesser.post("/resume", {"code": code}).status_code == 303


def test_only_the_hash_is_stored(phone: Applicant, water: str, database: Database) -> None:
    code = make_code(phone, water).replace("-", "").lower()
    phone.send({"address": "hana@example.jp"}, form="/devices")
    with database.read() as session:
        rows = [session.execute(select(table.__table__)).all() for table in (ResumeCode, Job, AuditEvent, Application)]
    assert code not in str(rows).lower()
    assert resuming.hash_of(code) in str(rows)


def test_it_is_mailed_to_the_address_given_at_most_three_times(
    phone: Applicant, water: str, database: Database, settings: Settings, clock: Clock
) -> None:
    code = make_code(phone, water)
    assert phone.send({"address": "nobody"}, form="/devices").status_code == 422
    for _ in range(resuming.MAILS):
        phone.open(f"/applications/{water}/devices")
        phone.send({"address": "hana@example.jp"}, form="/devices")
        assert "メールを送ります" in phone.main
    assert "メールで送る" not in phone.main
    phone.post(f"/applications/{water}/devices", {"do": "mail", "address": "hana@example.jp"})
    assert phone.page.status_code == 303
    handlers = work_of(phone.app.extensions["tetsuzuki"]).handlers
    while run_one(database, clock, "worker", handlers):
        pass
    mails = sorted(settings.mail_dir.iterdir())
    assert len(mails) == resuming.MAILS
    body = message_from_bytes(mails[0].read_bytes(), policy=policy.default).get_body(("plain",)).get_content()
    assert code in body
    assert f"http://localhost/resume/{code.replace('-', '').lower()}" in body
    with database.read() as session:
        assert session.execute(select(Message)).all() == []


def test_a_new_code_does_not_go_to_whoever_guesses_the_case(phone: Applicant, water: str, applicant: Browsers) -> None:
    for other in (applicant(), applicant("taro")):
        assert other.get(f"/applications/{water}/devices").status_code == 404
        assert other.post(f"/applications/{water}/devices", {"do": "make"}).status_code in {401, 404}


def test_a_forged_cookie_opens_nothing(phone: Applicant, water: str, applicant: Browsers, database: Database) -> None:
    make_code(phone, water)
    with database.read() as session:
        known = session.execute(select(ResumeCode.code_hash)).scalar_one()
    forger = applicant()
    forger.client.set_cookie("tetsuzuki_drafts", f"{water}:{known}.forged")
    assert forger.get(f"/applications/{water}").status_code == 404


def test_people_who_signed_in_need_no_code(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.open(f"/applications/{id}")
    assert "ほかの端末で続ける" not in hana.main
    assert hana.get(f"/applications/{id}/devices").status_code == 404
