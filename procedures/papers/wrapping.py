"""The wrapping of a signature in a PDF: what the signature does not cover is as whoever signs writes it.

A signature covers the file but for its own place (`/Contents <…>`). There, its digits could be spelt otherwise, what
fills the place up could hold anything, and parts of the CMS (RFC 5652) are not signed.
"""

from typing import Any

_UNSIGNED = frozenset({"signature_time_stamp_token"})
"""What may be added unsigned: a time stamp, which has a signature of its own."""


def as_written(pdf: bytes, signature: Any) -> bool:
    """Whether every byte of the place is the one that follows from the signature itself."""
    der = _der(signature.pkcs7_content)
    return _place(pdf, signature) == b"<" + der.hex().upper().encode().ljust(_room(signature), b"0") + b">" and _plain(
        signature, der
    )


def _place(pdf: bytes, signature: Any) -> bytes:
    start, end = _ends(signature)
    return pdf[start:end]


def _room(signature: Any) -> int:
    start, end = _ends(signature)
    return end - start - 2


def _ends(signature: Any) -> tuple[int, int]:
    first, length, second, _ = (int(one) for one in signature.byte_range)
    return first + length, second


def _der(filled: bytes) -> bytes:
    """The CMS without what fills its place up: as long as its own first length says."""
    from asn1crypto import parser

    return filled[: parser.peek(filled)]


def _plain(signature: Any, der: bytes) -> bool:
    """Whether the CMS is written in the one way there is, and its unsigned parts repeat what the signed ones say."""
    from asn1crypto.cms import ContentInfo

    content = ContentInfo.load(der)
    signed, signer = content["content"], signature.signer_info
    same = (
        content.dump(force=True) == der,
        signed["version"].native == signer["version"].native == "v1",
        signed["encap_content_info"].native == {"content_type": "data", "content": None},
        [one.dump() for one in signed["digest_algorithms"]] == [signer["digest_algorithm"].dump()],
        signed["crls"].native is None,
        len(signed["signer_infos"]) == 1,
        _known(signature, signed, signer),
    )
    return all(same)


def _known(signature: Any, signed: Any, signer: Any) -> bool:
    """The signer is named by its certificate, algorithms are plain, nothing unsigned was added."""
    certificate = signature.signer_cert
    named = signer["sid"].chosen
    unsigned = {attribute["type"].native for attribute in signer["unsigned_attrs"]}
    return (
        named["issuer"].dump() == certificate.issuer.dump()
        and named["serial_number"].native == certificate.serial_number
        and signer["digest_algorithm"]["parameters"].native is None
        and signer["signature_algorithm"]["parameters"].native is None
        and certificate.dump() in {one.chosen.dump() for one in signed["certificates"]}
        and unsigned <= _UNSIGNED
    )
