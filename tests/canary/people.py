"""Somebody at the site whose every answer is looked at, and the marked things that residents bring with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from random import Random
from typing import Any

import pikepdf
import requests
from PIL import Image

from procedures.database import Database
from procedures.models import Person as Row
from procedures.models import StaffRole
from tests.canary.marks import Mark
from tests.canary.site import Site
from tests.canary.watching import Allowed, Watch
from tests.crash.person import Answer
from tests.web.browsing import TOKEN
from tests.web.client import Node, form_values, read
from web.identity.sessions import begin_session
from web.security.cookies import SESSION
from web.services import utc_now

SILENCE = 60.0
OFFICES = ("hokenjo", "shuzei-shomei")
File = tuple[str, str, bytes]


@dataclass
class Somebody:
    """One browser or client; `may` says what it may be shown."""

    site: Site
    watch: Watch
    name: str
    may: Allowed
    chance: Random
    http: requests.Session = field(default_factory=requests.Session)
    token: str = ""

    def sign_in(self) -> "Somebody":
        """With a session of their own."""
        with self.site.database.write() as session:
            token = begin_session(session, utc_now(), self.name, "local", "high")
        self.http.cookies.set(SESSION, token)
        return self

    def ask(self, method: str, path: str, **options: Any) -> Answer:
        """One request, not followed; what came is looked at."""
        headers = {"Accept-Language": "ja", **options.pop("headers", {})}
        address = path if path.startswith("http") else self.site.settings.public_url + path
        got = self.http.request(method, address, headers=headers, allow_redirects=False, timeout=SILENCE, **options)
        self.watch.answer(self.name, self.may, f"{method} {path}", got.status_code, got.headers.items(), got.content)
        kind = got.headers.get("Content-Type", "").partition(";")[0]
        answer = Answer(path, got.status_code, got.headers.get("Location", ""), got.content, kind)
        if kind == "text/html" and (found := TOKEN.search(answer.text)):
            self.token = found[1]
        return answer

    def get(self, path: str, **options: Any) -> Answer:
        """A page, followed on the site."""
        answer = self.ask("GET", path, **options)
        for _ in range(5):
            if answer.status not in range(300, 400) or not answer.location.startswith("/"):
                break
            answer = self.ask("GET", answer.location.partition("#")[0])
        return answer

    def post(self, path: str, form: Mapping[str, Any], files: Sequence[File] = (), **options: Any) -> Answer:
        """A form with its token."""
        if not self.token:
            self.get("/sign-in/done")
        sent = {**form, "csrf_token": self.token}
        parts = [(name, (file, content)) for name, file, content in files] or None
        return self.ask("POST", path, data=sent, files=parts, **options)

    def send(self, path: str, values: Mapping[str, Any], form: str = "", files: Sequence[File] = ()) -> Answer:
        """Open a page, fill in its form whose address contains `form`, and send it."""
        page = self.get(path)
        node = _form(page, form)
        if node is None:
            return page
        filled: dict[str, Any] = {**form_values(node), **values}
        if not files and "multipart" in node.attributes.get("enctype", ""):
            files = [("nothing", "", b"")]
        return self.post(node.attributes.get("action") or page.path, filled, files)


def _form(page: Answer, form: str) -> Node | None:
    if page.mimetype != "text/html":
        return None
    mains = read(page).all("main")  # type: ignore[arg-type] - it reads as the test client's answers do
    forms = [one for main in mains for one in main.all("form") if form in one.attributes.get("action", "")]
    return forms[0] if forms else None


def links(page: Answer, part: str) -> list[str]:
    """Where the page leads whose address contains this."""
    if page.mimetype != "text/html":
        return []
    found = (node.attributes.get("href", "") for node in read(page).all("a"))  # type: ignore[arg-type]
    return [link.partition("#")[0] for link in found if part in link and link.startswith("/")]


def paper(mark: str) -> bytes:
    """A PDF that says the mark, and whose metadata do."""
    made = pikepdf.Pdf.new()
    made.add_blank_page(page_size=(300, 300))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    made.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 20 100 Td ({mark}) Tj ET".encode())
    made.docinfo["/Author"] = mark
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def picture(mark: str) -> bytes:
    """A JPEG whose EXIF names the mark as its maker and describes the picture with it."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x010E] = mark
    kept = BytesIO()
    Image.new("RGB", (64, 48), "green").save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def enrol(database: Database, watch: Watch, residents: int) -> list[str]:
    """Residents with marked names and addresses, and for each office a clerk, an approver; their names."""
    names = [f"resident{number}" for number in range(residents)]
    with database.write() as session:
        for name in names:
            shown = watch.marks.word(Mark(name, "name", "*"))
            mail = watch.marks.word(Mark(name, "mail", "*"))
            session.add(_row(name, shown, f"{mail}@example.jp"))
        session.flush()
        for office in OFFICES:
            for role in ("clerk", "approver"):
                session.add(_row(f"{role}-{office}", f"{role} {office}", f"{role}-{office}@example.jp"))
                session.flush()
                session.add(StaffRole(person_id=f"{role}-{office}", role=role, office=office))
    return names


def _row(id: str, name: str, email: str) -> Row:
    known = {"issuer": "https://issuer.test", "subject": id, "assurance": "high"}
    return Row(id=id, name=name, email=email, created_at=utc_now(), seen_at=utc_now(), **known)
