"""The pages on which a person decides: every order there does what it says, and every page is sound."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from payments.sandbox.app import API_KEY, create_sandbox
from payments.sandbox.machine import Sandbox, WebhookTarget
from payments.sandbox.store import Body
from tests.web import client
from tests.web.client import Node, read

ROOMS = ("/_sandbox/", "/_sandbox/money", "/_sandbox/log", "/_sandbox/trouble")


def faults(page: TestResponse) -> list[str]:
    """What is wrong with a page. Nobody signs in here, so no form needs a token: other sites are refused by origin."""
    return [fault for fault in client.faults(page) if not fault.endswith("has no token")]


@dataclass
class Operator:
    """Somebody at the control pages, in process; every page that they see is looked over."""

    sandbox: Sandbox
    web: FlaskClient

    def see(self, path: str, status: int = 200) -> TestResponse:
        """Open a page."""
        answer = self.web.get(path)
        assert (answer.status_code, faults(answer)) == (status, [])
        return answer

    def session(self, reference: str = "26-0001-K") -> Body:
        """A session of 6,000 yen."""
        form = {
            "mode": "payment",
            "success_url": "http://localhost/back",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "jpy",
            "line_items[0][price_data][unit_amount]": "6000",
            "line_items[0][price_data][product_data][name]": "手数料",
            "metadata[reference]": reference,
            "customer_email": "hanako@example.jp",
        }
        return self.api("/v1/checkout/sessions", form)

    def api(self, path: str, form: dict[str, str]) -> Body:
        """Ask the API something."""
        answer = self.web.post(path, data=form, headers={"Authorization": f"Bearer {API_KEY}"})
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def paid(self, choice: str = "card_ok", **form: str) -> str:
        """The path of the control page of a payment."""
        session = self.session()
        self.web.post(f"/pay/{session['id']}", data={"choice": choice, **form})
        return f"/_sandbox/payments/{session['id']}"

    def press(self, page: str, button: str, **fields: str) -> TestResponse:
        """Press a button on a page, with what its form holds, and see the page that follows."""
        form = next(form for form in read(self.see(page)).all("form") if button in [b.said for b in form.all("button")])
        values = {node.attributes["name"]: _value(node) for node in form.all("input", "select") if _counts(node)}
        answer = self.web.post(form.attributes["action"], data={**values, **fields})
        assert answer.status_code == 303, answer.text
        return self.see(answer.headers["Location"])

    def newest(self, kind: str) -> Body:
        """The latest resource of a kind."""
        return self.sandbox.store.newest_first(kind)[0]


def _counts(node: Node) -> bool:
    kind = node.attributes.get("type")
    return "name" in node.attributes and (kind not in ("radio", "checkbox") or "checked" in node.attributes)


def _value(node: Node) -> str:
    if node.tag == "input":
        return node.attributes.get("value", "")
    options = node.all("option")
    return next((o for o in options if "selected" in o.attributes), options[0]).attributes["value"]


@pytest.fixture
def operator() -> Iterator[Operator]:
    app = create_sandbox(base_url="http://localhost", webhook=WebhookTarget("http://127.0.0.1:9/", "whsec_x"))
    yield Operator(app.extensions["sandbox"], app.test_client())
    app.extensions["sandbox"].store.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_room_is_sound_empty_and_full(operator: Operator, language: str) -> None:
    for _ in range(2):
        for room in ROOMS:
            page = operator.see(f"{room}?lang={language}")
            assert ("練習用です" if language == "ja" else "This is a sandbox") in page.text
            assert ("本物の決済会社ではありません" if language == "ja" else "not a real provider") in page.text
        for choice in ("card_ok", "card_declined", "konbini", "card_3ds"):
            operator.see(f"{operator.paid(choice)}?lang={language}")
        operator.web.post(
            "/_sandbox/faults", data={"kind": "error", "path": "/v1/refunds", "back": "/_sandbox/trouble"}
        )
        operator.web.post("/_sandbox/clock", data={"seconds": "600000", "back": "/_sandbox/"})
        operator.web.post("/_sandbox/payouts", data={"back": "/_sandbox/money"})


def test_the_language_is_the_browsers_unless_chosen(operator: Operator) -> None:
    english = operator.web.get("/_sandbox/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert '<html lang="en">' in english.text
    assert '<html lang="ja">' in operator.see("/_sandbox/?lang=ja").text
    assert operator.web.get("/").headers["Location"] == "/_sandbox/"


def test_a_payment_is_found_by_what_somebody_knows_of_it(operator: Operator) -> None:
    operator.paid()
    other = operator.session("26-0002-M")
    operator.web.post(f"/pay/{other['id']}", data={"choice": "card_ok"})
    charge = operator.newest("charge")
    for text in ("26-0002-M", other["id"], charge["id"], charge["payment_intent"], charge["balance_transaction"]):
        found = operator.see(f"/_sandbox/?q={text}").text
        assert "26-0002-M" in found
        assert "26-0001-K" not in found
    assert operator.see("/_sandbox/?q=hanako").text.count("26-000") == 2
    assert "当てはまる支払いはありません" in operator.see("/_sandbox/?q=nobody%25").text
    assert operator.web.get("/_sandbox/payments/cs_none").status_code == 404


def test_the_clock_is_moved(operator: Operator) -> None:
    began = operator.sandbox.clock.now()
    assert "0日1時間" in operator.press("/_sandbox/", "＋1時間").text
    operator.press("/_sandbox/", "＋1日")
    operator.press("/_sandbox/", "＋7日")
    assert operator.sandbox.clock.now() - began == pytest.approx(3_600 + 8 * 86_400, abs=2)
    answer = operator.web.post("/_sandbox/clock", data={"to": "2020-01-01T00:00", "back": "/_sandbox/money"})
    assert (answer.status_code, faults(answer)) == (400, [])
    assert 'href="/_sandbox/money"' in answer.text


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("お店で支払ったことにする", "支払い済み"),
        ("明日、お店で支払われることにする", "お店で支払われる予定です"),
        ("期限が切れたことにする", "コンビニ払いの期限切れ"),
    ],
)
def test_at_the_shop(operator: Operator, button: str, words: str) -> None:
    assert words in operator.press(operator.paid("konbini"), button).text


def test_a_plan_to_pay_is_taken_back(operator: Operator) -> None:
    page = operator.paid("konbini")
    operator.press(page, "明日、お店で支払われることにする")
    assert "お店で支払われる予定です" not in operator.press(page, "支払われないことにする").text


@pytest.mark.parametrize(
    ("button", "status"),
    [("口座の連絡があったことにする", "pending"), ("返金が届いたことにする", "succeeded"), ("失敗させる", "failed")],
)
def test_a_konbini_refund(operator: Operator, button: str, status: str) -> None:
    page = operator.paid("konbini")
    operator.press(page, "お店で支払ったことにする")
    charge = operator.newest("charge")["id"]
    operator.api("/v1/refunds", {"charge": charge, "instructions_email": "hanako@example.jp"})
    operator.press(page, button)
    assert operator.newest("refund")["status"] == status
    operator.see(f"{page}?lang=en")


def test_a_refund_past_the_application(operator: Operator) -> None:
    page = operator.paid()
    assert "一部返金" in operator.press(page, "管理画面から返金する", yen="1500").text
    assert operator.newest("refund")["amount"] == 1500
    assert "全額返金" in operator.press(page, "管理画面から返金する").text
    assert "管理画面から返金する" not in operator.see(page).text


@pytest.mark.parametrize(
    ("buttons", "status"),
    [
        (["役所の勝ちにする"], "won"),
        (["証拠を出したことにする", "役所の負けにする"], "lost"),
        (["役所の勝ちにし、手数料も返す"], "won"),
    ],
)
def test_a_dispute(operator: Operator, buttons: list[str], status: str) -> None:
    page = operator.paid()
    assert "回答待ち" in operator.press(page, "不審請求を起こす", reason="duplicate").text
    for button in buttons:
        operator.press(page, button)
    assert (operator.newest("dispute")["status"], operator.newest("dispute")["reason"]) == (status, "duplicate")


@pytest.mark.parametrize(
    ("button", "status"), [("正式な申し立てにする", "needs_response"), ("照会を終わらせる", "warning_closed")]
)
def test_an_inquiry(operator: Operator, button: str, status: str) -> None:
    page = operator.paid()
    operator.press(page, "不審請求を起こす", inquiry="1")
    operator.press(page, button)
    assert operator.newest("dispute")["status"] == status


def test_payouts(operator: Operator) -> None:
    operator.paid()
    operator.press("/_sandbox/", "＋7日")
    assert "送金中" in operator.press("/_sandbox/money", "今すぐ全額を入金する").text
    assert "着金" in operator.press("/_sandbox/money", "着いたことにする").text
    assert "銀行から戻った" in operator.press("/_sandbox/money", "失敗させる", code="no_account").text
    operator.press("/_sandbox/money", "動かす", yen="-300")
    assert operator.newest("balance_transaction")["amount"] == -300
    answer = operator.web.post("/_sandbox/movements", data={"yen": "much", "back": "/_sandbox/money"})
    assert answer.status_code == 400


def chosen(page: TestResponse, name: str) -> str:
    """What a field of a page stands at."""
    return next(_value(node) for node in read(page).all("select") if node.attributes["name"] == name)


@pytest.mark.parametrize(("name", "value"), [("schedule", "daily"), ("way", "processing")])
def test_settings_of_money(operator: Operator, name: str, value: str) -> None:
    form = {name: value, "back": "/_sandbox/money"}
    assert (
        operator.web.post(f"/_sandbox/{'payouts' if name == 'schedule' else 'refunds'}", data=form).status_code == 303
    )
    assert chosen(operator.see("/_sandbox/money"), name) == value


def test_webhooks_are_set_and_sent_again(operator: Operator) -> None:
    page = operator.press("/_sandbox/log", "この設定にする", lose="1", only="charge.succeeded", payload="thin")
    assert chosen(page, "payload") == "thin"
    payment = operator.paid()
    assert "途中で消えた" in operator.see("/_sandbox/log").text
    operator.press(payment, "もう一度知らせる")
    operator.press("/_sandbox/log", "今すぐ送る")
    operator.press("/_sandbox/log", "1時間遅らせる")
    operator.press("/_sandbox/log", "届けるべきものを今送る")
    assert "（答え URLError）" in operator.see("/_sandbox/log").text


def test_faults_are_ordered_and_taken_back(operator: Operator) -> None:
    page = operator.press("/_sandbox/trouble", "起こす", kind="error_after", target="POST /v1/refunds", count="2")
    assert page.text.count("POST /v1/refunds</code>") == 2
    assert "ありません。" in operator.press("/_sandbox/trouble", "すべて取りやめる").text
    operator.press("/_sandbox/trouble", "この設定にする", per_second="5")
    assert operator.sandbox.store.setting("api.limit", 0) == 5


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/pay/x"])
def test_a_form_leads_back_to_the_control_pages_only(operator: Operator, back: str) -> None:
    answer = operator.web.post("/_sandbox/clock", data={"seconds": "1", "back": back})
    assert answer.headers["Location"] == "/_sandbox/"


def test_a_refusal_is_a_page_for_a_person_and_json_for_a_test(operator: Operator) -> None:
    page = operator.paid()
    charge = operator.newest("charge")["id"]
    order: dict[str, Any] = {"charge": charge, "yen": 7_000}
    answer = operator.web.post("/_sandbox/refunds", data=order | {"back": page})
    assert (answer.status_code, faults(answer)) == (409, [])
    assert "greater than unrefunded" in answer.text
    assert f'href="{page}"' in answer.text
    assert operator.web.post("/_sandbox/refunds", json=order).get_json()["error"]["param"] == "amount"
