"""Retrieving one resource of a kind, and listing all of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payments.sandbox.machine import Sandbox
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import invalid, no_such
from payments.sandbox.wire.expanding import expanded
from payments.sandbox.wire.forms import one_of, only
from payments.sandbox.wire.pages import LIST_PARAMETERS, page_of, within

MOST_TYPES = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a kind is found, by which of its fields a list may be narrowed, and what else its list can be asked for."""

    url: str
    fields: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


KINDS: Mapping[str, Listed] = {
    "checkout.session": Listed("/v1/checkout/sessions", ("status", "payment_intent")),
    "payment_intent": Listed("/v1/payment_intents"),
    "charge": Listed("/v1/charges", ("payment_intent",)),
    "refund": Listed("/v1/refunds", ("charge", "payment_intent")),
    "dispute": Listed("/v1/disputes", ("charge", "payment_intent")),
    "payout": Listed("/v1/payouts", ("status",), ("arrival_date",)),
    "event": Listed("/v1/events", ("type",), ("types", "delivery_success")),
    "balance_transaction": Listed("/v1/balance_transactions", ("type", "source", "currency"), ("payout",)),
}


def retrieve(sandbox: Sandbox, parameters: dict[str, Any], kind: str, resource_id: str) -> Body:
    """One resource of a kind."""
    only(parameters, ("expand",))
    return expanded(sandbox, find(sandbox, kind, resource_id), parameters)


def list_all(sandbox: Sandbox, parameters: dict[str, Any], kind: str) -> Body:
    """The resources of a kind, the latest first."""
    listed = KINDS[kind]
    only(parameters, (*LIST_PARAMETERS, *listed.fields, *listed.more))
    where = {name: parameters[name] for name in listed.fields if name in parameters}
    return expanded(
        sandbox, page_of(sandbox.store, kind, listed.url, parameters, where, _more_terms(parameters)), parameters
    )


def find(sandbox: Sandbox, kind: str, resource_id: str, param: str = "id") -> Body:
    """The resource of this kind, or Stripe's 404."""
    body = sandbox.store.find(resource_id)
    if body is None or body["object"] != kind:
        raise no_such(kind, resource_id, param)
    return body


def _more_terms(parameters: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """SQL terms, each with its value, for what cannot be compared with a field as it is."""
    terms: list[tuple[str, Any]] = list(within("arrival_date", parameters.get("arrival_date")))
    if "types" in parameters:
        asked = parameters["types"]
        if not isinstance(asked, list) or len(asked) > MOST_TYPES or "type" in parameters:
            raise invalid("types", f"Give up to {MOST_TYPES} types, and not type as well.")
        terms.append(("body ->> 'type' IN (SELECT value FROM json_each(?))", json.dumps(asked)))
    if "payout" in parameters:
        terms.append(("id IN (SELECT movement FROM settled WHERE payout = ?)", parameters["payout"]))
    if "delivery_success" in parameters:
        delivered = one_of(parameters["delivery_success"], "delivery_success", ("true", "false")) == "true"
        terms.append(("(body ->> 'pending_webhooks' = 0) = ?", delivered))
    return terms
