"""A load balancer: each connection goes to one of those that say that they are ready, and nobody notices which."""

import re
import socket
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from random import Random
from selectors import EVENT_READ, DefaultSelector
from threading import Event, Thread

import requests

EVERY = 0.25
DULL = 5  # seconds after which no answer is one: not ready
PATIENCE = 20.0
PIECE = 65_536
_CASE = re.compile(rb"^[A-Z]+ (/applications/\w+|/desk/cases/\w+)")


class Balancer:
    """Listens on `port`. `doors` are the servers by name; `ready` those of them that say so."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.doors: dict[str, str] = {}
        self.ready: list[str] = []
        self.served: Counter[str] = Counter()
        self.met: defaultdict[str, set[str]] = defaultdict(set)
        self._stopping = Event()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]

    @property
    def address(self) -> str:
        """What everybody calls the site."""
        return f"http://127.0.0.1:{self.port}"

    def by_both(self) -> int:
        """How many cases were served by more than one of them."""
        return sum(len(names) > 1 for names in list(self.met.values()))

    @contextmanager
    def running(self) -> Iterator["Balancer"]:
        """While the block lasts."""
        for work in (self._watch, self._accept):
            Thread(target=work, daemon=True).start()
        try:
            yield self
        finally:
            self._stopping.set()
            self._socket.close()

    def look(self) -> None:
        """Who says that they are ready."""
        doors = list(self.doors.items())
        with ThreadPoolExecutor() as threads:
            said = list(threads.map(_says_yes, [address for _, address in doors]))
        self.ready = [name for (name, _), yes in zip(doors, said, strict=True) if yes]

    def _watch(self) -> None:
        while not self._stopping.wait(EVERY):
            self.look()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with caller, suppress(OSError):
            head = caller.recv(PIECE)
            name = self._choose() if head else None
            if name is None:
                return  # nobody is ready: whoever asked gets no answer, and says so
            self.served[name] += 1
            if found := _CASE.match(head):
                self.met[found[1].decode().rpartition("/")[2]].add(name)
            host, _, port = self.doors[name].removeprefix("http://").partition(":")
            with socket.create_connection((host, int(port))) as server:
                server.sendall(head)
                _pass_on(caller, server)

    def _choose(self) -> str | None:
        until = time.monotonic() + PATIENCE
        while not (ready := self.ready):
            if time.monotonic() > until:
                return None
            time.sleep(EVERY / 5)
        return self.chance.choice(ready)


def _says_yes(address: str) -> bool:
    try:
        return requests.get(f"{address}/readyz", timeout=DULL, headers={"Connection": "close"}).ok
    except requests.RequestException:
        return False


def _pass_on(caller: socket.socket, server: socket.socket) -> None:
    """Both ways, until the server has nothing more to say."""
    with DefaultSelector() as both:
        both.register(caller, EVENT_READ, server)
        both.register(server, EVENT_READ, caller)
        while True:
            for key, _ in both.select():
                piece = key.fileobj.recv(PIECE)  # type: ignore[union-attr]
                if piece:
                    key.data.sendall(piece)
                elif key.fileobj is server:
                    return
                else:
                    both.unregister(caller)
