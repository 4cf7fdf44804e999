"""`make bench`: a resident's journey beside the yardstick; prints a table and writes JSON to .bench/."""

import argparse
import json
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from tests.benchmarks import engine, journeys, load, phone, servers, steps, weight
from tests.benchmarks.journeys import TETSUZUKI, YARDSTICK, Site
from tests.benchmarks.load import Slot
from tests.benchmarks.resident import Resident
from tests.benchmarks.servers import Server

AIM = 0.6
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Measure, print, write. 0 unless a server answered wrongly."""
    parser = argparse.ArgumentParser(description="Measure the engine, and a resident's journey beside the yardstick.")
    parser.add_argument("--rounds", type=int, default=7, help="pairs of slots (default 7)")
    parser.add_argument("--seconds", type=float, default=4, help="length of a slot (default 4)")
    parser.add_argument("--engine", action="store_true", help="only what the engine alone costs")
    parser.add_argument("--residents", action="store_true", help="only what a step costs with 20 residents at once")
    parser.add_argument("--phone", action="store_true", help="only what comes to a slow phone on a bad line, and when")
    options = parser.parse_args()
    if options.phone:
        return 0 if phone.show(phone.measure()) else 1
    if options.residents:
        return residents(options.seconds)
    figures = engine.measure()
    engine.show(figures)
    if options.engine:
        return 0
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        running = [
            (YARDSTICK, stack.enter_context(servers.yardstick(Path(folder)))),
            (TETSUZUKI, stack.enter_context(servers.tetsuzuki(Path(folder)))),
        ]
        for site, server in running:
            prove(site, server)
        rounds = [paired(running, options.seconds, number, options.rounds) for number in range(options.rounds)]
        page_weight = weigh(running[1][1])
    with tempfile.TemporaryDirectory() as folder, servers.tetsuzuki(Path(folder), timed=True) as server:
        prove(TETSUZUKI, server)
        step_times = steps.measure(server, 20)
    steps.show(step_times)
    result = summary(rounds) | {
        "page_kb": page_weight,
        "help_seconds": help_seconds(),
        "engine": figures,
        "steps": step_times,
    }
    show(result)
    write(result)
    return 0


def residents(seconds: float) -> int:
    """What a step costs while twenty fill in at once. 1 when the server answered anything wrongly."""
    with tempfile.TemporaryDirectory() as folder, servers.tetsuzuki(Path(folder), timed=True) as server:
        prove(TETSUZUKI, server)
        found = steps.measure(server, max(seconds, 10))
    steps.show(found)
    return 1 if found["errors"] else 0


def prove(site: Site, server: Server) -> None:
    """Both stacks do the same work: every rule is checked, the fourth step shows only when it is wanted."""
    journeys.refusals(site, Resident(server.send))
    journeys.shorter_journey(site, Resident(server.send), {"wants_copies": "no"})
    load.slot(site, server, 1)  # caches filled, as on any day


def paired(running: list[tuple[Site, Server]], seconds: float, number: int, of: int) -> dict[str, Slot]:
    """One slot each, the order turned round every time."""
    turn = running if number % 2 else running[::-1]
    measured = {site.name: load.slot(site, server, seconds) for site, server in turn}
    costs = ", ".join(f"{name} {slot.cpu_ms:.1f} ms" for name, slot in sorted(measured.items()))
    print(f"  {number + 1}/{of}: {costs}", file=sys.stderr, flush=True)
    return measured


def summary(rounds: list[dict[str, Slot]]) -> dict[str, object]:
    """Medians over the rounds; the ratio is taken within each round."""

    def of(name: str) -> dict[str, object]:
        slots = [measured[name] for measured in rounds]
        counted = [slot.million_instructions for slot in slots if slot.million_instructions is not None]
        return {
            "cpu_ms": median(slot.cpu_ms for slot in slots),
            "journeys_per_second": median(slot.journeys / slot.seconds for slot in slots),
            "journey_seconds_p95": median(slot.slowest for slot in slots),
            "requests": slots[0].requests / slots[0].journeys,
            "million_instructions": median(counted) if counted else None,
        }

    ratios = [measured["tetsuzuki"].cpu_ms / measured["yardstick"].cpu_ms for measured in rounds]
    return {
        "yardstick": of("yardstick"),
        "tetsuzuki": of("tetsuzuki"),
        "ratio": median(ratios),
        "ratios": ratios,
        "aim": AIM,
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def weigh(server: Server) -> dict[str, object]:
    """The weight of a form page of Tetsuzuki."""
    resident = Resident(server.send)
    found = weight.of_page(TETSUZUKI.start(resident), resident)
    return {"first": found.first, "after": found.after, "files": found.files}


def help_seconds() -> float:
    """How long `tetsuzuki --help` takes, median of seven."""
    took = []
    for _ in range(7):
        began = time.perf_counter()
        subprocess.run([str(servers.BIN / "tetsuzuki"), "--help"], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    return median(took)


def show(result: dict[str, object]) -> None:
    """The table."""
    print(f"{'':12}{'CPU ms':>10}{'M instr.':>10}{'journeys/s':>12}{'p95 s':>8}{'requests':>10}")
    for name in ("yardstick", "tetsuzuki"):
        row = result[name]
        counted = row["million_instructions"]
        print(
            f"{name:12}{row['cpu_ms']:>10.1f}{f'{counted:.0f}' if counted else '–':>10}"
            f"{row['journeys_per_second']:>12.1f}{row['journey_seconds_p95']:>8.2f}{row['requests']:>10.1f}"
        )
    low, high = min(result["ratios"]), max(result["ratios"])
    print(f"paired CPU ratio {result['ratio']:.2f} (aim ≤ {result['aim']}; {low:.2f}–{high:.2f})")
    page = result["page_kb"]
    print(f"form page {page['first']:.1f} kB first, {page['after']:.1f} kB after (aims 40, 15)")
    print(f"tetsuzuki --help {result['help_seconds']:.2f} s (aim 0.3)")


def write(result: dict[str, object]) -> None:
    """Beside earlier runs."""
    folder = ROOT / ".bench"
    folder.mkdir(exist_ok=True)
    name = datetime.now(UTC).strftime("journey-%Y%m%d-%H%M%S.json")
    (folder / name).write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"written to .bench/{name}")


if __name__ == "__main__":
    sys.exit(main())
