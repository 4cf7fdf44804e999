"""Other systems: clients of the API, and webhooks."""

from procedures.models.exchange.clients import (
    ApiClient,
    ApiProof,
    ApiSecret,
    ApiToken,
    ApiUpload,
    ReceivedSubmission,
)
from procedures.models.exchange.webhooks import CaseEvent, WebhookDelivery, WebhookSubscription

__all__ = [
    "ApiClient",
    "ApiProof",
    "ApiSecret",
    "ApiToken",
    "ApiUpload",
    "CaseEvent",
    "ReceivedSubmission",
    "WebhookDelivery",
    "WebhookSubscription",
]
