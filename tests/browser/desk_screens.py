"""The clerk's day in pictures, for docs/desk.md: a case is filed, corrected and decided; each picture is kept small."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from procedures.database import open_database
from procedures.statistics.counting import count_days
from tests.browser import filing, working
from tests.browser.chromium import desk, phone
from tests.browser.person import Person
from tests.browser.stack import Stack
from web.services import utc_now

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDE = 880
"""Pixels across: enough to read the headings, small to load."""


def take_day(stack: Stack, browser: Browser) -> list[Path]:
    """File three cases, lead one through a correction to its decision; answers the files."""
    hanako = Person(phone(browser, stack.web), "hanako")
    sato, suzuki = (Person(desk(browser, stack.web), name) for name in ("sato", "suzuki"))
    for person in (hanako, sato, suzuki):
        person.sign_in()
    applications = []
    for _ in range(3):
        applications.append(filing.tax_certificate(hanako))
        hanako.press("この内容で送信する")
    reference = working.reference_of(hanako)
    sato.open("/desk?tab=unassigned")
    kept = [_keep(sato, "queue")]
    working.find_case(sato, reference)
    sato.press("引き受ける")
    kept.append(_keep(sato, "case"))
    sato.follow("補正を求める")
    sato.type({"mark": "requests-0-plate", "why.requests-0-plate": "車検証を確かめてください。"})
    kept.append(_keep(sato, "correction", "#why-requests-0-plate"))
    sato.press("通知を確かめる")
    sato.press("申請者に送る")
    hanako.open(f"/applications/{applications[-1]}/correction/change/requests/1/plate")
    hanako.type({"plate": "品川 300 あ 12-35"})
    hanako.go_on()
    hanako.follow("確認して送る")
    hanako.press("この内容で送る")
    working.find_case(sato, reference)
    kept.append(_keep(sato, "changed"))
    sato.follow("起案する")
    sato.type({"outcome": "approve"})
    sato.press("通知を確かめる")
    sato.press("この内容で起案する")
    working.find_case(suzuki, reference)
    kept.append(_keep(suzuki, "decide"))
    working.approve(suzuki, reference)
    count_days(open_database(f"sqlite:///{stack.data / 'tetsuzuki.db'}", 3), utc_now())
    sato.open("/desk/office")
    kept.append(_keep(sato, "office"))
    return kept


def _keep(person: Person, name: str, at: str = "body") -> Path:
    """The screen, with what matters in sight, as a small picture."""
    person.page.evaluate("() => scrollTo(0, 0)")
    if at != "body":
        person.page.locator(at).scroll_into_view_if_needed()
    shot = Image.open(BytesIO(person.page.screenshot())).convert("RGB")
    target = FOLDER / f"desk-{name}.png"
    small = shot.resize((WIDE, shot.height * WIDE // shot.width), Image.Resampling.LANCZOS)
    small.quantize(32).save(target, optimize=True)
    return target
