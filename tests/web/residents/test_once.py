"""Asked once: offered with its source, filled in only when asked for, kept only when wanted, never another's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from procedures.database import Database
from procedures.models import AuditEvent, ProfileValue
from tests.web.conftest import Clock
from tests.web.residents.applicant import DOG, OWNER, Applicant

OFFER = "わかっている内容を使う"
KEEP = "次の手続のために登録しますか"


def registered(person: Applicant) -> str:
    """A dog registration that was sent; the page that says so is before them."""
    application_id = person.register()
    person.send(form="/check")
    person.open(f"/applications/{application_id}/submitted")
    return application_id


def kept_all(person: Applicant) -> str:
    """Sent, and everything kept that is offered."""
    application_id = registered(person)
    person.send(form="/keep")
    return application_id


def in_use(person: Applicant) -> dict[str, list[str]]:
    """The page with what is known filled in: what stands in its inputs."""
    person.send({"use_known": "yes"})
    names = {node.attributes.get("name", "") for node in person.tree.all("input", "select")}
    return {name: person.typed(name) for name in names if "." in name or name in {"phone", "email"}}


def test_what_was_kept_is_offered_with_its_source_and_filled_in_only_at_a_press(hana: Applicant, clock: Clock) -> None:
    kept_all(hana)
    clock.move(timedelta(days=100))
    hana.sign_in("hanako")
    application_id = hana.start("dog-registration")
    assert OFFER in hana.main
    assert "山田 花子" in hana.main
    assert "登録内容から（2026年5月1日（金）「犬の登録" in hana.main
    assert hana.typed("phone") == [""]
    filled = in_use(hana)
    assert filled["phone"] == ["0353211111"]
    assert filled["name.family"] == ["山田"]
    assert filled["address.city"] == ["新宿区"]
    assert OFFER not in hana.main
    assert hana.main.count("登録内容から") >= 4
    hana.open(f"/applications/{application_id}/steps/owner")
    assert hana.typed("phone") == [""], "nothing is an answer before the page was continued"


def test_what_was_filled_in_is_sent_only_after_the_page_was_continued(hana: Applicant) -> None:
    kept_all(hana)
    application_id = hana.start("dog-registration")
    in_use(hana)
    hana.open(f"/applications/{application_id}/check")
    assert hana.heading != "内容の確認"
    hana.open(f"/applications/{application_id}/steps/owner")
    in_use(hana)
    hana.send()
    assert hana.at.endswith("/steps/dogs/dogs/1")


def test_the_source_stands_beside_an_answer_until_it_is_changed(hana: Applicant) -> None:
    kept_all(hana)
    application_id = hana.start("dog-registration")
    in_use(hana)
    hana.send({"phone": "090-1111-2222"})
    hana.open(f"/applications/{application_id}/steps/owner")
    marks = {node.attributes["id"] for node in hana.tree.all("p") if node.attributes.get("id", "").endswith("-known")}
    assert any("email" in id for id in marks)
    assert not any("phone" in id for id in marks)


def test_only_empty_questions_are_filled_in(hana: Applicant) -> None:
    kept_all(hana)
    hana.start("dog-registration")
    hana.send({"use_known": "yes", "phone": "090-1111-2222", "name.family": "佐藤"})
    assert hana.typed("phone") == ["090-1111-2222"]
    assert hana.typed("name.family") == ["佐藤"]
    assert hana.typed("name.given") == [""], "a name is filled in as a whole or not at all"
    assert hana.typed("email") == ["hanako@example.jp"]


def test_what_does_not_fit_the_question_is_not_offered(hana: Applicant) -> None:
    hana.open("/profile")
    hana.send({"keep": "yes"}, form="/consent")
    hana.open("/profile/applicant.address")
    hana.send({**{key: OWNER[key] for key in OWNER if key.startswith("address")}, "address.prefecture": "大阪府"})
    hana.start("dog-registration")
    assert OFFER not in hana.main, "only an address in Tokyo is accepted there"


def test_nothing_is_kept_unless_it_is_wanted(hana: Applicant, database: Database) -> None:
    registered(hana)
    assert KEEP in hana.main
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ProfileValue)) == 0
    hana.send({"never": "yes"}, form="/keep")
    registered(hana)
    assert KEEP not in hana.main, "asked once"
    hana.start("dog-registration")
    assert OFFER not in hana.main, "who wants nothing kept is offered nothing"


def test_what_was_said_in_one_go_is_offered_without_having_been_kept(hana: Applicant, clock: Clock) -> None:
    registered(hana)
    hana.start("water-service-start")
    assert "2026年5月1日（金）の申請「犬の登録と注射済票の交付」の回答から" in hana.main
    clock.move(timedelta(days=31))
    hana.sign_in("hanako")
    hana.start("water-service-start")
    assert "の申請「犬の登録" not in hana.main


def test_only_what_differs_is_offered_for_keeping_and_replaces_when_ticked(hana: Applicant) -> None:
    kept_all(hana)
    assert "山田 花子" in hana.main
    hana.start("dog-registration")
    in_use(hana)
    hana.send({"phone": "090-1111-2222"})
    hana.send(DOG)
    hana.send()
    hana.send(form="/check")
    hana.open(hana.at.rsplit("/", 1)[0] + "/submitted")
    boxes = [node.attributes["value"] for node in hana.tree.all("input") if node.attributes.get("name") == "keep"]
    assert boxes == ["applicant.phone"]
    assert "登録内容は「" in hana.main
    hana.send(form="/keep")
    assert "090-1111-2222" in hana.main or "09011112222" in hana.main


def test_the_profile_is_shown_changed_erased_and_taken_along(hana: Applicant, database: Database) -> None:
    kept_all(hana)
    assert hana.at == "/profile"
    assert "（2026年5月1日（金）「犬の登録" in hana.main
    hana.open("/profile/applicant.phone")
    assert hana.typed("applicant_phone") == ["0353211111"]
    hana.send({"applicant_phone": "abc"})
    assert hana.problems
    hana.send({"applicant_phone": "03-1234-5678"})
    assert "登録内容から（2026年5月1日（金）に入力）" in hana.main
    data = hana.client.get("/profile/data.json")
    assert data.headers["Cache-Control"] == "no-store"
    assert data.json is not None
    assert ("applicant.email", "hanako@example.jp") in [(one["concept"], one["answer"]) for one in data.json]
    hana.open("/profile/applicant.phone")
    hana.send({"applicant_phone": ""})
    with database.read() as session:
        assert "applicant.phone" not in set(session.scalars(select(ProfileValue.concept)))
    hana.send({"concept": "applicant.email"}, form="/forget")
    with database.read() as session:
        assert "applicant.email" not in set(session.scalars(select(ProfileValue.concept)))
    hana.post("/profile/forget")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ProfileValue)) == 0


def test_off_erases_everything(hana: Applicant, database: Database) -> None:
    kept_all(hana)
    hana.post("/profile/consent", {"keep": "no"})
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ProfileValue)) == 0
    hana.open("/profile/applicant.phone")
    assert hana.page is not None
    assert hana.page.status_code == 404


def test_another_person_in_the_same_browser_finds_nothing(hana: Applicant) -> None:
    kept_all(hana)
    hana.post("/sign-out")
    hana.open("/procedures/water-service-start")
    assert "前の申請の内容から始める" not in hana.main
    hana.get("/profile")
    assert hana.page is not None
    assert hana.page.status_code == 302
    hana.sign_in("taro")
    hana.open("/procedures/water-service-start")
    hana.start("dog-registration")
    assert OFFER not in hana.main
    assert "山田" not in hana.main
    hana.open("/profile")
    assert "山田" not in hana.main
    hana.open("/procedures/dog-registration")
    assert "前の申請の内容から始める" not in hana.main


def test_a_visitor_is_sent_to_sign_in_for_a_profile(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    visitor.get("/profile")
    assert visitor.page is not None
    assert visitor.page.status_code == 302
    assert visitor.page.headers["Location"].startswith("/sign-in?next=%2Fprofile")


def test_the_log_says_which_concepts_and_never_what(hana: Applicant, database: Database) -> None:
    kept_all(hana)
    hana.start("dog-registration")
    in_use(hana)
    with database.read() as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("profile."))).all()
    told = {row.action: row.field_ids for row in rows}
    assert told["profile.keep"] == ["applicant.address", "applicant.email", "applicant.name", "applicant.phone"]
    assert told["profile.use"] == told["profile.keep"]
    assert not any("山田" in str(row.field_ids) + str(row.note) for row in rows)


@pytest.mark.parametrize("other", ["taro", None])
def test_keeping_anothers_answers_is_refused(
    hana: Applicant, applicant: Callable[..., Applicant], other: str | None
) -> None:
    application_id = registered(hana)
    stranger = applicant(other)
    stranger.post(f"/applications/{application_id}/keep", {"keep": "applicant.name"})
    assert stranger.page is not None
    assert stranger.page.status_code == (404 if other else 303)
    stranger.open("/profile")
    assert "山田" not in stranger.main
