"""The watch over all tests hears whoever speaks to the network inside a transaction, and nobody else."""

import smtplib
import socket
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from threading import Thread

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from payments.providers import ProviderUnavailable
from payments.providers.stripe import StripeProvider
from procedures.database import Database
from procedures.models import Job
from tests.payments.scripted import ScriptedProvider
from tests.quiet import SpokeInsideTransaction, Watch


@pytest.fixture
def listener() -> Iterator[tuple[str, int]]:
    """Somebody who can be reached and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()


def a_connection(address: tuple[str, int]) -> None:
    socket.create_connection(address, timeout=1).close()


def a_name(address: tuple[str, int]) -> None:
    socket.getaddrinfo("localhost", address[1])


def a_datagram(address: tuple[str, int]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"hello", address)


@pytest.mark.parametrize("kind", ["read", "write"])
@pytest.mark.parametrize("speak", [a_connection, a_name, a_datagram])
def test_whoever_speaks_inside_is_heard(
    database: Database,
    listener: tuple[str, int],
    network_watch: Watch,
    kind: str,
    speak: Callable[[tuple[str, int]], None],
) -> None:
    with getattr(database, kind)() as session:
        session.execute(select(1))
        with pytest.raises(SpokeInsideTransaction, match="inside a transaction at tests/payments/test_quiet"):
            speak(listener)
    with pytest.raises(AssertionError, match="outside the transaction"):
        network_watch.judge()
    speak(listener)
    network_watch.judge()


def test_a_connection_that_was_kept_open_is_heard_too(
    database: Database, listener: tuple[str, int], network_watch: Watch
) -> None:
    line = HTTPConnection(*listener, timeout=1)
    line.connect()
    with database.read(), pytest.raises(SpokeInsideTransaction, match=r"http\.client\.send"):
        line.request("GET", "/")
    line.close()
    network_watch.forget()


def test_a_mail_server_is_heard(database: Database, listener: tuple[str, int], network_watch: Watch) -> None:
    with database.write(), pytest.raises(SpokeInsideTransaction):
        smtplib.SMTP(*listener, timeout=1)
    network_watch.forget()


def test_what_the_adapter_turns_into_its_own_words_is_heard_nevertheless(
    database: Database, stripe_provider: StripeProvider, network_watch: Watch
) -> None:
    with database.read(), pytest.raises(ProviderUnavailable):
        stripe_provider.checkout("cs_1")
    with pytest.raises(AssertionError, match="outside the transaction"):
        network_watch.judge()


def test_another_threads_transaction_is_its_own_affair(
    database: Database, listener: tuple[str, int], network_watch: Watch
) -> None:
    with database.write():
        beside = Thread(target=lambda: a_connection(listener))
        beside.start()
        beside.join()
    network_watch.judge()


def test_a_transaction_that_failed_is_over(database: Database, listener: tuple[str, int]) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(insert(Job), {"id": "1"})
    a_connection(listener)


def test_a_scripted_provider_is_a_network_too(
    database: Database, scripted: ScriptedProvider, network_watch: Watch
) -> None:
    with database.read(), pytest.raises(SpokeInsideTransaction):
        scripted.transactions(scripted.now, scripted.now)
    network_watch.forget()
