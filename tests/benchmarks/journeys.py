"""The measured journey on each stack: what is asked, what is answered, what every page must say."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.benchmarks.resident import Page, Resident, WrongAnswerError

Answers = Mapping[str, Mapping[str, str]]
COMMON = {
    "name": {"name": "山田 花子", "kana": "ヤマダ　ハナコ"},
    "address": {"postcode": "163-8001", "address": "東京都新宿区西新宿二丁目8番1号"},
    "copies": {"copies": "2", "purpose": "勤務先に提出するため"},
}
TITLES = {"name": "お名前", "address": "ご住所", "birth": "生年月日", "copies": "写し"}
WRONG: tuple[tuple[str, str, str], ...] = (
    ("name", "name", ""),
    ("name", "name", "あ" * 41),
    ("name", "kana", "やまだ"),
    ("name", "kana", "ア" * 41),
    ("address", "postcode", "12345"),
    ("address", "address", "東京"),
    ("address", "address", "東" * 201),
    ("copies", "copies", "0"),
    ("copies", "copies", "11"),
    ("copies", "copies", "many"),
    ("copies", "purpose", "長" * 201),
)


@dataclass(frozen=True)
class Site:
    """How one stack is driven. `start` leads to the first step; `action` is where a step is posted."""

    name: str
    start: Callable[[Resident], Page]
    birth: Mapping[str, str]
    old_birth: Mapping[str, str]
    receipt: re.Pattern[str]

    @property
    def answers(self) -> Answers:
        """What is typed on each step, in their order."""
        return {step: COMMON.get(step, self.birth) for step in TITLES}


def journey(site: Site, resident: Resident) -> str:
    """From the first page to the receipt; answers the reference. Raises `WrongAnswerError`."""
    page = site.start(resident)
    for step, answers in site.answers.items():
        demand(page, TITLES[step])
        page = resident.post(page.address, {**page.hidden(), **answers})
    demand(page, "山田 花子", "163-8001", "勤務先に提出するため")
    page = resident.post(page.address, page.hidden())
    if not (found := site.receipt.search(page.text)):
        raise WrongAnswerError(f"{page.address}: no reference on the receipt\n{page.text[:3000]}")
    return found[1]


def shorter_journey(site: Site, resident: Resident, no_copies: Mapping[str, str]) -> None:
    """Without copies the fourth step is not shown."""
    page = site.start(resident)
    for step in ("name", "address"):
        page = resident.post(page.address, {**page.hidden(), **site.answers[step]})
    page = resident.post(page.address, {**page.hidden(), **site.birth, **no_copies})
    demand(page, "山田 花子")


def refusals(site: Site, resident: Resident) -> None:
    """Every rule of the form is checked on the server: wrong text comes back, kept, with 422."""
    page = site.start(resident)
    for step, answers in site.answers.items():
        wrong = [(name, text) for at, name, text in WRONG if at == step]
        for name, text in wrong:
            refused = resident.post(page.address, {**page.hidden(), **answers, name: text}, expect=422)
            demand(refused, text, *(value for key, value in answers.items() if key != name and len(value) > 1))
        if step == "birth":
            resident.post(page.address, {**page.hidden(), **answers, **site.old_birth}, expect=422)
        page = resident.post(page.address, {**page.hidden(), **answers})


def demand(page: Page, *words: str) -> None:
    """Each of `words` stands on the page."""
    for word in words:
        if word not in page.text:
            raise WrongAnswerError(f"{page.address}: {word!r} is not on the page\n{page.text[:4000]}")


YARDSTICK = Site(
    name="yardstick",
    start=lambda resident: resident.get("/start"),
    birth={"born": "1990-02-03", "wants_copies": "yes"},
    old_birth={"born": "1899-12-31"},
    receipt=re.compile(r"<strong>([0-9a-f]{8})</strong>"),
)


def start_tetsuzuki(resident: Resident) -> Page:
    """The page before one starts, then the button on it."""
    page = resident.get("/procedures/journey")
    return resident.post("/procedures/journey/start", page.hidden("/start"))


TETSUZUKI = Site(
    name="tetsuzuki",
    start=start_tetsuzuki,
    birth={"born.year": "1990", "born.month": "2", "born.day": "3", "wants_copies": "yes"},
    old_birth={"born.year": "1899", "born.month": "12", "born.day": "31"},
    receipt=re.compile(r"\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b"),
)
