"""Residents who file at the same time: journeys one after the other on each of several threads."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.benchmarks import cpu, journeys
from tests.benchmarks.journeys import Site
from tests.benchmarks.resident import Resident, Send
from tests.benchmarks.servers import Server

RESIDENTS = 8


@dataclass(frozen=True)
class Slot:
    """What one slot of load took. `instructions` of the whole slot, None where the machine does not count them."""

    journeys: int
    requests: int
    cpu_seconds: float
    seconds: float
    instructions: int | None
    slowest: float

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds a journey."""
        return self.cpu_seconds / self.journeys * 1000

    @property
    def million_instructions(self) -> float | None:
        """Millions of instructions a journey."""
        return None if self.instructions is None else self.instructions / self.journeys / 1e6


def slot(site: Site, server: Server, seconds: float) -> Slot:
    """Load the server for about `seconds`; every answer is checked."""
    before, began = cpu.seconds(server.pid), time.monotonic()
    counted: list[int | None] = []
    counter = threading.Thread(target=lambda: counted.append(cpu.instructions(server.pid, seconds)))
    counter.start()
    with ThreadPoolExecutor(RESIDENTS) as pool:
        done = [
            row
            for rows in pool.map(lambda _: _file(site, server.send, began + seconds), range(RESIDENTS))
            for row in rows
        ]
    counter.join()
    return Slot(
        journeys=len(done),
        requests=sum(requests for requests, _ in done),
        cpu_seconds=cpu.seconds(server.pid) - before,
        seconds=time.monotonic() - began,
        instructions=counted[0],
        slowest=sorted(took for _, took in done)[int(len(done) * 0.95)],
    )


def _file(site: Site, send: Send, until: float) -> list[tuple[int, float]]:
    done = []
    while (began := time.monotonic()) < until:
        resident = Resident(send)
        journeys.journey(site, resident)
        done.append((resident.requests, time.monotonic() - began))
    return done


def over_wsgi(application: Callable[..., object]) -> Send:
    """Speaks to an application in this very process, without a server."""
    from werkzeug.test import Client

    client = Client(application, use_cookies=False)

    def send(
        method: str, path: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, Mapping[str, str], list[str], bytes]:
        answer = client.open(path, method=method, headers=headers, data=body)
        return (
            answer.status_code,
            {name.lower(): text for name, text in answer.headers.items()},
            answer.headers.getlist("Set-Cookie"),
            answer.data,
        )

    return send


def in_process(site: Site, send: Send, count: int) -> float:
    """CPU milliseconds a journey without a server, median of five runs of `count` journeys."""
    runs = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(count):
            journeys.journey(site, Resident(send))
        runs.append((time.process_time() - began) / count * 1000)
    return sorted(runs)[2]
