"""Residents, visitors and businesses: beginning, answering well, badly and in two windows, files, sending, leaving."""

from collections.abc import Mapping

from werkzeug.test import TestResponse

from tests.machine.acts import act, at
from tests.machine.model import Case
from tests.machine.world import World, picture
from tests.web.client import form_values, main_form, read

NAMES = ("髙橋 𠮷子", "葛󠄀城 はな", "O’Neill <b>&amp;", "山田\u3000花子", "=1+1", "神 𠮷郎")
BEGIN = (
    ("hanako", "permit"),
    ("taro", "permit"),
    ("hanako", "proof"),
    ("visitor", "notice"),
    ("taro", "copy-of-record"),
    ("hanako", "copy-of-record"),
    ("hanako", "kennel"),
    ("acme", "trade"),
    ("guest", "notice"),
    ("taro", "proof"),
    ("hanako", "permit"),
    ("partner", "trade"),
)
FIRST = {"permit": "what", "proof": "what", "notice": "who", "copy-of-record": "what", "kennel": "who", "trade": "what"}
WRONG: Mapping[str, Mapping[str, str]] = {
    "permit": {"copies": "99"},
    "proof": {"copies": "−1"},
    "notice": {"name": "あ" * 41},
    "copy-of-record": {"copies": "三枚"},
    "kennel": {"email": "だれか"},
    "trade": {"area": "広い"},
}
DRAFT = at("draft")
PAPERS = ("permit", "proof")


def said(page: TestResponse) -> str:
    """What came of a request, without the ids: all else must be the same everywhere."""
    where = page.headers.get("Location", "")
    return f"{page.status_code} {where}".strip()


def right(procedure: str, how: int) -> dict[str, str]:
    """Answers of the first page that are accepted."""
    name = NAMES[how % len(NAMES)]
    return {
        "permit": {"name": name, "copies": str(how % 4)},
        "proof": {"name": name, "copies": "０１２３"[how % 4]},
        "notice": {"name": name, "more": ("yes", "no")[how % 2]},
        "copy-of-record": {"copies": str(1 + how % 3)},
        "kennel": {"kind": ("person", "firm")[how % 2], "firm_name": "犬舎" if how % 2 else ""},
        "trade": {"name": name, "area": str((50, 250)[how % 2])},
    }[procedure]


def page_of(case: Case, step: str = "") -> str:
    """The address of a page of a draft; its first by default."""
    return f"/applications/{case.id}/steps/{step or FIRST[case.procedure]}"


def typed(page: TestResponse, name: str) -> list[str]:
    """What stands in an input of the page."""
    try:
        return form_values(main_form(read(page))).get(name, [])
    except (StopIteration, IndexError):
        return []


@act(6)
def starts(world: World, which: int, how: int) -> str:
    """Somebody begins one of the procedures that they may begin."""
    owner, procedure = BEGIN[which % len(BEGIN)]
    page = world.send(owner, f"/procedures/{procedure}", form="/start")
    assert page.status_code == 303, said(page)
    id = page.headers["Location"].split("/")[2]
    world.cases.append(Case(id, owner, procedure))
    return procedure


@act(9, when=DRAFT)
def answers(world: World, which: int, how: int) -> str:
    """The first page, rightly; what was typed is kept as it is, and shown again."""
    case = world.some(which, "draft")
    assert case
    values = right(case.procedure, how)
    page = world.send(case.owner, page_of(case), values)
    if page.status_code == 303:
        case.typed, case.accepted = dict(values), dict(values)
    return f"{case.procedure} {said(page)}"


@act(8, when=DRAFT)
def answers_the_rest(world: World, which: int, how: int) -> str:
    """What comes after the first page, whatever that is."""
    case = world.some(which, "draft", where=lambda one: bool(one.accepted))
    if case is None:
        return "idle"
    if case.procedure == "notice":
        page = world.send(case.owner, page_of(case, "detail"), {"detail": NAMES[how % len(NAMES)] * 2})
    elif case.procedure == "kennel":
        page = world.send(case.owner, page_of(case, f"dogs/dogs/{1 + how % 2}"), {"call_name": f"ポチ{how}"})
    elif case.procedure == "copy-of-record" and how % 3:
        files = [("proof.new", f"証{how}.jpg", picture(how))]
        page = world.send(case.owner, page_of(case, "fee"), {"wants": "yes"}, files=files)
    elif case.procedure == "copy-of-record":
        page = world.send(case.owner, page_of(case, "fee"), {"wants": "no"})
    else:
        return "idle"
    return f"{case.procedure} {said(page)}"


@act(3, when=DRAFT)
def answers_wrongly(world: World, which: int, how: int) -> str:
    """Refused with a word; what was typed stands in the page, and is there when they come back."""
    case = world.some(which, "draft")
    assert case
    name, text = next(iter(WRONG[case.procedure].items()))
    if case.procedure != "notice":
        text += str(how)
    page = world.send(case.owner, page_of(case), {**right(case.procedure, how), name: text})
    assert page.status_code == 422, f"{text!r} was taken: {said(page)}"
    assert typed(page, name) == [text], "what was typed is lost"
    again = world.browser(case.owner).get(page_of(case))
    assert typed(again, name) == [text], "what was typed is not there when they come back"
    case.typed = {name: text}  # what was not sent stands before what is saved
    return case.procedure


@act(3, when=DRAFT)
def answers_in_two_windows(world: World, which: int, how: int) -> str:
    """Two windows show the same page; the one that is late overwrites nothing, and loses nothing."""
    case = world.some(which, "draft")
    assert case
    here = page_of(case)
    early, late = (world.browser(case.owner).get(here) for _ in range(2))
    values, others = right(case.procedure, how), right(case.procedure, how + 1)
    first = world.press(case.owner, early, values)
    if first.status_code != 303:
        return f"{case.procedure} {said(first)}"
    case.typed, case.accepted = dict(values), dict(values)
    second = world.press(case.owner, late, others)
    if second.status_code == 303:
        case.typed, case.accepted = dict(others), dict(others)
    else:
        for name, text in others.items():
            if text not in typed(second, name) and text:
                assert text in second.text, f"{text!r} of the late window is lost"
    return f"{case.procedure} {said(second)}"


@act(3, when=DRAFT)
def keeps_what_is_typed(world: World, which: int, how: int) -> str:
    """The page saves by itself while somebody types; they close it, and find it again."""
    case = world.some(which, "draft")
    assert case
    step = FIRST[case.procedure]
    browser = world.browser(case.owner)
    page = browser.get(page_of(case))
    if page.status_code != 200:
        return said(page)
    name = next(iter(right(case.procedure, 0)))
    values = {**form_values(main_form(read(page))), name: f"{how}まだ途中"}
    answer = browser.post(f"/applications/{case.id}/unfinished/{step}", values)
    if answer.status_code == 200 and name != "kind":
        assert typed(browser.get(page_of(case)), name) == [f"{how}まだ途中"], "what was typed is not there again"
        case.typed = {name: f"{how}まだ途中"}
    return f"{case.procedure} {answer.status_code}"


@act(4, when=DRAFT)
def uploads(world: World, which: int, how: int) -> str:
    """A paper beside the answers; sometimes one that is no picture."""
    case = world.some(which, "draft", where=lambda one: one.procedure in PAPERS)
    if case is None:
        return "idle"
    content = b"MZ no picture" if how % 5 == 0 else picture(how)
    files = [("paper.new", f"書類{how}.jpg", content)]
    page = world.send(case.owner, page_of(case), {"upload": "paper"}, files=files)
    if content[:2] == b"MZ":
        assert page.status_code == 422, said(page)
    case.typed = {}
    return said(page)


@act(2, when=DRAFT)
def takes_a_file_away(world: World, which: int, how: int) -> str:
    """An upload is deleted again; pressed twice it is no mistake."""
    case = world.some(which, "draft", where=lambda one: one.procedure in PAPERS)
    if case is None:
        return "idle"
    page = world.browser(case.owner).get(page_of(case))
    if page.status_code != 200:
        return said(page)
    buttons = [node for node in read(page).all("button") if node.attributes.get("name") == "remove_file"]
    if not buttons:
        return "none"
    values = {"remove_file": buttons[how % len(buttons)].attributes["value"]}
    done = [said(world.press(case.owner, page, values)) for _ in range(1 + how % 2)]
    case.typed = {}
    return " ".join(done)
