"""Verification codes: hard to guess, easy to type, kept as a hash; what they tell, and what seals tell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from sqlalchemy import select, update

from engine.references import ALPHABET, check_character
from procedures.blobs.disk import DiskBlobs
from procedures.models import Certificate
from procedures.papers import verifying
from procedures.papers.codes import Verifying, code_hash, normalise, qr_svg
from procedures.papers.examining import examine
from procedures.papers.verifying import Verified, verify, verify_file
from procedures.seal import create_seal_key, seal
from tests.procedures.conftest import Desk
from tests.procedures.test_certificates import VERIFYING, approved, download, issue, own_certificate, seal_folder
from tests.procedures.test_papers import paper

__all__ = ["issue", "seal_folder"]
CODES = st.uuids().map(lambda made: VERIFYING.code_of(str(made)))


class TestCode:
    @given(CODES)
    def test_four_groups_of_characters_that_look_like_no_other(self, code: str) -> None:
        assert [len(group) for group in code.split("-")] == [4] * 4
        assert set(code) <= set(ALPHABET) | {"-"}
        assert not set(code) & set("01IOU")

    @given(CODES, st.randoms())
    def test_however_it_is_typed(self, code: str, random: object) -> None:
        for typed in (
            code.lower(),
            code.replace("-", ""),
            code.replace("-", " "),
            f"  {code}\n",
            code.replace("-", "ー"),
        ):
            assert normalise(typed) == code
        wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
        assert normalise(wide) == code

    @given(CODES, st.integers(0, 15), st.sampled_from(ALPHABET))
    def test_one_wrong_character_is_seen(self, code: str, place: int, letter: str) -> None:
        plain = code.replace("-", "")
        wrong = plain[:place] + letter + plain[place + 1 :]
        assert normalise(wrong) == (code if wrong == plain else None)

    @given(st.text(max_size=200))
    def test_no_text_breaks_it(self, text: str) -> None:
        assert normalise(text) is None or len(normalise(text)) == 19

    @given(st.integers(1, 40))
    def test_it_has_one_length(self, length: int) -> None:
        characters = (ALPHABET * 2)[:length]
        meant = normalise(characters + check_character(characters))
        assert (meant is not None) is (length == 15)

    @pytest.mark.parametrize("text", ["U" * 16, "é" * 16, "0000-0000-0000-000U", ""])
    def test_other_signs_are_none(self, text: str) -> None:
        assert normalise(text) is None

    def test_beyond_a_hundred_signs_nothing_is_read(self) -> None:
        code = VERIFYING.code_of("a")
        assert normalise(" " * 81 + code) == code
        assert normalise(" " * 82 + code) is None

    def test_codes_that_were_printed_stay_good(self) -> None:
        """Written out: a paper of ten years is verified by the code of then."""
        made = Verifying("s" * 32, "https://t.example/")
        assert made.code_of("certificate") == "YME5-T9Q5-JE89-F43T"
        assert code_hash("A") == sha256(b"A").hexdigest()
        assert made.address("A") == "https://t.example/verify/A"

    def test_it_follows_from_id_and_secret(self) -> None:
        other = Verifying("t" * 32, "https://t.example")
        assert VERIFYING.code_of("a") == VERIFYING.code_of("a")
        assert len({VERIFYING.code_of("a"), VERIFYING.code_of("b"), other.code_of("a")}) == 3

    def test_the_qr_code_leads_to_the_page(self) -> None:
        code = VERIFYING.code_of("a")
        assert VERIFYING.address(code) == f"https://t.example/verify/{code}"
        assert qr_svg(VERIFYING.address(code)).startswith("<svg")


def look(desk: Desk, text: str, now: datetime | None = None) -> Verified | None:
    with desk.database.read() as session:
        return verify(session, now or desk.now, text)


@pytest.fixture
def issued(desk: Desk, issue: Callable[[], None]) -> tuple[str, str]:
    """A case with its certificate, and the code on it."""
    application_id = approved(desk)
    issue()
    return application_id, VERIFYING.code_of(own_certificate(desk, application_id).id)


def test_a_certificate_tells_of_itself_and_of_nobody(desk: Desk, issued: tuple[str, str]) -> None:
    found = look(desk, issued[1].lower())
    assert (found.state, found.number, found.title.ja) == ("genuine", "hokenjo-2026-000001", "許可証")
    assert "髙橋" not in repr(found)
    assert issued[0] not in repr(found)


def test_the_code_stands_on_the_paper_and_not_in_the_database(
    desk: Desk, blobs: DiskBlobs, issued: tuple[str, str]
) -> None:
    application_id, code = issued
    pdf = download(desk, blobs, desk.people.hanako, application_id, own_certificate(desk, application_id).id)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert code in text
    assert "https://t.example/verify" in text
    with desk.database.read() as session:
        row = session.scalars(select(Certificate)).one()
        assert row.code_hash == code_hash(code)
        assert code not in repr(vars(row))


def test_expired_and_revoked_are_said(desk: Desk, issued: tuple[str, str]) -> None:
    assert look(desk, issued[1], desk.now + timedelta(days=364)).state == "genuine"
    assert look(desk, issued[1], desk.now + timedelta(days=365)).state == "expired"
    with desk.database.write() as session:
        session.execute(update(Certificate).values(revoked_at=desk.now))
    assert look(desk, issued[1]).state == "revoked"


@pytest.mark.parametrize(
    ("revoked", "replaced", "until", "state"),
    [
        (False, False, None, "genuine"),
        (False, False, 0, "genuine"),
        (False, False, 1, "genuine"),
        (False, False, -1, "expired"),
        (False, True, -1, "replaced"),
        (True, False, -1, "revoked"),
        (True, True, None, "revoked"),
    ],
)
def test_what_counts_before_what(revoked: bool, replaced: bool, until: int | None, state: str) -> None:
    today, moment = date(2026, 5, 1), datetime(2026, 4, 1, tzinfo=UTC)
    last_day = None if until is None else today + timedelta(days=until)
    row = Certificate(
        revoked_at=moment if revoked else None, replaced_at=moment if replaced else None, valid_until=last_day
    )
    assert verifying._state(row, today) == state


def test_all_that_is_told_and_the_file_alone_tells_it_too(desk: Desk, issued: tuple[str, str]) -> None:
    with desk.database.read() as session:
        row = session.scalars(select(Certificate)).one()
        told = verify(session, desk.now, issued[1])
        assert told == Verified(
            "genuine", told.title, row.number, row.issued_on, row.valid_until, issued[1], row.sha256
        )
        assert verify_file(session, desk.now, row.sha256) == replace(told, code="")
        assert verify_file(session, desk.now, "0" * 64) is None
    with desk.database.write() as session:
        session.execute(update(Certificate).values(sha256=None))
    assert look(desk, issued[1]).sha256 == ""


def test_a_changed_secret_leaves_printed_codes_good(desk: Desk, issued: tuple[str, str]) -> None:
    assert Verifying("t" * 32, "https://t.example").code_of("x") != issued[1]
    assert look(desk, issued[1]) is not None


def test_what_is_not_handed_out_is_unknown(desk: Desk, issued: tuple[str, str]) -> None:
    with desk.database.write() as session:
        session.execute(update(Certificate).values(issued_at=None))
    assert look(desk, issued[1]) is None


def test_wrong_and_unknown_are_asked_for_alike(desk: Desk, issued: tuple[str, str]) -> None:
    from sqlalchemy import event

    asked: list[str] = []
    for engine in {desk.database.engine, desk.database.reading_engine}:
        event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    counts = []
    for text in ("nothing", VERIFYING.code_of("nobody"), "", "x" * 5000):
        before = len(asked)
        assert look(desk, text) is None
        counts.append(len(asked) - before)
    assert len(set(counts)) == 1


@pytest.fixture(scope="module")
def sealed(seal_folder: Path) -> bytes:
    return seal(paper(), seal_folder)


class TestSeal:
    def test_ours_is_intact(self, sealed: bytes, seal_folder: Path) -> None:
        assert examine(sealed, seal_folder) == "intact"

    def test_a_changed_byte_shows(self, sealed: bytes, seal_folder: Path) -> None:
        place = sealed.index(b"stream") + 20
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert examine(changed, seal_folder) == "changed"

    def test_any_changed_byte_shows(self, sealed: bytes, seal_folder: Path) -> None:
        """A sample of every structure; `python -m tests.benchmarks.tamper` takes each byte."""
        start = sealed.index(b"/Contents <")
        end = sealed.index(b">", start)
        marks = (b"%PDF-", b"obj", b"endobj", b"stream", b"xref", b"trailer", b"startxref", b"%%EOF", b"/ByteRange")
        places = {sealed.rindex(mark) + offset for mark in marks for offset in (0, len(mark)) if mark in sealed}
        places |= {
            *range(0, len(sealed), len(sealed) // 60),
            *range(start, end + 2, (end - start) // 90),
            len(sealed) - 1,
        }
        unseen = {place for place in places for flip in (0x01, 0x20) if self.said(sealed, place, flip, seal_folder)}
        assert len(places) > 150
        assert unseen == set()

    @staticmethod
    def said(sealed: bytes, place: int, flip: int, seal_folder: Path) -> bool:
        """Whether the verifier takes the file with this bit changed for ours."""
        if place >= len(sealed):
            return False
        changed = sealed[:place] + bytes([sealed[place] ^ flip]) + sealed[place + 1 :]
        return examine(changed, seal_folder) not in {"changed", "unreadable"}

    @pytest.mark.parametrize("added", [b" ", b"\n", b"%%EOF\n", b"1 0 obj\n<<>>\nendobj\n"])
    def test_a_byte_more_shows(self, sealed: bytes, seal_folder: Path, added: bytes) -> None:
        assert examine(sealed + added, seal_folder) == "changed"
        assert examine(sealed[:-1], seal_folder) in {"changed", "unreadable"}

    def test_something_added_shows(self, sealed: bytes, seal_folder: Path) -> None:
        writer = PdfWriter(BytesIO(sealed), incremental=True)
        writer.add_metadata({"/Title": "另"})
        target = BytesIO()
        writer.write(target)
        assert target.getvalue().startswith(sealed)
        assert examine(target.getvalue(), seal_folder) == "changed"

    def test_somebody_elses_seal_is_foreign(self, tmp_path: Path, seal_folder: Path) -> None:
        create_seal_key(tmp_path, "東京都", datetime.now(UTC))
        assert examine(seal(paper(), tmp_path), seal_folder) == "foreign"

    def test_a_seal_of_a_replaced_key_is_ours(self, sealed: bytes, seal_folder: Path, tmp_path: Path) -> None:
        create_seal_key(tmp_path, "東京都", datetime.now(UTC))
        assert examine(sealed, tmp_path) == "foreign"
        (tmp_path / "earlier-certificate-2025.pem").write_bytes((seal_folder / "seal-certificate.pem").read_bytes())
        assert examine(sealed, tmp_path) == "intact"

    def test_what_is_too_large_is_not_looked_at(self, seal_folder: Path) -> None:
        junk = b"%PDF-/ByteRange".ljust(10 * 1024 * 1024, b"x")
        assert examine(junk, seal_folder) == "changed"
        assert examine(junk + b"x", seal_folder) == "unreadable"

    def test_without_a_seal(self, seal_folder: Path) -> None:
        assert examine(paper(), seal_folder) == "none"

    @pytest.mark.parametrize("start", [b"", b"%PDF-1.7\n"])
    @given(junk=st.binary(max_size=300))
    @example(junk=b"/ByteRange")
    @example(junk=b"%PDF-1.4/ByteRange")
    def test_junk_is_unreadable_and_changed_if_it_speaks_of_a_seal(self, start: bytes, junk: bytes) -> None:
        """A paper of ours that was spoiled until nothing can read it still says that it was sealed."""
        pdf = start + junk
        sealed = pdf.startswith(b"%PDF-") and b"/ByteRange" in pdf
        assert examine(pdf, Path("/nowhere")) in {"none", "changed" if sealed else "unreadable"}
