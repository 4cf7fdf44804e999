"""PDFs are kept as they are, or without what does something in them, or refused with a word that says what to do."""

import subprocess
import sys
import time
from io import BytesIO

import pikepdf
import pytest

from engine.words import LANGUAGES, say
from procedures.errors import FileRefused
from procedures.uploads import apart
from procedures.uploads.cleaned import Cleaned
from procedures.uploads.content import examine
from procedures.uploads.pdfs import clean
from tests.uploaded import active_pdf, bomb_pdf, dynamic_form, locked_pdf, pdf, saved, zipped

MAX = 10 * 1024 * 1024
ACCEPT = ["application/pdf"]


def refused(content: bytes, max_pages: int = 200) -> str:
    with pytest.raises(FileRefused) as error:
        clean(content, max_pages)
    for language in LANGUAGES:
        assert say(error.value.key, language, **error.value.params)
    return error.value.key


def texts(kept: Cleaned) -> bytes:
    """Everything in it, unpacked."""
    with pikepdf.open(BytesIO(kept.content)) as made:
        return saved(
            made,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )


def test_a_pdf_that_does_nothing_is_kept_byte_for_byte() -> None:
    content = pdf(3)
    kept = examine(content, ACCEPT, MAX)
    assert kept == Cleaned(content, "application/pdf", 3)


@pytest.mark.parametrize(
    ("kind", "removed", "word"),
    [
        ("script", "script", b"app.alert"),
        ("hidden script", "script", b"app.alert"),
        ("named script", "script", b"app.alert"),
        ("launch", "launch", b"calc.exe"),
        ("files", "files", b"MZ\0\0"),
        ("form", "form", b"xdp:xdp"),
        ("media", "media", b"app.alert"),
    ],
)
def test_what_does_something_is_taken_out_and_named(kind: str, removed: str, word: bytes) -> None:
    content = active_pdf(kind)
    before = Cleaned(content, "application/pdf")
    assert word in texts(before)
    kept = examine(content, ACCEPT, MAX)
    assert (kept.removed, kept.pages) == ((removed,), 1)
    assert word not in texts(kept)
    assert clean(kept.content, 9).removed == ()


def test_a_link_stays_a_link() -> None:
    made = pikepdf.Pdf.new()
    page = made.add_blank_page()
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.jp/")
    page.Annots = [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=link, Rect=[0, 0, 9, 9])]
    content = saved(made)
    assert clean(content, 9).content is content


def test_what_stands_behind_the_end_is_left_behind() -> None:
    for hidden in (b"<script>alert(1)</script>", zipped(b"secret words")):
        content = pdf() + hidden + b"%%EOF"
        kept = clean(content if hidden.startswith(b"PK") else pdf() + hidden, 9)
        assert kept.removed == ("hidden",)
        assert hidden[:20] not in kept.content


def test_a_signed_pdf_is_never_changed() -> None:
    assert refused(active_pdf("script", signed=True)) == "uploads.pdf_signed"
    content = active_pdf("form").replace(b"/XFA", b"/XFB")
    assert clean(content, 9).content is content


def test_passwords() -> None:
    assert refused(locked_pdf()) == "notices.file_locked"
    open_to_all = locked_pdf(user="")
    assert clean(open_to_all, 9).content is open_to_all


def test_the_limit_of_pages_is_said() -> None:
    assert clean(pdf(4), 4).pages == 4
    with pytest.raises(FileRefused) as error:
        examine(pdf(5), ACCEPT, MAX, 4)
    assert say(error.value.key, "en", **error.value.params) == "This PDF has 5 pages. Please keep to 4."


def test_what_only_special_software_draws_is_refused() -> None:
    assert refused(dynamic_form()) == "uploads.pdf_form"


@pytest.mark.parametrize(
    "content",
    [
        pdf()[:-7],
        pdf()[:200],
        b"\n" + pdf(),
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n",
        pdf(2).replace(b"/Kids", b"/Nids"),
    ],
)
def test_what_is_cut_off_or_empty_is_broken(content: bytes) -> None:
    assert refused(content) == "notices.file_broken"


def test_pages_that_go_in_circles_end() -> None:
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    made.Root.Pages.Kids = [made.Root.Pages]
    assert refused(saved(made)) == "notices.file_broken"


def test_dictionaries_without_end_are_too_much() -> None:
    deep = pikepdf.Dictionary()
    for _ in range(150):
        deep = pikepdf.Dictionary(A=deep)
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    made.Root.Deep = deep
    assert refused(saved(made)) == "uploads.too_heavy"


def test_a_bomb_bursts_apart() -> None:
    content = bomb_pdf()
    assert len(content) < MAX
    begun = time.monotonic()
    with pytest.raises(FileRefused) as error:
        examine(content, ACCEPT, MAX)
    assert error.value.key in {"uploads.too_heavy", "notices.file_broken"}
    assert time.monotonic() - begun < 2 * apart.SECONDS


def test_what_reads_it_apart_reads_little_of_ours_first() -> None:
    """It starts for each file: what the rest of the project needs would be most of what a resident waits for."""
    script = (
        "import sys, procedures.uploads.apart, procedures.uploads.pdfs, procedures.uploads.images; print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    ours = {name for name in run.stdout.split() if name.split(".")[0] in {"engine", "procedures", "web", "payments"}}
    assert ours == {
        *("engine", "engine.lifecycle", "procedures", "procedures.errors", "procedures.uploads"),
        *(f"procedures.uploads.{name}" for name in ("apart", "cleaned", "images", "pdfs")),
    }


def test_what_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0)
    with pytest.raises(FileRefused, match="too_heavy"):
        apart.clean_apart("pdf", pdf(), 9)
