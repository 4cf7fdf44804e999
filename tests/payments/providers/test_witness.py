"""What we ask Stripe for and what we read is what the annotations of its own SDK know."""

import ast
from pathlib import Path
from typing import Any, get_args

import pytest
import stripe
from stripe.events._event_classes import get_v2_event_notification_class
from stripe.params import DisputeListParams, PayoutListParams, RefundCreateParams, RefundListParams
from typing_extensions import get_type_hints

from payments.providers import RefundOrder
from payments.providers.stripe import disputes, payouts, refunds
from payments.providers.stripe.disputes import STATUSES
from payments.providers.stripe.events import SUBJECTS
from payments.providers.stripe.refunds import refund_parameters
from tests.payments.sandbox.shapes import _names_of

ORDER = RefundOrder(
    key="k",
    refund_id="r1",
    payment_id="pi_1",
    charge_id="c1",
    reference="2026-1",
    yen=500,
    duplicate=True,
    email="hanako@example.jp",
)


def hints_of(cls: type) -> dict[str, Any]:
    return get_type_hints(cls, localns=_names_of(cls))


def words_of(hint: Any) -> set[str]:
    """The literal words among the options of an annotation."""
    return {word for option in get_args(hint) for word in get_args(option) if isinstance(word, str)}


def test_a_refund_is_asked_for_in_the_sdks_words() -> None:
    parameters = refund_parameters(ORDER)
    assert set(parameters) <= set(RefundCreateParams.__annotations__)
    assert str(RefundCreateParams.__annotations__["reason"]).count(parameters["reason"]) == 1
    assert parameters == {
        "payment_intent": "pi_1",
        "amount": 500,
        "reason": "duplicate",
        "metadata": {"refund": "r1", "charge": "c1", "reference": "2026-1"},
        "instructions_email": "hanako@example.jp",
    }


@pytest.mark.parametrize(
    ("cls", "asked"),
    [
        (RefundListParams, {"payment_intent", "limit"}),
        (DisputeListParams, {"created", "limit"}),
        (PayoutListParams, {"created", "limit"}),
    ],
)
def test_lists_are_narrowed_by_what_the_sdk_knows(cls: type, asked: set[str]) -> None:
    assert asked <= set(cls.__annotations__)


@pytest.mark.parametrize(
    ("module", "name", "cls"),
    [
        (refunds, "refund", stripe.Refund),
        (disputes, "dispute", stripe.Dispute),
        (disputes, "evidence", stripe.Dispute.EvidenceDetails),
        (disputes, "row", stripe.BalanceTransaction),
        (payouts, "payout", stripe.Payout),
        (refunds, "details", stripe.Refund.NextAction.DisplayDetails),
        (refunds, "sent", stripe.Refund.NextAction.DisplayDetails.EmailSent),
    ],
)
def test_every_field_that_is_read_is_one_of_the_sdk(module: Any, name: str, cls: type) -> None:
    read = set(_fields(Path(module.__file__), name))
    assert read
    assert read <= set(hints_of(cls))


def _fields(source: Path, name: str) -> list[str]:
    """What is read of the variable `name`, as an attribute or with getattr."""
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
            found.append(node.attr)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
            target, field = node.args[:2]
            if isinstance(target, ast.Name) and target.id == name and isinstance(field, ast.Constant):
                found.append(str(field.value))
    return found


def test_every_state_of_a_dispute_is_known() -> None:
    assert set(STATUSES) == words_of(hints_of(stripe.Dispute)["status"])


def test_thin_events_of_all_our_subjects_are_known() -> None:
    kinds = [
        *(f"v1.refund.{what}" for what in ("created", "updated", "failed")),
        *(f"v1.charge.dispute.{what}" for what in ("created", "updated", "closed")),
        *(f"v1.charge.dispute.funds_{what}" for what in ("withdrawn", "reinstated")),
        *(f"v1.payout.{what}" for what in ("created", "updated", "paid", "failed", "canceled")),
        *(f"v1.checkout.session.{what}" for what in ("completed", "expired", "async_payment_succeeded")),
    ]
    for kind in kinds:
        assert getattr(get_v2_event_notification_class(kind), "LOOKUP_TYPE", None) == kind, kind
    assert set(SUBJECTS) == {
        cls.OBJECT_NAME for cls in (stripe.Refund, stripe.Dispute, stripe.Payout, stripe.checkout.Session)
    }
