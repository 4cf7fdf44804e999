"""`make screens`: a case filed on a phone as docs/pictures/phone.png, and a clerk's day as docs/pictures/desk-*.png."""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from tests.browser import filing, working
from tests.browser.chromium import PHONE, chromium, phone
from tests.browser.desk_screens import take_day
from tests.browser.person import Person
from tests.browser.stack import running_stack

TARGET = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "phone.png"
GAP, ACROSS = 28, 3


def main() -> None:
    """Take the pictures on a stack of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running_stack(folder) as stack, chromium(folder) as browser:
            hanako = Person(phone(browser, stack.web), "hanako")
            shots = take(hanako, folder)
            day = take_day(stack, browser)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet(shots).quantize(128).save(TARGET, optimize=True)
    for picture in (TARGET, *day):
        sys.stdout.write(f"{picture.name}: {picture.stat().st_size // 1000} kB\n")


def take(hanako: Person, folder: Path) -> list[Image.Image]:
    """The six screens, in the order in which she meets them."""
    shots = []

    def shoot() -> None:
        hanako.page.evaluate("() => scrollTo(0, 0)")
        shots.append(Image.open(BytesIO(hanako.page.screenshot())).convert("RGB"))

    hanako.sign_in()
    hanako.open("/")
    shoot()
    hanako.open("/procedures/dog-registration")
    shoot()
    hanako.go_on()
    filing.answer(hanako, filing.OWNER)
    hanako.type({**filing.POCHI, "chip": "39214000000001"})
    hanako.go_on(422)
    shoot()
    filing.answer(hanako, {"chip": filing.POCHI["chip"]})
    shoot()
    filing.add_more(hanako, [filing.HANA])
    filing.answer(hanako, {"proof.new": str(filing.photo(folder))})
    hanako.press("送信して支払いへ進む")
    shoot()
    hanako.press("支払いへ進む")
    filing.pay(hanako, "card_ok")
    filing.wait_for(hanako, "お支払いを確認しました")
    working.reference_of(hanako)
    hanako.follow("申請の状況を見る")
    shoot()
    return shots


def sheet(shots: list[Image.Image]) -> Image.Image:
    """The screens side by side, in rows of three."""
    width, height = PHONE["width"] + GAP, PHONE["height"] + GAP
    rows = -(-len(shots) // ACROSS)
    whole = Image.new("RGB", (ACROSS * width + GAP, rows * height + GAP), "#e8e8ec")
    for place, shot in enumerate(shots):
        x, y = GAP + place % ACROSS * width, GAP + place // ACROSS * height
        whole.paste(shot, (x, y))
        ImageDraw.Draw(whole).rectangle((x - 1, y - 1, x + PHONE["width"], y + PHONE["height"]), outline="#8c8c98")
    return whole


if __name__ == "__main__":
    main()
