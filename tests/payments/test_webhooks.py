"""Webhooks from outside: a bad signature is refused and leaves nothing behind."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from payments.models import ProviderEvent
from payments.providers.stripe import StripeProvider
from payments.sandbox.webhooks.signing import signature_header
from payments.webhooks import BadSignature, receive
from procedures.database import Database
from procedures.models import Job

SECRET = "whsec_test"
NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
EVENT = (
    b'{"id": "evt_1", "object": "event", "type": "checkout.session.completed", "created": %d,'
    b' "data": {"object": {"id": "cs_1", "object": "checkout.session"}}}' % AT
)
PROVIDER = StripeProvider("sk_test_x", SECRET, "http://127.0.0.1:9")


def rows(database: Database) -> tuple[int, int]:
    with database.read() as session:
        return tuple(session.scalar(select(func.count()).select_from(model)) for model in (ProviderEvent, Job))


def test_a_good_one_is_stored_once_with_its_job(database: Database) -> None:
    for _ in range(3):
        with database.write() as session:
            receive(session, PROVIDER, NOW, EVENT, signature_header(EVENT, SECRET, AT))
    assert rows(database) == (1, 1)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "nonsense",
        "t=1,v1=",
        f"t={AT}",
        f"v1={'0' * 64}",
        signature_header(EVENT, "whsec_other", AT),
        signature_header(EVENT + b" ", SECRET, AT),
        signature_header(EVENT, SECRET, AT).replace("v1=", "v0="),
        signature_header(EVENT, SECRET, AT).replace(f"t={AT}", f"t={AT + 1}"),
        signature_header(EVENT, SECRET, AT - 301),
        signature_header(EVENT, SECRET, AT).replace("t=", "t=+"),
    ],
)
def test_a_bad_signature_stores_nothing(database: Database, signature: str) -> None:
    with pytest.raises(BadSignature), database.write() as session:
        receive(session, PROVIDER, NOW, EVENT, signature)
    assert rows(database) == (0, 0)


@pytest.mark.parametrize("age", [300, 0, -86_400])
def test_a_signature_of_five_minutes_is_young_enough(age: int) -> None:
    assert PROVIDER.read_webhook(EVENT, signature_header(EVENT, SECRET, AT - age), NOW).checkout_id == "cs_1"


@pytest.mark.parametrize(
    "payload", [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"id": 1}', b'{"data": {"object": 3}}', b"\xff\xfe"]
)
def test_signed_nonsense_is_refused_as_well(payload: bytes) -> None:
    header = signature_header(payload, SECRET, AT)
    with pytest.raises(BadSignature):
        PROVIDER.read_webhook(payload, header, NOW)


@given(st.binary(max_size=200), st.text(max_size=200))
def test_only_our_own_error_comes_out(payload: bytes, signature: str) -> None:
    with pytest.raises(BadSignature):
        PROVIDER.read_webhook(payload, signature, NOW)
