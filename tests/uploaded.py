"""Files as people send them, and as nobody should: all made in code."""

import zlib
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pikepdf
from PIL import Image

GPS, ORIENTATION = 34853, 274
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file of anti-virus makers: harmless, and found by all of them."""


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    """A picture of one colour."""
    kept = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 1).save(kept, form, **options)
    return kept.getvalue()


def photo() -> bytes:
    """A phone's photo, held upright: turned by its EXIF, with the place where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Hanako's phone"
    exif.get_ifd(GPS)[1] = "N"
    return picture("JPEG", exif=exif)


def noise(width: int, height: int, form: str = "JPEG") -> bytes:
    """A picture that does not get smaller when it is written, as photos of paper on a desk do not."""
    kept = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(kept, form, quality=92)
    return kept.getvalue()


def heic(size: tuple[int, int] = (64, 32)) -> bytes:
    """An iPhone's photo, left half red and right half blue, with the name of the device."""
    from pillow_heif import from_pillow

    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010F] = "Hanako's phone"
    kept = BytesIO()
    from_pillow(drawn).save(kept, exif=exif.tobytes(), quality=90)
    return kept.getvalue()


def pdf(pages: int = 1, **options: object) -> bytes:
    """An empty PDF; `options` as `pikepdf.Pdf.save` takes them."""
    made = pikepdf.Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    return saved(made, **options)


def padded(megabytes: int) -> bytes:
    """A PDF of more than so many megabytes, its page filled with noise."""
    made = pikepdf.Pdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    page.Contents = made.make_stream(b"% " + random_bytes(megabytes * 1024 * 1024).hex().encode()[: megabytes * 2**20])
    return saved(made, compress_streams=False)


def random_bytes(count: int) -> bytes:
    """The same each time."""
    return Random(7).randbytes(count)


def saved(made: pikepdf.Pdf, **options: object) -> bytes:
    """The bytes of a PDF."""
    kept = BytesIO()
    made.save(kept, static_id=True, **options)
    return kept.getvalue()


def locked_pdf(user: str = "secret") -> bytes:
    """A PDF with a password; with `user=""` one that everybody may open and nobody may change."""
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def active_pdf(kind: str, *, signed: bool = False) -> bytes:
    """A PDF with something in it that does something."""
    made = pikepdf.Pdf.new()
    page = made.add_blank_page(page_size=(595, 842))
    _ACTIVE[kind](made, page)
    if signed:
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=3)
    return saved(made)


def _script(made: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')")


def _hidden_script(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Behind an action that is harmless itself, in an array, in a note on the page, in an object of its own."""
    last = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')"))
    harmless = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.jp/", Next=pikepdf.Array([last]))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=harmless, Rect=[0, 0, 9, 9])
    page.Annots = pikepdf.Array([made.make_indirect(note)])


def _named_script(made: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hello')")
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["start", script]))


def _launch(_made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))


def _files(made: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    made.attachments["tool.exe"] = b"MZ" + bytes(50)


def _form(made: pikepdf.Pdf, _page: pikepdf.Page) -> None:
    xfa = made.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=xfa)


def _media(_made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Rendition, JS="app.alert('hello')"))


_ACTIVE = {
    "script": _script,
    "hidden script": _hidden_script,
    "named script": _named_script,
    "launch": _launch,
    "files": _files,
    "form": _form,
    "media": _media,
}


def dynamic_form() -> bytes:
    """A PDF that only Adobe's software draws: what is on its page asks to wait."""
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    _form(made, made.pages[0])
    made.Root.NeedsRendering = True
    return saved(made)


def bomb_pdf(megabytes: int = 3000) -> bytes:
    """A PDF of few bytes whose list of objects unpacks to gigabytes."""
    packed = _repeated(b"1 0 ", bytes(1024 * 1024), megabytes)
    head = b"%PDF-1.7\n"
    stream = b"2 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    body = head + stream + packed + b"\nendstream\nendobj\n"
    rows = b"".join(
        kind.to_bytes(1) + where.to_bytes(4) + number.to_bytes(2)
        for kind, where, number in [(0, 0, 0), (2, 2, 0), (1, len(head), 0), (1, len(body), 0)]
    )
    table = b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(rows)
    return body + table + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def _repeated(first: bytes, then: bytes, times: int) -> bytes:
    """What zlib packs of `first` and so often `then`, which is packed once (RFC 1950, RFC 1951)."""
    packer = zlib.compressobj(9)
    head = packer.compress(first) + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(then) + packer.flush(zlib.Z_FULL_FLUSH)
    check = zlib.adler32(first)
    for _ in range(times):
        check = zlib.adler32(then, check)
    return head + piece * times + b"\x03\x00" + check.to_bytes(4)


def zipped(content: bytes = b"hello", name: str = "a.txt") -> bytes:
    """A ZIP archive."""
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        archive.writestr(name, content)
    return kept.getvalue()
