"""The whole of it: a data folder, a database, the local issuer and Stripe, and web and worker under the launcher."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import requests

from payments.sandbox.app import create_sandbox
from payments.sandbox.machine import Sandbox, WebhookTarget
from payments.sandbox.serving import running
from procedures.blobs.disk import DiskBlobs
from procedures.database import Database, open_database
from tests.browser.stack import free_ports, process_of
from tests.crash.control import Control
from tests.crash.upgrading.earlier import Earlier
from web.demo.environment import Ports, environment
from web.demo.preparation import prepare
from web.rings import ring_of
from web.settings import Settings

ROOT = Path(__file__).parents[2]
SPECS = Path(__file__).parent / "specs"
PATIENCE = 60.0


@dataclass(frozen=True)
class System:
    """Where it is reached, what it keeps, the harness's own look into that; and what an earlier release left."""

    settings: Settings
    database: Database
    blobs: DiskBlobs
    sandbox: Sandbox
    control: Control
    folder: Path
    earlier: Earlier

    @property
    def site(self) -> str:
        """The website."""
        return self.settings.public_url

    def fallen(self) -> list[str]:
        """Processes that ended without being killed."""
        file = self.control.folder / "fallen"
        return file.read_text().splitlines() if file.exists() else []

    def log(self) -> str:
        """What the processes said."""
        return (self.folder / "launcher.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def standing(folder: Path, database_url: str, port: int) -> Iterator[System]:
    """All of it, once it answers; ended together afterwards. `database_url` is empty and migrated."""
    with ExitStack() as stack:
        site = f"http://127.0.0.1:{port}"
        data = folder / "data"
        webhook = WebhookTarget(f"{site}/webhooks/stripe", Settings().stripe_webhook_secret)
        stripe = create_sandbox(base_url="http://127.0.0.1", state=str(folder / "stripe.db"), webhook=webhook)
        sandbox = stack.enter_context(running(stripe, send=True))
        [issuer] = free_ports(1)
        ports = Ports(port, issuer, int(sandbox.base_url.rpartition(":")[2]))
        variables = environment(data, ports) | {
            "TETSUZUKI_DATABASE_URL": database_url,
            "TETSUZUKI_SPECS_DIR": str(ROOT / "procedure_specs"),
            "TETSUZUKI_WEBHOOK_PRIVATE": "1",
        }
        settings = Settings.from_environment(variables)
        os.environ.update(variables)
        said = prepare(replace(settings, specs_dir=SPECS), "ja")
        assert len(said) == len(list(SPECS.glob("*.yaml"))), said
        control = Control.open(folder)
        launcher = [sys.executable, "-m", "tests.crash.launcher", str(folder), str(ports.web), str(ports.issuer)]
        stack.enter_context(process_of(launcher, folder / "launcher.log", variables))
        database = open_database(settings.database, 4, ring_of(settings))
        stack.callback(database.close)
        earlier = Earlier(database_url, folder)
        system = System(settings, database, DiskBlobs(settings.blobs_dir), sandbox, control, folder, earlier)
        _await(system)
        yield system


def _await(system: System) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if requests.get(f"{system.site}/readyz", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.05)
    raise RuntimeError(f"it did not start:\n{system.log()[-5000:]}")
