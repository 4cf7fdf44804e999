"""Clerks: taking cases, giving them on, looking into them, asking for corrections, proposing."""

from datetime import timedelta

from procedures.days import tokyo_day
from tests.machine.acts import act, at
from tests.machine.acts.filling import NAMES, said
from tests.machine.model import Case, before_correcting
from tests.machine.world import IDS, World
from tests.web.client import read

CLERKS = ("sato", "kato", "both")
OPEN = at("received", "in_review", "correction_requested", "decision_proposed")
GONE_ON = 409
OVER = 303


def desk(case: Case, page: str = "") -> str:
    """The address of a case on the desk."""
    return f"/desk/cases/{case.id}{page}"


def holder(case: Case, how: int) -> str:
    """Who has the case, or one time in five another clerk."""
    if case.claimed_by and how % 5:
        return case.claimed_by
    return CLERKS[how % len(CLERKS)]


@act(7, when=at("received"))
def claims(world: World, which: int, how: int) -> str:
    """A clerk takes a case; a second one who saw it free, too, is told who has it."""
    case = world.some(which, "received")
    assert case
    first, second = CLERKS[how % 3], CLERKS[(how + 1) % 3]
    pages = [world.browser(name).get(desk(case)) for name in (first, second)]
    answer = world.press(first, pages[0], form="/claim")
    if answer.status_code == OVER:
        case.status, case.claimed_by = "in_review", first
    late = world.press(second, pages[1], form="/claim") if how % 2 else None
    if late is not None:
        assert late.status_code == GONE_ON or late is pages[1], f"claimed twice: {said(late)}"
    return f"{said(answer)} {late.status_code if late else ''}"


@act(2, when=at("received"))
def takes_the_next(world: World, which: int, how: int) -> str:
    """The next case of the queue."""
    name = CLERKS[how % 3]
    page = world.browser(name).get("/desk/next")
    return IDS.sub("…", said(page))


@act(4, when=OPEN)
def hands_on(world: World, which: int, how: int) -> str:
    """Given back, taken over, assigned, transferred; with and without a reason."""
    case = world.some(which, "received", "in_review", "correction_requested", "decision_proposed")
    assert case
    way = ("give-back", "take-over", "assign", "transfer")[how % 4]
    name = {"assign": "hayashi", "give-back": case.claimed_by or "sato"}.get(way, CLERKS[how // 4 % 3])
    target = CLERKS[how // 4 % 2] if way == "assign" else "shuzei-shomei"
    values = {"reason": "" if how % 9 == 0 else "都合により", "target": target}
    page = world.send(name, desk(case, f"/hand/{way}"), values, form="/hand/")
    done = page.status_code == OVER
    if done:
        case.claimed_by = {"take-over": name, "assign": target}.get(way)
        if way == "assign" and case.status == "received":
            case.status = "in_review"
    return f"{way} {said(page)}"


@act(5, when=at("in_review"))
def looks_into(world: World, which: int, how: int) -> str:
    """The checklist and the clerk's own fields; sometimes wrong, sometimes by whoever does not have the case."""
    case = world.some(which, "in_review", where=lambda one: one.procedure == "trade")
    if case is None:
        return "idle"
    values = {"check": ["identity", "visit"][: 1 + how % 2], "record.measured": "たくさん" if how % 6 == 0 else "110"}
    page = world.browser(holder(case, how)).get(desk(case))
    shown = [node.attributes.get("name") for node in read(page).all("input")]
    answer = world.press(
        holder(case, how),
        page,
        {name: text for name, text in values.items() if name in shown},
        form="/examination/",
    )
    return said(answer)


@act(5, when=at("in_review"))
def asks_for_a_correction(world: World, which: int, how: int) -> str:
    """An answer is marked with why; the applicant has until a day."""
    case = world.some(which, "in_review")
    assert case
    name = holder(case, how)
    browser = world.browser(name)
    page = browser.get(desk(case, "/correction"))
    if page.status_code != 200:
        return said(page)
    marks = [node.attributes["value"] for node in read(page).all("input") if node.attributes.get("name") == "mark"]
    mark = marks[how % len(marks)]
    due = tokyo_day(world.clock()) + timedelta(days=10 + how % 20)
    why = "" if how % 8 == 0 else NAMES[how % len(NAMES)]
    values = {"mark": mark, f"why.{mark}": why, "due": str(due), "step": "preview"}
    preview = world.press(name, page, values, form="/correction")
    sent = world.press(name, preview, {"step": "send"}, form="/correction")
    if sent.status_code == OVER:
        case.status = "correction_requested"
    return f"{case.procedure} {mark} {preview.status_code} {said(sent)}"


@act(2, when=at("correction_requested"))
def gives_more_time(world: World, which: int, how: int) -> str:
    """A later day for the correction, or the request is taken back."""
    case = world.some(which, "correction_requested")
    assert case
    name = holder(case, how)
    if how % 3 == 0:
        page = world.send(name, desk(case), form="/correction/take-back")
        if page.status_code == OVER:
            case.status = before_correcting(case)
        return f"taken back {said(page)}"
    due = tokyo_day(world.clock()) + timedelta(days=15 + how)
    values = {"due": str(due), "why": "入院のため"}
    return said(world.send(name, desk(case, "/correction/extension"), values, form="/extension"))


@act(9, when=at("in_review"))
def proposes(world: World, which: int, how: int) -> str:
    """Approval, refusal, in part; with a preview; twice; from a page that is old."""
    case = world.some(which, "in_review")
    assert case
    name = holder(case, how + 1)
    outcome = ("approve", "approve", "refuse", "partly", "approve")[how % 5]
    values = {"outcome": outcome, "text": "" if how % 11 == 0 else f"記録のとおり{how}", "granted": "一部"}
    values |= {} if outcome == "approve" else {"reason": "R1"}
    browser = world.browser(name)
    page = browser.get(desk(case, "/propose"))
    done = []
    for step in ("preview", "propose")[how % 2 :]:
        answer = world.press(name, page, {**values, "step": step}, form="/propose")
        done.append(said(answer))
        if answer.status_code == OVER:
            case.status, case.proposer = "decision_proposed", name
    return f"{outcome} {' '.join(done)}"


@act(2, when=OPEN)
def writes_to_the_applicant(world: World, which: int, how: int) -> str:
    """A message of the office, or a note for colleagues."""
    case = world.some(which, "received", "in_review", "correction_requested", "decision_proposed")
    assert case
    name = CLERKS[how % 3]
    if how % 2:
        return said(world.send(name, desk(case), {"text": f"覚え書き{how}"}, form="/notes"))
    return said(world.send(name, desk(case, "/messages"), {"text": f"お知らせ{how}", "step": "send"}, form="/messages"))


@act(2, when=OPEN)
def asks_a_colleague(world: World, which: int, how: int) -> str:
    """For an opinion, which is given or asked for in vain."""
    case = world.some(which, "received", "in_review", "decision_proposed")
    if case is None:
        return "idle"
    name, other = holder(case, how), CLERKS[(how + 1) % 3]
    if how % 2:
        values = {"person": other, "to": other, "question": "どう見ますか", "text": "どう見ますか"}
        return said(world.send(name, desk(case, "/opinions/new"), values, form="/opinions"))
    page = world.browser(other).get("/desk/opinions")
    links = [link.attributes["href"] for link in read(page).all("a") if IDS.search(link.attributes.get("href", ""))]
    links = [link for link in links if link.startswith("/desk/opinions/")]
    if not links:
        return "none"
    return said(
        world.send(other, links[how % len(links)], {"text": "よいと思います", "answer": "よい"}, form="/opinions/")
    )
