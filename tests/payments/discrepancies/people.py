"""What tests of the worklist do: find the one thing that does not match, propose, let somebody else approve."""

from sqlalchemy import select

from payments.discrepancies.deciding import approve
from payments.discrepancies.proposing import Wish, propose
from payments.discrepancies.story import DiscrepancyStory, look
from payments.models import Discrepancy
from procedures.actors import Actor, posts
from tests.payments.scripted import ScriptedProvider
from tests.payments.test_day import settle
from tests.payments.till import Till

MORI = Actor("staff", "mori", "森 会計", posts({"finance"}, {"*"}))


def only(till: Till, kind: str) -> str:
    """The id of the one open discrepancy of a kind."""
    with till.database.read() as session:
        query = select(Discrepancy.id).where(Discrepancy.kind == kind, Discrepancy.resolved_at.is_(None))
        return session.execute(query).scalar_one()


def story(till: Till, discrepancy_id: str) -> DiscrepancyStory:
    with till.database.read() as session:
        return look(session, discrepancy_id)


def proposed(till: Till, actor: Actor, discrepancy_id: str, action: str, target: str = "") -> str:
    with till.database.write() as session:
        wish = Wish(action, "explained", "調べました。\n問題ありません。", target)
        return propose(session, actor, till.now, discrepancy_id, wish)


def resolved(till: Till, actor: Actor, kind: str, action: str, target: str = "") -> str:
    """Propose and let Mori approve; answers the discrepancy's id."""
    discrepancy_id = only(till, kind)
    proposal = proposed(till, actor, discrepancy_id, action, target)
    with till.database.write() as session:
        approve(session, MORI, till.now, discrepancy_id, proposal)
    return discrepancy_id


def offered(till: Till, kind: str) -> list[str]:
    return [offer.name for offer in story(till, only(till, kind)).offers]


def paid_late(till: Till, provider: ScriptedProvider) -> str:
    """A payment of 1,000 yen that came after its case was withdrawn; answers the case."""
    application_id = till.owing()
    checkout = str(till.open(application_id).url).rpartition("/")[2]
    till.withdraw(application_id)
    provider.pay(checkout)
    settle(till)
    return application_id
