"""What it costs, told on the way: before starting, on the check page and on the case, with every reason."""

from collections.abc import Callable
from datetime import datetime

import pytest

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from tests.web.residents.applicant import Applicant

SPEC = """\
id: room-booking
version: 2026-04-01
title: {ja: 会場の使用, en: Booking a room}
bureau: hokeniryo
sign_in: {required: true}
steps:
  one:
    title: {ja: 使用, en: Use}
    fields:
      hours: {type: integer, title: {ja: 時間, en: Hours}, minimum: 1}
      public: {type: boolean, title: {ja: 公益の使用, en: In the public interest}}
fees:
  due: submission
  lines:
    room:
      title: {ja: 会場使用料, en: Room}
      law: 見本条例別表
      account: "1201-03"
      count: hours
      unit: {ja: 時間, en: hours}
      tiers: [{first: 2, yen: 2600}, {then_each: 1, yen: 1003}]
    heating:
      title: {ja: 暖房, en: Heating}
      law: 見本条例別表
      account: "1201-04"
      percent: {lines: [room], rate: 10, round: down}
  waivers:
    public: {title: {ja: 公益減額, en: Public interest}, law: 見本条例第9条, when: public, percent: 50, round: down}
  round: down
  to: 10
retention: {years: 1}
"""


@pytest.fixture
def room(database: Database, now: datetime, people: object) -> None:
    """The procedure, in force."""
    with database.write() as session:
        library.publish(session, SYSTEM, now, SPEC, "room-booking.yaml", "")


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ja", ("会場使用料", "2時間まで2,600円、それを超える1時間ごとに1,003円", "「会場使用料」の10%")),
        ("en", ("Room", "2,600 yen for up to 2 (hours); 1,003 yen for each further 1 (hours)", "10% of “Room”")),
    ],
)
def test_before_one_starts(applicant: Callable[..., Applicant], language: str, told: tuple[str, ...]) -> None:
    visitor = applicant()
    visitor.client.set_cookie("tetsuzuki_language", language)
    visitor.open("/procedures/room-booking")
    for words in told:
        assert words in visitor.main


@pytest.mark.usefixtures("room")
def test_the_check_page_says_how_each_amount_was_found_and_what_was_taken_off(hana: Applicant) -> None:
    hana.start("room-booking")
    hana.send({"hours": "3", "public": "yes"})
    for words in (
        "2時間まで2,600円、それを超える1時間ごとに1,003円",
        "3,603円",
        "「会場使用料」の10%（1円未満切捨て）",
        "360円",
        "公益減額",
        "「公益の使用」が「はい」",
        "-1,981円",
        "上限・下限・端数の調整",
        "-2円",
        "1,980円",
    ):
        assert words in hana.main, words


@pytest.mark.usefixtures("room")
def test_what_is_paid_is_the_sum_after_all(hana: Applicant) -> None:
    id = hana.start("room-booking")
    hana.send({"hours": "3", "public": "yes"})
    hana.send()
    hana.open(f"/applications/{id}/pay")
    assert "1,980円" in hana.main
    hana.open(f"/applications/{id}")
    assert "公益減額" in hana.main
