"""What the sandbox lets itself be asked is some of what Stripe documents, and everything else is refused."""

from collections.abc import Collection

import pytest
import stripe

from payments.sandbox.api import checkout_sessions, disputes, events, listing, payment_intents, payouts, refunds
from payments.sandbox.resources.dispute import EVIDENCE_FILES, EVIDENCE_TEXTS
from payments.sandbox.wire.pages import LIST_PARAMETERS
from tests.payments.conftest import Payer, session_parameters
from tests.payments.sandbox.documented import parameters

CHECKOUT, V2 = "stripe.params.checkout", "stripe.params.v2.core"
ALONE = ("expand",)
ASKED: list[tuple[str, Collection[str], str, tuple[str, ...], str]] = [
    ("open", checkout_sessions.PARAMETERS, "SessionCreateParams", (), CHECKOUT),
    ("item", checkout_sessions.ITEM_PARAMETERS, "SessionCreateParams", ("line_items",), CHECKOUT),
    ("price", checkout_sessions.PRICE_PARAMETERS, "SessionCreateParams", ("line_items", "price_data"), CHECKOUT),
    ("intent", checkout_sessions.INTENT_PARAMETERS, "SessionCreateParams", ("payment_intent_data",), CHECKOUT),
    ("methods", checkout_sessions.OPTIONS, "SessionCreateParams", ("payment_method_options",), CHECKOUT),
    ("konbini", ["expires_after_days"], "SessionCreateParams", ("payment_method_options", "konbini"), CHECKOUT),
    ("expire", ALONE, "SessionExpireParams", (), CHECKOUT),
    ("look at a session", ALONE, "SessionRetrieveParams", (), CHECKOUT),
    ("lines", checkout_sessions.LINE_ITEM_PARAMETERS, "SessionListLineItemsParams", (), CHECKOUT),
    ("cancel an intent", payment_intents.CANCEL_PARAMETERS, "PaymentIntentCancelParams", (), "stripe.params"),
    ("refund", refunds.CREATE_PARAMETERS, "RefundCreateParams", (), "stripe.params"),
    ("change a refund", refunds.UPDATE_PARAMETERS, "RefundUpdateParams", (), "stripe.params"),
    ("cancel a refund", ALONE, "RefundCancelParams", (), "stripe.params"),
    ("answer a dispute", disputes.UPDATE_PARAMETERS, "DisputeUpdateParams", (), "stripe.params"),
    ("evidence", (*EVIDENCE_TEXTS, *EVIDENCE_FILES), "DisputeUpdateParams", ("evidence",), "stripe.params"),
    ("close a dispute", ALONE, "DisputeCloseParams", (), "stripe.params"),
    ("pay out", payouts.CREATE_PARAMETERS, "PayoutCreateParams", (), "stripe.params"),
    ("thin events", set(events.LIST_PARAMETERS) - {"page"}, "EventListParams", (), V2),
]
LISTS = {
    "checkout.session": ("SessionListParams", CHECKOUT),
    "payment_intent": ("PaymentIntentListParams", "stripe.params"),
    "charge": ("ChargeListParams", "stripe.params"),
    "refund": ("RefundListParams", "stripe.params"),
    "dispute": ("DisputeListParams", "stripe.params"),
    "payout": ("PayoutListParams", "stripe.params"),
    "event": ("EventListParams", "stripe.params"),
    "balance_transaction": ("BalanceTransactionListParams", "stripe.params"),
}


@pytest.mark.parametrize(("taken", "name", "path", "module"), [row[1:] for row in ASKED], ids=[row[0] for row in ASKED])
def test_parameters_are_some_that_stripe_documents(
    taken: Collection[str], name: str, path: tuple[str, ...], module: str
) -> None:
    known = parameters(name, module, path)
    assert set(taken) <= known, f"undocumented: {sorted(set(taken) - known)}"


@pytest.mark.parametrize("kind", listing.KINDS)
def test_lists_are_narrowed_as_stripe_documents(kind: str) -> None:
    listed = listing.KINDS[kind]
    name, module = LISTS[kind]
    taken = {*LIST_PARAMETERS, *listed.fields, *listed.more}
    assert taken <= parameters(name, module), f"undocumented: {sorted(taken - parameters(name, module))}"


def test_undocumented_ones_are_noticed() -> None:
    assert "colour" not in parameters("RefundCreateParams")
    assert "idempotency_key" not in parameters("RefundCreateParams")
    assert parameters("DisputeUpdateParams", path=("evidence",)) > set(EVIDENCE_TEXTS)


PATHS = ["checkout/sessions", "payment_intents", "charges", "refunds", "disputes", "payouts", "events"]


@pytest.mark.parametrize("path", [*PATHS, "balance_transactions", "balance"])
def test_an_unknown_parameter_of_a_look_is_refused(payer: Payer, path: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        payer.client.raw_request("get", f"/v1/{path}", colour="red")
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "colour")


def test_an_unknown_parameter_of_an_act_is_refused_wherever_it_stands(payer: Payer) -> None:
    price = {"currency": "jpy", "unit_amount": 3000, "product_data": {"name": "x"}, "recurring": {"interval": "day"}}
    for changes, param in (
        ({"subscription_data": {"trial_period_days": 1}}, "subscription_data"),
        ({"line_items": [{"price_data": price, "quantity": 1}]}, "line_items[0][price_data][recurring]"),
        ({"payment_intent_data": {"capture_method": "manual"}}, "payment_intent_data[capture_method]"),
        (
            {"payment_method_options": {"card": {"statement_descriptor_suffix_kana": "x"}}},
            "payment_method_options[card]",
        ),
    ):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            payer.client.v1.checkout.sessions.create(session_parameters(**changes))
        assert (refused.value.code, refused.value.param) == ("parameter_unknown", param)
