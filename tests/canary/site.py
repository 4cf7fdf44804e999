"""The whole of it as real processes: several of the website, a worker, the local Stripe; on either database."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

import migrations
from payments.sandbox.app import create_sandbox
from payments.sandbox.machine import WebhookTarget
from payments.sandbox.serving import running
from procedures.database import Database, open_database
from procedures.seal import create_seal_key
from tests.browser.stack import free_ports, process_of
from tests.machine.ground import BEGINNING, furnish
from web.demo.environment import Ports, environment
from web.rings import ring_of
from web.services import utc_now
from web.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0


@dataclass(frozen=True)
class Site:
    """Where it is reached, what it keeps, who is its client."""

    settings: Settings
    database: Database
    stripe: str
    client: tuple[str, str]
    folder: Path

    @property
    def logs(self) -> list[Path]:
        """What the processes wrote."""
        return sorted(self.folder.glob("*.log"))


@contextmanager
def standing(folder: Path, database_url: str, workers: int = 3, *, mails: bool = True) -> Iterator[Site]:
    """All of it, once it answers. An empty `database_url` is SQLite in the folder; without `mails` nobody sends any."""
    with ExitStack() as stack:
        [port, issuer] = free_ports(2)
        webhook = WebhookTarget(f"http://127.0.0.1:{port}/webhooks/stripe", Settings().stripe_webhook_secret)
        stripe = create_sandbox(base_url="http://127.0.0.1", webhook=webhook)
        sandbox = stack.enter_context(running(stripe, send=True))
        data, url = folder / "data", database_url or f"sqlite:///{folder / 'canary.db'}"
        ports = Ports(port, issuer, int(sandbox.base_url.rpartition(":")[2]))
        variables = environment(data, ports) | {
            "TETSUZUKI_DATABASE_URL": url,
            "TETSUZUKI_SPECS_DIR": str(ROOT / "procedure_specs"),
        }
        settings = Settings.from_environment(variables)
        database = open_database(url, 8, ring_of(settings))
        stack.callback(database.close)
        migrations.upgrade(database)
        create_seal_key(settings.seal_dir, settings.authority.name.ja, BEGINNING)
        client = furnish(database, utc_now())
        serving = [sys.executable, "-m", "tests.canary.serving", str(port), str(workers)]
        stack.enter_context(process_of(serving, folder / "web.log", variables))
        if mails:
            stack.enter_context(
                process_of([sys.executable, "-m", "web.cli", "worker"], folder / "worker.log", variables)
            )
        _await(f"{settings.public_url}/readyz", folder / "web.log")
        yield Site(settings, database, sandbox.base_url, client, folder)


def _await(address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if requests.get(address, timeout=5).status_code < 500:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError(f"it did not start; it said:\n{log.read_text(errors='replace')[-3000:]}")
