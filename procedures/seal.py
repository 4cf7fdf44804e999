"""The electronic seal (電子署名) in place of the official stamp: its key, and sealing a PDF by PAdES."""

import os
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

KEY_FILE = "seal-key.pem"
CERTIFICATE_FILE = "seal-certificate.pem"
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


def seal(pdf: bytes, folder: Path) -> bytes:
    """The PDF with an invisible PAdES signature that allows no later change. Raises `NoSealKey`."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

    if not (folder / KEY_FILE).is_file() or not (folder / CERTIFICATE_FILE).is_file():
        raise NoSealKey(str(folder))
    signer = signers.SimpleSigner.load(str(folder / KEY_FILE), str(folder / CERTIFICATE_FILE))
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    sealed = signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), about, signer)
    return sealed.getvalue()


def _write_secret(path: Path, content: bytes) -> None:
    """Readable by its owner alone from the first moment."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
