"""ClamAV's daemon, asked in its own protocol: the file is sent in pieces (INSTREAM of clamd(8)), a word comes back."""

import socket
from contextlib import closing
from struct import pack

from procedures.uploads.scanning import ScannerUnavailable

PIECE = 64 * 1024
SECONDS = 30
_LONGEST_ANSWER = 4096


class ClamAv:
    """A clamd at `host:port`, or at a Unix socket where the address begins with `/`."""

    def __init__(self, address: str, seconds: float = SECONDS) -> None:
        self._address, self._seconds = address, seconds

    def infected(self, content: bytes) -> bool:
        """Whether clamd finds something. Raises `ScannerUnavailable` for no answer, and for any but a clear one."""
        answer = self._ask(b"zINSTREAM\0", content)
        if answer.endswith(b" FOUND"):
            return True
        if answer == b"stream: OK":
            return False
        raise ScannerUnavailable("clamd gave no clear answer")

    def answers(self) -> bool:
        """Whether somebody is there."""
        try:
            return self._ask(b"zPING\0") == b"PONG"
        except ScannerUnavailable:
            return False

    def _ask(self, command: bytes, content: bytes | None = None) -> bytes:
        try:
            with closing(self._connect()) as connection:
                connection.sendall(command)
                if content is not None:
                    _send(connection, content)
                return _answer(connection)
        except OSError as error:
            raise ScannerUnavailable("clamd does not answer") from error

    def _connect(self) -> socket.socket:
        if not self._address.startswith("/"):
            host, _, port = self._address.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), self._seconds)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(self._seconds)
            connection.connect(self._address)
        except OSError:
            connection.close()
            raise
        return connection


def _send(connection: socket.socket, content: bytes) -> None:
    """Each piece after its length; an empty one ends. What is too long for clamd it says before the end."""
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        connection.sendall(pack("!I", len(piece)) + piece)
    connection.sendall(pack("!I", 0))


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        more = connection.recv(_LONGEST_ANSWER)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0\n")
