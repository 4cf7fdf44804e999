"""A procedure changes while somebody fills it in: nothing typed is lost, only what changed is asked again, calmly."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from procedures import library
from procedures.actors import SYSTEM
from procedures.database import Database
from procedures.days import TOKYO
from tests.web.conftest import Clock
from tests.web.residents.applicant import DOG, OWNER, Applicant
from tests.web.residents.conftest import SPECS
from web.security.cookies import LANGUAGE

DOGS = SPECS / "hokeniryo" / "dog-registration.yaml"
HOME = """\
  home:
    title: {ja: 飼う場所, en: Home, easy: いえ, zh: 饲养地点, ko: 기르는 곳}
    fields:
      garden:
        type: boolean
        title: {ja: 庭がありますか, en: Is there a garden?, easy: にわは ありますか, zh: 有院子吗, ko: 마당이 있습니까}
"""
CHANGES = (
    ("      phone: {concept: applicant.phone, searchable: true}", "      tel: {concept: applicant.phone, was: phone}"),
    ("              maxLength: 40\n", "              maxLength: 2\n"),
    (
        "  dogs:\n    title: {ja: 犬,",
        f"{HOME}  dogs:\n    title: {{ja: 犬,",
    ),
)
Amend = Callable[..., None]


@pytest.fixture
def amend(database: Database, published: None, clock: Clock) -> Amend:
    """Publish the dog registration in force from a number of days on, changed."""

    def publish(days: int, *changes: tuple[str, str]) -> None:
        day = (clock.moment.astimezone(TOKYO).date() + timedelta(days=days)).isoformat()
        source = DOGS.read_text(encoding="utf-8").replace("version: 2026-04-01", f"version: {day}", 1)
        source = source[: source.index("\nscenarios:")]
        for old, new in changes:
            assert old in source, old
            source = source.replace(old, new, 1)
        concepts = (SPECS / "concepts.yaml").read_text(encoding="utf-8")
        with database.write() as session:
            library.publish(session, SYSTEM, clock.moment, source, "dog-registration.yaml", concepts)

    return publish


def days_go_by(hana: Applicant, clock: Clock, days: int) -> None:
    """Later, and signed in again."""
    clock.move(timedelta(days=days))
    hana.sign_in("hanako")


def late_in_the_evening(hana: Applicant, clock: Clock) -> None:
    """Ten minutes before midnight in Tokyo."""
    clock.moment = clock.moment.astimezone(TOKYO).replace(hour=23, minute=50)
    hana.sign_in("hanako")


def begun(hana: Applicant) -> str:
    """A draft with its owner and one dog filled in."""
    application_id = hana.start("dog-registration")
    hana.send(OWNER)
    hana.open(f"/applications/{application_id}/steps/dogs/dogs/1")
    hana.send({**DOG, "breed": "ゴールデンレトリバー"})
    return application_id


def test_who_comes_back_is_told_what_changed(hana: Applicant, amend: Amend, clock: Clock) -> None:
    application_id = begun(hana)
    amend(10, *CHANGES)
    days_go_by(hana, clock, 10)
    hana.open(f"/applications/{application_id}/check")
    assert hana.at == f"/applications/{application_id}"
    assert "この手続は" in hana.main
    assert "新しくなりました" in hana.main
    assert "もう一度答えていただきたい質問 犬種 前の回答: ゴールデンレトリバー" in hana.main
    assert "新しく加わった質問 庭がありますか" in hana.main
    assert "手数料の決まり" not in hana.main


def test_what_fits_is_there_and_only_the_rest_is_asked(hana: Applicant, amend: Amend, clock: Clock) -> None:
    application_id = begun(hana)
    amend(10, *CHANGES)
    days_go_by(hana, clock, 10)
    hana.open(f"/applications/{application_id}")
    hana.open(f"/applications/{application_id}/steps/owner")
    assert hana.typed("tel") == ["0353211111"]
    assert hana.typed("name.family") == ["山田"]
    hana.open(f"/applications/{application_id}")
    hana.press("犬種")
    assert hana.at == f"/applications/{application_id}/steps/dogs/dogs/1"
    assert "前の回答: ゴールデンレトリバー" in hana.main
    assert hana.typed("call_name") == ["ポチ"]
    assert hana.typed("breed") == [""]
    hana.send({"breed": "柴"})
    hana.open(f"/applications/{application_id}")
    assert "犬種" not in hana.main
    hana.press("庭がありますか")
    hana.send({"garden": "yes"})
    hana.open(f"/applications/{application_id}/check")
    assert hana.heading.startswith("内容の確認") or "確認" in hana.heading
    hana.send(form="/check")
    assert hana.at.endswith("/pay")


def test_the_earlier_answer_is_said_in_every_language(hana: Applicant, amend: Amend, clock: Clock) -> None:
    application_id = begun(hana)
    amend(10, *CHANGES)
    days_go_by(hana, clock, 10)
    for language, words in (("en", "Your earlier answer: ゴールデンレトリバー"), ("easy", "まえの こたえ")):
        hana.client.set_cookie(LANGUAGE, language)
        hana.open(f"/applications/{application_id}")
        assert words in hana.main


def test_what_was_typed_when_midnight_came_is_saved_first(hana: Applicant, amend: Amend, clock: Clock) -> None:
    late_in_the_evening(hana, clock)
    application_id = hana.start("dog-registration")
    amend(1, *CHANGES)
    clock.move(timedelta(minutes=20))
    hana.send(OWNER)  # the page of the old version is still open
    assert hana.at == f"/applications/{application_id}"
    assert "新しくなりました" in hana.main
    hana.open(f"/applications/{application_id}/steps/owner")
    assert hana.typed("tel") == ["0353211111"]


def test_a_mistake_on_an_old_page_is_told_there_and_nothing_is_lost(
    hana: Applicant, amend: Amend, clock: Clock
) -> None:
    late_in_the_evening(hana, clock)
    hana.start("dog-registration")
    amend(1, *CHANGES)
    clock.move(timedelta(minutes=20))
    hana.send({**OWNER, "phone": "12"})
    assert hana.page is not None
    assert hana.page.status_code == 422
    assert hana.typed("name.family") == ["山田"]
    hana.send({"phone": OWNER["phone"]})
    assert "新しくなりました" in hana.main


def test_an_old_version_is_not_sent(hana: Applicant, amend: Amend, clock: Clock) -> None:
    late_in_the_evening(hana, clock)
    application_id = begun(hana)
    hana.open(f"/applications/{application_id}/check")
    amend(1, *CHANGES)
    clock.move(timedelta(minutes=20))
    hana.send(form="/check")
    assert hana.at == f"/applications/{application_id}"
    assert "もう一度答えていただきたい質問" in hana.main


def test_an_old_tab_is_told_that_its_page_is_another_by_now(hana: Applicant, amend: Amend, clock: Clock) -> None:
    late_in_the_evening(hana, clock)
    application_id = begun(hana)
    hana.open(f"/applications/{application_id}/steps/owner")
    page = hana.page
    amend(1, *CHANGES)
    clock.move(timedelta(minutes=20))
    hana.open(f"/applications/{application_id}")
    hana.page = page
    hana.send({"email": "other@example.jp"})
    assert hana.page is not None
    assert hana.page.status_code in {409, 422}
    assert hana.typed("email") == ["other@example.jp"]


def test_one_item_removed_leaves_the_earlier_answer_beside_the_other(
    hana: Applicant, amend: Amend, clock: Clock
) -> None:
    application_id = begun(hana)
    hana.open(f"/applications/{application_id}/steps/dogs/dogs/2")
    hana.send({**DOG, "call_name": "ハチ", "breed": "秋田犬と柴犬の雑種"})
    amend(10, *CHANGES)
    days_go_by(hana, clock, 10)
    hana.open(f"/applications/{application_id}")
    hana.open(f"/applications/{application_id}/steps/dogs/dogs/1/remove")
    hana.send(form="/remove")
    hana.open(f"/applications/{application_id}/steps/dogs/dogs/1")
    assert hana.typed("call_name") == ["ハチ"]
    assert "前の回答: 秋田犬と柴犬の雑種" in hana.main
    hana.open(f"/applications/{application_id}")
    assert "使わなくなった回答" in hana.main
    assert "ゴールデンレトリバー" in hana.main


def test_another_fee_is_said(hana: Applicant, amend: Amend, clock: Clock) -> None:
    application_id = begun(hana)
    amend(10, ("amount: 3000}", "amount: 3200}"))
    days_go_by(hana, clock, 10)
    hana.open(f"/applications/{application_id}")
    assert "手数料の決まりも変わりました" in hana.main
    assert "3,200円" in hana.main
    assert "もう一度" not in hana.main


def test_days_of_grace(hana: Applicant, amend: Amend, clock: Clock) -> None:
    application_id = begun(hana)
    amend(10, *CHANGES, ("draft: {days: 30}", "draft: {days: 30, grace_days: 5}"))
    days_go_by(hana, clock, 14)
    hana.open(f"/applications/{application_id}/check")
    assert hana.at.endswith("/check")
    days_go_by(hana, clock, 1)
    hana.open(f"/applications/{application_id}/check")
    assert "新しくなりました" in hana.main


def test_taro_cannot_move_it(hana: Applicant, applicant: Callable[..., Applicant], amend: Amend, clock: Clock) -> None:
    application_id = begun(hana)
    amend(10, *CHANGES)
    days_go_by(hana, clock, 10)
    taro = applicant("taro")
    for path in ("", "/check", "/steps/owner"):
        taro.get(f"/applications/{application_id}{path}")
        assert taro.page is not None
        assert taro.page.status_code == 404
    hana.open(f"/applications/{application_id}")
    assert "新しくなりました" in hana.main
