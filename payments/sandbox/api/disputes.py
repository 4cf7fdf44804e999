"""`/v1/disputes`: update (evidence), close."""

from typing import Any

from payments.sandbox.api.listing import find
from payments.sandbox.cashier.disputes import accept, submit_evidence
from payments.sandbox.machine import Sandbox
from payments.sandbox.resources.dispute import EVIDENCE_FILES, EVIDENCE_TEXTS
from payments.sandbox.store import Body
from payments.sandbox.wire.errors import ApiError, invalid
from payments.sandbox.wire.expanding import expanded
from payments.sandbox.wire.forms import mapping, merged_metadata, one_of, only

UPDATE_PARAMETERS = ("evidence", "expand", "metadata", "submit")
LONGEST_EVIDENCE = 150_000  # characters, all texts together


def update(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Keep evidence and, unless `submit` is false, hand it to the bank. Metadata can be changed in every state."""
    only(parameters, UPDATE_PARAMETERS)
    body = find(sandbox, "dispute", resource_id)
    submit = one_of(parameters.get("submit", "true"), "submit", ("true", "false")) == "true"
    evidence = _evidence(parameters.get("evidence", {}))
    body = sandbox.store.put(body | merged_metadata(body, parameters))
    if evidence or "submit" in parameters:
        body = submit_evidence(sandbox, body, evidence, submit=submit)
    return expanded(sandbox, body, parameters)


def close(sandbox: Sandbox, parameters: dict[str, Any], resource_id: str) -> Body:
    """Do not contest it."""
    only(parameters, ("expand",))
    return expanded(sandbox, accept(sandbox, find(sandbox, "dispute", resource_id)), parameters)


def _evidence(given: Any) -> dict[str, str | None]:
    texts = mapping(given, "evidence")
    for name, value in texts.items():
        if name in EVIDENCE_FILES and value:
            message = f"No such file upload: '{value}'. The sandbox takes no files; write into a text field."
            raise ApiError(400, message, code="resource_missing", param=f"evidence[{name}]")
    only(texts, (*EVIDENCE_TEXTS, *EVIDENCE_FILES), "evidence")
    if sum(len(str(value)) for value in texts.values()) > LONGEST_EVIDENCE:
        raise invalid("evidence", f"The combined character count of evidence is limited to {LONGEST_EVIDENCE:,}.")
    return {name: value or None for name, value in texts.items()}
