"""What the provider and the payers' banks do to money that was paid, and the webhooks that tell of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from payments.webhooks import receive
from procedures import errors
from tests.payments.holding.stage import Stage

WAITING_REFUND = ("pending", "requires_action")
ENDED = ("won", "lost", "inquiry_closed")
Notice = tuple[str, str, str]


class NobodyThere(errors.NotFound):
    """There is none of what was to be done something with."""


def pick(found: Sequence[Any], which: int) -> Any:
    """The one that is meant by this number. Raises `NobodyThere`."""
    if not found:
        raise NobodyThere("-")
    return found[which % len(found)]


@dataclass
class Banks:
    """Acts by small numbers; `notices` are those webhooks that are on their way, `heard` those that came."""

    stage: Stage
    notices: list[Notice] = field(default_factory=list)
    heard: list[Notice] = field(default_factory=list)
    number: int = 0

    def refund_goes(self, which: int) -> None:
        """The money leaves."""
        self._refunded(which, WAITING_REFUND, self.stage.provider.go_back)

    def refund_fails(self, which: int) -> None:
        """The money cannot go, or comes back."""
        self._refunded(which, (*WAITING_REFUND, "succeeded"), self.stage.provider.fail_refund)

    def refund_asks(self, which: int) -> None:
        """The payer is asked for a bank account."""
        self._refunded(which, ("pending",), self.stage.provider.ask_for_account)

    def refund_cancelled(self, which: int) -> None:
        """The payer told none."""
        self._refunded(which, ("requires_action",), self.stage.provider.cancel_refund)

    def _refunded(self, which: int, states: tuple[str, ...], do: Callable[[str], object]) -> None:
        found = [row.id for row in self.stage.provider.refunds.values() if row.status in states]
        refund_id = pick(found, which)
        do(refund_id)
        self._tell("refund.updated", refund_id)

    def disputes(self, which: int) -> None:
        """A payer's bank takes back what was not given back: once for each payment."""
        provider = self.stage.provider
        taken = [state.taken for state in provider.states.values() if state.taken]
        given = {row.payment_id for row in provider.refunds.values()} | {
            row.payment_id for row in provider.disputed.values()
        }
        payment = pick([one for one in taken if one.payment_id not in given], which)
        dispute = provider.open_dispute(payment.payment_id, payment.yen, inquiry=which // 10 % 3 == 0)
        self._tell("charge.dispute.created", dispute.id)

    def dispute_goes_on(self, which: int) -> None:
        """Won, lost, or from an inquiry to a dispute; an inquiry about what was given back is closed."""
        provider = self.stage.provider
        dispute = pick([row for row in provider.disputed.values() if row.status not in ENDED], which)
        given_back = any(row.payment_id == dispute.payment_id for row in provider.refunds.values())
        if dispute.status == "inquiry" and given_back:
            provider.decide(dispute.id, "inquiry_closed")
        elif dispute.status == "inquiry":
            provider.escalate(dispute.id)
        else:
            provider.decide(dispute.id, ("won", "lost")[which // 10 % 2])
        self._tell("charge.dispute.updated", dispute.id)

    def _tell(self, kind: str, object_id: str) -> None:
        self.number += 1
        self.notices.append((f"evt_{self.number}", kind, object_id))

    def hears(self, which: int) -> None:
        """A webhook; when the process died of it, it comes again."""
        notice = pick(self.notices, which)
        self._receive(notice)
        self.notices.remove(notice)
        self.heard.append(notice)

    def hears_again(self, which: int) -> None:
        """One that came before."""
        self._receive(pick(self.heard, which))

    def loses(self, which: int) -> None:
        """One never comes."""
        self.notices.remove(pick(self.notices, which))

    def _receive(self, notice: Notice) -> None:
        with self.stage.database.write() as session:
            receive(session, self.stage.provider, self.stage.till.now, " ".join(notice).encode(), "good")
