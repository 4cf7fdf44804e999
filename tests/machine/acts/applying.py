"""Residents, visitors and businesses: coming back, sending, withdrawing, writing, correcting, looking."""

import re

from werkzeug.test import TestResponse

from tests.machine.acts import act, at
from tests.machine.acts.filling import DRAFT, NAMES, page_of, said, typed
from tests.machine.model import SENT, Case, after_sending, before_correcting
from tests.machine.world import IDS, World
from tests.web.client import read

OTHERS = ("hanako", "taro", "visitor", "guest", "acme", "partner")
OWN = ("", "/messages", "/pay", "/check", "/correction", "/feedback", "/withdraw", "/devices", "/submitted")
OPEN_TO_WORDS = ("received", "in_review", "correction_requested", "decision_proposed", "approved")
"""While an office has the case; the other pages are there at their time only."""

TEXTS = ("いつ届きますか。", "急ぎません。\r\n<script>alert(1)</script>", "= HYPERLINK(1)", "👩‍👩‍👧 葛󠄀")
OVER = 303


def is_theirs(world: World, name: str, case: Case) -> bool:
    """Whether a case is this person's; colleagues share those of their business."""
    colleagues = {"acme", "partner"}
    return name == case.owner or (name in colleagues and case.owner in colleagues)


@act(3, when=DRAFT)
def comes_back(world: World, which: int, how: int) -> str:
    """A draft's first page shows what was typed last."""
    case = world.some(which, "draft", where=lambda one: bool(one.typed))
    if case is None:
        return "idle"
    page = world.browser(case.owner).get(page_of(case))
    assert page.status_code == 200, said(page)
    for name, text in case.typed.items():
        if name in {"name", "detail", "email", "area"}:
            shown = typed(page, name)
            assert shown in ([text], [text.translate(_PLAIN)]), f"{name}: {text!r} was typed, {shown} is there"
    return case.procedure


_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789")


@act(9, when=DRAFT)
def sends(world: World, which: int, how: int) -> str:
    """Sent once, however often the button is pressed; not while something is missing."""
    case = world.some(which, "draft", where=lambda one: bool(one.accepted))
    if case is None:
        return "idle"
    browser = world.browser(case.owner)
    page = browser.get(f"/applications/{case.id}/check")
    done: list[str] = []
    for _ in range(1 + how % 2):
        answer = world.press(case.owner, page, form="/check")
        done.append(IDS.sub("…", said(answer)))
        if answer.status_code == OVER and case.status == "draft" and _is_sent(answer):
            case.status = after_sending(case)
    return f"{case.procedure} {' '.join(done)}"


def _is_sent(answer: TestResponse) -> bool:
    return answer.headers["Location"].partition("?")[0].endswith(("/pay", "/submitted"))


@act(2, when=at("draft", "awaiting_fee", "awaiting_issue_fee", *SENT), by_itself=True)
def withdraws(world: World, which: int, how: int) -> str:
    """The applicant takes it back while it is theirs to take."""
    case = world.some(which, "draft", "awaiting_fee", "awaiting_issue_fee", *SENT)
    assert case
    page = world.send(case.owner, f"/applications/{case.id}/withdraw", form="/withdraw")
    if page.status_code == OVER and page.headers["Location"].endswith("/withdrawn"):
        case.status = "withdrawn"
    return f"{case.status} {said(page)}"


@act(2, when=lambda world: world.cases)
def writes_to_the_office(world: World, which: int, how: int) -> str:
    """A message; sent twice it is one."""
    case = world.some(which, *SENT, "approved", "refused")
    if case is None:
        return "idle"
    browser = world.browser(case.owner)
    page = browser.get(f"/applications/{case.id}/messages")
    text = TEXTS[how % len(TEXTS)] + str(how)
    done = [said(world.press(case.owner, page, {"text": text}, form="/messages")) for _ in range(1 + how % 2)]
    return " ".join(done)


@act(2, when=at("approved", "refused", "received", "in_review"))
def tells_how_it_was(world: World, which: int, how: int) -> str:
    """Feedback, which nobody need give."""
    case = world.some(which, "approved", "refused", "received", "in_review")
    assert case
    page = world.send(
        case.owner,
        f"/applications/{case.id}/feedback",
        {"ease": str(1 + how % 5), "words": TEXTS[how % len(TEXTS)]},
        form="/feedback",
    )
    return said(page)


@act(5, when=at("correction_requested"), by_itself=True)
def corrects(world: World, which: int, how: int) -> str:
    """What the office asked for, rightly or wrongly, and sends it; perhaps twice."""
    case = world.some(which, "correction_requested")
    assert case
    browser, here = world.browser(case.owner), f"/applications/{case.id}/correction"
    listed = browser.get(here)
    links = [link.attributes.get("href", "").partition("#")[0] for link in read(listed).all("a")]
    places = [link for link in links if "/correction/change/" in link]
    done = []
    for place in places[: 1 + how % 3]:
        wrong = how % 7 == 0
        new = {"name": "あ" * 99 if wrong else NAMES[how % len(NAMES)], "copies": "99" if wrong else str(how % 5),
               "area": "0" if wrong else "120", "email": "なし" if wrong else "a@b.jp", "kind": "person"}  # fmt: skip
        page = browser.get(place)
        asked = {name: text for name, text in new.items() if typed(page, name)}
        done.append(str(world.press(case.owner, page, asked).status_code))
    if how % 4:
        page = browser.get(f"{here}/check")
        for _ in range(1 + how % 2):
            answer = world.press(case.owner, page, {"note": TEXTS[how % len(TEXTS)]}, form="/correction/check")
            done.append(said(answer))
            if answer.status_code == OVER and answer.headers["Location"].endswith("/sent"):
                case.status = before_correcting(case)
    return " ".join(done)


@act(4, when=lambda world: world.cases)
def looks_at_a_case(world: World, which: int, how: int) -> str:
    """Whose it is sees it; for everybody else it is as if it were not there."""
    case = world.cases[which % len(world.cases)]
    name, page = OTHERS[how % len(OTHERS)], OWN[how // 6 % len(OWN)]
    browser = world.browser(name)
    seen = browser.get(f"/applications/{case.id}{page}")
    if is_theirs(world, name, case) or case.gone:
        must = not case.gone and (page == "" or (page == "/messages" and case.status in OPEN_TO_WORDS))
        assert not must or seen.status_code == 200, f"{name} does not find their own case{page}"
        return f"own {page} {said(seen)}"
    none = browser.get(f"/applications/{'a' * 26}{page}")
    assert seen.status_code == none.status_code == 404, f"{name} at {case.owner}'s: {said(seen)} {said(none)}"
    token = (case.id, "a" * 26)
    assert _plain(seen.text, token) == _plain(none.text, token), "another's and a missing case look different"
    return f"stranger {page}"


def _plain(text: str, ids: tuple[str, ...]) -> str:
    """A page without what is new each time."""
    for id in ids:
        text = text.replace(id, "-")
    return _NEW_EACH_TIME.sub("-", text)


_NEW_EACH_TIME = re.compile(r'(?:nonce|value)="[^"]{16,}"')


@act(2, when=lambda world: world.cases)
def lists_their_own(world: World, which: int, how: int) -> str:
    """The list of one's own cases holds every one of them, and none of another's."""
    name = OTHERS[how % len(OTHERS)]
    page = world.browser(name).get("/applications")
    for case in world.cases:
        if not is_theirs(world, name, case):
            assert case.id not in page.text, f"{name} is shown {case.owner}'s case"
        elif not case.gone and case.status == "draft":
            assert case.id in page.text, f"{name}'s draft is not in the list"
    return str(page.status_code)
