"""What a person can do on the pay page, and what the SDK then sees."""

import pytest

from payments.sandbox.machine import Sandbox
from tests.payments.conftest import Payer

DAY = 86_400


def test_a_card_that_works(payer: Payer) -> None:
    session = payer.session()
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    answer = payer.choose(session.id, "card_ok")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"http://127.0.0.1:9/back?s={session.id}"
    paid = payer.look(session.id)
    charge = paid.payment_intent.latest_charge
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert (charge.amount, charge.payment_method_details.type, charge.id[:3]) == (6000, "card", "ch_")
    movement = charge.balance_transaction
    assert (movement.amount, movement.fee, movement.net, movement.type) == (6000, 216, 5784, "charge")
    assert paid.payment_intent.metadata["charge"] == "c1"
    assert payer.events() == [
        "payment_intent.created",
        "payment_intent.succeeded",
        "charge.succeeded",
        "checkout.session.completed",
    ]


def test_a_declined_card_leaves_the_session_open_for_another(payer: Payer) -> None:
    session = payer.session()
    answer = payer.choose(session.id, "card_declined")
    assert answer.status_code == 422
    assert "カード会社に断られました" in answer.text
    state = payer.look(session.id)
    assert (state.status, state.payment_intent.status) == ("open", "requires_payment_method")
    assert state.payment_intent.last_payment_error.code == "card_declined"
    assert state.payment_intent.latest_charge.status == "failed"
    assert payer.choose(session.id, "card_ok").status_code == 303
    again = payer.look(session.id)
    assert again.payment_intent.id == state.payment_intent.id
    assert again.payment_status == "paid"
    assert again.payment_intent.last_payment_error is None


@pytest.mark.parametrize(
    ("decline", "code", "outcome"),
    [
        ("insufficient_funds", "card_declined", "issuer_declined"),
        ("lost_card", "card_declined", "issuer_declined"),
        ("stolen_card", "card_declined", "issuer_declined"),
        ("expired_card", "expired_card", "issuer_declined"),
        ("incorrect_cvc", "incorrect_cvc", "issuer_declined"),
        ("processing_error", "processing_error", "issuer_declined"),
        ("fraudulent", "card_declined", "blocked"),
        ("generic_decline", "card_declined", "issuer_declined"),
    ],
)
def test_why_a_card_is_declined(payer: Payer, decline: str, code: str, outcome: str) -> None:
    session = payer.session()
    assert payer.choose(session.id, "card_declined", decline=decline).status_code == 422
    error = payer.look(session.id).payment_intent.last_payment_error
    assert (error.code, error.decline_code, error.type) == (code, decline, "card_error")
    charge = payer.look(session.id).payment_intent.latest_charge
    assert (charge.failure_code, charge.outcome.type, charge.paid) == (code, outcome, False)


@pytest.mark.parametrize(("choice", "method"), [("card_3ds", "card"), ("paypay", "paypay")])
def test_approved_elsewhere(payer: Payer, choice: str, method: str) -> None:
    session = payer.session()
    answer = payer.choose(session.id, choice)
    assert answer.headers["Location"].startswith(f"/approve/{session.id}/{method}")
    there = payer.look(session.id).payment_intent.next_action
    assert there.type == "redirect_to_url"
    assert "支払いを認める" in payer.web.get(there.redirect_to_url.url, timeout=5).text
    assert payer.approve(session.id, method).status_code == 303
    charge = payer.look(session.id).payment_intent.latest_charge
    assert charge.payment_method_details.type == method
    assert charge.balance_transaction.type == ("charge" if method == "card" else "payment")


@pytest.mark.parametrize(
    ("choice", "method", "code"),
    [
        ("card_3ds", "card", "payment_intent_authentication_failure"),
        ("paypay", "paypay", "payment_method_provider_decline"),
    ],
)
def test_refused_elsewhere(payer: Payer, choice: str, method: str, code: str) -> None:
    session = payer.session()
    payer.choose(session.id, choice)
    assert payer.approve(session.id, method, "refuse").status_code == 422
    state = payer.look(session.id)
    assert (state.status, state.payment_intent.last_payment_error.code) == ("open", code)


def test_a_konbini_number_is_paid_later(payer: Payer) -> None:
    session = payer.session(payment_method_options={"konbini": {"expires_after_days": 5}})
    answer = payer.choose(session.id, "konbini")
    state = payer.look(session.id)
    intent = state.payment_intent
    assert answer.headers["Location"].startswith(f"/konbini/{intent.id}")
    assert (state.status, state.payment_status, intent.status) == ("complete", "unpaid", "requires_action")
    number = intent.next_action.konbini_display_details
    assert number.stores.familymart.confirmation_number in payer.web.get(number.hosted_voucher_url, timeout=5).text
    assert 5 * DAY <= number.expires_at - payer.sandbox.clock.now() < 6 * DAY
    assert payer.at_the_shop(intent.id).status_code == 200
    assert payer.look(session.id).payment_status == "paid"
    assert payer.events()[-1] == "checkout.session.async_payment_succeeded"
    assert "checkout.session.completed" in payer.events()


def test_a_konbini_number_expires(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    payer.order("clock", seconds=5 * DAY)
    state = payer.look(session.id)
    assert (state.status, state.payment_status) == ("complete", "unpaid")
    assert state.payment_intent.last_payment_error.code == "payment_intent_payment_attempt_expired"
    assert payer.events()[-1] == "checkout.session.async_payment_failed"
    assert payer.at_the_shop(state.payment_intent.id).status_code == 404


def test_a_cancelled_konbini_number_cannot_be_paid(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    intent = payer.look(session.id).payment_intent
    assert payer.client.v1.payment_intents.cancel(intent.id).status == "canceled"
    assert payer.at_the_shop(intent.id).status_code == 404


def test_the_pages_elsewhere_serve_only_an_open_session(payer: Payer) -> None:
    session = payer.session(allowed_payment_method_types=["card"])
    assert payer.approve(session.id, "paypay").status_code == 404
    assert payer.approve(session.id, "konbini").status_code == 404
    payer.client.v1.checkout.sessions.expire(session.id)
    assert payer.approve(session.id, "card").status_code == 410
    assert payer.web.get(f"{payer.sandbox.base_url}/konbini/pi_none", timeout=5).status_code == 404


def test_a_number_can_be_paid_on_its_own_page(payer: Payer) -> None:
    for choice, words in (("pay", "お支払いは済んでいます"), ("expire", "この番号ではもう支払えません")):
        session = payer.session()
        payer.choose(session.id, "konbini")
        page = f"{payer.sandbox.base_url}/konbini/{payer.look(session.id).payment_intent.id}"
        assert words in payer.web.post(page, data={"choice": choice}, timeout=5).text


def test_tomorrow_and_never_can_be_chosen_on_its_page(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "konbini")
    page = f"{payer.sandbox.base_url}/konbini/{payer.look(session.id).payment_intent.id}"
    assert "お店で支払われる予定です" in payer.web.post(page, data={"choice": "tomorrow"}, timeout=5).text
    assert "お店で支払われる予定です" not in payer.web.post(page, data={"choice": "never"}, timeout=5).text
    assert payer.web.post(page, data={"choice": "sometime"}, timeout=5).status_code == 400
    payer.web.post(page, data={"choice": "tomorrow"}, timeout=5)
    payer.order("clock", seconds=DAY + 5)
    assert payer.look(session.id).payment_status == "paid"


def test_forms_of_other_sites_are_not_followed(payer: Payer) -> None:
    session = payer.session()
    for url in (session.url, f"{payer.sandbox.base_url}/_sandbox/clock"):
        data, headers = {"choice": "card_ok", "seconds": "5"}, {"Origin": "https://elsewhere.example"}
        assert payer.web.post(url, data=data, headers=headers, timeout=5).status_code == 403
    assert payer.look(session.id).status == "open"


def test_nothing_chosen_asks_again(payer: Payer) -> None:
    session = payer.session(allowed_payment_method_types=["card"])
    for choice in ("", "konbini", "nonsense"):
        answer = payer.choose(session.id, choice)
        assert answer.status_code == 422
        assert "支払い方法を1つ選んでください" in answer.text


def test_a_closed_page_says_so(payer: Payer) -> None:
    done, over = payer.session(), payer.session()
    payer.choose(done.id, "card_ok")
    payer.client.v1.checkout.sessions.expire(over.id)
    assert "もう一度支払う必要はありません" in payer.choose(done.id, "card_ok").text
    answer = payer.choose(over.id, "card_ok")
    assert answer.status_code == 410
    assert payer.look(done.id).payment_intent.amount_received == 6000
    assert payer.web.get(f"{payer.sandbox.base_url}/pay/cs_test_none", timeout=5).status_code == 404


@pytest.mark.parametrize(("language", "words"), [("ja", "練習用"), ("en", "This is a sandbox")])
def test_the_page_says_that_it_is_a_sandbox(payer: Payer, language: str, words: str) -> None:
    session = payer.session()
    page = payer.web.get(f"{session.url}?lang={language}", timeout=5)
    assert words in page.text
    assert f'<html lang="{language}">' in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_restart_keeps_everything(payer: Payer, sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> None:
    from payments.sandbox.app import create_sandbox
    from payments.sandbox.serving import running
    from tests.payments.conftest import sdk

    state = str(tmp_path_factory.mktemp("restart") / "stripe.db")
    with running(create_sandbox(base_url="http://127.0.0.1", state=state)) as first:
        somebody = Payer(first, sdk(first))
        session = somebody.session()
        somebody.choose(session.id, "konbini")
        somebody.order("clock", seconds=DAY)
        somebody.web.close()
    with running(create_sandbox(base_url="http://127.0.0.1", state=state)) as second:
        somebody = Payer(second, sdk(second))
        found = somebody.look(session.id)
        assert found.payment_intent.status == "requires_action"
        assert second.clock.offset == DAY
        somebody.web.close()
