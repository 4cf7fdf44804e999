"""Whether the seal of a PDF is ours and whole. The file is looked at and not kept."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from procedures.papers.wrapping import as_written

_SIGNED = b"/ByteRange"
Seal = Literal["intact", "changed", "foreign", "none", "unreadable"]
MOST_BYTES = 10 * 1024 * 1024
CERTIFICATES = "*certificate*.pem"
"""The certificates of our seals, present and past, in the folder of the seal."""


def examine(pdf: bytes, seal_folder: Path) -> Seal:
    """What the first signature of the file says; `changed` also where anything was added after it.

    So is a file that speaks of a signature and can no longer be read: a sealed paper that was spoiled.

    A seal stays good after its certificate's time: what counts is that it was made with the key of one of ours. Bytes
    that the signature itself does not cover (its own wrapping, the spelling of its digits, what fills its place up) are
    compared with how we write them: any changed byte of a file of ours is told.
    """
    if not pdf.startswith(b"%PDF-") or len(pdf) > MOST_BYTES:
        return "unreadable"
    try:
        return _examined(pdf, _ours(seal_folder))
    except Exception:  # noqa: BLE001 - a library for PDFs raises anything at all on files made to break it
        return "changed" if _SIGNED in pdf else "unreadable"


def _examined(pdf: bytes, ours: frozenset[str]) -> Seal:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signatures = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures
    if not signatures:
        return "none"
    signer = signatures[0].signer_cert
    # Whether the signer is to be trusted is not asked here: only ours are, and those are known by their fingerprint.
    about = ValidationContext(trust_roots=[signer], moment=signer.not_valid_before, allow_fetching=False)
    status = validate_pdf_signature(signatures[0], about, skip_diff=True)
    stamp = status.timestamp_validity
    stamped = stamp is None or (stamp.intact and stamp.valid)
    whole = status.intact and status.valid and stamped and status.coverage.name == "ENTIRE_FILE"
    if not whole or len(signatures) != 1 or not as_written(pdf, signatures[0]):
        return "changed"
    return "intact" if _fingerprint(signer) in ours else "foreign"


def _ours(folder: Path) -> frozenset[str]:
    from pyhanko.keys import load_certs_from_pemder

    files = [str(path) for path in folder.glob(CERTIFICATES)]
    return frozenset(_fingerprint(certificate) for certificate in load_certs_from_pemder(files))


def _fingerprint(certificate: Any) -> str:
    return sha256(certificate.dump()).hexdigest()
