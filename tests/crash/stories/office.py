"""What the office does beside the straight way: corrections, refusals, notes, many cases at once."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from procedures.models import Application, Batch, BatchItem, CaseNote
from tests.crash import facts
from tests.crash.person import Answer, Person
from tests.crash.play import Play
from tests.crash.stories.certified import HUT, answer, begun, claim, decide, filed, pay, send


def hut(play: Play) -> str:
    """A notice without a file, whose fee comes later: received at once."""
    case = begun(play, HUT)
    name = f"小屋 {play.chance.randrange(10**6)}"
    answer(play, case, "who", {"name": name, "email": "hanako@example.jp"}, "name", name)
    send(play, case)
    return case


def corrected(play: Play) -> None:
    """Something is to be put right; afterwards it is refused, with a letter."""
    case = filed(play)
    pay(play, case)
    claim(play, case)
    at = f"/desk/cases/{case}"
    due = (play.system.control.now() + timedelta(days=60)).date().isoformat()
    wanted = {"mark": "goods", "why.goods": "売るものを詳しく。", "due": due, "step": "send"}
    asked = facts.happened(case, "request_correction")
    play.do(f"correction of {case}", "sato", f"{at}/correction", wanted, form="/correction", holds=asked)
    here = f"/applications/{case}/correction"
    goods = f"たこ焼き {play.chance.randrange(10**6)}"
    play.do(
        f"corrected goods of {case}",
        "hanako",
        f"{here}/change/goods",
        {"goods": goods},
        form="change/goods",
        holds=facts.corrected(case, "goods", goods),
    )
    resent = facts.happened(case, "resubmit")
    play.do(f"resubmission of {case}", "hanako", f"{here}/check", {"note": "直しました。"}, form="/check", holds=resent)
    play.keep(f"goods {goods} of {case}", facts.answered(case, "hanako", "goods", goods))
    note(play, case)
    decide(play, case, "refuse")
    play.calm()


def note(play: Play, case: str) -> None:
    """A note for colleagues."""
    words = f"確認済み {play.chance.randrange(10**6)}"
    there = facts.said(CaseNote.text, words, CaseNote.application_id == case)
    play.do(f"note {words}", "sato", f"/desk/cases/{case}", {"text": words}, form="/notes", holds=there)


def batch(play: Play) -> None:
    """Three cases are claimed at once, then written to at once."""
    cases = [hut(play) for _ in range(3)]
    _begin(play, "claim", cases, {})
    for case in cases:
        play.await_(f"claim of {case}", facts.claimed(case))
    words = f"お知らせ {play.chance.randrange(10**6)}"
    _begin(play, "message", cases, {"text": words})
    for case in cases:
        play.await_(f"message to {case}", facts.written(case, words))
        play.keep(f"message to {case}", facts.written(case, words, exactly=True))
    play.calm()
    for case in cases:
        withdraw(play, case)


def _begin(play: Play, kind: str, cases: list[str], details: dict[str, str]) -> None:
    once, before = uuid4().hex, len(play.kept)

    def attempt(person: Person) -> Answer:
        return person.post(f"/desk/batch/{kind}", {"case": cases, "once": once})

    play.get("sato", "/desk")
    mine = (Batch.kind == kind, Batch.id.in_(select(BatchItem.batch_id).where(BatchItem.application_id == cases[0])))
    play.ask(f"batch {once}", "sato", attempt, holds=facts.there(*mine, of=Batch.id, exactly=True))
    at = f"/desk/batches/{play.find(select(Batch.id).where(*mine))}"
    if details:
        confirmed = facts.there(*mine, Batch.state != "prepared", of=Batch.id)
        play.do(f"confirmation of batch {once}", "sato", at, details, form=at, holds=confirmed)
    del play.kept[before:]  # a batch is forgotten after some days; what it did is asked for by itself


def withdraw(play: Play, case: str) -> None:
    """Hanako thinks better of it."""
    if play.find(select(Application.status).where(Application.id == case)) == "withdrawn":
        return
    play.do(
        f"withdrawal of {case}",
        "hanako",
        f"/applications/{case}/withdraw",
        {},
        form="/withdraw",
        holds=facts.happened(case, "withdraw"),
    )
