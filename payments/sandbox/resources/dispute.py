"""The body of a dispute: a cardholder who denies a payment at the bank."""

from collections.abc import Mapping

from payments.sandbox.store import Body

# The reasons that a person may choose, with the card network's code for each.
REASONS: Mapping[str, str] = {
    "fraudulent": "10.4",
    "duplicate": "12.6",
    "credit_not_processed": "13.6",
    "product_not_received": "13.1",
    "product_unacceptable": "13.3",
    "unrecognized": "10.4",
    "general": "10.4",
}
EVIDENCE_TEXTS = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_tracking_number",
    "uncategorized_text",
)
EVIDENCE_FILES = (
    "cancellation_policy",
    "customer_communication",
    "customer_signature",
    "duplicate_charge_documentation",
    "receipt",
    "refund_policy",
    "service_documentation",
    "shipping_documentation",
    "uncategorized_file",
)


def dispute(
    dispute_id: str, created: int, charge: Body, amount: int, reason: str, *, due_by: int, inquiry: bool
) -> Body:
    """A dispute that waits for an answer. An inquiry only asks: no money has been taken yet."""
    card = {
        "brand": "visa",
        "case_type": "inquiry" if inquiry else "chargeback",
        "network": "visa",
        "network_reason_code": REASONS[reason],
    }
    evidence = dict.fromkeys((*EVIDENCE_TEXTS, *EVIDENCE_FILES)) | {
        "customer_email_address": charge["billing_details"]["email"],
        "enhanced_evidence": {},
    }
    return {
        "id": dispute_id,
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": created,
        "currency": "jpy",
        "enhanced_eligibility_types": [],
        "evidence": evidence,
        "evidence_details": {
            "due_by": due_by,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "intended_submission_method": None,
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {"card": card, "type": "card"},
        "reason": reason,
        "status": "warning_needs_response" if inquiry else "needs_response",
    }
