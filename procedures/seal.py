"""The electronic seal (電子署名) in place of the official stamp: its key, and sealing a PDF by PAdES."""

import os
from datetime import datetime, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procedures.papers.sealing import CERTIFICATE_FILE, KEY_FILE, Sealing, read

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer, SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper

VALID_FOR = timedelta(days=5 * 365)
FIELD = "Seal"


class NoSealKey(Exception):
    """There is no key to seal with: run the set-up, or put the authority's key there."""


def create_seal_key(folder: Path, authority: str, now: datetime) -> None:
    """Make a key and a self-signed certificate in `folder` for the default run; keeps what is there already.

    In production the authority's own key and certificate (LGPKI) lie there instead, as PEM under the same names.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    if (folder / CERTIFICATE_FILE).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, authority)]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    _write_secret(folder / KEY_FILE, key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    (folder / CERTIFICATE_FILE).write_bytes(certificate.public_bytes(pem))


def seal(pdf: bytes, folder: Path, timestamper: "TimeStamper | None" = None) -> bytes:
    """The PDF with an invisible PAdES signature that allows no later change. Raises `NoSealKey`, `WrongSealing`.

    How is read from `folder` (`procedures.papers.sealing`): a key in a file or in a token, time stamped or not. Speaks
    to the time stamp service: outside any transaction.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    how = read(folder)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    stamper, unsealed = timestamper or _stamper(how), IncrementalPdfFileWriter(BytesIO(pdf))
    if how.pkcs11 is not None:
        with _session(how.pkcs11) as session:
            return _signed(unsealed, about, _in_token(session, folder, how.pkcs11["key"]), stamper)
    return _signed(unsealed, about, _in_file(folder, how), stamper)


def _signed(unsealed: Any, about: Any, signer: "Signer", stamper: "TimeStamper | None") -> bytes:
    from pyhanko.sign import signers

    return bytes(signers.sign_pdf(unsealed, about, signer, timestamper=stamper).getvalue())


def _stamper(how: Sealing) -> "TimeStamper | None":
    if not how.timestamp_url:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(how.timestamp_url)


def _session(token: dict[str, str]) -> Any:
    """An open session of the token. Raises `NoSealKey` where the library for tokens is not installed."""
    try:
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError as missing:
        raise NoSealKey("a key in a token needs the package python-pkcs11: install it beside pyHanko") from missing
    return open_pkcs11_session(token["module"], token_label=token["token"], user_pin=token["pin"])


def _in_token(session: Any, folder: Path, label: str) -> "Signer":
    from pyhanko.keys import load_cert_from_pemder
    from pyhanko.sign.pkcs11 import PKCS11Signer

    certificate = load_cert_from_pemder(str(folder / CERTIFICATE_FILE))
    return PKCS11Signer(session, signing_cert=certificate, key_label=label)


def _in_file(folder: Path, how: Sealing) -> "Signer":
    written = [folder / name for name in (KEY_FILE, CERTIFICATE_FILE)]
    try:
        return _signer(folder, how.passphrase, *(file.stat().st_mtime_ns for file in written))
    except FileNotFoundError as missing:
        raise NoSealKey(str(folder)) from missing


@lru_cache(maxsize=4)
def _signer(
    folder: Path,
    passphrase: bytes | None,
    key_written: int,  # noqa: ARG001 - new files are read
    certificate_written: int,  # noqa: ARG001 - as above
) -> "SimpleSigner":
    """Who seals with the key in `folder`: read and checked once, which takes longer than the signing itself."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.serialization import load_der_private_key
    from pyhanko.sign.signers import SimpleSigner

    loaded = SimpleSigner.load(str(folder / KEY_FILE), str(folder / CERTIFICATE_FILE), key_passphrase=passphrase)
    if loaded is None:
        raise NoSealKey(f"{folder}: the key cannot be read; is its passphrase right?")
    key = load_der_private_key(loaded.signing_key.dump(), None)
    if not isinstance(key, rsa.RSAPrivateKey):
        return loaded

    class KeptKey(SimpleSigner):
        """Signs with the key as it was loaded; the library's own would load it again for each signature."""

        def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
            mechanism = self.get_signature_mechanism_for_digest(digest_algorithm)
            if mechanism.signature_algo == "rsassa_pkcs1v15" and digest_algorithm == "sha256":
                return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
            return super().sign_raw(data, digest_algorithm)

    return KeptKey(loaded.signing_cert, loaded.signing_key, loaded.cert_registry)


def _write_secret(path: Path, content: bytes) -> None:
    """Readable by its owner alone from the first moment."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
