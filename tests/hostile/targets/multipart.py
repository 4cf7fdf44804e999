"""Forms with files, byte by byte: what reads request bodies; and files sent piece by piece."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from random import Random

from tests.hostile.form_spoiling import VALUES
from tests.hostile.mutation import spoiled
from tests.hostile.site import Site, watched
from tests.hostile.target import Attack, Target
from tests.hostile.targets.forms import URLENCODED, _token, begun
from tests.web.residents.applicant import PIXEL

BOUNDARY = b"----fuzz"
KIND = b"multipart/form-data; boundary=----fuzz"
KINDS = (
    *(KIND, b"multipart/form-data", b"multipart/form-data; boundary=", b'multipart/form-data; boundary="----fuzz"'),
    *(
        b"multipart/form-data; boundary=" + b"b" * 500,
        b"multipart/mixed; boundary=----fuzz",
        b"multipart/form-data; b\0=1",
    ),
    *(b"multipart/form-data; boundary=----fuzz; charset=utf-16", b"text/plain", b"", b"application/json; charset=\xff"),
    *(b"multipart/form-data; boundary*=utf-8''----fuzz", b"multipart/form-data; boundary=----fuzz; boundary=x"),
)
PIECES = (
    *(BOUNDARY, b"--" + BOUNDARY, b"--" + BOUNDARY + b"--", b"\r\n", b"\r\n\r\n", b"\n", b"\r", b"\0", b'filename=""'),
    *(
        b"Content-Disposition: form-data; name=",
        b'; filename="x.png"',
        b"; filename*=UTF-8''%F0%A0%AE%B7.png",
        b'"',
        b";",
    ),
    *(
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Type: text/plain; charset=utf-16\r\n",
        b"X" * 70_000 + b": y\r\n",
    ),
    *(b'name="\xff"', b'name=a\\"b', b"Content-Disposition: attachment\r\n\r\n", b": \r\n", b"Content-Length: -1\r\n"),
)


def _part(name: str, value: bytes, more: bytes = b"") -> bytes:
    head = b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n' % (BOUNDARY, name.encode(), more)
    return head + value + b"\r\n"


def seeds() -> list[bytes]:
    """A page with a photo, with several, with none; and pieces of a file, announced rightly and wrongly."""
    photo = _part("proof.new", PIXEL, '; filename="写真.png"'.encode() + b"\r\nContent-Type: image/png")
    end = b"--" + BOUNDARY + b"--\r\n"
    forms = (
        _part("upload", b"1") + photo + end,
        _part("proof", b"") + photo * 3 + _part("move_file", b"proof:a:up") + end,
        _part("code", b"7K3M-9QFA-22AB-C3DE") + _part("file", b"%PDF-1.7", b'; filename="a.pdf"') + end,
        end,
    )
    digest = sha256(PIXEL).hexdigest().encode()
    sent = b"\n".join([b"0", b"%d" % len(PIXEL), digest, "写真.png".encode(), PIXEL])
    return [*(KIND + b"\n" + form for form in forms), b"pieces\n" + sent]


def spoil(chance: Random, source: bytes, others: Sequence[bytes]) -> bytes:
    """Another content type, a piece of the grammar put in, or bytes spoiled."""
    kind, _, body = source.partition(b"\n")
    if kind == b"pieces":
        lines = body.split(b"\n", 4)
        lines[chance.randrange(len(lines))] = chance.choice(VALUES)
        return kind + b"\n" + b"\n".join(lines)
    way = chance.random()
    if way < 0.2:
        return chance.choice(KINDS) + b"\n" + body
    if way < 0.7:
        place = chance.randrange(len(body) + 1)
        return kind + b"\n" + body[:place] + chance.choice(PIECES) + body[place + chance.choice([0, 0, 1, 9]) :]
    return kind + b"\n" + spoiled(chance, body, others)


@contextmanager
def opened() -> Iterator[Attack]:
    """The page of a draft that takes photos, the page for verifying, and the routes of pieces."""
    with watched() as there:
        draft, _ = begun()
        told = {"X-CSRF-Token": _token(there, "hanako")}

        def attack(source: bytes) -> frozenset[str]:
            kind, _, body = source.partition(b"\n")
            if kind == b"pieces":
                return _pieces(there, draft, told, body)
            seen = set()
            header = kind.decode("latin-1").replace("\r", "")
            for path in (f"/applications/{draft}/steps/certificate_photo", "/verify"):
                answer = there.ask("POST", path, person="hanako", body=body, kind=header, headers=told)
                seen.add(f"{path[:7]} {answer.status}")
            return frozenset(seen)

        yield attack


def _pieces(there: Site, draft: str, told: dict[str, str], body: bytes) -> frozenset[str]:
    offset, size, digest, name, content = (*body.split(b"\n", 4), b"", b"", b"", b"", b"")[:5]
    address, seen = f"/applications/{draft}/uploads", set()
    form = b"&".join(
        part + b"=" + b"".join(b"%%%02x" % octet for octet in value)
        for part, value in ((b"size", size), (b"sha256", digest), (b"name", name), (b"field", b"proof"))
    )
    answer = there.ask("POST", address, person="hanako", body=form, kind=URLENCODED, headers=told)
    seen.add(f"begin {answer.status}")
    import json

    upload = json.loads(answer.body)["id"] if answer.status == 200 else "a" * 26
    header = {**told, "Upload-Offset": offset.decode("latin-1").replace("\r", "").replace("\n", "")}
    answer = there.ask("POST", f"{address}/{upload}", person="hanako", body=content, headers=header)
    seen.add(f"send {answer.status}")
    for end in ("finish", "drop"):
        answer = there.ask("POST", f"{address}/{upload}/{end}", person="hanako", kind=URLENCODED, headers=told)
        seen.add(f"{end} {answer.status}")
    return frozenset(seen)


TARGET = Target(seeds, opened, spoil, few=40)
