"""A sandbox that tells an inbox what happens."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from payments.sandbox.app import WEBHOOK_SECRET, create_sandbox
from payments.sandbox.machine import WebhookTarget
from payments.sandbox.serving import running
from tests.payments.conftest import Payer, sdk
from tests.payments.sandbox.inbox import Inbox, open_inbox


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
