"""Handing a webhook to its receiver: only to where it may go, no redirects, never for longer than a deadline."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from threading import Timer
from urllib.parse import SplitResult, urlsplit

DEADLINE_SECONDS = 10.0
LONGEST_URL = 500
TAKEN = range(200, 300)
REDIRECTED = range(300, 400)
GONE = 410


class AddressRefused(ValueError):
    """Nothing is sent to such an address: `what` is address, plain, user or private."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. `trouble` is a short word, "" where it was taken; `gone`: never ask there again."""

    trouble: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """Sends. `plain` allows http, `private` networks that are not the public internet; `trust` is a test's own.

    Names are looked up once, and the connection goes to the address that was judged: a name that changes what it
    stands for in between (DNS rebinding) leads nowhere else.
    """

    plain: bool = False
    private: bool = False
    deadline: float = DEADLINE_SECONDS
    trust: ssl.SSLContext | None = None

    def check(self, url: str) -> SplitResult:
        """The parts of an address that may be sent to, as far as its spelling tells. Raises `AddressRefused`."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise AddressRefused("address") from None
        if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url or port == 0:
            raise AddressRefused("address")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.fragment:
            raise AddressRefused("address")
        if parts.username is not None or parts.password is not None:
            raise AddressRefused("user")
        if parts.scheme == "http" and not self.plain:
            raise AddressRefused("plain")
        if not self.private and _written_private(parts.hostname):
            raise AddressRefused("private")
        return parts

    def send(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Hand over; whatever goes wrong is told as a word, never raised."""
        try:
            parts = self.check(url)
            with self._line(parts) as line:
                return _asked(line, parts, body, headers)
        except AddressRefused as refusal:
            return Outcome(f"refused_{refusal.what}")
        except TimeoutError:
            return Outcome("timeout")
        except ssl.SSLError:
            return Outcome("certificate")
        except (OSError, HTTPException, UnicodeError) as error:
            return Outcome(_word(error))

    @contextmanager
    def _line(self, parts: SplitResult) -> Iterator[HTTPConnection]:
        """A connection that is cut when the deadline has passed, wherever it is then."""
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        plain = socket.create_connection((self._judged(host, port), port), self.deadline)
        overdue = _Overdue(plain, self.deadline)
        try:
            line = HTTPConnection(host, port)
            line.sock = self._secured(plain, host) if parts.scheme == "https" else plain
            overdue.sock = line.sock
            yield line
        except (OSError, HTTPException):
            if overdue.passed:
                raise TimeoutError from None
            raise
        finally:
            overdue.stop()
            (overdue.sock or plain).close()

    def _secured(self, plain: socket.socket, host: str) -> socket.socket:
        return (self.trust or ssl.create_default_context()).wrap_socket(plain, server_hostname=host)

    def _judged(self, host: str, port: int) -> str:
        """The address to connect to. Every one that the name stands for has to be public."""
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self.private and not all(_is_public(one) for one in found):
            raise AddressRefused("private")
        return found[0]


class _Overdue:
    """Ends a connection from outside: a receiver that sends a byte every second meets no other limit."""

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self.sock, self.passed = sock, False
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.passed = True
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return

    def stop(self) -> None:
        """It ended in time."""
        self._timer.cancel()


def _asked(line: HTTPConnection, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """The status decides; what else the receiver says is not read."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line.request("POST", target, body, {"Content-Type": "application/json", "User-Agent": "Tetsuzuki", **headers})
    status = line.getresponse().status
    if status in TAKEN:
        return Outcome()
    if status in REDIRECTED:
        return Outcome("redirect")
    return Outcome(f"status_{status}", gone=status == GONE)


def _word(error: Exception) -> str:
    if isinstance(error, socket.gaierror | UnicodeError):
        return "no_such_host"
    return "refused_connection" if isinstance(error, ConnectionRefusedError) else "broken_connection"


def _written_private(host: str) -> bool:
    """Whether the address itself is written out and is none of the public internet."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not _is_public(host)
    except ValueError:
        return False


def _is_public(address: str) -> bool:
    """Also of IPv4 inside IPv6. Raises `ValueError` for what is no address."""
    found = ip_address(address.partition("%")[0])
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    teredo = getattr(found, "teredo", None)
    inside = [one for one in (inner, *(teredo or ())) if one is not None]
    return all(one.is_global and not one.is_multicast for one in (found, *inside))
