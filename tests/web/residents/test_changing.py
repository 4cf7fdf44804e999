"""Back, change, remove, another tab, another click: nothing is lost and nothing happens twice."""

from collections.abc import Callable

from tests.web.client import form_values, main_form
from tests.web.residents.applicant import DOG, OWNER, PLACE, Applicant


def test_a_change_link_returns_to_the_check_page(hana: Applicant) -> None:
    hana.register()
    assert hana.heading == "入力内容の確認"
    hana.press("変更（電話番号）")
    assert hana.page.request.query_string == b"return=check"
    hana.send({"phone": "090-1111-2222"})
    assert hana.heading == "入力内容の確認"
    assert "09011112222" in hana.main


def test_a_change_that_asks_something_new_leads_there_first(hana: Applicant) -> None:
    hana.register()
    hana.press("変更（登録する犬 1）")
    hana.send({"vaccinated": "yes"})
    assert hana.heading == "注射済証"
    assert hana.page.request.args["return"] == "check"


def test_going_back_shows_what_was_saved(hana: Applicant) -> None:
    hana.start("dog-registration")
    hana.send(OWNER)
    hana.press("戻る")
    assert hana.heading == "飼い主"
    assert hana.typed("name.family_kana") == ["ヤマダ"]
    assert hana.typed("phone") == ["0353211111"]


def test_a_dog_can_be_changed_and_removed_after_a_question(hana: Applicant) -> None:
    hana.register(DOG, {**DOG, "call_name": "ハナ"})
    hana.press("追加・削除")
    hana.press("変更（登録する犬 2）")
    hana.send({"call_name": "ハナコ"})
    assert hana.heading == "入力内容の確認"
    assert "ハナコ" in hana.main
    hana.press("追加・削除")
    hana.press("削除（登録する犬 1）")
    assert "ポチ" in hana.main
    hana.send()
    assert "ポチ" not in hana.main
    assert "ハナコ" in hana.main


def test_removing_twice_removes_one(hana: Applicant) -> None:
    id = hana.register(DOG, {**DOG, "call_name": "ハナ"})
    hana.open(f"/applications/{id}/steps/dogs/dogs/1/remove")
    values = form_values(main_form(hana.tree))
    for _ in range(2):
        assert hana.post(f"/applications/{id}/steps/dogs/dogs/1/remove", values).status_code == 303
    hana.open(f"/applications/{id}/steps/dogs/dogs")
    assert "ハナ" in hana.main
    assert "入力済み：1件" in hana.main


def test_a_list_without_items_leads_to_the_first_one(hana: Applicant) -> None:
    id = hana.register()
    hana.open(f"/applications/{id}/steps/dogs/dogs/1/remove")
    hana.send()
    assert hana.at.endswith("/dogs/1")


def test_a_stale_tab_is_told_and_loses_nothing(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    owner = f"/applications/{id}/steps/owner"
    hana.open(owner)
    stale = form_values(main_form(hana.tree))
    hana.send(OWNER)
    page = hana.post(owner, {**stale, **OWNER, "phone": "0312345678"})
    assert page.status_code == 409
    assert hana.typed("phone") == ["0312345678"]
    assert "0353211111" in hana.main
    hana.send()
    hana.open(owner)
    assert hana.typed("phone") == ["0312345678"]


def test_the_same_answers_from_two_tabs_are_no_conflict(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    stale = form_values(main_form(hana.tree))
    for _ in range(2):
        page = hana.post(f"/applications/{id}/steps/owner", {**stale, **OWNER})
        assert page.status_code == 303


def test_two_tabs_on_different_pages_do_not_disturb_each_other(hana: Applicant) -> None:
    id = hana.register()
    hana.open(f"/applications/{id}/steps/owner")
    stale = form_values(main_form(hana.tree))
    hana.open(f"/applications/{id}/steps/dogs/dogs/1")
    hana.send({"call_name": "クロ"})
    assert hana.post(f"/applications/{id}/steps/owner", {**stale, "phone": "0311112222"}).status_code == 303
    hana.open(f"/applications/{id}/check")
    assert "クロ" in hana.main
    assert "0311112222" in hana.main


def test_two_new_dogs_at_once_end_as_a_question_not_as_a_loss(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.send(OWNER)
    stale = form_values(main_form(hana.tree))
    hana.send(DOG)
    page = hana.post(f"/applications/{id}/steps/dogs/dogs/1", {**stale, **DOG, "call_name": "シロ"})
    assert page.status_code == 409
    assert hana.typed("call_name") == ["シロ"]
    assert "ポチ" in hana.main


def test_leaving_the_path_leads_to_where_something_is_missing(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.open(f"/applications/{id}/steps/certificate_photo")
    assert hana.heading == "飼い主"
    assert hana.get(f"/applications/{id}/steps/no-such-step").status_code == 404
    assert hana.get(f"/applications/{id}/steps/dogs/nothing").status_code == 404
    assert hana.get(f"/applications/{id}/steps/dogs/dogs/7").status_code == 303


def test_the_draft_says_what_is_done_and_until_when_it_lives(hana: Applicant) -> None:
    id = hana.start("dog-registration")
    hana.send(OWNER)
    hana.open(f"/applications/{id}")
    assert "2026年5月31日" in hana.main
    assert "入力済み" in hana.main
    hana.press("続きを入力する")
    assert hana.heading == "登録する犬 1"


def test_a_draft_is_found_again_and_can_be_deleted(applicant: Callable[..., Applicant]) -> None:
    visitor = applicant()
    id = visitor.start("water-service-start")
    visitor.send(PLACE)
    visitor.open("/procedures/water-service-start")
    assert "入力の途中の申請があります" in visitor.main
    visitor.open("/applications")
    visitor.press("水道の使用開始")
    visitor.press("この下書きを削除する")
    visitor.send()
    assert visitor.get(f"/applications/{id}").status_code == 200
    assert "取下げ" in visitor.main
