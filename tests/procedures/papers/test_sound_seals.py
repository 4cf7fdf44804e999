"""What of a signature counts for a seal to be whole, each by itself; what is asked of the library, and what is not."""

from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfWriter

from procedures.papers.examining import examine
from procedures.seal import seal
from tests.procedures.test_certificates import seal_folder
from tests.procedures.test_papers import paper

__all__ = ["seal_folder"]
GOOD = {"intact": True, "valid": True, "timestamp_validity": None, "coverage": SimpleNamespace(name="ENTIRE_FILE")}


@pytest.fixture(scope="module")
def sealed(seal_folder: Path) -> bytes:
    return seal(paper(), seal_folder)


def stamp(*, intact: bool, valid: bool) -> dict[str, Any]:
    return {"timestamp_validity": SimpleNamespace(intact=intact, valid=valid)}


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, "intact"),
        ({"intact": False}, "changed"),
        ({"valid": False}, "changed"),
        ({"coverage": SimpleNamespace(name="ENTIRE_REVISION")}, "changed"),
        (stamp(intact=True, valid=True), "intact"),
        (stamp(intact=False, valid=True), "changed"),
        (stamp(intact=True, valid=False), "changed"),
    ],
)
def test_everything_about_it_has_to_be_whole(
    sealed: bytes, seal_folder: Path, monkeypatch: pytest.MonkeyPatch, found: dict[str, Any], said: str
) -> None:
    status = SimpleNamespace(**{**GOOD, **found})
    monkeypatch.setattr("pyhanko.sign.validation.validate_pdf_signature", lambda *_, **__: status)
    assert examine(sealed, seal_folder) == said


def test_the_library_asks_nobody_and_looks_at_the_moment_of_the_certificate(
    sealed: bytes, seal_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's file names addresses of its own choice; our server fetches none of them."""
    asked: list[tuple[Any, Any, dict[str, Any]]] = []

    def validate(signature: Any, about: Any, **how: Any) -> SimpleNamespace:
        asked.append((signature, about, how))
        return SimpleNamespace(**GOOD)

    monkeypatch.setattr("pyhanko.sign.validation.validate_pdf_signature", validate)
    examine(sealed, seal_folder)
    [(signature, about, how)] = asked
    assert not about.fetching_allowed
    assert about.moment == signature.signer_cert.not_valid_before
    assert how == {"skip_diff": True}


@pytest.mark.parametrize("count", [1, 2])
def test_of_several_seals_none_counts(
    sealed: bytes, seal_folder: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    from pyhanko.pdf_utils import reader

    read = reader.PdfFileReader

    def twice(*about: Any, **how: Any) -> SimpleNamespace:
        found = list(read(*about, **how).embedded_signatures)
        return SimpleNamespace(embedded_signatures=found * count)

    monkeypatch.setattr(reader, "PdfFileReader", twice)
    assert examine(sealed, seal_folder) == ("intact" if count == 1 else "changed")


def test_what_others_wrote_loosely_is_read_all_the_same() -> None:
    writer, target = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(target)
    loose = target.getvalue().replace(b"/Size 5", b"/Size 3")
    assert loose != target.getvalue()
    assert examine(loose, Path("/nowhere")) == "none"
