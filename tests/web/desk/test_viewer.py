"""Files beside the answers: which is shown, how one gets to the next, and that it stays shut off."""

import re
from collections.abc import Callable

import pytest

from procedures import attachments
from procedures.actors import Actor
from tests.uploaded import active_pdf
from tests.web.browsing import Browser
from tests.web.casework import TAX, Casework, photo
from tests.web.client import faults

Browsers = Callable[..., Browser]
HERE = "/desk/cases/{}"

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def two_files(casework: Casework, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case with a photo and a PDF for one question."""
    forms = iter([("表面.jpg", photo()), ("裏面.pdf", active_pdf("files"))])

    def attach(actor: Actor, application_id: str, field_id: str) -> str:
        prepared = attachments.prepare(casework.blobs, *next(forms))
        with casework.database.write() as session:
            return attachments.add(session, actor, casework.now, application_id, field_id, prepared)

    monkeypatch.setattr(casework, "attach", attach)
    return casework.file(TAX, scenario=1, copies=2).application_id


def sheet(page: str) -> str:
    """What stands in the viewer."""
    return re.search(r"<div class=\"sheet\".*?</div>", page, re.DOTALL)[0]


def test_the_first_file_stands_beside_the_answers(casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX, scenario=1).application_id
    file = casework.see(case).files[0]
    answer = browser("sato").get(HERE.format(case))
    assert f'<img src="/desk/cases/{case}/attachments/{file.id}"' in sheet(answer.text)
    assert f'href="?file={file.id}#viewer"' in answer.text  # in the row of its question
    assert "frame-src" not in answer.headers["Content-Security-Policy"]
    assert not faults(answer)


def test_a_pdf_is_shown_in_a_frame_that_is_shut_off(casework: Casework, browser: Browsers, two_files: str) -> None:
    clerk, files = browser("sato"), casework.see(two_files).files
    pdf = next(file for file in files if file.media_type == "application/pdf")
    answer = clerk.get(HERE.format(two_files) + f"?file={pdf.id}")
    assert "<iframe" in sheet(answer.text)
    assert answer.headers["Content-Security-Policy"].endswith("; frame-src 'self'")
    assert not faults(answer)
    framed = clerk.get(HERE.format(two_files) + f"/attachments/{pdf.id}")
    assert framed.headers["Content-Security-Policy"].startswith("sandbox;")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert (framed.headers["X-Frame-Options"], framed.headers["X-Content-Type-Options"]) == ("SAMEORIGIN", "nosniff")
    framed.close()
    assert "frame-src" not in clerk.get("/desk").headers["Content-Security-Policy"]


@pytest.mark.parametrize("asked", ["nothing", "<script>", ""])
def test_a_file_that_is_not_there_is_the_first(asked: str, casework: Casework, browser: Browsers) -> None:
    case = casework.file(TAX, scenario=1).application_id
    answer = browser("sato").get(HERE.format(case), query_string={"file": asked})
    assert answer.status_code == 200
    assert "<img" in sheet(answer.text)
    assert 'class="viewer"' in answer.text  # nobody chose it: on a phone it stays away


def test_a_case_without_files_has_no_viewer(casework: Casework, browser: Browsers) -> None:
    page = browser("sato").get(HERE.format(casework.file(TAX).application_id)).text
    assert "data-viewer" not in page
    assert "viewer.js" not in page


def test_one_gets_to_the_next_file_and_back(casework: Casework, browser: Browsers, two_files: str) -> None:
    first, second = (file.id for file in casework.see(two_files).files)
    clerk = browser("sato")
    page = clerk.get(HERE.format(two_files)).text
    assert re.search(rf'data-step="1" href="\?file={second}#viewer"', page)
    assert re.search(r'data-step="-1" hidden', page)
    page = clerk.get(HERE.format(two_files) + f"?file={second}").text
    assert re.search(rf'data-step="-1" href="\?file={first}#viewer"', page)
    assert re.search(r'data-step="1" hidden', page)
    assert 'class="viewer chosen"' in page
