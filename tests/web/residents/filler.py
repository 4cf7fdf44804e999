"""Fills in the pages of a procedure as one of its scenarios answers, page after page, however deep its lists are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.model import Field, Procedure, Scenario
from tests.uploaded import pdf
from tests.web.casework import photo
from tests.web.client import main_form
from tests.web.residents.applicant import Applicant
from web.residents.filling.places import Path, path_at, value_at

PAGES = 150  # more than any of them has
Upload = tuple[str, str, bytes]


class Filler:
    """Answers each page as the scenario says, until the check page or a stop comes or a page is refused."""

    def __init__(self, person: Applicant, procedure: Procedure, scenario: Scenario) -> None:
        self.person, self.procedure, self.answers = person, procedure, scenario.answers
        self.steps: list[str] = []
        self.answered: set[str] = set()

    def fill(self) -> None:
        """Go as far as it goes."""
        if self.person.page is None or "/steps/" not in self.person.at:
            self.person.start(self.procedure.id)
        if "/steps/" not in self.person.at:  # the list of tasks of a long procedure
            buttons = [link for link in self.person.tree.all("a") if link.attributes.get("class") == "button"]
            self.person.open(buttons[0].attributes["href"])
        for _ in range(PAGES):
            if self.person.at.endswith(("/check", "/stopped")) or self._status != 200:
                return
            here = self.person.at
            step, _, place = here.split("/steps/")[1].partition("/")
            self._page(step, path_at(place) if place else ())
            self.answered.add(here)
        raise AssertionError(f"still not at the end: {self.person.at}")

    @property
    def _status(self) -> int:
        return self.person.page.status_code if self.person.page else 0

    def _page(self, step_id: str, path: Path) -> None:
        step = self.procedure.step_by_id[step_id]
        if step.id not in self.steps:
            self.steps.append(step.id)
        if not path:
            self._send(step.plain_fields, self.answers)
        elif isinstance(path[-1], int):
            listed = self._field(path[:-1])
            self._send(listed.item_fields, listed.item_answers(value_at(self.answers, path)))
        else:
            self._list(path)

    def _field(self, path: Path) -> Field:
        """The field at a path that leads through objects and items of lists."""
        field = self.procedure.fields[str(path[0])]
        for key in path[1:]:
            if not isinstance(key, int):
                inner = field.item_fields if field.is_list else field.properties
                field = next(one for one in inner if one.id == key)
        return field

    def _list(self, path: Path) -> None:
        have = sum("card" in node.attributes.get("class", "") for node in self.person.tree.all("li"))
        if have < len(value_at(self.answers, path) or ()):
            add = next(link for link in self.person.tree.all("a") if link.attributes.get("id") == "add")
            self.person.open(add.attributes["href"])
        else:
            self.person.send()

    def _send(self, fields: Sequence[Field], answers: Mapping[str, Any]) -> None:
        if self.person.at in self.answered:  # shown once more with what to note
            self.person.send()
            return
        texts: dict[str, Any] = {}
        files: list[Upload] = []
        for name, field, answer in _asked(fields, answers):
            if field.type.control == "file":
                files += [_file(name, field, said) for said in answer]
            else:
                for part, given in field.type.show_raw(field, answer).items():
                    texts[f"{name}.{part}" if part else name] = given
        offered = {
            node.attributes.get("name") for node in main_form(self.person.tree).all("input", "select", "textarea")
        }
        assert texts.keys() <= offered, f"{self.person.at} does not ask {sorted(texts.keys() - offered)}"
        self.person.send(texts, files=files)


def _asked(fields: Sequence[Field], answers: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Field, Any]]:
    """What one page asks and is answered, with the name of its input; lists have pages of their own."""
    for field in fields:
        name, answer = before + field.id, answers.get(field.id)
        if answer is None or field.is_list:
            continue
        if field.properties:
            yield from _asked(field.properties, answer, f"{name}.")
        else:
            yield name, field, answer


def _file(name: str, field: Field, said: str) -> Upload:
    """A photo, or a PDF where no photo is accepted."""
    accepted = field.settings.get("accept") or ["image/*"]
    if any(kind.startswith("image/") for kind in accepted):
        return f"{name}.new", f"{said}.jpg", photo()
    return f"{name}.new", f"{said}.pdf", pdf()
