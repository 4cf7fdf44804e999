"""From the first answer to the certificate: saved, uploaded, submitted, paid by card, examined, decided, issued."""

from hashlib import sha256
from io import BytesIO
from urllib.parse import urlsplit

import requests
from PIL import Image
from sqlalchemy import select

from payments.models import Charge
from procedures.models import Application, Certificate, Person
from tests.crash import facts
from tests.crash.person import Answer
from tests.crash.person import Person as Somebody
from tests.crash.play import Play, Violated

STALL, HUT = "stall", "hut"


def certified(play: Play) -> None:
    """Hanako gets her permit."""
    case = filed(play)
    pay(play, case)
    claim(play, case)
    decide(play, case, "approve")
    play.await_("the certificate", facts.certified(case))
    number = play.find(select(Certificate.number).where(Certificate.application_id == case))
    page = play.get("hanako", f"/applications/{case}")
    play.calm()
    if number not in page.text and number not in play.get("hanako", f"/applications/{case}").text:
        raise Violated(f"certificate {number} is not on the page of its case")
    receipt(play, case)


def begun(play: Play, procedure: str) -> str:
    """A new draft of Hanako's."""
    before = set(_cases(play, procedure))

    def attempt(person: Somebody) -> Answer:
        page = person.get(f"/procedures/{procedure}")
        return person.send({}, "/start") if person.has_form("/start") else page

    def there(session: object) -> bool:
        return bool(set(_cases(play, procedure)) - before)

    answer = play.ask(f"a draft of {procedure}", "hanako", attempt, holds=there)
    if answer is not None and answer.location.startswith("/applications/"):
        return answer.location.split("/")[2]
    return (set(_cases(play, procedure)) - before).pop()


def _cases(play: Play, procedure: str) -> list[str]:
    with play.system.database.read() as session:
        mine = select(Application.id).join(Person, Application.owner == "person:" + Person.id)
        mine = mine.where(Person.subject == "hanako", Application.procedure_id == procedure)
        return list(session.scalars(mine))


def photo(play: Play) -> tuple[str, bytes]:
    """A picture that is like no other, and its name."""
    target = BytesIO()
    colour = tuple(play.chance.randrange(256) for _ in range(3))
    Image.new("RGB", (32, 24), colour).save(target, "JPEG")
    content = target.getvalue() + play.chance.randbytes(8)
    return f"{sha256(content).hexdigest()[:12]}.jpg", content


def answer(play: Play, case: str, step: str, values: dict[str, str], field: str, kept: object) -> None:
    """One page of the form."""
    at = f"/applications/{case}/steps/{step}"
    play.do(f"{field} of {case}", "hanako", at, values, form=step, holds=facts.answered(case, "hanako", field, kept))


def filed(play: Play, *, submit: bool = True) -> str:
    """Hanako fills in, attaches, and submits."""
    case = begun(play, STALL)
    name, goods = f"山田 {play.chance.randrange(10**6)}", f"焼きそば {play.chance.randrange(10**6)}"
    answer(play, case, "who", {"name": name, "email": "hanako@example.jp"}, "name", name)
    file, content = photo(play)
    play.do(
        f"{file} of {case}",
        "hanako",
        f"/applications/{case}/steps/what",
        {"upload": "plan"},
        form="steps/what",
        files=[("plan.new", file, content)],
        holds=facts.attached(case, content),
    )
    answer(play, case, "what", {"goods": goods, "days": "2"}, "goods", goods)
    if submit:
        send(play, case)
    return case


def send(play: Play, case: str) -> None:
    """Submit what is filled in."""
    play.do(
        f"submission of {case}",
        "hanako",
        f"/applications/{case}/check",
        {},
        form="/check",
        holds=facts.happened(case, "submit"),
    )


def charge_of(play: Play, case: str) -> str:
    """What it owes."""
    return str(play.find(select(Charge.id).where(Charge.application_id == case)))


def go_to_pay(play: Play, case: str, **form: str) -> str:
    """Hanako presses "pay"; answers the pay page's address."""
    charge = charge_of(play, case)

    def attempt(person: Somebody) -> Answer:
        page = person.get(f"/applications/{case}/pay")
        if not person.has_form("/pay"):
            return page
        return person.send(form, "/pay")

    for _ in range(5):
        answer = play.ask(f"pay page of {case}", "hanako", attempt, holds=facts.opened(charge))
        if answer is not None and answer.location.startswith("http"):
            return answer.location
    raise Violated(f"nobody is led to the pay page of {case}")


def choose(play: Play, address: str, choice: str) -> None:
    """At the pay page."""
    place = urlsplit(address).path.rpartition("/")[2]
    answer = requests.post(
        f"{play.system.sandbox.base_url}/pay/{place}", data={"choice": choice}, allow_redirects=False, timeout=30
    )
    if answer.status_code not in range(200, 400):
        raise Violated(f"the pay page says {answer.status_code}: {answer.text[:300]}")


def pay(play: Play, case: str, event: str = "pay") -> None:
    """By card; the money comes by webhook, or by the sweep that looks after it."""
    choose(play, go_to_pay(play, case), "card_ok")
    play.await_(f"payment of {case}", facts.happened(case, event))


def claim(play: Play, case: str) -> None:
    """Sato takes it."""
    play.do(f"claim of {case}", "sato", f"/desk/cases/{case}", {}, form="/claim", holds=facts.claimed(case))


def decide(play: Play, case: str, outcome: str, times: int = 1) -> None:
    """Sato proposes, Suzuki decides."""
    said = {"outcome": outcome, "step": "propose"}
    if outcome == "refuse":
        said |= {"reason": "R1", "text": "要件を満たしていません。"}
    at = f"/desk/cases/{case}"
    play.do(f"proposal of {case}", "sato", f"{at}/propose", said, form="/propose", holds=facts.proposed(case, times))
    play.do(f"decision of {case}", "suzuki", at, {}, form="/approve", holds=facts.decided(case))


def receipt(play: Play, case: str) -> None:
    """Hanako asks for the receipt in a name."""
    charge = charge_of(play, case)
    play.do(
        f"receipt of {case}",
        "hanako",
        f"/applications/{case}/charges/{charge}/receipt",
        {"name": "山田商店"},
        form="/receipt",
        holds=facts.receipt_asked(charge),
    )
    play.await_(f"file of the receipt of {case}", facts.receipt_made(charge))
