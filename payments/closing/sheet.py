"""The sheet of a day (日計表): opening balance, what moved, closing balance, from the ledger alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments.models import LedgerAccount
from payments.totals.movements import Key, Moved, Movements, Turnover


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A 歳入科目 in one fiscal year and bureau, in yen; balances are of 収入未済, what is still to be paid."""

    fiscal_year: int
    account: str
    title: str
    bureau: str
    opening: int
    demanded: int
    carried: int
    collected: int
    refunded: int
    ended: int

    @property
    def closing(self) -> int:
        """What is still to be paid at the end."""
        return self.opening + self.demanded + self.carried - self.ended - self.collected

    @property
    def key(self) -> Key:
        """What the line is about."""
        return Key(self.fiscal_year, self.account, self.bureau)


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodLine:
    """What was collected in one way; `count` is of entries."""

    fiscal_year: int
    account: str
    bureau: str
    method: str
    count: int
    yen: int

    @property
    def key(self) -> Key:
        """The line that it is part of."""
        return Key(self.fiscal_year, self.account, self.bureau)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """Any other account: suspense, the provider, its fees, in transit, the bank. Balances are debits minus credits."""

    code: str
    title: str
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """What stands on it at the end."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Sheet:
    """All of a span of days; lines in the order of year, account and bureau. A line that never moved is not there."""

    lines: tuple[Line, ...] = ()
    methods: tuple[MethodLine, ...] = ()
    accounts: tuple[AccountLine, ...] = ()

    def to_json(self) -> dict[str, list[dict[str, Any]]]:
        """The sheet as it is sealed."""
        return {name: [asdict(row) for row in getattr(self, name)] for name in _KINDS}

    @staticmethod
    def from_json(kept: Mapping[str, Sequence[Mapping[str, Any]]]) -> "Sheet":
        """What `to_json` gave."""
        return Sheet(**{name: tuple(kind(**row) for row in kept[name]) for name, kind in _KINDS.items()})

    def numbers(self) -> "Sheet":
        """The sheet without the names of accounts, which may be worded anew."""
        return Sheet(
            tuple(replace(line, title="") for line in self.lines),
            self.methods,
            tuple(replace(line, title="") for line in self.accounts),
        )


_KINDS: Mapping[str, Any] = {"lines": Line, "methods": MethodLine, "accounts": AccountLine}


def following(before: Sheet, moves: Movements, titles: Mapping[str, str]) -> Sheet:
    """The sheet of a span that follows `before`, whose closing balances it opens with."""
    owed = {line.key: line.closing for line in before.lines}
    standing = {line.code: line.closing for line in before.accounts}
    lines = (_line(key, owed.get(key, 0), moves.lines.get(key, Moved()), titles) for key in {*owed, *moves.lines})
    accounts = (
        _account(code, standing.get(code, 0), moves.accounts.get(code, Turnover()), titles)
        for code in {*standing, *moves.accounts}
    )
    return Sheet(
        tuple(sorted((line for line in lines if _tells(line)), key=lambda line: line.key)),
        tuple(_methods(moves)),
        tuple(sorted((line for line in accounts if _stands(line)), key=lambda line: line.code)),
    )


def titles_of(session: Session) -> dict[str, str]:
    """The names of every account of the ledger by its code, and of every 歳入科目 by its."""
    found: dict[str, str] = {}
    for code, revenue_code, title in session.execute(
        select(LedgerAccount.code, LedgerAccount.revenue_code, LedgerAccount.title)
    ):
        found[code] = title
        if revenue_code is not None:
            found[revenue_code] = title
    return found


def _line(key: Key, opening: int, moves: Moved, titles: Mapping[str, str]) -> Line:
    return Line(
        fiscal_year=key.fiscal_year,
        account=key.account,
        title=titles.get(key.account, ""),
        bureau=key.bureau,
        opening=opening,
        demanded=moves.demanded,
        carried=moves.carried,
        collected=moves.collected,
        refunded=moves.refunded,
        ended=moves.ended,
    )


def _account(code: str, opening: int, moves: Turnover, titles: Mapping[str, str]) -> AccountLine:
    title = titles.get(code, "")
    return AccountLine(code=code, title=title, opening=opening, debit=moves.debit, credit=moves.credit)


def _methods(moves: Movements) -> Iterable[MethodLine]:
    for (key, method), (count, yen) in sorted(moves.methods.items()):
        names = {"fiscal_year": key.fiscal_year, "account": key.account, "bureau": key.bureau}
        yield MethodLine(**names, method=method, count=count, yen=yen)


def _tells(line: Line) -> bool:
    return any((line.opening, line.demanded, line.carried, line.collected, line.refunded, line.ended))


def _stands(line: AccountLine) -> bool:
    return any((line.opening, line.debit, line.credit))
