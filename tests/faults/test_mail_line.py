"""The mail server is silent, slow, breaks off or says "later": the mail waits, and goes out once, under its one id."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from time import monotonic

import pytest

from procedures.channels import NotDelivered, Undeliverable, smtp
from procedures.channels.smtp import SmtpChannel

PATIENCE = 0.3
GREETING = b"220 mail.example.jp\r\n"
RESET = b"\1\0\0\0\0\0\0\0"
Behaviour = Callable[[socket.socket, threading.Event], None]


def silent(_line: socket.socket, over: threading.Event) -> None:
    """Takes the call and never says a word."""
    over.wait(5)


def dripping(line: socket.socket, over: threading.Event) -> None:
    """Greets, and then needs for ever for its next answer."""
    line.sendall(GREETING)
    line.recv(1000)
    line.sendall(b"250-mail.")
    over.wait(5)


def resets(line: socket.socket, _over: threading.Event) -> None:
    """Breaks off in the midst."""
    line.sendall(GREETING)
    line.recv(1000)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)


def busy(line: socket.socket, _over: threading.Event) -> None:
    """421: come back later (RFC 5321, 3.8)."""
    line.sendall(b"421 too many connections\r\n")


def talking(*answers: bytes) -> Behaviour:
    """Greets, then one answer to each line that comes."""

    def talk(line: socket.socket, _over: threading.Event) -> None:
        line.sendall(GREETING)
        for answer in answers:
            line.recv(65_536)
            line.sendall(answer)
        line.recv(65_536)

    return talk


OK = b"250 ok\r\n"
DEFERRED = talking(b"250 mail\r\n", OK, b"451 try later\r\n", OK)
LOST_AFTER_DATA = talking(b"250 mail\r\n", OK, OK, b"354 go on\r\n")
REFUSED = talking(b"250 mail\r\n", OK, b"550 no such user\r\n", OK)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """The address of a server that behaves like this, once."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                behaviour(line, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"
        over.set()
        thread.join(5)


def mail() -> EmailMessage:
    """To Hanako."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "office@example.jp", "hanako@example.jp", "お知らせ"
    letter["Message-ID"] = "<one@example.jp>"
    letter.set_content("山田 花子 様")
    return letter


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [
        (silent, NotDelivered),
        (dripping, NotDelivered),
        (resets, NotDelivered),
        (busy, NotDelivered),
        (DEFERRED, NotDelivered),
        (LOST_AFTER_DATA, NotDelivered),
        (REFUSED, Undeliverable),
    ],
)
def test_what_passes_is_told_from_what_is_final(
    behaviour: Behaviour, told: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", PATIENCE)
    with serving(behaviour) as url:
        began = monotonic()
        with pytest.raises(told) as failure:
            SmtpChannel(url).send(mail())
        assert monotonic() - began < 10 * PATIENCE
    assert "hanako" not in str(failure.value)
    assert "花子" not in str(failure.value)
