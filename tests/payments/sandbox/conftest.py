"""A sandbox that tells an inbox what happens, and one in which everything has happened."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from payments.sandbox.app import WEBHOOK_SECRET, create_sandbox
from payments.sandbox.machine import WebhookTarget
from payments.sandbox.serving import running
from tests.payments.conftest import Payer, sdk
from tests.payments.sandbox.inbox import Inbox, open_inbox
from tests.payments.sandbox.states import History


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    """An endpoint for webhooks."""
    with open_inbox() as box:
        yield box


@pytest.fixture
def heard(inbox: Inbox, tmp_path: Path) -> Iterator[Payer]:
    """Somebody who pays at a sandbox whose webhooks go to the inbox; they are sent when it is ordered.

    Its clock is the real one: the SDK measures the age of a signature against that.
    """
    target = WebhookTarget(inbox.url, WEBHOOK_SECRET)
    app = create_sandbox(base_url="http://x", state=str(tmp_path / "heard.db"), webhook=target)
    with running(app) as machine:
        somebody = Payer(machine, sdk(machine))
        yield somebody
        somebody.web.close()


@pytest.fixture(scope="session")
def rows() -> list[Mapping[str, Any]]:
    """Every resource in every state, as the API answered it."""
    with running(create_sandbox(base_url="http://127.0.0.1")) as machine:
        payer = Payer(machine, sdk(machine))
        found = History(payer).rows()
        payer.web.close()
    return found
