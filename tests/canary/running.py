"""Everybody at once, until there were enough requests; then mails, logs and everything else is looked at."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from random import Random

import requests

from tests.canary import doings
from tests.canary.doings import Shared
from tests.canary.marks import Marks
from tests.canary.people import OFFICES, Somebody, enrol
from tests.canary.site import Site, standing
from tests.canary.watching import Watch, client, finance, nobody, office_of, resident

RESIDENTS = 6
STRANGERS = 2


def run(folder: Path, database_url: str, seed: int, wanted: int) -> Watch:
    """So many requests at a site of its own; what was found."""
    watch = Watch(Marks(Random(seed)))
    with standing(folder, database_url) as site:
        play(site, watch, seed, wanted)
    look_behind(site, watch)
    return watch


def play(site: Site, watch: Watch, seed: int, wanted: int, residents: int = RESIDENTS) -> None:
    """Everybody at once."""
    works = everybody(site, watch, enrol(site.database, watch, residents), seed)
    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(_until, watch, wanted, work) for work in works]:
            done.result()


def look_behind(site: Site, watch: Watch) -> None:
    """Mails and logs."""
    watch.mails(site.settings.mail_dir)
    watch.logs(site.logs)


def _until(watch: Watch, wanted: int, work: Callable[[], None]) -> None:
    while watch.statuses.total() < wanted:
        try:
            work()
        except requests.RequestException:
            continue  # a body that is too large may end with a closed line


def everybody(site: Site, watch: Watch, names: list[str], seed: int) -> list[Callable[[], None]]:
    """What each of them does again and again."""
    shared = Shared()

    def somebody(name: str, may: Callable[..., bool]) -> Somebody:
        return Somebody(site, watch, name, may, Random(f"{seed}:{name}"))

    works: list[Callable[[], None]] = [
        partial(doings.resident, somebody(name, resident(name)).sign_in(), shared) for name in names
    ]
    for office in OFFICES:
        clerk, approver = (somebody(f"{role}-{office}", office_of(office)).sign_in() for role in ("clerk", "approver"))
        works.append(partial(doings.office, clerk, shared, approver, office))
    works.append(partial(doings.finance, somebody("tanaka", finance).sign_in(), shared))
    works.append(partial(doings.system, somebody("system", client("system")), shared))
    works += [partial(doings.stranger, somebody(f"stranger{n}", nobody), shared) for n in range(STRANGERS)]
    return works
