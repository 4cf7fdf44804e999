"""The release before and the new one, on one database and one data folder, behind one address."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from tests.browser.stack import free_ports, process_of
from tests.operating.installation import ROOT, SPEC, Installation, Process
from tests.operating.versions.balancer import Balancer

SPECS = Path(__file__).parent / "specs"
LAYOUTS = "procedure_specs"
"""Where each release has its layouts of papers."""
PATIENCE = 300.0
STARTED = "worker_started"
DRAINS = 15  # longer than the balancer may take to notice on a machine that is busy with other things
_PREPARE = (
    "import sys; from dataclasses import replace; from pathlib import Path; "
    "from web.demo.preparation import prepare; from web.settings import Settings; "
    "print(*prepare(replace(Settings.from_environment(), specs_dir=Path(sys.argv[1])), 'ja'), sep='\\n')"
)
_VOUCH = (
    "import sys; from pathlib import Path; from web.issuer.serving import serve; "
    "serve('127.0.0.1', int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))"
)


@dataclass
class Both:
    """`data` is what they share; `issuer` vouches for whoever signs in, and no upgrade concerns it."""

    old: Installation
    new: Installation
    balancer: Balancer
    data: Path
    issuer: int

    @classmethod
    def of(cls, folder: Path, database_url: str, earlier: Path, balancer: Balancer, provider: str) -> "Both":
        """Nothing runs yet. `earlier` is the code of the release before, `provider` the address of the local Stripe."""
        old, new, issuer = free_ports(3)
        more = {
            "TETSUZUKI_DATA_DIR": str(folder / "data"),
            "TETSUZUKI_PUBLIC_URL": balancer.address,
            "TETSUZUKI_ALLOWED_HOSTS": f"127.0.0.1:{old},127.0.0.1:{new}",
            "TETSUZUKI_LOCAL_ISSUER": f"http://127.0.0.1:{issuer}",
            "TETSUZUKI_STRIPE_API_BASE": provider,
            "TETSUZUKI_SECRET_KEY": "k" * 40,
            "TETSUZUKI_DRAIN_SECONDS": str(DRAINS),
        }
        for name in ("old", "new", "data"):
            (folder / name).mkdir(parents=True)
        copytree(SPECS, folder / "specs")
        text = SPEC.read_text(encoding="utf-8") + "sign_in: {required: false}\n"
        (folder / "specs" / SPEC.name).write_text(text, encoding="utf-8")
        before, now = (
            Installation(folder / name, database_url, code, {**more, "TETSUZUKI_SPECS_DIR": str(code / LAYOUTS)}, port)
            for name, code, port in (("old", earlier, old), ("new", ROOT, new))
        )
        return cls(before, now, balancer, folder / "data", issuer)

    def prepare(self) -> None:
        """By the release before: migrated, published, staff with their roles, a seal."""
        done = self.old.python("-c", _PREPARE, str(self.data.parent / "specs"))
        if "shed" not in done.stdout:
            raise RuntimeError(f"the release before could not be set up:\n{done.stdout}{done.stderr}")

    @contextmanager
    def vouched(self) -> Iterator[None]:
        """People can sign in."""
        command = [sys.executable, "-c", _VOUCH, str(self.issuer), self.balancer.address, str(self.data)]
        with process_of(command, self.new.folder / "issuer.log", self.new.environment):
            yield

    def begin(self, release: Installation, name: str) -> tuple[Process, Process]:
        """Its website, once it is among those that are asked, and its worker."""
        started = release.said("worker").count(STARTED) if (release.folder / "worker.log").exists() else 0
        server, worker = release.serve(workers=2), release.start("worker")
        self.balancer.doors[name] = release.address
        await_(lambda: release.said("worker").count(STARTED) > started, lambda: release.said("worker")[-2000:])
        await_(lambda: name in self.balancer.ready, lambda: f"{name} is never ready: {release.said('serve')[-2000:]}")
        return server, worker

    def end(self) -> None:
        """Whatever still runs is killed."""
        self.old.end()
        self.new.end()


def await_(reached: Callable[[], object], otherwise: Callable[[], str]) -> None:
    """Until it is so; raises where that takes too long."""
    until = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > until:
            raise RuntimeError(otherwise())
        time.sleep(0.1)
