"""Somebody who applies: fills in the page before them, presses its buttons, and looks critically at what comes."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from werkzeug.test import TestResponse

from tests.web.browsing import Browser
from tests.web.client import Node, faults, form_values, main_form, read

OWNER = {
    "name.family": "山田",
    "name.given": "花子",
    "name.family_kana": "やまだ",
    "name.given_kana": "ﾊﾅｺ",
    "address.postcode": "〒１６３－０００１",
    "address.prefecture": "東京都",
    "address.city": "新宿区",
    "address.street": "西新宿2-8-1",
    "phone": "０３ー５３２１ー１１１１",
    "email": "hanako@example.jp",
}
DOG = {
    "call_name": "ポチ",
    "breed": "柴犬",
    "sex": "male",
    "born.year": "２０２５",
    "born.month": "12",
    "born.day": "1",
    "chipped": "no",
    "vaccinated": "no",
}
PLACE = {
    "address.postcode": "1630001",
    "address.prefecture": "東京都",
    "address.city": "新宿区",
    "address.street": "西新宿2-8-1",
    "starts_on.year": "2026",
    "starts_on.month": "5",
    "starts_on.day": "8",
}
USER = {key: OWNER[key] for key in OWNER if key.startswith("name")} | {"phone": "09012345678", "present": "no"}
BILLING = {"pay_with": "card", "bill_elsewhere": "no"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63f8ffff3f0005fe02fea7356"
    "9a00000000049454e44ae426082"
)


class Applicant(Browser):
    """A browser whose every page must be without fault."""

    def _remember(self, page: TestResponse) -> TestResponse:
        found = faults(page)
        assert not found, "\n".join([f"{page.request.path} ({page.status_code}):", *found])
        return super()._remember(page)

    @property
    def tree(self) -> Node:
        """The page before us."""
        assert self.page is not None
        return read(self.page)

    @property
    def heading(self) -> str:
        """Its h1."""
        return self.tree.all("h1")[0].said

    @property
    def at(self) -> str:
        """Its path."""
        assert self.page is not None
        return self.page.request.path

    @property
    def problems(self) -> list[str]:
        """The lines of its error summary."""
        boxes = [node for node in self.tree.all("div") if node.attributes.get("id") == "problems"]
        return [link.said for link in boxes[0].all("a")] if boxes else []

    @property
    def main(self) -> str:
        """All that it says."""
        return self.tree.all("main")[0].said

    def typed(self, name: str) -> list[str]:
        """What stands in an input."""
        return form_values(main_form(self.tree)).get(name, [])

    def open(self, path: str) -> TestResponse:
        """Fetch, and follow where it leads."""
        return self._land(self.get(path))

    def send(
        self, answers: Mapping[str, Any] | None = None, form: str = "", files: Sequence[tuple[str, str, bytes]] = ()
    ) -> TestResponse:
        """Fill in the form of this page whose address contains `form` as given, and press its button."""
        node = main_form(self.tree, form)
        values: dict[str, Any] = {**form_values(node), **(answers or {})}
        if files:
            for name, _, _ in files:
                values[name] = [(BytesIO(content), file) for field, file, content in files if field == name]
        address = node.attributes.get("action") or self.at
        kind = node.attributes.get("enctype", "application/x-www-form-urlencoded")
        return self._land(self.post(address, values, content_type=kind))

    def press(self, words: str) -> TestResponse:
        """Follow the link that says `words`."""
        links = [link for link in self.tree.all("a") if words in link.said]
        assert links, f"no link says {words!r}: {self.main}"
        return self.open(links[0].attributes["href"].partition("#")[0])

    def start(self, procedure_id: str) -> str:
        """Begin a procedure; answers the application's id."""
        self.open(f"/procedures/{procedure_id}")
        self.send(form="/start")
        return self.at.split("/")[2]

    def register(self, *dogs: Mapping[str, str]) -> str:
        """Fill in a dog registration up to the check page; answers the application's id."""
        id = self.start("dog-registration")
        self.send(OWNER)
        for number, dog in enumerate(dogs or (DOG,), start=1):
            if number > 1:
                self.press("もう1件追加する")
            self.send(dog)
        self.send()
        return id

    def use_water(self) -> str:
        """Fill in a start of water service up to the check page; answers the application's id."""
        id = self.start("water-service-start")
        self.send(PLACE)
        self.send(USER)
        self.send(BILLING)
        return id

    def _land(self, page: TestResponse) -> TestResponse:
        for _ in range(5):
            if page.status_code not in range(300, 400):
                return page
            if not page.headers["Location"].startswith("/"):
                return page
            page = self.get(page.headers["Location"])
        raise AssertionError(f"the way goes round in circles at {page.request.path}")
