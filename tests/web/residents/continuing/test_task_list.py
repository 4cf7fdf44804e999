"""The list of tasks of a draft: how far each page is, what waits for what, and the way there and back."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.web.conftest import Clock
from tests.web.residents.applicant import DOG, OWNER, PLACE, USER, Applicant

PERMIT = {"kind": "new", "form": "fixed"}


def tasks(person: Applicant) -> Mapping[str, str]:
    """What is said of each task, by its title; a title alone stands before its state."""
    [listed] = [node for node in person.tree.all("ol") if node.attributes.get("class") == "tasks"]
    found = {}
    for line in listed.all("li"):
        state = [node for node in line.all("span") if "tag" in node.attributes.get("class", "").split()][-1]
        title = (line.all("a") or line.all("span"))[0].said
        found[title] = state.said
    return found


@pytest.fixture
def permit(hana: Applicant) -> str:
    """Hanako begins a restaurant permit, which is long; the application's id."""
    return hana.start("restaurant-permit")


def test_a_short_procedure_begins_with_its_first_question(hana: Applicant) -> None:
    hana.start("dog-registration")
    assert hana.heading == "飼い主"
    assert not [link for link in hana.tree.all("a") if "項目の一覧" in link.said]


def test_a_long_one_begins_with_its_tasks_and_leads_back_to_them(hana: Applicant, permit: str) -> None:
    assert hana.at == f"/applications/{permit}"
    assert set(tasks(hana).values()) <= {"未入力", "まだ始められません"}
    hana.press("手続を始める")
    assert hana.heading == "申請の内容"
    hana.press("項目の一覧")
    assert hana.at == f"/applications/{permit}"


def test_what_cannot_start_yet_says_what_it_waits_for(hana: Applicant, permit: str) -> None:
    waiting = next(title for title, state in tasks(hana).items() if title.startswith("今の許可"))
    assert tasks(hana)[waiting] == "まだ始められません"
    assert "先に入力する項目：申請の内容" in waiting
    assert "答えによって、項目が増えることがあります" in hana.main
    hana.press("申請の内容")
    hana.send(PERMIT)
    hana.open(f"/applications/{permit}")
    assert not any(title.startswith("今の許可") for title in tasks(hana))
    assert tasks(hana)["申請の内容"] == "入力済み"
    assert "項目のうち1項目が入力済みです" in hana.main


def test_a_task_can_be_chosen_in_any_order_and_goes_on_from_there(hana: Applicant, permit: str) -> None:
    hana.press("申請の内容")
    hana.send(PERMIT)
    hana.open(f"/applications/{permit}")
    hana.press("これまでの処分など")
    hana.send({"penalty": "no", "revoked": "no"})
    assert hana.heading == "店"
    hana.open(f"/applications/{permit}")
    assert tasks(hana)["これまでの処分など"] == "入力済み"
    assert tasks(hana)["申請する方"] == "未入力"


def test_a_done_task_is_changed_and_leads_back_to_the_list(hana: Applicant, permit: str) -> None:
    hana.press("申請の内容")
    hana.send(PERMIT)
    hana.open(f"/applications/{permit}")
    hana.press("申請の内容")
    assert hana.page.request.args["return"] == "tasks"
    back = next(link for link in hana.tree.all("a") if link.said == "戻る")
    assert back.attributes["href"] == f"/applications/{permit}"
    hana.send({"form": "mobile"})
    assert hana.at == f"/applications/{permit}"
    assert "営業に使う車" in tasks(hana)


def test_a_refused_answer_keeps_the_place_to_go_back_to(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.send(OWNER)
    hana.open(f"/applications/{id}")
    hana.press("飼い主")
    assert hana.send({"phone": "いち"}).status_code == 422
    hana.send({"phone": "0311112222"})
    assert hana.at == f"/applications/{id}"


def test_an_answer_that_does_not_fit_any_more_is_called_a_mistake(hana: Applicant, clock: Clock) -> None:
    id = hana.start("water-service-start")
    hana.send(PLACE)
    hana.send(USER)
    clock.move(timedelta(days=10))  # the first day of use is over
    hana.sign_in("hanako")
    hana.open(f"/applications/{id}")
    assert tasks(hana)["使用する場所"] == "直す箇所があります"
    hana.press("続きを入力する")
    assert hana.heading == "使用する場所"


def test_the_check_comes_last_and_waits_for_all(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.send(OWNER)
    hana.open(f"/applications/{id}")
    last = list(tasks(hana).items())[-1]
    assert last[0].startswith("入力内容の確認")
    assert last[1] == "まだ始められません"
    hana.press("続きを入力する")
    hana.send(DOG)
    hana.send()
    hana.open(f"/applications/{id}")
    assert list(tasks(hana).items())[-1] == ("入力内容の確認", "確認できます")
    hana.press("入力内容の確認")
    assert hana.at.endswith("/check")


def test_a_page_begun_without_the_rest_is_in_progress(hana: Applicant) -> None:
    id = hana.register(DOG)
    hana.open(f"/applications/{id}/steps/dogs/dogs/1")
    hana.send({"vaccinated": "yes"})
    hana.open(f"/applications/{id}")
    assert tasks(hana)["注射済証"] == "未入力"
    assert tasks(hana)["登録する犬"] == "入力済み"
