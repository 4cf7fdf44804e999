"""A paper that no font can draw stops; the clerk is told where, spells it otherwise with a reason, and it is made."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from procedures import certificates, doctor
from procedures.actors import Actor
from procedures.blobs.disk import DiskBlobs
from procedures.days import tokyo_day
from procedures.errors import NotFound, PaperRefused
from procedures.models import AuditEvent, Certificate, Job, PaperNumber
from procedures.papers.material import material
from procedures.papers.spelling import Lacking, lacking, respell
from tests.procedures.conftest import Desk
from tests.procedures.test_certificates import approved, download, issue, own_certificate, seal_folder
from tests.procedures.test_papers import TEMPLATES

__all__ = ["issue", "seal_folder"]
NAME = "山田 \U0002a6a5子"
pytestmark = pytest.mark.sqlite_only

Issue = Callable[[], None]


@pytest.fixture
def stopped(desk: Desk, issue: Issue) -> str:
    """A case whose certificate could not be made."""
    case = approved(desk, name=NAME)
    issue()
    return case


def spell(desk: Desk, case: str, spelling: str = "山田 龍子", reason: str = "𪚥は印字できないため") -> None:
    desk.do(respell, desk.people.sato, case, "name", spelling, reason, TEMPLATES)


def found(desk: Desk, case: str) -> tuple[Lacking, ...]:
    with desk.database.read() as session:
        return tuple(lacking(material(session, case, desk.known["permit"], tokyo_day(desk.now)), TEMPLATES))


def test_it_stops_and_says_where_and_nobody_tries_again(desk: Desk, stopped: str) -> None:
    shown = own_certificate(desk, stopped)
    assert (shown.state(tokyo_day(desk.now)), shown.trouble) == ("stopped", ("name",))
    assert found(desk, stopped) == (Lacking("name", "名前", NAME, ("U+2A6A5 CJK UNIFIED IDEOGRAPH-2A6A5",)),)
    with desk.database.read() as session:
        assert set(session.scalars(select(Job.state).where(Job.kind == "certificate.issue"))) == {"done"}
        assert [finding.check for finding in doctor.run(session)] == ["paper_stopped"]


def test_spelt_otherwise_it_is_made_with_its_number_and_marked(
    desk: Desk, blobs: DiskBlobs, issue: Issue, stopped: str
) -> None:
    spell(desk, stopped)
    issue()
    certificate = own_certificate(desk, stopped)
    assert (certificate.number, certificate.ready, certificate.trouble) == ("hokenjo-2026-000001", True, ())
    pdf = download(desk, blobs, desk.people.hanako, stopped, certificate.id)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "山田 龍子（※）" in text
    assert "（※）の文字は、使用できる文字に置き換えて記載しています。" in text
    with desk.database.read() as session:
        link = session.scalars(select(AuditEvent).where(AuditEvent.action == "paper.respell")).one()
        assert (link.field_ids, link.note) == (["name"], None)
        assert doctor.run(session) == []


def test_issued_again_it_is_spelt_alike(desk: Desk, blobs: DiskBlobs, issue: Issue, stopped: str) -> None:
    spell(desk, stopped)
    issue()
    first = own_certificate(desk, stopped)
    desk.do(certificates.issue_again, desk.people.sato, stopped, first.id, "紛失")
    issue()
    with desk.database.read() as session:
        second = session.scalars(select(Certificate).where(Certificate.edition == 2)).one()
    pdf = download(desk, blobs, desk.people.hanako, stopped, second.id)
    assert "山田 龍子（※）" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("spelling", "reason", "what"),
    [
        ("", "r", "spelling"),
        ("龍子", " ", "reason"),
        ("\U0001f600", "r", "undrawable"),
        ("あ" * 501, "r", "long"),
        ("龍子", "r" * 401, "long"),
    ],
)
def test_what_does_not_do(desk: Desk, stopped: str, spelling: str, reason: str, what: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        spell(desk, stopped, spelling, reason)
    assert refused.value.what == what


def test_only_what_cannot_be_drawn_and_only_by_a_clerk_of_the_office(desk: Desk, stopped: str) -> None:
    for place in ("copies", "unknown"):
        with pytest.raises(NotFound):
            desk.do(respell, desk.people.sato, stopped, place, "x", "r", TEMPLATES)
    far = Actor("staff", "far", "", frozenset({"clerk"}), frozenset({"shuzei"}))
    for actor in (desk.people.hanako, desk.people.tanaka, far):
        with pytest.raises(NotFound):
            desk.do(respell, actor, stopped, "name", "x", "r", TEMPLATES)


def test_before_it_is_decided_it_can_be_seen_and_mended(desk: Desk, issue: Issue) -> None:
    case, proposal = desk.proposed(name=NAME)
    assert [one.place for one in found(desk, case)] == ["name"]
    spell(desk, case)
    assert found(desk, case) == ()
    desk.approve(case, proposal)
    issue()
    assert own_certificate(desk, case).ready


def test_what_cannot_be_made_is_given_up_and_the_register_says_why(desk: Desk, issue: Issue, stopped: str) -> None:
    desk.do(
        certificates.give_up, desk.people.sato, stopped, own_certificate(desk, stopped).id, "申請者が取り下げたため"
    )
    issue()
    with desk.database.read() as session:
        row = session.scalars(select(PaperNumber)).one()
        assert (row.cancel_reason, row.handed_out_at) == ("申請者が取り下げたため", None)
        assert doctor.run(session) == []
