"""What Hanako files: the answers of the three procedures, and the way through their pages."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from PIL import Image

from tests.browser.person import Person
from tests.browser.plain import Plain

Typed = Mapping[str, str | Sequence[str]]

NAME = {"name.family": "髙橋", "name.given": "花子", "name.family_kana": "タカハシ", "name.given_kana": "ハナコ"}
ADDRESS = {
    "address.postcode": "１６３－８００１",  # full width, as many keyboards give it
    "address.prefecture": "東京都",
    "address.city": "新宿区",
    "address.street": "西新宿二丁目8番1号",
    "address.building": "都庁マンション101",
}
PHONE = {"phone": "０３－５３２１－１１１１"}
EMAIL = {"email": "hanako@example.jp"}
OWNER = {**NAME, **ADDRESS, **PHONE, **EMAIL}
POCHI = {
    "call_name": "ポチ",
    "breed": "柴犬",
    "sex": "male",
    "born.year": "2025",
    "born.month": "１２",
    "born.day": "1",
    "chipped": "yes",
    "chip": "３９２１４０００００００００１",
    "vaccinated": "yes",
}
HANA = {
    "call_name": "ハナ",
    "breed": "雑種",
    "sex": "female",
    "born.year": "2024",
    "born.month": "3",
    "born.day": "10",
    "chipped": "no",
    "vaccinated": "no",
}
AUTOMOBILE = {"tax": "automobile", "plate": "品川 300 あ 12-34", "year": "2025", "copies": "1"}
FIXED_ASSET = {"tax": "fixed_asset", "year": "2026", "copies": "2"}
PURPOSE = {"purpose": "loan", "no_arrears": "yes"}


def photo(folder: Path, name: str = "注射済証.jpg") -> Path:
    """A photo as a phone takes it."""
    path = folder / name
    Image.new("RGB", (640, 480), "#e8e0d0").save(path)
    return path


def day_parts(name: str, day: date) -> dict[str, str]:
    """A day as it is typed into three inputs."""
    return {f"{name}.year": str(day.year), f"{name}.month": str(day.month), f"{name}.day": str(day.day)}


def begin(person: Person | Plain, procedure: str) -> str:
    """From the catalogue to the first question; answers the application's id."""
    person.open("/")
    person.open(f"/procedures/{procedure}")
    person.go_on()
    return application_of(person)


def begin_unseen(person: Person, procedure: str) -> str:
    """The same for a story that begins there: the first question is open."""
    with person.unseen() as unseen:
        return begin(unseen, procedure)


def application_of(person: Person | Plain) -> str:
    """The id in the address."""
    return person.path.split("/")[2]


def answer(person: Person | Plain, answers: Typed) -> None:
    """Type the answers of this page and go on."""
    person.type(answers)
    person.go_on()


def add_items(person: Person | Plain, items: Sequence[Typed]) -> None:
    """Answer one page for each item, then say that this was all."""
    answer(person, items[0])
    add_more(person, items[1:])


def add_more(person: Person | Plain, items: Sequence[Typed]) -> None:
    """On the page of the list: further items, then that this was all."""
    for item in items:
        person.follow("もう1件追加する")
        answer(person, item)
    person.press("入力を終えて次へ")


def dogs(person: Person | Plain, proof: Path, dogs: Sequence[Typed] = (POCHI, HANA)) -> str:
    """Dog registration up to the page of all answers."""
    application = begin(person, "dog-registration")
    answer(person, OWNER)
    add_items(person, dogs)
    if any(dog["vaccinated"] == "yes" for dog in dogs):
        answer(person, {"proof.new": str(proof)})
    return application


def tax_certificate(person: Person | Plain) -> str:
    """The tax certificate, as the taxpayer, up to the page of all answers."""
    application = begin(person, "metropolitan-tax-certificate")
    answer(person, {"applicant_kind": "holder", **OWNER})
    add_items(person, [AUTOMOBILE, FIXED_ASSET])
    answer(person, PURPOSE)
    return application


def water(person: Person | Plain, today: date) -> str:
    """Start of water service up to the page of all answers."""
    application = begin(person, "water-service-start")
    for page in water_pages(today):
        answer(person, page)
    return application


def water_pages(today: date) -> Iterator[Typed]:
    """What is typed on each page of it."""
    yield {**ADDRESS, **day_parts("starts_on", today + timedelta(days=3))}
    yield {**NAME, **PHONE, "present": "no"}
    yield {"pay_with": "slip", "bill_elsewhere": "no"}


def pay(person: Person, choice: str, *, status: int = 200) -> None:
    """On the pay page of the local Stripe: choose a way and press the button."""
    person.page.locator(f'input[name="choice"][value="{choice}"]').check()
    person.leave_by(person.page.locator("main form button").last)
    person.look(status)


def wait_for(person: Person, words: str, seconds: int = 40) -> None:
    """Look at this page again and again until it says `words`: the worker has done its part."""
    for _ in range(seconds):
        if words in person.text:
            return
        person.page.wait_for_timeout(1000)
        person.page.reload()
    raise AssertionError(f"{person.page.url} never said {words!r}:\n{person.text[:2000]}")
