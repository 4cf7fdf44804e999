"""`python -m tests.benchmarks.profile`: where the CPU of a journey goes, in this very process, without a server."""

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import migrations
from procedures import library
from procedures.actors import SYSTEM
from tests.benchmarks import load
from tests.benchmarks.journeys import TETSUZUKI, YARDSTICK, Site, journey
from tests.benchmarks.resident import Resident, Send
from tests.benchmarks.servers import SPEC
from tests.benchmarks.yardstick.app import create_app as create_yardstick
from tests.ringed import opened
from web import create_app
from web.services import utc_now
from web.settings import Settings


def main() -> None:
    """Print what a journey costs on both stacks, then the dearest functions of one."""
    parser = argparse.ArgumentParser(description="Profile a journey in process.")
    parser.add_argument("--site", choices=["tetsuzuki", "yardstick"], default="tetsuzuki")
    parser.add_argument("--sort", default="tottime", help="tottime or cumtime")
    parser.add_argument("--journeys", type=int, default=100)
    parser.add_argument("--lines", type=int, default=45)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sends = {"yardstick": yardstick(Path(folder)), "tetsuzuki": tetsuzuki(Path(folder))}
        sites = {"yardstick": YARDSTICK, "tetsuzuki": TETSUZUKI}
        costs = {name: load.in_process(sites[name], sends[name], 40) for name in sites}
        share = costs["tetsuzuki"] / costs["yardstick"]
        sys.stdout.write(", ".join(f"{name} {cost:.1f} ms" for name, cost in costs.items()) + f", ratio {share:.2f}\n")
        profile(lambda: repeat(sites[options.site], sends[options.site], options.journeys), options)


def repeat(site: Site, send: Send, count: int) -> None:
    """So many journeys, one after the other."""
    for _ in range(count):
        journey(site, Resident(send))


def profile(work: Callable[[], None], options: argparse.Namespace) -> None:
    """The dearest functions."""
    profiler = cProfile.Profile(time.process_time)  # waiting for the disk is not CPU
    profiler.runcall(work)
    pstats.Stats(profiler).strip_dirs().sort_stats(options.sort).print_stats(options.lines)


def yardstick(folder: Path) -> Send:
    """The hand-written application."""
    return load.over_wsgi(create_yardstick(str(folder / "yardstick.db")))


def tetsuzuki(folder: Path) -> Send:
    """Tetsuzuki with the measured procedure published."""
    database = opened(f"sqlite:///{folder / 'tetsuzuki.db'}")
    migrations.upgrade(database)
    with database.write() as session:
        library.publish(session, SYSTEM, utc_now(), SPEC.read_text(encoding="utf-8"), SPEC.name, "")
    settings = Settings(data_dir=folder, public_url="http://localhost")
    return load.over_wsgi(create_app(settings, database))


if __name__ == "__main__":
    main()
