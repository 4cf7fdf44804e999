"""A webhook goes only to where it may, follows nobody elsewhere, and never waits for longer than its deadline."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from procedures.outgoing import posting
from procedures.outgoing.posting import AddressRefused, Outcome, Poster
from tests.procedures.outgoing.receiver import Receiver, receiving

POSTER = Poster(plain=True, private=True, deadline=0.5)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """One without TLS."""
    with receiving() as found:
        yield found


@pytest.mark.parametrize(
    ("behaviour", "trouble"),
    [
        (200, ""),
        (204, ""),
        (301, "redirect"),
        (307, "redirect"),
        (400, "status_400"),
        (410, "status_410"),
        (500, "status_500"),
        ("silent", "timeout"),
        ("drip", "timeout"),
        ("reset", "broken_connection"),
        ("slow", ""),  # the status says all; the body is not waited for
    ],
)
def test_whatever_a_receiver_does_is_told_in_time(receiver: Receiver, behaviour: int | str, trouble: str) -> None:
    receiver.behaviour = behaviour
    began = monotonic()
    outcome = POSTER.send(receiver.url, b"{}", {"webhook-id": "1"})
    assert outcome == Outcome(trouble, gone=behaviour == 410)
    assert monotonic() - began < 3
    assert len(receiver.arrived) == 1, "nobody is followed elsewhere"


def test_nobody_listens() -> None:
    with receiving() as gone:
        pass
    assert POSTER.send(gone.url, b"{}", {}).trouble == "refused_connection"


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://127.0.0.1/", "private"),
        ("https://10.0.0.1/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[2002:7f00:1::]/", "private"),
        ("https://localhost/", "private"),
        ("https://a.localhost/", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://224.0.0.1/", "private"),
        ("http://example.jp/", "plain"),
        ("https://user:pass@example.jp/", "user"),
        ("https://user@example.jp/", "user"),
        ("ftp://example.jp/", "address"),
        ("file:///etc/passwd", "address"),
        ("https:///nothing", "address"),
        ("https://example.jp:0/", "address"),
        ("https://example.jp:99999/", "address"),
        ("https://example.jp/#part", "address"),
        ("https://example.jp/a b", "address"),
        ("https://example.jp/\r\nX: y", "address"),
        ("https://例え.jp/", "address"),
        ("https://[/", "address"),
        ("https://example.jp/" + "a" * 600, "address"),
        ("", "address"),
    ],
)
def test_where_nothing_is_sent(url: str, what: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        Poster().check(url)
    assert refusal.value.what == what
    assert Poster().send(url, b"{}", {}).trouble == f"refused_{what}"


@pytest.mark.parametrize("url", ["https://example.jp/hook?a=b", "https://203.0.114.7:8443/", "https://[2001:4860::1]/"])
def test_where_it_may_go(url: str) -> None:
    assert Poster().check(url).scheme == "https"


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["203.0.114.7", "10.0.0.1"], ["::ffff:192.168.0.1"], ["fe80::1%eth0"]]
)
def test_a_name_that_stands_for_something_inside_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    found = [(2, 1, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(posting.socket, "getaddrinfo", lambda *_, **__: found)
    assert Poster().send("https://hooks.example.jp/", b"{}", {}).trouble == "refused_private"


def test_the_connection_goes_to_the_address_that_was_judged(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(receiver.url.rpartition(":")[2].partition("/")[0])
    asked: list[str] = []

    def once(host: str, _port: int, **_: object) -> list[object]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"  # what a name that is rebound would say next
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr(posting.socket, "getaddrinfo", once)
    monkeypatch.setattr(posting.socket, "create_connection", _direct)
    assert POSTER.send(f"http://hooks.example.jp:{port}/hook", b"{}", {}) == Outcome()
    assert asked == ["hooks.example.jp"]
    assert receiver.arrived[0][0]["host"] == f"hooks.example.jp:{port}"


def _direct(place: tuple[str, int], wait: float) -> object:
    """As create_connection does, without asking for the name once more."""
    line = socket.socket()
    line.settimeout(wait)
    line.connect(place)
    return line


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of nobody for 127.0.0.1, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "receiver")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path / "receiver.pem"
    path.write_bytes(kept + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_has_to_be_somebodys(certificate: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=str(certificate))
    with receiving(tls) as receiver:
        assert Poster(private=True).send(receiver.url, b"{}", {}).trouble == "certificate"
        assert receiver.arrived == []
        assert Poster(private=True, trust=trust).send(receiver.url, b"{}", {}) == Outcome()
        other = receiver.url.replace("127.0.0.1", "localhost")
        assert Poster(private=True, trust=trust).send(other, b"{}", {}).trouble == "certificate"
