"""The table: each action of staff, the roles that may do it, and where they must hold them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from engine.lifecycle import Event, Who

Where = Literal["office", "house"]


@dataclass(frozen=True, slots=True)
class Row:
    """An action. `office`: the role must be held in the office of what is acted on; `house`: in any office at all.

    `reads` says that it changes nothing. Worded as `authority.<action>`, with `_` for the dot.
    """

    action: str
    roles: frozenset[str]
    where: Where
    reads: bool

    @property
    def words(self) -> str:
        """The key of its wording."""
        return f"authority.{self.action.replace('.', '_')}"


def _read(action: str, roles: str, where: Where = "office") -> Row:
    """What shows something. An auditor may read whatever anybody of the staff may."""
    return Row(action, frozenset(roles.split()) | {"auditor"}, where, reads=True)


def _change(action: str, roles: str, where: Where = "office") -> Row:
    """What changes something, or sends it away. An auditor changes nothing."""
    return Row(action, frozenset(roles.split()), where, reads=False)


CASES = (
    _read("case.read", "clerk approver manager"),
    _read("office.figures", "clerk approver manager"),
    _change("case.export", "clerk approver manager"),
    _change("case.claim", "clerk"),
    _change("case.assign", "manager"),
    _change("case.take_over", "clerk"),
    _change("case.give_back", "clerk"),
    _change("case.transfer", "clerk manager"),
    _change("case.transfer_any", "manager"),
    _change("case.batch", "clerk approver manager"),
    _change("case.request_correction", "clerk"),
    _change("case.fill_in", "clerk approver"),
    _change("case.propose", "clerk"),
    _change("case.endorse", "clerk approver"),
    _change("case.decide", "approver"),
    _change("case.propose_change", "clerk approver"),
    _change("case.reopen", "approver"),
    _change("case.revoke", "approver"),
    _change("certificate.reissue", "clerk approver"),
    _change("certificate.revoke", "approver manager"),
    _change("note.write", "clerk approver manager"),
    _change("opinion.ask", "clerk"),
    _change("opinion.answer", "clerk"),
    _change("message.write", "clerk approver"),
    _change("waiver.propose", "clerk"),
    _change("waiver.decide", "approver"),
    _change("view.save", "clerk approver manager"),
    _change("view.share", "manager"),
    _change("absence.enter", "clerk approver manager"),
    _change("absence.enter_for", "manager"),
    _change("assigning.settle", "manager"),
)
"""What is done with cases, each in the office that the case is with."""

MONEY = (
    _read("counter.read", "cashier finance"),
    _change("counter.take", "cashier"),
    _change("counter.void", "cashier"),
    _change("counter.deposit", "cashier"),
    _read("finance.read", "finance", "house"),
    _change("finance.bank", "finance", "house"),
    _change("finance.close", "finance", "house"),
    _change("finance.refund", "finance", "house"),
    _change("finance.dispute", "finance", "house"),
    _change("finance.discrepancy", "finance", "house"),
)

PEOPLE = (
    _read("person.read", "manager"),
    _change("person.add", "manager"),
    _change("person.remove", "manager"),
    _change("role.give", "manager"),
    _change("role.take", "manager"),
    _change("session.end", "manager"),
    _read("staff.read", "operator", "house"),
    _change("staff.grant", "operator", "house"),
    _change("office.write", "operator", "house"),
    _read("look.read", "", "house"),
    _read("audit.read", "", "house"),
)
"""Who works where. A manager's own office alone; the first manager of one comes from an operator."""

HOUSE = (
    _read("author.read", "author", "house"),
    _read("operator.read", "operator", "house"),
    _change("job.retry", "operator", "house"),
    _change("doctor.run", "operator", "house"),
    _read("outgoing.read", "operator", "house"),
    _change("outgoing.resend", "operator", "house"),
    _change("client.write", "operator", "house"),
)

AREAS: Mapping[str, tuple[Row, ...]] = MappingProxyType(
    {"cases": CASES, "money": MONEY, "people": PEOPLE, "house": HOUSE}
)
"""By area, each worded as `authority.area_<id>`; add a row where it belongs and its wording."""

_OF_EVENTS: Mapping[Event, str] = MappingProxyType(
    {
        Event.APPROVE: "case.decide",
        Event.REFUSE: "case.decide",
        Event.SEND_BACK: "case.endorse",
        Event.STEP_BACK: "case.endorse",
        Event.RESUME: "case.request_correction",
    }
)


def action_of(event: Event, who: Who) -> str:
    """The action that staff do when they let `event` happen to a case, in the capacity `who`."""
    if who is Who.MANAGER:
        return "case.assign"
    return _OF_EVENTS.get(event, f"case.{event.value}")


@cache
def _table() -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for row in (row for area in AREAS.values() for row in area):
        if row.action in found:
            raise ValueError(f"{row.action} is in the table of authority twice: leave one")
        found[row.action] = row
    return MappingProxyType(found)


def rows() -> tuple[Row, ...]:
    """Every row, area by area."""
    return tuple(_table().values())


def row_of(action: str) -> Row:
    """The row of an action. Raises `KeyError` for one that nobody put into the table."""
    return _table()[action]
