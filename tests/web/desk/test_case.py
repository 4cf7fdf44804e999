"""One case: what was answered and attached, what it costs, what happened, what to do next."""

import json
from collections.abc import Callable

import pytest

from procedures import attachments, library
from procedures.actors import Actor
from procedures.profiles import papers
from tests.uploaded import active_pdf
from tests.web.browsing import Browser
from tests.web.casework import DOG, TAX, Casework

Browsers = Callable[..., Browser]


def test_the_answers_are_there_as_they_were_given(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    text = browser("sato").get(f"/desk/cases/{case.application_id}").text
    for shown in ("山田", "花子", "納税者本人", "自動車税種別割", "品川 300 あ 12-34", "融資の申込み"):
        assert shown in text
    assert "固定資産税・都市計画税（23区）" in text


def test_items_of_a_list_are_numbered(casework: Casework, browser: Browsers) -> None:
    case = casework.file(DOG)
    text = browser("sato").get(f"/desk/cases/{case.application_id}").text
    assert "登録する犬 1" in text
    assert "登録する犬 2" in text
    assert text.index("犬の名前") < text.index("ポチ") < text.rindex("ハナ")


def test_answers_off_the_path_are_not_shown(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX, purpose_other="見せない文")
    assert "見せない文" not in browser("sato").get(f"/desk/cases/{case.application_id}").text


def test_the_fee_and_its_payment_are_shown(casework: Casework, browser: Browsers) -> None:
    case = casework.file(DOG)
    text = browser("sato").get(f"/desk/cases/{case.application_id}").text
    assert "6,550円" in text
    assert "納期限" in text


def test_the_history_names_staff_and_days(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    casework.claim(case.application_id)
    text = browser("suzuki").get(f"/desk/cases/{case.application_id}").text
    assert "佐藤 係員" in text
    assert "担当者が引受け" in text


def test_a_name_that_looks_like_markup_stays_text(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX, purpose="other", purpose_other="<b>太字</b> & 'x'")
    text = browser("sato").get(f"/desk/cases/{case.application_id}").text
    assert "<b>太字</b>" not in text
    assert "&lt;b&gt;太字" in text


def test_rare_characters_stay_themselves(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX, scenario=1)
    text = browser("sato").get(f"/desk/cases/{case.application_id}").text
    assert "神" in text
    assert "𠮷" in text


def test_an_attachment_is_shown_in_a_sandbox(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX, scenario=1)
    file = casework.see(case.application_id).files[0]
    clerk = browser("sato")
    assert "委任状.jpg" in clerk.get(f"/desk/cases/{case.application_id}").text
    answer = clerk.get(f"/desk/cases/{case.application_id}/attachments/{file.id}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.data.startswith(b"\xff\xd8")
    answer.close()
    saved = clerk.get(f"/desk/cases/{case.application_id}/attachments/{file.id}?save")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    saved.close()


@pytest.mark.sqlite_only
def test_pages_and_what_was_taken_out_of_a_pdf_are_told_to_the_clerk_and_stay_with_a_copy(
    casework: Casework, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def attach(actor: Actor, application_id: str, field_id: str) -> str:
        prepared = attachments.prepare(casework.blobs, "委任状.pdf", active_pdf("files"))
        with casework.database.write() as session:
            return attachments.add(session, actor, casework.now, application_id, field_id, prepared)

    monkeypatch.setattr(casework, "attach", attach)
    case = casework.file(TAX, scenario=1)
    page = browser("sato").get(f"/desk/cases/{case.application_id}").text
    assert "· 1ページ" in page
    assert "PDFの中の添付ファイルを取り除いて保存しました。" in page
    file, hanako = casework.see(case.application_id).files[0], casework.people["hanako"]
    with casework.database.read() as session:
        procedure = library.in_force(session, "metropolitan-tax-certificate", casework.now.date()).procedure
        [asked] = [field for field in procedure.fields.values() if field.path == file.field_id]
        [known] = papers.earlier(session, hanako, casework.now.date(), asked, "another")
        copied = papers.copy(session, casework.blobs, hanako, casework.now.date(), asked, "another", known.id)
    assert (copied.pages, copied.removed) == (1, ("files",))


def test_an_attachment_of_another_case_is_not_there(casework: Casework, browser: Browsers) -> None:
    first, second = casework.file(TAX, scenario=1), casework.file(TAX)
    file = casework.see(first.application_id).files[0]
    clerk = browser("sato")
    assert clerk.get(f"/desk/cases/{second.application_id}/attachments/{file.id}").status_code == 404
    assert clerk.get(f"/desk/cases/{first.application_id}/attachments/nothing").status_code == 404
    assert clerk.get(f"/desk/cases/{first.application_id}/certificates/nothing").status_code == 404


@pytest.mark.parametrize("path", ["", "/propose", "/attachments/x", "/certificates/x"])
@pytest.mark.parametrize("person", ["hanako", "taro", "tanaka", "kimura"])
def test_the_desk_is_closed_to_others(casework: Casework, browser: Browsers, person: str, path: str) -> None:
    case = casework.file(TAX)
    assert browser(person).get(f"/desk/cases/{case.application_id}{path}").status_code in {403, 404}


@pytest.mark.parametrize("person", ["hanako", "tanaka"])
def test_another_s_case_and_a_missing_one_look_alike(casework: Casework, browser: Browsers, person: str) -> None:
    case = casework.file(TAX)
    there, missing = (browser(person).get(f"/desk/cases/{id_}") for id_ in (case.application_id, "a" * 26))
    assert there.status_code == missing.status_code


def test_a_stranger_is_sent_to_sign_in(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    answer = browser().get(f"/desk/cases/{case.application_id}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in")


def test_a_draft_is_nobody_s_business(casework: Casework, browser: Browsers) -> None:
    from procedures import drafts, library

    procedure_id = casework.publish(TAX)
    with casework.database.write() as session:
        procedure = library.in_force(session, procedure_id, casework.now.date()).procedure
        draft = drafts.start(session, casework.people["hanako"], casework.now, procedure)
    assert browser("sato").get(f"/desk/cases/{draft}").status_code == 404


def test_every_look_is_logged_without_a_name(
    casework: Casework, browser: Browsers, capsys: pytest.CaptureFixture[str]
) -> None:
    case = casework.file(TAX, scenario=1)
    file = casework.see(case.application_id).files[0]
    clerk = browser("sato")
    capsys.readouterr()
    clerk.get(f"/desk/cases/{case.application_id}")
    clerk.get(f"/desk/cases/{case.application_id}/attachments/{file.id}").close()
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"look"' in line]
    assert [(line["actor"], line["application"], line["what"]) for line in lines] == [
        ("person:sato", case.application_id, "case"),
        ("person:sato", case.application_id, "attachment"),
    ]
    assert "佐藤" not in json.dumps(lines, ensure_ascii=False)


def test_looking_writes_nothing_but_that_one_looked(casework: Casework, browser: Browsers) -> None:
    from sqlalchemy import event

    case = casework.file(TAX)
    clerk = browser("sato")
    seen: list[str] = []
    for engine in (casework.database.engine, casework.database.reading_engine):
        event.listen(engine, "before_cursor_execute", lambda *call: seen.append(call[2]))
    for path in ("/desk", "/desk?tab=open", f"/desk/cases/{case.application_id}"):
        clerk.get(path)
    assert seen
    looks = ("INSERT INTO look ", "UPDATE look_head ")
    assert not [
        one for one in seen if not one.lstrip().upper().startswith(("SELECT", "WITH")) and not one.startswith(looks)
    ]


def test_a_case_keeps_the_version_it_was_submitted_with(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX)
    assert "2026年4月1日" in browser("sato").get(f"/desk/cases/{case.application_id}").text


@pytest.mark.parametrize("path", ["%00", "%00/propose", "%F0%9F%92%A9", "..%2F..%2Fetc"])
def test_odd_addresses_are_404(casework: Casework, browser: Browsers, path: str) -> None:
    assert browser("sato").get(f"/desk/cases/{path}").status_code == 404
