"""A clerk asks for a correction, sees it with the applicant, and sees what changed when it comes back."""

from collections.abc import Callable
from datetime import date

import pytest

from engine.lifecycle import Status
from payments import cases as paid_cases
from procedures.corrections import working
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework
from tests.web.client import faults

ASK = {"mark": "holder_name", "why.holder_name": "氏名の漢字を確かめてください。", "due": "2026-05-20"}


@pytest.fixture
def sato(browser: Callable[..., Browser]) -> Browser:
    """The clerk's browser."""
    return browser("sato")


@pytest.fixture
def case(casework: Casework) -> str:
    """A case that Sato has."""
    id = casework.file(TAX, scenario=1).application_id
    casework.claim(id)
    return id


def send(sato: Browser, case: str, step: str = "send", **fields: object) -> int:
    sato.get(f"/desk/cases/{case}/correction")
    seen = sato.page.text.partition('name="seen" value="')[2].partition('"')[0] if sato.page else ""
    answer = sato.post(f"/desk/cases/{case}/correction", {"seen": seen, "step": step, **ASK, **fields})
    assert not faults(answer), faults(answer)
    return answer.status_code


def text(sato: Browser) -> str:
    assert sato.page is not None
    return sato.page.text


def answer(casework: Casework, case: str, **changes: object) -> None:
    """Hanako corrects and sends."""
    hanako = casework.person("hanako")
    with casework.database.write() as session:
        work = working.open_request(session, hanako, case)
        revision = work.revision
        for field, value in changes.items():
            revision = working.save(session, hanako, casework.now, case, (field,), value, revision)
    with casework.database.write() as session:
        paid_cases.resubmit(session, hanako, casework.now, case, revision, "seen", "直しました。")


def test_every_answer_can_be_marked(sato: Browser, case: str) -> None:
    page = sato.get(f"/desk/cases/{case}/correction")
    assert page.status_code == 200
    assert not faults(page)
    for words in ("神 𠮷子", "委任状.jpg", 'value="2026-05-20"', "いまある内容で審査を続けます"):
        assert words in page.text


def test_seen_before_it_is_sent(sato: Browser, case: str, casework: Casework) -> None:
    assert send(sato, case, "preview") == 200
    for words in ("氏名の漢字を確かめてください。", "2026年5月20日", "申請内容の補正をお願いします"):
        assert words in text(sato)
    assert casework.see(case).status is Status.IN_REVIEW
    assert send(sato, case, "change") == 200
    assert "氏名の漢字を確かめてください。" in text(sato)


def test_sent_and_seen_with_the_applicant(sato: Browser, case: str, casework: Casework) -> None:
    assert send(sato, case, words="よろしくお願いします。") == 303
    sato.follow()
    assert casework.see(case).status is Status.CORRECTION_REQUESTED
    for words in ("補正のお願いを送りました", "標準処理期間は進みません", "よろしくお願いします。", "取り消す"):
        assert words in text(sato)
    sato.get("/desk?tab=with_applicant")
    assert "まで申請者が補正" in text(sato)
    with casework.database.read() as session:
        work = working.open_request(session, casework.person("hanako"), case)
    assert work.due_on == date(2026, 5, 20)
    assert [(mark.place, mark.why) for mark in work.marks] == [(("holder_name",), "氏名の漢字を確かめてください。")]


def test_what_changed_is_seen_and_the_case_is_still_ones_own(sato: Browser, case: str, casework: Casework) -> None:
    send(sato, case)
    name = {"family": "髙橋", "given": "𠮷子", "family_kana": "タカハシ", "given_kana": "ヨシコ"}
    answer(casework, case, holder_name=name)
    page = sato.get(f"/desk/cases/{case}")
    assert not faults(page)
    for words in ("補正で変わったところ（2回目の提出）", "神 𠮷子", "髙橋 𠮷子", "直しました。", "起案する"):
        assert words in page.text
    sato.get("/desk?tab=mine")
    assert "補正あり" in text(sato)


def test_taken_back(sato: Browser, case: str, casework: Casework) -> None:
    send(sato, case)
    assert sato.post(f"/desk/cases/{case}/correction/take-back").status_code == 303
    sato.follow()
    assert "取り消しました" in text(sato)
    assert casework.see(case).status is Status.IN_REVIEW
    assert sato.post(f"/desk/cases/{case}/correction/take-back").status_code == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mark": "", "why.holder_name": ""}, "項目に印を付けるか"),
        ({"why.holder_name": " "}, "理由を書いてください"),
        ({"why.holder_name": "あ" * 1001}, "1,001字"),
        ({"words": "あ" * 2001}, "2,001字"),
        ({"due": "2026-05-08"}, "期限は、2026-05-11以降"),
        ({"due": "2028-01-01"}, "期限は、2026-05-11以降"),
        ({"due": "あした"}, "期限は、2026-05-11以降"),
        ({"mark": "stray"}, "項目に印を付けるか"),
    ],
)
def test_what_does_not_do_is_said_and_nothing_is_lost(
    sato: Browser, case: str, casework: Casework, fields: dict[str, str], words: str
) -> None:
    assert send(sato, case, **fields) == 422
    assert words in text(sato)
    for typed in fields.values():
        assert not typed.strip() or typed in text(sato) or typed == "stray"
    assert casework.see(case).status is Status.IN_REVIEW


def test_a_page_that_is_stale(sato: Browser, case: str) -> None:
    assert send(sato, case, seen="old") == 409
    assert "氏名の漢字を確かめてください。" in text(sato)


def test_lists_and_questions_inside_their_items(sato: Browser, casework: Casework) -> None:
    case = casework.file(DOG).application_id
    casework.pay(case)
    casework.claim(case)
    sent = {"mark": ["dogs", "dogs-1-born"], "why.dogs": "全頭を確かめてください。", "why.dogs-1-born": "日付です。"}
    assert send(sato, case, **sent) == 303
    with casework.database.read() as session:
        work = working.open_request(session, casework.person("hanako"), case)
    assert [mark.place for mark in work.marks] == [("dogs",), ("dogs", 1, "born")]
    assert work.corrected.marked == (("dogs",),)


@pytest.mark.parametrize(("person", "status"), [("suzuki", 403), ("tanaka", 403), ("hanako", 403), (None, 303)])
def test_nobody_but_clerks(browser: Callable[..., Browser], case: str, person: str | None, status: int) -> None:
    somebody = browser(person) if person else browser()
    assert somebody.get(f"/desk/cases/{case}/correction").status_code in {status, 302}
    assert somebody.post(f"/desk/cases/{case}/correction", ASK).status_code in {status, 302}
    assert somebody.post(f"/desk/cases/{case}/correction/take-back").status_code in {status, 302}


@pytest.mark.usefixtures("narrowed")
def test_another_office_finds_nothing(sato: Browser, casework: Casework) -> None:
    case = casework.file(TAX).application_id
    for path in ("", "/take-back"):
        assert sato.post(f"/desk/cases/{case}/correction{path}", ASK).status_code == 404
    assert sato.get(f"/desk/cases/{case}/correction").status_code == 404


@pytest.mark.usefixtures("rival")
def test_a_colleague_is_told_whose_it_is(browser: Callable[..., Browser], case: str) -> None:
    rival = browser("rival")
    page = rival.get(f"/desk/cases/{case}/correction")
    assert page.status_code == 409
    assert "佐藤 係員" in page.text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_in_each_language_of_the_desk(sato: Browser, case: str, casework: Casework, language: str) -> None:
    sato.client.set_cookie("tetsuzuki_language", language)
    for step in ("change", "preview"):
        assert send(sato, case, step) == 200
    send(sato, case)
    assert not faults(sato.get(f"/desk/cases/{case}"))
    answer(casework, case)
    assert not faults(sato.get(f"/desk/cases/{case}"))


def test_more_time_is_granted_told_and_seen_by_the_applicant(
    sato: Browser, browser: Callable[..., Browser], case: str
) -> None:
    here = f"/desk/cases/{case}/correction"
    assert send(sato, case) == 303
    assert f'href="{here}/extension"' in sato.get(f"/desk/cases/{case}").text
    assert 'value="2026-05-27"' in sato.get(f"{here}/extension").text  # five business days more
    for due, why, told in (("2026-05-20", "理由", "期限は、2026-05-21以降"), ("2026-05-27", "", "延ばす理由を書いて")):
        page = sato.post(f"{here}/extension", {"due": due, "why": why})
        assert (page.status_code, told in page.text, why in page.text) == (422, True, True)
    assert sato.post(f"{here}/extension", {"due": "2026-05-27", "why": "申出のとおり"}).status_code == 303
    page = sato.follow().text
    assert "補正の期限を延ばし、申請者に知らせました" in page
    assert "申出のとおり" in page
    hanako = browser("hanako")
    page = hanako.get(f"/applications/{case}/correction").text
    assert "期限は、はじめの2026年5月20日（水）から延びています" in page
    assert "申出のとおり" not in page
    assert sato.post(f"/desk/cases/{case}/correction/take-back").status_code == 303
    assert sato.get(f"{here}/extension").status_code == 409
