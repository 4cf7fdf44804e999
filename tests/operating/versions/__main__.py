"""`python -m tests.operating.versions [--from COMMIT]`: two releases at once during an upgrade, as real processes.

Without `--from`, the oldest release that is promised to work beside this one: the last commit of the schema's floor.
"""

import argparse
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory

from sqlalchemy import text

import migrations
from payments.sandbox.app import create_sandbox
from payments.sandbox.serving import running
from tests.operating.drill import databases, tell
from tests.operating.versions import releases
from tests.operating.versions.afterwards import look
from tests.operating.versions.balancer import Balancer
from tests.operating.versions.both import Both
from tests.operating.versions.people import Work
from tests.operating.versions.upgrade import Found, upgrade
from tests.ringed import opened

KINDS = ("sqlite", "postgresql")


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1: somebody met an error, or something was lost; 2: that release is not in this checkout."""
    parser = argparse.ArgumentParser(prog="python -m tests.operating.versions", description=__doc__)
    parser.add_argument("--from", dest="earlier", metavar="COMMIT", help="the release before")
    parser.add_argument("--seconds", type=float, default=8, help="how long each state lasts")
    parser.add_argument("--visitors", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="who asks which release")
    parser.add_argument("--database", choices=KINDS, action="append", help="both, one after the other, unless named")
    chosen = parser.parse_args(arguments)
    try:
        commit = releases.named(chosen.earlier) if chosen.earlier else releases.last_with(floor())
        fine = [_one(kind, commit, chosen) for kind in chosen.database or KINDS]
    except releases.NoHistory as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    return int(not all(fine))


def floor() -> str:
    """The oldest revision whose release works on the shape of this one."""
    with TemporaryDirectory() as folder, closing(opened(f"sqlite:///{folder}/empty.db")) as database:
        migrations.upgrade(database)
        with database.read() as session:
            return str(session.scalar(text("SELECT revision FROM schema_floor")))


def _one(kind: str, commit: str, chosen: argparse.Namespace) -> bool:
    tell(f"{kind}: from {commit[:8]} ({releases.head_of(commit)}) to {migrations.head()}, seed {chosen.seed}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tetsuzuki-two-", ignore_cleanup_errors=True)))
        code = releases.unpack(commit, folder / "code")
        (folder / "here/data").mkdir(parents=True)  # where a file is
        [url, _] = stack.enter_context(databases(kind, folder))
        balancer = stack.enter_context(Balancer(Random(chosen.seed)).running())
        provider = stack.enter_context(running(create_sandbox(base_url="http://127.0.0.1")))
        both = Both.of(folder / "site", url, code, balancer, provider.base_url)
        stack.callback(both.end)
        both.prepare()
        stack.enter_context(both.vouched())
        work, found = Work(balancer.address, chosen.visitors), Found()
        upgrade(both, work, chosen.seconds, found)
        look(both, work, found)
        for line in found.wrong[:20]:
            tell(f"  WRONG: {line}")
        tell(f"{kind}: {len(found.wrong)} wrong")
        return not found.wrong


if __name__ == "__main__":
    sys.exit(main())
