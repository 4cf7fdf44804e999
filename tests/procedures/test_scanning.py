"""ClamAV is asked about every file; a file about which it says nothing clear is never taken as clean."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from procedures import attachments
from procedures.blobs.disk import DiskBlobs
from procedures.errors import FileRefused
from procedures.uploads.scanning import ScannerUnavailable
from procedures.uploads.scanning.clamav import PIECE, ClamAv
from tests.uploaded import EICAR, pdf, random_bytes

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
LOADS = 60  # seconds that it may take to start
LARGEST = 4 * 1024 * 1024
INFECTED = pdf() + EICAR + b"\n%%EOF\n"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A real clamd that knows one signature, at a Unix socket and at a port."""
    if CLAMD is None:
        pytest.skip("clamd is not installed (Debian: clamav-daemon), so nothing can be asked of it")
    folder = tmp_path_factory.mktemp("clamd")
    signatures = folder / "signatures"
    signatures.mkdir()
    (signatures / "eicar.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
    port = free_port()
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {signatures}\nLocalSocket {folder}/clamd.ctl\nTCPSocket {port}\nTCPAddr 127.0.0.1\n"
        f"Foreground yes\nStreamMaxLength 4M\nUser {os.environ.get('USER', 'root')}\n"
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([CLAMD, "--config-file", folder / "clamd.conf"], stdout=log, stderr=log)
        try:
            addresses = {"port": f"127.0.0.1:{port}", "socket": f"{folder}/clamd.ctl"}
            await_answers(addresses, process, folder / "log")
            yield addresses
        finally:
            process.terminate()
            process.wait(20)


def await_answers(addresses: dict[str, str], process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + LOADS
    while not all(ClamAv(address, 5).answers() for address in addresses.values()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"clamd did not start; it said:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.2)


@pytest.mark.parametrize("way", ["port", "socket"])
def test_what_it_knows_is_found_and_the_rest_is_clean(clamd: dict[str, str], way: str) -> None:
    scanner = ClamAv(clamd[way])
    assert scanner.infected(EICAR)
    assert scanner.infected(INFECTED)
    assert not scanner.infected(pdf())
    assert not scanner.infected(random_bytes(3 * PIECE + 17))


def test_one_that_is_infected_is_refused_and_not_kept(clamd: dict[str, str], blobs: DiskBlobs) -> None:
    with pytest.raises(FileRefused, match=r"uploads\.infected"):
        attachments.prepare(blobs, "証明書.pdf", INFECTED, scanner=ClamAv(clamd["port"]))
    assert blobs.keys() == []
    attachments.prepare(blobs, "証明書.pdf", pdf(), scanner=ClamAv(clamd["port"]))
    assert len(blobs.keys()) == 1


def test_what_is_too_long_for_it_is_not_taken_as_clean(clamd: dict[str, str]) -> None:
    with pytest.raises(ScannerUnavailable):
        ClamAv(clamd["socket"]).infected(random_bytes(LARGEST + PIECE))


def test_nobody_there(blobs: DiskBlobs, tmp_path: Path) -> None:
    for address in (f"127.0.0.1:{free_port()}", f"[::1]:{free_port()}", str(tmp_path / "nothing.ctl")):
        assert not ClamAv(address).answers()
        with pytest.raises(FileRefused, match=r"uploads\.unchecked") as error:
            attachments.prepare(blobs, "証明書.pdf", pdf(), scanner=ClamAv(address))
        assert isinstance(error.value.__cause__, ScannerUnavailable)
    assert blobs.keys() == []


def speak(connection: socket.socket, words: bytes) -> None:
    with connection, suppress(OSError):
        connection.sendall(words)
        while connection.recv(65536):
            pass


@pytest.fixture
def stranger() -> Iterator[Callable[[bytes], str]]:
    """Somebody who answers whatever they are told to, whoever asks; gives the address."""
    listeners = []

    def listen(words: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve() -> None:
            connection, _ = listener.accept()
            speak(connection, words)

        Thread(target=serve, daemon=True).start()
        return f"127.0.0.1:{listener.getsockname()[1]}"

    yield listen
    for listener in listeners:
        listener.close()


@pytest.mark.parametrize(
    "words",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: Can't allocate memory ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: OK but not quite\0",
        b"HTTP/1.1 200 OK\r\n\r\n\0",
        b"x" * 9000,
    ],
)
def test_only_a_clear_word_counts(stranger: Callable[[bytes], str], words: bytes) -> None:
    with pytest.raises(ScannerUnavailable):
        ClamAv(stranger(words), 2).infected(b"content")


def test_silence_is_no_answer(stranger: Callable[[bytes], str]) -> None:
    begun = time.monotonic()
    with pytest.raises(ScannerUnavailable):
        ClamAv(stranger(b""), 0.3).infected(b"content")
    assert time.monotonic() - begun < 5
