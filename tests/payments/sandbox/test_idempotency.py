"""Keys replay and refuse as Stripe's do, and ordered faults happen once."""

from threading import Barrier, Thread

import pytest
import stripe

from tests.payments.conftest import Payer, sdk, session_parameters


def test_the_same_request_gets_the_same_answer(payer: Payer) -> None:
    options = {"idempotency_key": "k1"}
    first = payer.client.v1.checkout.sessions.create(session_parameters(), options)
    again = payer.client.v1.checkout.sessions.create(session_parameters(), options)
    assert first.id == again.id
    assert len(payer.client.v1.checkout.sessions.list().data) == 1
    assert again.last_response.headers["Idempotent-Replayed"] == "true"


def test_other_parameters_under_the_same_key_are_refused(payer: Payer) -> None:
    options = {"idempotency_key": "k1"}
    payer.client.v1.checkout.sessions.create(session_parameters(), options)
    with pytest.raises(stripe.IdempotencyError):
        payer.client.v1.checkout.sessions.create(session_parameters(locale="en"), options)


def test_a_refused_parameter_does_not_use_up_the_key(payer: Payer) -> None:
    options = {"idempotency_key": "k1"}
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.checkout.sessions.create(session_parameters(locale="xx"), options)
    assert payer.client.v1.checkout.sessions.create(session_parameters(), options).status == "open"


def test_a_refused_state_is_replayed(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "card_ok")
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError, match="complete"):
            payer.client.v1.checkout.sessions.expire(session.id, options={"idempotency_key": "k2"})


def test_a_key_is_forgotten_after_a_day(payer: Payer) -> None:
    options = {"idempotency_key": "k1"}
    first = payer.client.v1.checkout.sessions.create(session_parameters(), options)
    payer.order("clock", seconds=86_401)
    assert payer.client.v1.checkout.sessions.create(session_parameters(), options).id != first.id


def test_a_long_key_is_refused(payer: Payer) -> None:
    with pytest.raises(stripe.IdempotencyError):
        payer.client.v1.checkout.sessions.create(session_parameters(), {"idempotency_key": "k" * 256})


def at_the_same_time(payer: Payer, retries: int) -> list[str]:
    """Two requests with one key while the first is still being worked on."""
    payer.order("faults", path="/v1/checkout", kind="slow", seconds=0.6)
    start, answers = Barrier(2), []

    def ask() -> None:
        client = sdk(payer.sandbox, retries=retries)
        start.wait()
        try:
            answers.append(client.v1.checkout.sessions.create(session_parameters(), {"idempotency_key": "k"}).id)
        except stripe.StripeError as error:
            answers.append(f"{error.http_status} {error.json_body['error']['code']}")

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def test_simultaneous_use_of_a_key_is_a_conflict(payer: Payer) -> None:
    refused, answered = at_the_same_time(payer, retries=0)
    assert refused == "409 idempotency_key_in_use"
    assert answered.startswith("cs_test_")


def test_the_sdk_waits_a_conflict_out(payer: Payer) -> None:
    first, second = at_the_same_time(payer, retries=3)
    assert first == second
    assert len(payer.client.v1.checkout.sessions.list().data) == 1


@pytest.mark.parametrize(("kind", "error"), [("error", stripe.APIError), ("rate_limit", stripe.RateLimitError)])
def test_ordered_faults_happen_once(payer: Payer, kind: str, error: type[Exception]) -> None:
    payer.order("faults", path="/v1/checkout/sessions", kind=kind)
    payer.client.v1.balance.retrieve()
    with pytest.raises(error):
        payer.session()
    assert payer.session().status == "open"


@pytest.mark.parametrize("kind", ["error_after", "drop_after"])
def test_an_answer_that_was_lost_is_replayed(payer: Payer, kind: str) -> None:
    payer.order("faults", path="/v1/checkout/sessions", kind=kind)
    options = {"idempotency_key": "k1"}
    with pytest.raises((stripe.APIError, stripe.APIConnectionError)):
        payer.client.v1.checkout.sessions.create(session_parameters(), options)
    found = payer.client.v1.checkout.sessions.create(session_parameters(), options)
    assert [row.id for row in payer.client.v1.checkout.sessions.list().data] == [found.id]


def test_the_sdk_survives_a_lost_answer_by_itself(payer: Payer) -> None:
    payer.order("faults", path="/v1/checkout/sessions", kind="drop_after")
    sdk(payer.sandbox, retries=2).v1.checkout.sessions.create(session_parameters())
    assert len(payer.client.v1.checkout.sessions.list().data) == 1
