"""`python -m tests.benchmarks.api --seed N --examples N`: Schemathesis against the whole API, as long as one likes."""

import argparse
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

from schemathesis.core.failures import FailureGroup

import migrations
from procedures import library
from procedures.actors import SYSTEM
from tests.ringed import opened
from tests.web.api.attacking import attack, operations
from tests.web.api.system import System, registered
from web import create_app
from web.services import Overrides
from web.settings import Settings

SPECS = Path(__file__).parents[2] / "procedure_specs"
BEYOND = "Failed to generate test cases"
"""How it says that a schema is more than it can make examples of."""
NOW = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)


def main() -> int:
    """Prints a line for each operation; exit code 1 where something broke."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--examples", type=int, default=100)
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with TemporaryDirectory() as folder:
        return _run(Path(folder), options.seed, options.examples)


def _run(folder: Path, seed: int, examples: int) -> int:
    database = opened(f"sqlite:///{folder / 'api.db'}")
    migrations.upgrade(database)
    _publish(database)
    began = time.monotonic()

    ticks = count()

    def clock() -> datetime:
        """A little later each time it is asked, so that no rate is reached."""
        return NOW + timedelta(seconds=next(ticks) * 0.11)

    app = create_app(Settings(public_url="http://localhost", data_dir=folder), database, Overrides(clock=clock))
    client, broken = System(app, *registered(database, NOW)), 0
    for one in operations(app):
        client.authorize()
        statuses: list[str] = []
        try:
            asked = attack(one, client.headers, examples, seed, statuses).asked
        except (Exception, FailureGroup) as error:  # noqa: BLE001 - whatever a check raises is what is looked for
            beyond = str(error).startswith(BEYOND)
            broken += not beyond
            print(f"{'BEYOND SCHEMATHESIS' if beyond else 'BROKEN'} {one.label}: {str(error)[:2000]}")
            continue
        print(f"{asked:5} {one.label}  {dict(Counter(statuses))}")
    print(f"{broken} broken, {time.monotonic() - began:.0f} s, seed {seed}")
    database.close()
    return 1 if broken else 0


def _publish(database: object) -> None:
    concepts = (SPECS / "concepts.yaml").read_text()
    tariffs = {path.name: path.read_text() for path in (SPECS / "tariffs").glob("*.yaml")}
    with database.write() as session:
        for path in sorted(SPECS.glob("*/*.yaml")):
            if path.parent.name not in {"schema", "tariffs", "templates"}:
                library.publish(session, SYSTEM, NOW, path.read_text(), path.name, concepts, tariffs)


if __name__ == "__main__":
    sys.exit(main())
