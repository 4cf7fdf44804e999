"""A resident on a slow phone and a bad line: what each page weighs, and how long until one can go on."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import CDPSession

from tests.browser import filing
from tests.browser.chromium import chromium, phone
from tests.browser.person import Person
from tests.browser.stack import running_stack

SLOWER = 4  # times slower than this machine's processor
ROUND_TRIP_MS = 400
BYTES_A_SECOND = 400_000 / 8
FIRST_KB, AFTER_KB = 40, 15
USABLE_SECONDS, ANSWER_SECONDS = 2.5, 1.0
TIMES = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return [page.responseStart, page.domContentLoadedEventEnd, page.loadEventEnd].map((moment) => moment / 1000);
}"""


@dataclass
class Load:
    """One page as it came: seconds since the request; `kb` over the wire with headers, of everything that it loads."""

    name: str
    kb: float
    replied: float
    usable: float
    hosts: set[str]

    @property
    def after_reply(self) -> float:
        """From the first byte of the server's answer to a page that one can use, in seconds."""
        return self.usable - self.replied


@dataclass
class Line:
    """Counts what comes over the line."""

    session: CDPSession
    own: str
    received: float = 0
    hosts: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.session.on("Network.loadingFinished", self._finished)
        self.session.on("Network.requestWillBeSent", self._sent)
        self.session.send("Network.enable")
        line = {"offline": False, "latency": ROUND_TRIP_MS}
        throughput = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
        self.session.send("Network.emulateNetworkConditions", line | throughput)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})

    def _finished(self, event: dict[str, float]) -> None:
        self.received += event["encodedDataLength"]

    def _sent(self, event: dict[str, dict[str, str]]) -> None:
        host = urlsplit(event["request"]["url"]).netloc
        if host != self.own:
            self.hosts.add(host)

    def take(self, name: str, person: Person) -> Load:
        """What came since the last time, as the page that stands there."""
        person.page.wait_for_load_state("networkidle")
        replied, usable, _whole = person.page.evaluate(TIMES)
        found = Load(name, self.received / 1000, replied, usable, self.hosts)
        self.received, self.hosts = 0, set()
        return found


@contextmanager
def _somebody(folder: Path) -> Iterator[tuple[Person, str]]:
    with running_stack(folder) as stack, chromium(folder) as browser:
        yield Person(phone(browser, stack.web), "hanako"), urlsplit(stack.web).netloc


def measure() -> list[Load]:
    """Water service from a first visit to the page of all answers, on a phone that knows nothing yet."""
    with tempfile.TemporaryDirectory() as folder, _somebody(Path(folder)) as (person, own):
        line = Line(person.context.new_cdp_session(person.page), own)
        person.page.goto("/procedures/water-service-start")
        loads = [line.take("procedure, first visit", person)]
        person.page.goto("/")
        loads.append(line.take("all procedures", person))
        person.page.goto("/procedures/water-service-start")
        line.take("again", person)
        _press(person)
        loads.append(line.take("first question", person))
        for number, typed in enumerate(filing.water_pages(_today()), 1):
            person.type(typed)
            _press(person)
            loads.append(line.take(f"answer {number} and the next page", person))
        return loads


def _press(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.locator("main .actions button.button:not(.second)").first.click()


def _today() -> date:
    return datetime.now(ZoneInfo("Asia/Tokyo")).date()


def show(loads: list[Load]) -> bool:
    """The table; whether every aim is met."""
    print(f"{SLOWER}x slower processor, {ROUND_TRIP_MS} ms round trip, {BYTES_A_SECOND * 8 / 1000:.0f} kbit/s")
    print(f"{'':32}{'KB':>8}{'replied s':>11}{'usable s':>10}{'after reply s':>15}")
    for load in loads:
        print(f"{load.name:32}{load.kb:>8.1f}{load.replied:>11.2f}{load.usable:>10.2f}{load.after_reply:>15.2f}")
    later = loads[1:]
    strangers = set().union(*(load.hosts for load in loads))
    weight = median(load.kb for load in later)
    print(f"median after the first: {weight:.1f} KB; other hosts: {sorted(strangers) or 'none'}")
    return (
        loads[0].kb <= FIRST_KB
        and all(load.kb <= AFTER_KB for load in later)
        and all(load.usable <= USABLE_SECONDS for load in later)
        and all(load.after_reply <= ANSWER_SECONDS for load in later)
        and not strangers
    )
