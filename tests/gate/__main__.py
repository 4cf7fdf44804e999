"""`python -m tests.gate`: what every kind of person gets at every route, to be compared with tests/gate/tables."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import ringed
from tests.databases import SqliteFiles
from tests.gate.expected import expected
from tests.gate.trying import lines, try_route
from tests.gate.world import World


def main() -> int:
    """Write a line for each; what differs is marked. 1 where anything does."""
    known, wrong = expected(), 0
    with TemporaryDirectory() as folder:
        database = ringed.opened(SqliteFiles(Path(folder)).lend())
        world = World(Path(folder), database)
        for method, rule in lines(world):
            tried = try_route(world, method, rule)
            differs = known.get(tried.line) != tried.letters
            wrong += differs + len(tried.faults)
            mark = f"  <- {known.get(tried.line, 'new')}" if differs else ""
            told = (f"{tried.letters}  {tried.line}{mark}", *(f"    {fault}" for fault in tried.faults))
            sys.stdout.writelines(f"{line}\n" for line in told)
        database.close()
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
