"""What a resident reads and writes on the page of messages."""

from collections.abc import Callable

import pytest
from flask import Flask

from procedures.actors import Actor
from procedures.correspondence import reading, rules, writing
from procedures.database import Database
from tests.web.casework import TAX, Casework
from tests.web.conftest import Clock
from tests.web.residents.applicant import Applicant

ODD = "👩‍👩‍👧 \u202eשלום עולם\u202c 葛󠄀飾区 <script>alert(1)</script> https://example.jp/?a=1&b=2  {title}"


@pytest.fixture
def casework(app: Flask, database: Database, people: dict[str, Actor], now: object) -> Casework:
    """The office's side."""
    return Casework(database, app.extensions["tetsuzuki"].blobs, people, now)


@pytest.fixture
def case(casework: Casework) -> str:
    """A case that the office has received."""
    return casework.file(TAX).application_id


def answer(casework: Casework, case: str, text: str = "来週お送りします。", nonce: str = "n") -> None:
    with casework.database.write() as session:
        writing.from_office(session, casework.person("sato"), casework.now, case, text, nonce, 99)


def told(casework: Casework, case: str) -> reading.Exchange:
    with casework.database.read() as session:
        return reading.of_office(session, casework.person("sato"), case)


def test_asked_and_answered(hana: Applicant, casework: Casework, case: str) -> None:
    hana.open(f"/applications/{case}")
    assert "メッセージはまだありません" in hana.main
    hana.press("メッセージを読む・書く")
    hana.send({"text": "いつ届きますか。\r\n急ぎません。"})
    assert "メッセージを送りました" in hana.main
    assert "あなた" in hana.main
    answer(casework, case)
    hana.open("/applications")
    assert "窓口からのメッセージを読む" in hana.main
    assert "新着" in hana.main
    hana.open(f"/applications/{case}")
    assert "窓口から新しいメッセージが届いています" in hana.main
    assert hana.main.index("窓口にメッセージを送りました") < hana.main.index("窓口からメッセージが届きました")
    hana.press("窓口からのメッセージを読む")
    assert hana.main.index("急ぎません。") < hana.main.index("窓口（主税局）") < hana.main.index("来週お送りします。")
    assert "佐藤" not in hana.main
    hana.open("/applications")
    assert "新着" not in hana.main


def test_what_is_typed_is_shown_as_it_was(hana: Applicant, casework: Casework, case: str) -> None:
    hana.open(f"/applications/{case}/messages")
    hana.send({"text": ODD})
    [words] = [node for node in hana.tree.all("bdi") if "葛󠄀飾区" in node.text]
    assert "".join(piece for piece in words.pieces if isinstance(piece, str)) == ODD
    assert not hana.tree.all("main")[0].all("script")
    assert not [link for link in hana.tree.all("a") if "example.jp" in link.attributes["href"]]
    assert told(casework, case).messages[0].text == ODD


@pytest.mark.parametrize(("text", "words"), [(" \n ", "書いてください"), ("長" * 10_000, "いま10,000字")])
def test_what_does_not_do_comes_back_whole(
    hana: Applicant, casework: Casework, case: str, text: str, words: str
) -> None:
    hana.open(f"/applications/{case}/messages")
    page = hana.send({"text": text})
    assert page.status_code == 422
    assert words in hana.problems[0]
    assert hana.typed("text") == [text.strip()]
    assert not told(casework, case).messages


def test_too_many_a_day_are_kept_for_tomorrow(hana: Applicant, casework: Casework, case: str) -> None:
    with casework.database.write() as session:
        for number in range(rules.A_DAY):
            writing.from_applicant(session, casework.person("hanako"), casework.now, case, "はい", str(number))
    hana.open(f"/applications/{case}/messages")
    assert hana.send({"text": "もう一つ"}).status_code == 422
    assert "1日に送れるメッセージは20件まで" in hana.problems[0]
    assert hana.typed("text") == ["もう一つ"]


def test_the_same_form_twice_is_one_message(hana: Applicant, casework: Casework, case: str) -> None:
    for _ in range(2):
        assert hana.post(f"/applications/{case}/messages", {"text": "はい", "nonce": "n"}).status_code == 303
    assert len(told(casework, case).messages) == 1


def test_the_end_and_after_it(hana: Applicant, casework: Casework, case: str, clock: Clock) -> None:
    hana.open(f"/applications/{case}/withdraw")
    hana.send()
    hana.open(f"/applications/{case}/messages")
    assert "2026年7月30日" in hana.main
    clock.move(rules.AFTERWARDS * 2)
    hana.sign_in("hanako")
    hana.open(f"/applications/{case}/messages")
    assert "主税局に受付番号" in hana.main
    assert not hana.tree.all("textarea")
    for text in ("", "遅れた文"):
        page = hana.post(f"/applications/{case}/messages", {"text": text, "nonce": "n"})
        assert page.status_code == 422
        assert "終わってから日がたっている" in hana.problems[0]
    assert "遅れた文" in page.text
    assert not told(casework, case).messages


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["taro", "sato", None])
def test_it_is_not_there_for_others(
    applicant: Callable[..., Applicant], case: str, who: str | None, method: str
) -> None:
    assert getattr(applicant(who), method)(f"/applications/{case}/messages").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_is_not_there_for_a_draft(hana: Applicant, method: str) -> None:
    draft = hana.start("dog-registration")
    assert getattr(hana, method)(f"/applications/{draft}/messages").status_code == 404


@pytest.mark.parametrize("language", ["easy", "en", "zh", "ko"])
def test_every_language(applicant: Callable[..., Applicant], casework: Casework, case: str, language: str) -> None:
    answer(casework, case)
    hana = applicant("hanako")
    hana.client.set_cookie("tetsuzuki_language", language)
    for path in ("/applications", f"/applications/{case}", f"/applications/{case}/messages"):
        assert hana.open(path).status_code == 200
    assert hana.send({"text": ""}).status_code == 422
