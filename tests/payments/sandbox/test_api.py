"""Keys, versions, parameters, paging, expansion and errors, as the SDK meets them."""

from typing import Any

import pytest
import stripe

from payments.sandbox.api import checkout_sessions
from tests.payments.conftest import Payer, sdk, session_parameters


@pytest.mark.parametrize("key", ["sk_test_somebody_else", "sk_live_real", "nonsense"])
def test_a_wrong_key_is_refused(payer: Payer, key: str) -> None:
    with pytest.raises(stripe.AuthenticationError):
        sdk(payer.sandbox, api_key=key).v1.events.list()


def test_no_key_and_basic_key(payer: Payer) -> None:
    url = f"{payer.sandbox.base_url}/v1/balance"
    assert payer.web.get(url, timeout=5).status_code == 401
    assert payer.web.get(url, auth=(payer.sandbox.api_key, ""), timeout=5).status_code == 200


def test_another_version_is_refused(payer: Payer) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="version"):
        payer.client.v1.events.list(options={"stripe_version": "2020-08-27"})


def test_the_pinned_version_is_the_sdks(payer: Payer) -> None:
    from payments.providers.stripe import API_VERSION as OURS
    from payments.sandbox.machine import API_VERSION

    assert stripe.api_version == API_VERSION == OURS


def test_what_is_missing_is_named(payer: Payer) -> None:
    for name in ("mode", "line_items", "success_url"):
        parameters = session_parameters()
        del parameters[name]
        with pytest.raises(stripe.InvalidRequestError) as refused:
            payer.client.v1.checkout.sessions.create(parameters)
        assert (refused.value.code, refused.value.param) == ("parameter_missing", name)


def line(**changes: Any) -> dict[str, Any]:
    price = {"currency": "jpy", "unit_amount": 3000, "product_data": {"name": "x"}} | changes
    return {"price_data": price, "quantity": 1}


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"mode": "subscription"}, "mode"),
        ({"ui_mode": "elements"}, "ui_mode"),
        ({"locale": "xx"}, "locale"),
        ({"success_url": "javascript:x"}, "success_url"),
        ({"allowed_payment_method_types": ["oxxo"]}, "allowed_payment_method_types"),
        ({"allowed_payment_method_types": "card"}, "allowed_payment_method_types"),
        ({"payment_method_types": ["card"]}, "payment_method_types"),
        ({"payment_method_options": {"konbini": {"expires_after_days": 61}}}, "payment_method_options[konbini]"),
        ({"line_items": [line(unit_amount=-1)]}, "line_items[0][price_data][unit_amount]"),
        ({"line_items": [line(unit_amount="12.5")]}, "line_items[0][price_data][unit_amount]"),
        ({"line_items": [line(currency="usd")]}, "line_items[0][price_data][currency]"),
        ({"line_items": [line(product_data={"name": ""})]}, "line_items[0][price_data][product_data][name]"),
        ({"line_items": "none"}, "line_items"),
        ({"metadata": {"k" * 41: "v"}}, "metadata"),
        ({"metadata": {"k": "v" * 501}}, "metadata"),
        ({"expires_at": 1}, "expires_at"),
        ({"expires_at": "soon"}, "expires_at"),
        ({"customer": "cus_1"}, "customer"),
    ],
)
def test_what_cannot_be_is_named(payer: Payer, changes: dict[str, Any], param: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.session(**changes)
    assert str(refused.value.param).startswith(param)
    assert refused.value.http_status == 400


@pytest.mark.parametrize(("amount", "methods"), [(100, 2), (120, 3), (300_000, 3), (300_001, 2)])
def test_konbini_is_left_out_where_its_tills_cannot_take_the_amount(payer: Payer, amount: int, methods: int) -> None:
    session = payer.session(line_items=[line(unit_amount=amount)])
    assert len(session.payment_method_types) == methods


def test_amounts_that_nobody_takes(payer: Payer) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.session(line_items=[line(unit_amount=49)])
    assert refused.value.code == "amount_too_small"
    with pytest.raises(stripe.InvalidRequestError):
        payer.session(line_items=[line(unit_amount=100)], allowed_payment_method_types=["konbini"])


def test_parameters_are_some_that_the_sdk_knows() -> None:
    from stripe.params.checkout import SessionCreateParams

    assert set(checkout_sessions.PARAMETERS) <= set(SessionCreateParams.__annotations__)


@pytest.mark.parametrize(
    ("path", "expected"), [("checkout/sessions/cs_none", 404), ("charges/ch_none", 404), ("subscriptions", 404)]
)
def test_what_is_not_there(payer: Payer, path: str, expected: int) -> None:
    headers = {"Authorization": f"Bearer {payer.sandbox.api_key}"}
    answer = payer.web.get(f"{payer.sandbox.base_url}/v1/{path}", headers=headers, timeout=5)
    assert answer.status_code == expected
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_another_kind_of_id_is_not_there_either(payer: Payer) -> None:
    session = payer.session()
    with pytest.raises(stripe.InvalidRequestError):
        payer.client.v1.charges.retrieve(session.id)


def test_lists_come_in_pages_newest_first(payer: Payer) -> None:
    ids = [payer.session().id for _ in range(5)][::-1]
    sessions = payer.client.v1.checkout.sessions
    first = sessions.list({"limit": 2})
    assert ([row.id for row in first.data], first.has_more) == (ids[:2], True)
    assert [row.id for row in first.auto_paging_iter()] == ids
    later = sessions.list({"limit": 2, "starting_after": ids[2]})
    assert ([row.id for row in later.data], later.has_more) == (ids[3:], False)
    earlier = sessions.list({"limit": 1, "ending_before": ids[2]})
    assert ([row.id for row in earlier.data], earlier.has_more) == (ids[1:2], True)
    assert sessions.list({"status": "expired"}).data == []
    for wrong in ({"limit": 0}, {"limit": 101}, {"starting_after": "cs_none"}, {"colour": "red"}):
        with pytest.raises(stripe.InvalidRequestError):
            sessions.list(wrong)


def test_lists_are_narrowed_by_time(payer: Payer) -> None:
    payer.session()
    payer.order("clock", seconds=1000)
    late = payer.session()
    found = payer.client.v1.checkout.sessions.list
    assert [row.id for row in found({"created": {"gte": late.created}}).data] == [late.id]
    assert [row.id for row in found({"created": {"gt": late.created - 500, "lte": late.created}}).data] == [late.id]
    assert len(found({"created": {"lt": late.created}}).data) == 1
    assert found({"created": late.created}).data[0].id == late.id
    with pytest.raises(stripe.InvalidRequestError):
        found({"created": {"around": 1}})


def test_expansion(payer: Payer) -> None:
    session = payer.session()
    payer.choose(session.id, "card_ok")
    plain = payer.client.v1.checkout.sessions.retrieve(session.id)
    assert isinstance(plain.payment_intent, str)
    rows = payer.client.v1.balance_transactions.list({"expand": ["data.source"]})
    assert rows.data[0].source.payment_intent == plain.payment_intent
    for wrong in ("colour", "url"):
        with pytest.raises(stripe.InvalidRequestError):
            payer.client.v1.checkout.sessions.retrieve(payer.session().id, {"expand": [wrong]})


def test_line_items(payer: Payer) -> None:
    session = payer.session(line_items=[line(unit_amount=500), line(unit_amount=700)])
    rows = payer.client.v1.checkout.sessions.line_items.list(session.id, {"limit": 1})
    assert ([row.amount_total for row in rows.auto_paging_iter()], rows.has_more) == ([500, 700], True)
    assert rows.data[0].description == "x"


def test_expiring(payer: Payer) -> None:
    session = payer.session()
    assert payer.client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="expired"):
        payer.client.v1.checkout.sessions.expire(session.id)
    assert payer.events() == ["checkout.session.expired"]


def test_a_session_expires_by_itself(payer: Payer) -> None:
    session = payer.session(expires_at=payer.sandbox.clock.now() + 1_800)
    payer.order("clock", seconds=1_801)
    assert payer.look(session.id).status == "expired"
    assert payer.choose(session.id, "card_ok").status_code == 410


def test_the_clock_only_moves_forward(payer: Payer) -> None:
    assert payer.order("clock", seconds=-1).status_code == 400
    assert payer.order("clock", seconds="soon").status_code == 400
    before = payer.sandbox.clock.now()
    assert payer.order("clock", seconds=60).json()["now"] >= before + 60
    with pytest.raises(ValueError, match="forward"):
        payer.sandbox.clock.advance(-1)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("faults", {"kind": "x"}),
        ("webhooks", {"late_by": -1}),
        ("refunds/re_none", {"do": "succeed"}),
        ("konbini/pi_none", {"do": "pay"}),
        ("payouts", {}),
    ],
)
def test_orders_that_make_no_sense(payer: Payer, path: str, body: dict[str, Any]) -> None:
    assert payer.order(path, **body).status_code in {400, 404, 409}
