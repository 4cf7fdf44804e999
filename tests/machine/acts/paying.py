"""Whoever pays: at Stripe's page in every way, twice, by link, at the counter; receipts."""

import re

from tests.machine.acts import act, at
from tests.machine.acts.filling import said
from tests.machine.model import Case
from tests.machine.stripe import BASE
from tests.machine.world import IDS, World
from tests.web.client import read

OWING = at("awaiting_fee", "awaiting_issue_fee")
CHOICES = ("card_ok", "card_ok", "konbini", "paypay", "card_declined", "card_3ds")
LINK = re.compile(r'value="http://localhost(/pay/[a-z2-7]{26})"')
PAGE = re.compile(r"/pay/(cs_\w+)")
LATE = ("received", "approved", "withdrawn", "lapsed", "in_review")
OVER = 303


def opens_page(world: World, case: Case, name: str, path: str) -> str:
    """Press "pay" there; the page of Stripe that it leads to is kept with the case."""
    page = world.send(name, path, form="/pay")
    found = PAGE.search(page.headers.get("Location", ""))
    if found and found[1] not in case.pay_pages:
        case.pay_pages.append(found[1])
    return f"{page.status_code} {'to pay' if found else IDS.sub('…', page.headers.get('Location', ''))}"


def pays_there(world: World, page: str, how: int) -> str:
    """What somebody does on Stripe's page."""
    choice = CHOICES[how % len(CHOICES)]
    told = world.stripe.press(f"/pay/{page}", choice=choice)
    if told.status_code == OVER and "/approve/" in told.headers.get("Location", ""):
        where = told.headers["Location"].removeprefix(BASE)
        told = world.stripe.press(where.partition("?")[0], choice="approve" if how % 4 else "refuse")
    return f"{choice} {told.status_code}"


@act(9, when=OWING, by_itself=True)
def pays(world: World, which: int, how: int) -> str:
    """To Stripe's page and through it; or away from it, which is nothing."""
    case = world.some(which, "awaiting_fee", "awaiting_issue_fee")
    assert case
    to = opens_page(world, case, case.owner, f"/applications/{case.id}/pay")
    if "to pay" not in to or how % 7 == 0:
        return f"{to} abandoned"
    done = pays_there(world, case.pay_pages[-1], how)
    back = world.browser(case.owner).get(f"/applications/{case.id}/pay/return")
    return f"{done} {back.status_code}"


@act(3, when=lambda world: any(one.pay_pages for one in world.cases), by_itself=True)
def pays_on_an_old_page(world: World, which: int, how: int) -> str:
    """A page that was left open: before, after or beside another payment, also when the case is over."""
    cases = [one for one in world.cases if one.pay_pages]
    case = cases[which % len(cases)]
    return f"{case.status} {pays_there(world, case.pay_pages[how % len(case.pay_pages)], how)}"


@act(4, when=OWING, by_itself=True)
def lets_somebody_pay(world: World, which: int, how: int) -> str:
    """By a link, which shows nothing of the applicant; it may be taken back."""
    case = world.some(which, "awaiting_fee", "awaiting_issue_fee")
    assert case
    here = f"/applications/{case.id}/pay"
    made = world.send(case.owner, here, form="/pay/link")
    link = LINK.search(world.browser(case.owner).get(here).text)
    if link is None:
        return f"no link {said(made)}"
    if how % 6 == 0:
        return f"removed {said(world.send(case.owner, here, form='/link/remove'))}"
    shown = world.browser("guest").get(link[1])
    assert case.id not in shown.text
    for text in case.accepted.values():
        assert len(text) < 4 or text not in shown.text, f"{text!r} is shown to whoever has the link"
    to = opens_page(world, case, "guest", link[1])
    return f"{to} {pays_there(world, case.pay_pages[-1], how) if 'to pay' in to else ''}"


@act(3, when=lambda world: world.cases)
def asks_for_a_receipt(world: World, which: int, how: int) -> str:
    """Of what was paid; issued again, it says so."""
    case = world.some(which, *LATE)
    if case is None:
        return "idle"
    page = world.browser(case.owner).get(f"/applications/{case.id}")
    links = [link.attributes.get("href", "") for link in read(page).all("a")]
    links = [link for link in links if link.endswith("/receipt")]
    if not links:
        return "none"
    return said(world.send(case.owner, links[how % len(links)], form="/receipt"))


@act(3, when=OWING, by_itself=True)
def pays_at_the_counter(world: World, which: int, how: int) -> str:
    """What the case owes, in cash; another sum is refused."""
    case = world.some(which, "awaiting_fee", "awaiting_issue_fee")
    assert case
    name = ("kato", "saito")[how % 2]
    page = world.browser(name).get(f"/counter/cases/{case.id}")
    yen = re.search(r'name="yen"[^>]*', page.text)
    owed = re.findall(r"([0-9,]+)円", page.text)
    if yen is None or not owed:
        return said(page)
    sum_of_it = "1" if how % 5 == 0 else owed[-1]
    values = {"method": "cash", "yen": sum_of_it, "slip": f"A-{world.step}"}
    return IDS.sub("…", said(world.press(name, page, values, form="/counter/cases")))


@act(2, when=lambda world: world.cases, by_itself=True)
def takes_a_counter_payment_back(world: World, which: int, how: int) -> str:
    """Voided by two people; or the day's cash is paid in."""
    name, other = (("kato", "saito"), ("saito", "kato"))[which % 2]
    office = ("hokenjo", "shuzei-shomei")[how % 2]
    page = world.browser(name).get(f"/counter?office={office}")
    if how % 3 == 0:
        values = {"method": "cash", "yen": "1500", "slip": f"D-{world.step}"}
        return f"paid in {IDS.sub('…', said(world.press(name, page, values, form='/counter/deposits')))}"
    asked = world.press(name, page, {"reason": "二重に入力しました"}, form="/void")
    if how % 2 or asked is page:
        return f"asked {asked is page or IDS.sub('…', said(asked))}"
    again = world.browser(other).get(f"/counter?office={office}")
    agreed = world.press(other, again, form="/void/agree")
    return f"agreed {IDS.sub('…', said(agreed))}"
