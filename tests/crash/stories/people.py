"""What people do around a case: write to each other, keep what is typed, sign in and out, say how it was."""

from sqlalchemy import select

from procedures.models import Feedback
from tests.crash import facts
from tests.crash.person import Answer, Person
from tests.crash.play import Play, Violated
from tests.crash.stories.certified import STALL, begun
from tests.crash.stories.office import hut, withdraw


def letters(play: Play) -> None:
    """Hanako asks, Sato answers."""
    case = hut(play)
    question, reply = f"いつですか {play.chance.randrange(10**6)}", f"来週です {play.chance.randrange(10**6)}"
    write(play, "hanako", f"/applications/{case}/messages", case, question, {})
    write(play, "sato", f"/desk/cases/{case}/messages", case, reply, {"step": "send"})
    play.calm()
    feedback(play, case)
    withdraw(play, case)
    play.calm()


def write(play: Play, who: str, at: str, case: str, words: str, more: dict[str, str]) -> None:
    """A message, once, however often it is sent."""
    play.do(words, who, at, {"text": words, **more}, form=at, holds=facts.written(case, words, exactly=True))


def feedback(play: Play, case: str) -> None:
    """How it was."""
    at = f"/applications/{case}/feedback"
    play.do(f"feedback on {case}", "hanako", at, {"ease": "4", "minutes": "5"}, form="/feedback", holds=given)


def given(session: object) -> bool:
    """Some feedback is there; whose it is, nobody knows."""
    return session.execute(select(Feedback).limit(1)).first() is not None


def signed_in(play: Play) -> None:
    """Hanako begins, types without sending, signs out and in again, and finds what she typed."""
    case = begun(play, STALL)
    at, typed = f"/applications/{case}/steps/who", f"途中 {play.chance.randrange(10**6)}"

    def types(person: Person) -> Answer:
        page = person.get(at)
        seen = page.text.partition('name="seen" value="')[2].partition('"')[0]
        return person.post(f"/applications/{case}/unfinished/who", {"seen": seen, "name": typed, "email": ""})

    while typed not in play.get("hanako", at).text:
        if play.ask(f"typed {typed}", "hanako", types, holds=_always) is not None:
            play.kept.pop()  # it is erased when the page is sent
            break
    person = play.person("hanako")

    def leaves(person: Person) -> Answer:
        person.get("/")
        return person.post("/sign-out", {})

    play.ask("signing out", "hanako", leaves, holds=_always)
    play.sign_in(person)
    if typed not in play.get("hanako", at).text:
        raise Violated(f"{typed} was kept, and is not on the page")


def _always(_session: object) -> bool:
    return True
