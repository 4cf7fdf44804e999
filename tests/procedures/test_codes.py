"""A number counts only after the code that was sent there came back, soon, from the person who asked."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from procedures import jobs
from procedures.actors import Actor
from procedures.channels.notice import Notice
from procedures.database import Database
from procedures.errors import NotFound
from procedures.models import Contact, ContactCode, Job, Person
from procedures.reaching import choices, codes
from procedures.reaching.numbers import mobile_number, veiled
from tests.web.conftest import Clock, clock

__all__ = ["clock"]
SECRET, PHONE = "s" * 32, "+819012345678"


class Till:
    """Hanako's and Taro's clicks."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock, self.said = database, clock, list[tuple[str, str]]()

    def begin(self, actor: Actor, number: str = PHONE) -> str:
        with self.database.write() as session:
            return codes.begin(session, actor, self.clock(), number)

    def confirm(self, actor: Actor, typed: str) -> bool:
        with self.database.write() as session:
            return codes.confirm(session, actor, self.clock(), typed, SECRET)

    def chosen(self, actor: Actor) -> str:
        with self.database.read() as session:
            return choices.chosen(session, actor)

    def work(self) -> None:
        handlers = {"reach.code": codes.handler({"sms": self}, SECRET)}
        while jobs.run_one(self.database, self.clock, "worker", handlers):
            pass

    def send(self, notice: Notice, address: str) -> None:
        self.said.append((address, notice.subject))


@pytest.fixture
def phone(database: Database, people: dict[str, Actor], clock: Clock) -> Till:
    return Till(database, clock)


def wrong(code_id: str) -> str:
    return f"{(int(codes.code_of(code_id, SECRET)) + 1) % 1_000_000:06}"


def test_the_code_that_was_sent_confirms_and_chooses_the_number(phone: Till, hanako: Actor) -> None:
    code_id = phone.begin(hanako)
    phone.work()
    ((address, words),) = phone.said
    assert address == PHONE
    code = codes.code_of(code_id, SECRET)
    assert f"{code[:3]} {code[3:]}" in words
    assert phone.chosen(hanako) == "mail"
    assert phone.confirm(hanako, code)
    assert phone.chosen(hanako) == "sms"


def test_it_is_taken_however_it_is_typed(phone: Till, hanako: Actor) -> None:
    code = codes.code_of(phone.begin(hanako), SECRET)
    wide = code.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert phone.confirm(hanako, f" {wide[:3]}－{wide[3:]} ")


def test_neither_the_code_nor_the_number_is_in_a_job(phone: Till, hanako: Actor) -> None:
    code_id = phone.begin(hanako)
    with phone.database.read() as session:
        assert session.scalars(select(Job.payload)).all() == [{"code_id": code_id}]


def test_it_works_once(phone: Till, hanako: Actor) -> None:
    code = codes.code_of(phone.begin(hanako), SECRET)
    assert [phone.confirm(hanako, code) for _ in range(2)] == [True, False]


def test_five_tries_and_no_more(phone: Till, hanako: Actor) -> None:
    code_id = phone.begin(hanako)
    assert not any(phone.confirm(hanako, wrong(code_id)) for _ in range(codes.MOST_TRIES))
    assert not phone.confirm(hanako, codes.code_of(code_id, SECRET))


def test_not_after_ten_minutes_and_then_not_even_sent(phone: Till, hanako: Actor) -> None:
    code_id = phone.begin(hanako)
    phone.clock.move(codes.LIVES)
    assert not phone.confirm(hanako, codes.code_of(code_id, SECRET))
    phone.work()
    assert phone.said == []


def test_only_the_latest_code_counts(phone: Till, hanako: Actor) -> None:
    first = phone.begin(hanako)
    phone.clock.move(timedelta(seconds=1))
    second = phone.begin(hanako)
    assert not phone.confirm(hanako, codes.code_of(first, SECRET)) or first == second
    assert phone.confirm(hanako, codes.code_of(second, SECRET))


def test_somebody_elses_code_is_none(phone: Till, hanako: Actor, taro: Actor) -> None:
    code = codes.code_of(phone.begin(hanako), SECRET)
    assert not phone.confirm(taro, code)
    assert phone.chosen(taro) == "mail"


@pytest.mark.parametrize("who", ["person", "number"])
def test_no_storm_of_codes(phone: Till, hanako: Actor, taro: Actor, who: str) -> None:
    for place in range(codes.MOST_A_DAY):
        phone.begin(hanako, PHONE if who == "number" else f"+8190123456{place:02}")
    with pytest.raises(codes.TooManyCodes):
        phone.begin(taro if who == "number" else hanako)
    phone.clock.move(codes.DAY)
    phone.begin(taro if who == "number" else hanako)


def test_a_number_confirmed_anew_is_not_broken_any_more(phone: Till, hanako: Actor) -> None:
    with phone.database.write() as session:
        session.add(
            Contact(person_id="hanako", channel="sms", address="+81900", confirmed_at=phone.clock(),
                    broken_at=phone.clock(), trouble="sms 404")
        )  # fmt: skip
    with phone.database.write() as session, pytest.raises(NotFound):
        choices.prefer(session, hanako, phone.clock(), "sms")
    assert phone.confirm(hanako, codes.code_of(phone.begin(hanako), SECRET))
    with phone.database.read() as session:
        contact = session.scalars(select(Contact)).one()
        assert (contact.address, contact.broken_at, contact.trouble) == (PHONE, None, None)


def test_line_is_for_who_signed_in_with_it(phone: Till, hanako: Actor, taro: Actor) -> None:
    with phone.database.write() as session:
        session.get_one(Person, "hanako").issuer = "https://access.line.me"
    for actor, expected in ((hanako, "line"), (taro, "mail")):
        with phone.database.write() as session:
            try:
                choices.choose_line(session, actor, phone.clock(), "https://access.line.me")
            except NotFound:
                assert actor == taro
        assert phone.chosen(actor) == expected
    with phone.database.read() as session:
        assert session.scalars(select(Contact.address)).one() == "hanako"


def test_what_is_forgotten_is_gone_and_mail_is_used(phone: Till, hanako: Actor) -> None:
    phone.confirm(hanako, codes.code_of(phone.begin(hanako), SECRET))
    with phone.database.write() as session:
        choices.forget(session, hanako, phone.clock(), "sms")
    assert phone.chosen(hanako) == "mail"
    with phone.database.read() as session:
        assert session.scalars(select(Contact)).all() == []
        assert session.scalars(select(ContactCode.used_at)).one() is not None


@given(st.uuids(), st.text(min_size=1, max_size=40))
def test_a_code_has_six_digits_and_follows_from_the_secret(code_id: object, secret: str) -> None:
    code = codes.code_of(str(code_id), secret)
    assert len(code) == 6
    assert code.isdecimal()
    assert code == codes.code_of(str(code_id), secret)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("090-1234-5678", PHONE), ("０９０－１２３４－５６７８", PHONE), ("+81 90 1234 5678", PHONE),
     ("09012345678", PHONE), ("(090)1234-5678", PHONE), ("03-1234-5678", None), ("110", None), ("", None),
     ("0120-123-456", None),
     ("abc", None), ("090-1234-56789", None), ("+44 7400 123456", "+447400123456"), ("9" * 500, None)],
)  # fmt: skip
def test_numbers_that_take_sms(typed: str, number: str | None) -> None:
    assert mobile_number(typed) == number


def test_a_number_is_shown_by_its_end() -> None:
    assert veiled(PHONE) == "*********5678"
