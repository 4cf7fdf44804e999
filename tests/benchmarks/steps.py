"""Residents who fill in a procedure at the same time, each reading and typing between pages: what one step costs."""

import random
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.benchmarks import cpu, journeys
from tests.benchmarks.engine import calibration
from tests.benchmarks.journeys import TETSUZUKI
from tests.benchmarks.resident import Resident, Send, WrongAnswerError
from tests.benchmarks.servers import Server
from tests.benchmarks.timed import HEADER

RESIDENTS = 20
AIM_MS = 30.0
THINKING = 1.0
"""Seconds, on average, between one page and the next. People take longer: at this pace twenty are some hundred."""


@dataclass
class Taken:
    """Milliseconds of each step that was posted: in the application, and as the browser waits for it."""

    server: list[float] = field(default_factory=list)
    client: list[float] = field(default_factory=list)
    requests: int = 0
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def watching(self, send: Send, thinking: float, chance: random.Random) -> Send:
        """`send`, with a pause before every form and its time taken."""

        def watched(
            method: str, path: str, headers: dict[str, str], body: bytes | None
        ) -> tuple[int, Mapping[str, str], list[str], bytes]:
            step = method == "POST" and "/steps/" in path
            if step and thinking:
                time.sleep(chance.uniform(0, 2 * thinking))
            began = time.perf_counter()
            answer = send(method, path, headers, body)
            took = (time.perf_counter() - began) * 1000
            with self.lock:
                self.requests += 1
                if step:
                    self.client.append(took)
                    self.server.append(float(answer[1][HEADER].partition("dur=")[2]))
            return answer

        return watched


def measure(server: Server, seconds: float, thinking: float = THINKING) -> dict[str, float]:
    """Twenty residents for about `seconds`. `loops`: the server's p95 in loops of the calibration."""
    taken, loop = Taken(), calibration()
    before, began = cpu.seconds(server.pid), time.monotonic()
    with ThreadPoolExecutor(RESIDENTS) as pool:
        list(pool.map(lambda seed: _fill_in(taken, server, began + seconds, thinking, seed), range(RESIDENTS)))
    busy = cpu.seconds(server.pid) - before
    loop = (loop + calibration()) / 2
    return {
        "posts": len(taken.server),
        "errors": len(taken.errors),
        "server_p50": at(taken.server, 0.5),
        "server_p95": at(taken.server, 0.95),
        "client_p50": at(taken.client, 0.5),
        "client_p95": at(taken.client, 0.95),
        "cpu_ms_a_request": busy / taken.requests * 1000,
        "loops": at(taken.server, 0.95) / loop,
        "loop_ms": loop,
    }


def _fill_in(taken: Taken, server: Server, until: float, thinking: float, seed: int) -> None:
    chance = random.Random(seed)
    time.sleep(chance.uniform(0, thinking))
    while time.monotonic() < until:
        try:
            journeys.journey(TETSUZUKI, Resident(taken.watching(server.send, thinking, chance)))
        except (WrongAnswerError, OSError) as error:
            taken.errors.append(str(error)[:200])


def at(times: list[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def show(found: Mapping[str, float]) -> None:
    """One line, and whether the aim is met."""
    print(
        f"step POST, {RESIDENTS} residents at once, {found['posts']:.0f} posts, {found['errors']:.0f} errors:\n"
        f"  server p50 {found['server_p50']:.1f} ms, p95 {found['server_p95']:.1f} ms (aim {AIM_MS:.0f}); "
        f"client p50 {found['client_p50']:.1f} ms, p95 {found['client_p95']:.1f} ms\n"
        f"  {found['cpu_ms_a_request']:.1f} ms of CPU a request; p95 is {found['loops']:.0f} calibration loops "
        f"of {found['loop_ms']:.2f} ms"
    )
    if found["errors"]:
        print("  there were errors: the figures mean nothing", file=sys.stderr)
