"""What is typed and not sent: kept as text, shown again with a word, never an answer, never over somebody's answers."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from procedures.continuing.unfinished import MOST_CHARACTERS
from procedures.database import Database
from procedures.models import Draft, Unfinished
from tests.web.client import form_values, main_form
from tests.web.conftest import Clock
from tests.web.residents.applicant import DOG, OWNER, Applicant

NOTE = "書きかけの内容があります"


def window(person: Applicant) -> dict[str, list[str]]:
    """The form of the page before us, as another window still shows it."""
    return form_values(main_form(person.tree))


def autosave(person: Applicant, id: str, page: str, form: Mapping[str, object]) -> TestResponse:
    """What the script sends."""
    return person.post(f"/applications/{id}/unfinished/{page}", form)


def rows(database: Database) -> int:
    """How many pages hold typed text."""
    with database.read() as session:
        return session.execute(select(func.count()).select_from(Unfinished)).scalar_one()


@pytest.fixture
def dog(hana: Applicant) -> str:
    """A dog registration, on its first page."""
    return hana.start("dog-registration")


def test_typed_text_is_there_again_with_a_word_and_is_no_answer(hana: Applicant, dog: str, database: Database) -> None:
    answer = autosave(hana, dog, "owner", {**window(hana), "phone": "０３ー", "name.family": "髙"})
    assert answer.json == {"version": 1, "at": "10:00"}
    hana.open(f"/applications/{dog}/steps/owner")
    assert NOTE in hana.main
    assert "2026年5月1日（金）10時00分" in hana.main
    assert (hana.typed("phone"), hana.typed("name.family")) == (["０３ー"], ["髙"])
    with database.read() as session:
        assert session.execute(select(Draft.answers)).scalar_one() == "{}"
    hana.open(f"/applications/{dog}")
    assert "入力の途中" in hana.main
    hana.open(f"/applications/{dog}/check")
    assert "保存していない書きかけの内容があります" in hana.main


def test_sending_the_page_leaves_no_text_behind(hana: Applicant, dog: str, database: Database) -> None:
    autosave(hana, dog, "owner", {**window(hana), "phone": "0"})
    hana.open(f"/applications/{dog}/steps/owner")
    hana.send(OWNER)
    assert rows(database) == 0
    hana.open(f"/applications/{dog}/steps/owner")
    assert NOTE not in hana.main


def test_submitting_erases_it(hana: Applicant, database: Database) -> None:
    id = hana.register()
    hana.open(f"/applications/{id}/steps/owner")
    autosave(hana, id, "owner", {**window(hana), "phone": "0399998888"})
    assert rows(database) == 1
    hana.open(f"/applications/{id}/check")
    hana.send(form="/check")
    assert hana.at.endswith(("/pay", "/submitted"))
    assert "0399998888" not in hana.main
    assert rows(database) == 0


def test_the_end_of_a_draft_erases_it(hana: Applicant, dog: str, database: Database) -> None:
    autosave(hana, dog, "owner", {**window(hana), "phone": "0"})
    hana.open(f"/applications/{dog}/withdraw")
    hana.send()
    assert rows(database) == 0


def test_it_changes_no_price_and_no_revision(hana: Applicant, database: Database) -> None:
    id = hana.register()
    with database.read() as session:
        before = session.execute(select(Draft.answers, Draft.revision)).one()
    hana.open(f"/applications/{id}/steps/dogs/dogs/1")
    assert autosave(hana, id, "dogs/dogs/1", {**window(hana), "vaccinated": "yes"}).status_code == 200
    with database.read() as session:
        assert session.execute(select(Draft.answers, Draft.revision)).one() == before
    hana.open(f"/applications/{id}/check")
    assert "3,000円" in hana.main


def test_an_old_window_never_overwrites_newer_answers(hana: Applicant, dog: str, database: Database) -> None:
    old = window(hana)
    hana.send(OWNER)
    answer = autosave(hana, dog, "owner", {**old, "phone": "0"})
    assert (answer.status_code, answer.json) == (409, {"why": "stale"})
    assert rows(database) == 0


def test_two_windows_never_overwrite_each_others_text(hana: Applicant, dog: str) -> None:
    old = window(hana)
    assert autosave(hana, dog, "owner", {**old, "phone": "1"}).json["version"] == 1
    assert autosave(hana, dog, "owner", {**old, "phone": "2"}).status_code == 409
    assert autosave(hana, dog, "owner", {**old, "phone": "12", "kept:version": "1"}).json["version"] == 2
    hana.open(f"/applications/{dog}/steps/owner")
    assert hana.typed("phone") == ["12"]


def test_text_older_than_the_answers_is_shown_beside_them(hana: Applicant, dog: str, database: Database) -> None:
    old = window(hana)
    hana.send(OWNER)
    hana.open(f"/applications/{dog}/steps/owner")
    autosave(hana, dog, "owner", {**window(hana), "phone": "0399998888"})
    with database.write() as session:  # as if the page had been saved elsewhere in the same moment
        session.execute(Unfinished.__table__.update().values(seen=old["seen"][0]))
    hana.open(f"/applications/{dog}/steps/owner")
    assert "この画面は、そのあとで保存されました" in hana.main
    assert "0399998888" in hana.main
    assert hana.typed("phone") == ["0353211111"]
    hana.send(form="/unfinished/")
    assert hana.at == f"/applications/{dog}/steps/owner"
    assert "0399998888" not in hana.main


def test_a_refused_page_is_kept_even_without_the_script(hana: Applicant, dog: str) -> None:
    assert hana.send({**OWNER, "phone": "いち"}).status_code == 422
    assert hana.typed("kept:version") == ["1"]
    assert hana.send({"phone": "に"}).status_code == 422
    hana.open(f"/applications/{dog}/steps/owner")
    assert hana.typed("phone") == ["に"]
    assert hana.typed("name.given") == ["花子"]


@pytest.mark.parametrize(("phone", "kept"), [("0353211111", "入力済み"), ("いち", "入力の途中")])
def test_save_and_continue_later(hana: Applicant, dog: str, phone: str, kept: str) -> None:
    hana.send({**OWNER, "phone": phone, "go:later": "1"})
    assert hana.at == f"/applications/{dog}"
    assert "保存しました" in hana.main
    assert "2026年5月31日" in hana.main
    assert kept in hana.main
    hana.open(f"/applications/{dog}/steps/owner")
    assert hana.typed("name.family") == ["山田"]


def test_nothing_typed_is_nothing_kept(hana: Applicant, dog: str, database: Database) -> None:
    hana.send({"go:later": "1"})
    assert hana.at == f"/applications/{dog}"
    assert rows(database) == 0
    hana.open(f"/applications/{dog}/steps/owner")
    form = window(hana)
    autosave(hana, dog, "owner", {**form, "phone": "1"})
    assert autosave(hana, dog, "owner", {**form, "phone": "", "kept:version": "1"}).json["version"] == 0
    assert rows(database) == 0


def test_how_much_is_kept_is_limited_and_nothing_breaks(hana: Applicant, dog: str) -> None:
    long = {
        **window(hana),
        "name.family": "山" * 10_000,
        "address.street": "\u202e𠮷葛\U000e0100😀",
    }
    assert autosave(hana, dog, "owner", long).status_code == 200
    answer = autosave(hana, dog, "owner", {**long, "name.given": "字" * MOST_CHARACTERS, "kept:version": "1"})
    assert (answer.status_code, answer.json) == (413, {"why": "long"})
    assert (
        hana.post(f"/applications/{dog}/steps/owner", {**long, "name.given": "字" * MOST_CHARACTERS}).status_code == 422
    )
    hana.open(f"/applications/{dog}/steps/owner")
    assert hana.typed("name.family") == ["山" * 10_000]


def test_others_and_strangers_keep_nothing(hana: Applicant, dog: str, applicant: Callable[..., Applicant]) -> None:
    form = {key: value for key, value in window(hana).items() if key != "csrf_token"}
    for other in (applicant("taro"), applicant()):
        assert autosave(other, dog, "owner", {**form, "phone": "9"}).status_code in {401, 404}
    assert (
        hana.client.post(f"/applications/{dog}/unfinished/owner", data={**form, "csrf_token": "no"}).status_code == 403
    )
    assert autosave(hana, dog, "nowhere", form).status_code == 404
    hana.open(f"/applications/{dog}/steps/owner")
    assert NOTE not in hana.main


def test_after_submitting_nothing_is_kept(hana: Applicant) -> None:
    id = hana.register()
    hana.open(f"/applications/{id}/steps/owner")
    form = window(hana)
    hana.open(f"/applications/{id}/check")
    hana.send(form="/check")
    assert autosave(hana, id, "owner", {**form, "phone": "9"}).status_code == 410


def test_typing_keeps_the_draft_alive(hana: Applicant, dog: str, clock: Clock) -> None:
    form = window(hana)
    clock.move(timedelta(hours=11))
    assert autosave(hana, dog, "owner", {**form, "phone": "9"}).status_code == 200
    hana.open(f"/applications/{dog}")
    assert "2026年5月31日" in hana.main


def test_a_new_item_of_a_list_is_kept_before_it_exists(hana: Applicant, dog: str) -> None:
    hana.send(OWNER)
    autosave(hana, dog, "dogs/dogs/1", {**window(hana), "call_name": "ポ"})
    hana.open(f"/applications/{dog}/steps/dogs/dogs/1")
    assert hana.typed("call_name") == ["ポ"]
    hana.send(DOG)
    assert hana.heading == "登録する犬"
    assert "入力済み：1件" in hana.main


def test_after_the_session_ended_the_text_is_kept_with_the_token_of_the_new_one(
    hana: Applicant, dog: str, clock: Clock
) -> None:
    form = window(hana)
    clock.move(timedelta(days=7))
    assert autosave(hana, dog, "owner", {**form, "phone": "9"}).status_code == 401
    hana.sign_in("hanako")
    assert hana.client.post(f"/applications/{dog}/unfinished/owner", data=form).status_code == 403
    hana.open(f"/applications/{dog}/steps/owner")  # as the script does, for its token
    fresh = window(hana)["csrf_token"][0]
    answer = hana.client.post(f"/applications/{dog}/unfinished/owner", data={**form, "phone": "9", "csrf_token": fresh})
    assert answer.json["version"] == 1
