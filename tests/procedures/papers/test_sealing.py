"""How papers are sealed: with a passphrase, with a time stamp, with a key that was replaced; what the doctor sees."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from procedures.papers.examining import examine
from procedures.papers.sealing import CERTIFICATE_FILE, FILE, KEY_FILE, Sealing, WrongSealing, faults, read, rotate
from procedures.seal import NoSealKey, create_seal_key, seal
from tests.procedures.test_papers import paper

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def unsealed() -> bytes:
    return paper()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_seal_key(tmp_path, "東京都", NOW)
    return tmp_path


def lock(folder: Path, phrase: str, kept: str) -> None:
    """Encrypt the key with `phrase`, and note `kept` as the passphrase."""
    key = load_pem_private_key((folder / KEY_FILE).read_bytes(), None)
    secret = serialization.BestAvailableEncryption(phrase.encode())
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / KEY_FILE).write_bytes(key.private_bytes(pem, form, secret))
    (folder / "passphrase.txt").write_text(f"{kept}\n")
    (folder / "passphrase.txt").chmod(0o600)
    (folder / FILE).write_text('passphrase_file = "passphrase.txt"\n')


def test_a_key_with_a_passphrase(folder: Path, unsealed: bytes) -> None:
    lock(folder, "秘密の句", "秘密の句")
    assert examine(seal(unsealed, folder), folder) == "intact"
    assert list(faults(folder, NOW)) == []


def test_a_wrong_passphrase_is_told(folder: Path, unsealed: bytes) -> None:
    lock(folder, "one", "another")
    assert [check for check, _ in faults(folder, NOW)] == ["seal_unreadable"]
    with pytest.raises(NoSealKey):
        seal(unsealed, folder)


def test_a_time_stamp_is_kept_and_its_bytes_are_looked_at_too(folder: Path, unsealed: bytes) -> None:
    from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.timestamps import DummyTimeStamper

    authority = stamping_authority(folder / "tsa")
    key = load_private_key_from_pemder(str(authority / KEY_FILE), None)
    stamper = DummyTimeStamper(load_cert_from_pemder(str(authority / CERTIFICATE_FILE)), key)
    sealed = seal(unsealed, folder, stamper)
    assert examine(sealed, folder) == "intact"
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    unsigned = [attribute["type"].native for attribute in signature.signer_info["unsigned_attrs"]]
    assert unsigned == ["signature_time_stamp_token"]
    start = sealed.index(b"/Contents <")
    end = start + len(sealed[start : sealed.index(b">", start)].rstrip(b"0"))
    for place in range(start + 11, end, (end - start) // 60):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert examine(changed, folder) != "intact", place


def stamping_authority(folder: Path) -> Path:
    """A key and certificate that may stamp times (RFC 3161, 2.3)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    folder.mkdir()
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, NOW - timedelta(1), NOW + timedelta(9))
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    pem = serialization.Encoding.PEM
    plain = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / KEY_FILE).write_bytes(plain)
    (folder / CERTIFICATE_FILE).write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return folder


def test_papers_of_a_replaced_key_stay_ours(folder: Path, unsealed: bytes) -> None:
    before = seal(unsealed, folder)
    kept = rotate(folder)
    assert kept is not None
    for name in (KEY_FILE, CERTIFICATE_FILE):
        (folder / name).unlink()
    create_seal_key(folder, "東京都", NOW)
    assert [examine(one, folder) for one in (before, seal(unsealed, folder))] == ["intact", "intact"]
    kept.unlink()
    assert examine(before, folder) == "foreign"


def test_there_is_nothing_to_keep_before_the_first_key(tmp_path: Path) -> None:
    assert rotate(tmp_path) is None


@pytest.mark.parametrize(
    ("days", "check"), [(0, None), (5 * 365 - 61, None), (5 * 365 - 59, "seal_expires"), (5 * 365 + 1, "seal_expired")]
)
def test_the_doctor_warns_before_it_is_too_late(folder: Path, days: int, check: str | None) -> None:
    assert [found for found, _ in faults(folder, NOW + timedelta(days=days))] == ([check] if check else [])


def test_the_doctor_sees_open_missing_and_foreign_keys(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (folder / KEY_FILE).chmod(0o644)
    assert [check for check, _ in faults(folder, NOW)] == ["seal_open"]
    other = tmp_path_factory.mktemp("other")
    assert [check for check, _ in faults(other, NOW)] == ["seal_missing"]
    create_seal_key(other, "別", NOW)
    (folder / KEY_FILE).write_bytes((other / KEY_FILE).read_bytes())
    (folder / KEY_FILE).chmod(0o600)
    assert [check for check, _ in faults(folder, NOW)] == ["seal_not_a_pair"]


TOKEN = '[pkcs11]\nmodule = "/usr/lib/softhsm/libsofthsm2.so"\ntoken = "seal"\nkey = "seal"\npin_file = "pin.txt"\n'


def test_a_key_in_a_token_is_read_from_the_settings(folder: Path, unsealed: bytes) -> None:
    (folder / FILE).write_text(TOKEN)
    (folder / "pin.txt").write_text("1234\n")
    assert read(folder).pkcs11 == {
        "module": "/usr/lib/softhsm/libsofthsm2.so",
        "token": "seal",
        "key": "seal",
        "pin": "1234",
    }
    pytest.importorskip("pyhanko.sign.pkcs11", reason="python-pkcs11 is not installed")


def test_without_the_library_for_tokens_it_is_said_what_to_install(folder: Path, unsealed: bytes) -> None:
    try:
        import pkcs11  # noqa: F401 - whether it is there
    except ImportError:
        (folder / FILE).write_text(TOKEN)
        (folder / "pin.txt").write_text("1234\n")
        with pytest.raises(NoSealKey, match="python-pkcs11"):
            seal(unsealed, folder)


@pytest.mark.parametrize("text", ["passphrase_file = 3 4", 'passphrase_file = "none.txt"', '[pkcs11]\nmodule = "x"'])
def test_wrong_settings_are_told(folder: Path, text: str) -> None:
    assert read(folder) == Sealing()
    (folder / FILE).write_text(text)
    with pytest.raises(WrongSealing):
        read(folder)
