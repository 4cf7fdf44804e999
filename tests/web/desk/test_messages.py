"""Messages on the desk: what waits, answering with ready words, no answer needed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from procedures.correspondence import reading, rules, writing
from tests.web.browsing import Browser
from tests.web.casework import SPECS, TAX, Casework
from tests.web.client import faults, form_values, read

READY = """
  messages:
    - id: photo
      title: {ja: 写真が暗い, en: Too dark}
      text: {ja: 写真を撮り直してください。, en: Please take the photo again.}
"""
Browsers = Callable[..., Browser]


@pytest.fixture
def sato(browser: Browsers) -> Browser:
    """The clerk's browser."""
    return browser("sato")


@pytest.fixture
def case(casework: Casework) -> str:
    """A case about which Hanako has asked something."""
    id = casework.file(TAX).application_id
    ask(casework, id)
    return id


def ask(casework: Casework, case: str, text: str = "いつ届きますか。<b>") -> None:
    with casework.database.write() as session:
        writing.from_applicant(session, casework.person("hanako"), casework.now, case, text, "n")


def told(casework: Casework, case: str) -> reading.Exchange:
    with casework.database.read() as session:
        return reading.of_applicant(session, casework.person("hanako"), case)


def open_page(browser: Browser, path: str) -> str:
    page = browser.get(path)
    assert page.status_code == 200
    assert faults(page) == []
    return page.text


def send(browser: Browser, case: str, text: str, step: str = "send", **fields: str) -> int:
    path = f"/desk/cases/{case}/messages"
    page = browser.get(path)
    [form] = [form for form in read(page).all("form") if form.attributes.get("action") == path]
    values = form_values(form)
    values = {name: found[0] for name, found in values.items() if name in {"nonce", "ready"}}
    seen = page.text.rpartition('name="seen" value="')[2].partition('"')[0]
    answer = browser.post(path, {**values, "seen": seen, "text": text, "step": step, **fields})
    assert faults(answer) == []
    return answer.status_code


def test_what_waits_is_a_tab_and_a_mark(sato: Browser, case: str) -> None:
    text = open_page(sato, "/desk?tab=message")
    assert '返事待ち <span class="count">1</span>' in text
    assert "メッセージ（2026年5月1日（金）から返事待ち）" in text
    assert "いつ届きますか" not in text


def test_answered_from_the_case(sato: Browser, casework: Casework, case: str) -> None:
    text = open_page(sato, f"/desk/cases/{case}")
    assert "返事を待っているメッセージ" in text
    assert "いつ届きますか。&lt;b&gt;" in text
    assert send(sato, case, "来週です。") == 303
    sato.follow()
    assert sato.page is not None
    for words in ("メッセージを送りました", "佐藤 係員", "申請者はまだ読んでいません"):
        assert words in sato.page.text
    assert not told(casework, case).waiting
    assert "返事を待っているメッセージはありません" in open_page(sato, "/desk?tab=message")
    assert "返事を待っているメッセージ<" not in open_page(sato, f"/desk/cases/{case}")


def test_no_answer_is_needed(sato: Browser, casework: Casework, case: str) -> None:
    seen = str(told(casework, case).last)
    ask(casework, case, "もう一つ")
    assert sato.post(f"/desk/cases/{case}/messages/settle", {"seen": seen}).status_code == 303
    assert [one.text for one in told(casework, case).waiting] == ["もう一つ"]
    sato.post(f"/desk/cases/{case}/messages/settle", {"seen": "99999"})
    sato.follow()
    assert sato.page is not None
    assert "印を外しました" in sato.page.text
    assert len(told(casework, case).messages) == 2


@pytest.mark.parametrize("seen", ["", "x", "-1", "１", "9" * 40])
def test_a_number_that_is_none_settles_nothing(sato: Browser, casework: Casework, case: str, seen: str) -> None:
    assert sato.post(f"/desk/cases/{case}/messages/settle", {"seen": seen}).status_code == 303
    assert told(casework, case).waiting


def test_looking_at_it_counts_as_read_not_as_answered(sato: Browser, casework: Casework, case: str) -> None:
    open_page(sato, f"/desk/cases/{case}/messages")
    assert told(casework, case).messages[0].read_at == casework.now
    assert told(casework, case).waiting


def test_the_applicant_has_read_it(sato: Browser, browser: Browsers, case: str) -> None:
    send(sato, case, "来週です。")
    browser("hanako").get(f"/applications/{case}/messages")
    assert "申請者が2026年5月1日（金）10時00分に読みました" in open_page(sato, f"/desk/cases/{case}")


@pytest.mark.parametrize(("text", "words"), [("", "申請者への文を書いてください"), ("長" * 50_000, "いま50,000字")])
def test_what_does_not_do_comes_back_whole(sato: Browser, casework: Casework, case: str, text: str, words: str) -> None:
    assert send(sato, case, text) == 422
    assert sato.page is not None
    assert words in sato.page.text
    assert text in sato.page.text
    assert len(told(casework, case).messages) == 1


def test_too_many_a_day(sato: Browser, casework: Casework, case: str) -> None:
    with casework.database.write() as session:
        for number in range(rules.A_DAY):
            writing.from_office(session, casework.person("sato"), casework.now, case, "はい", str(number))
    assert send(sato, case, "もう一つ") == 422
    assert sato.page is not None
    assert "20件まで" in sato.page.text


@pytest.fixture
def with_ready(casework: Casework, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A case of a procedure that has a message ready."""
    source = (SPECS / TAX).read_text(encoding="utf-8").replace("\nreview:\n", "\nreview:" + READY, 1)
    for name, text in ((TAX, source), ("concepts.yaml", (SPECS / "concepts.yaml").read_text(encoding="utf-8"))):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr("tests.web.casework.SPECS", tmp_path)
    return casework.file(TAX).application_id


def test_ready_words_are_put_below_what_was_typed(sato: Browser, casework: Casework, with_ready: str) -> None:
    assert "写真が暗い" in open_page(sato, f"/desk/cases/{with_ready}/messages")
    assert send(sato, with_ready, "こんにちは。", "insert", ready="photo") == 200
    assert sato.page is not None
    assert "こんにちは。\n\n写真を撮り直してください。</textarea>" in sato.page.text
    assert not told(casework, with_ready).messages
    assert send(sato, with_ready, "こんにちは。", "insert", ready="none") == 200
    assert "こんにちは。</textarea>" in sato.page.text


@pytest.mark.parametrize("person", ["hanako", "tanaka", "kimura"])
def test_it_is_for_those_who_work_on_cases(browser: Browsers, case: str, person: str) -> None:
    other = browser(person)
    assert other.get(f"/desk/cases/{case}/messages").status_code == 403
    for path in ("messages", "messages/settle"):
        assert other.post(f"/desk/cases/{case}/{path}", {"text": "x", "step": "send"}).status_code == 403


def test_another_office_finds_nothing(browser: Browsers, narrowed: None, casework: Casework, case: str) -> None:
    other = browser("sato")
    assert other.get(f"/desk/cases/{case}/messages").status_code == 404
    for path in ("messages", "messages/settle"):
        answer = other.post(f"/desk/cases/{case}/{path}", {"text": "x", "step": "send", "seen": "99"})
        assert answer.status_code == 404
    assert "いつ届きますか" not in other.get("/desk?tab=message").text
    assert told(casework, case).waiting


def test_every_look_is_noted(sato: Browser, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    sato.get(f"/desk/cases/{case}/messages")
    noted = [json.loads(line) for line in capsys.readouterr().err.splitlines() if '"look"' in line]
    assert [(look["actor"], look["application"], look["what"]) for look in noted] == [("person:sato", case, "messages")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_are_sound_in_both_languages(browser: Browsers, case: str, language: str) -> None:
    suzuki = browser("suzuki")
    suzuki.client.set_cookie("tetsuzuki_language", language)
    for path in ("/desk?tab=message", f"/desk/cases/{case}", f"/desk/cases/{case}/messages"):
        open_page(suzuki, path)
