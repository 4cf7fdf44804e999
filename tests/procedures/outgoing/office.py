"""A town in which one case lives, and a system that is told of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from procedures import jobs
from procedures.actors import SYSTEM
from procedures.audit import record
from procedures.channels.notice import Notice, Sender
from procedures.database import Database
from procedures.outgoing import alarming, deliveries, events, sending, subscriptions
from procedures.outgoing.posting import Poster
from procedures.outgoing.signing import Secrets
from tests.procedures.outgoing.receiver import Receiver

SECRETS = Secrets("site secret")
POSTER = Poster(plain=True, private=True, deadline=0.5)
DAY = timedelta(days=1)


@dataclass
class Mailbox:
    """A channel that keeps what it is given."""

    name: str = "mail"
    sent: list[tuple[Notice, str]] = field(default_factory=list)

    def send(self, notice: Notice, address: str) -> None:
        """Keep it."""
        self.sent.append((notice, address))


@dataclass
class Office:
    """A town in which one case lives, and a client that is told of it; its clock is moved by hand."""

    database: Database
    moment: datetime
    receiver: Receiver
    client_id: str
    subscription_id: str
    case_id: str
    mails: Mailbox = field(default_factory=Mailbox)

    def happens(self, event: str = events.DECIDED) -> int:
        """Something happens to the case; returns its number."""
        with self.database.write() as session:
            seq = record(session, SYSTEM, self.moment, "test", self.case_id)
            events.tell(session, self.moment, seq, event, self.case_id)
        return seq

    def work(self, after: timedelta = timedelta(0)) -> None:
        """Let a worker do what is due, `after` so long."""
        self.moment += after
        sender = Sender({"ja": "東京都", "en": "Tokyo"}, "from@example.jp", "https://t.example.jp")
        handlers = {
            events.JOB: sending.handler(POSTER, SECRETS),
            alarming.JOB: alarming.handler(self.mails, sender),
        }
        while jobs.run_one(self.database, lambda: self.moment, "w", handlers):
            pass

    def states(self) -> dict[str, int]:
        """How many deliveries are in each state."""
        with self.database.read() as session:
            return deliveries.counts(session, self.subscription_id)

    def subscription(self) -> subscriptions.Subscription:
        """As managers see it."""
        with self.database.read() as session:
            [found] = subscriptions.every(session, self.client_id)
        return found
