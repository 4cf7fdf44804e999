"""The data keys of one transaction: each is fetched and unwrapped once in it, and forgotten with it."""

import os
from base64 import b32encode
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from procedures.keyring.envelopes import DataKey, NotThisPlace, is_envelope, key_id, seal, unseal
from procedures.keyring.live import KeyMissing
from procedures.keyring.ring import KEY_BYTES, MasterMissing, Ring
from procedures.models.keys import CaseKey, Sealing
from procedures.storing.chunks import in_chunks
from procedures.storing.fixed import Fixed
from procedures.storing.rows import insert_new
from procedures.storing.transactions import OneTransaction

_key = CaseKey.__table__
_BY_HOLDER = Fixed(select(_key).where(_key.c.holder == bindparam("whose")))
_BY_ID = Fixed(select(_key).where(_key.c.id == bindparam("key_id")))
_BEGUN = Fixed(select(Sealing.__table__.c.begun, Sealing.__table__.c.done))


MOST = 10_000
"""Keys that one transaction remembers: whoever reads all cases meets them in portions."""


class NoRing(Exception):
    """The database was opened without a key ring: nothing sealed can be read or written."""


class TransactionKeys:
    """Data keys met in the transaction of `session`, unwrapped by `ring`."""

    __slots__ = ("_by_holder", "_by_id", "_made_here", "_ring", "_session", "_site")

    def __init__(self, session: OneTransaction, ring: Ring | None, site: "Site") -> None:
        self._session = session
        self._ring = ring
        self._site = site
        self._by_holder: dict[str, DataKey] = {}
        self._by_id: dict[str, DataKey] = {}
        self._made_here: list[dict[str, object]] = []

    def seal(self, holder: str, place: str, plain: str) -> str:
        """Text → what the column `place` (`table.column`) holds of this holder; its key is made where there is none.

        Stays as it is until sealing was begun (`procedures.models.Sealing`). Raises `NoRing`.
        """
        if not self._site.sealing(self._session):
            return plain
        return seal(self.of(holder), place, plain)

    def unseal(self, place: str, stored: str, holder: str | None = None) -> str:
        """What the column `place` holds → its text; never of a row that is not the `holder`'s whose key it lies under.

        Raises `KeyMissing`, `NotThisPlace`, `MasterMissing`, `NoRing`.
        """
        under = key_id(stored)
        if under is None:
            return stored
        try:
            key = self.by_id(under)
        except KeyMissing:
            if is_envelope(stored):
                raise
            return stored
        if holder is not None and holder != key.holder:
            raise NotThisPlace(f"{place}, key {key.id}: the row is not its holder's")
        return unseal(key, place, stored)

    def meet(self, holders: Iterable[str]) -> None:
        """Fetch the keys of many at once, for whoever reads something of each."""
        for some in in_chunks(holder for holder in holders if holder not in self._by_holder):
            for row in self._session.execute(select(_key).where(_key.c.holder.in_(some))):
                with suppress(MasterMissing):  # whoever reads something of that one is told
                    self._opened(row)

    def by_id(self, under: str) -> DataKey:
        """The key with this id. Raises `KeyMissing`."""
        return self._by_id.get(under) or self._fetched(_BY_ID, {"key_id": under}, under)

    def of(self, holder: str) -> DataKey:
        """The key of this holder, made where there is none."""
        try:
            return self._known(holder)
        except KeyMissing:
            return self._made(holder)

    def _known(self, holder: str) -> DataKey:
        return self._by_holder.get(holder) or self._fetched(_BY_HOLDER, {"whose": holder}, holder)

    def raw(self, holder: str, *, make: bool = False) -> bytes | None:
        """The bytes of a holder's key, for keyed hashes; None before sealing was begun, and where there is none yet."""
        if not self._site.sealing(self._session):
            return None
        try:
            return (self.of(holder) if make else self._known(holder)).raw
        except KeyMissing:
            return None

    def finished(self) -> bool:
        """Whether nothing plain is left."""
        return self._site.finished(self._session)

    def settle(self) -> None:
        """Before the commit: keys made since a savepoint that was undone are stored again. Raises `KeyMissing`."""
        for row in self._made_here:
            if _BY_ID.one_or_none(self._session, {"key_id": row["id"]}) is None and not insert_new(
                self._session, _key, row, unique="holder"
            ):
                raise KeyMissing(str(row["holder"]))  # another has been made meanwhile: begin again from the start

    def _fetched(self, query: Fixed, values: dict[str, object], what: str) -> DataKey:
        row = query.one_or_none(self._session, values)
        if row is None:
            raise KeyMissing(what)
        return self._opened(row)

    def _opened(self, row: Any) -> DataKey:
        raw = self._masters().unwrap(row.wrapped, row.master, about(row.holder, row.id))
        return self._met(DataKey(row.id, row.holder, raw, AESGCM(raw)))

    def _made(self, holder: str) -> DataKey:
        """A new key. Should another transaction make one at the same time, that one counts."""
        name = b32encode(os.urandom(16)).decode("ascii").rstrip("=").lower()
        raw = os.urandom(KEY_BYTES)
        master, wrapped = self._masters().wrap(raw, about(holder, name))
        row = {"id": name, "holder": holder, "master": master, "wrapped": wrapped}
        if insert_new(self._session, _key, row, unique="holder"):
            self._made_here.append(row)
            return self._met(DataKey(name, holder, raw, AESGCM(raw)))
        return self._fetched(_BY_HOLDER, {"whose": holder}, holder)

    def _met(self, key: DataKey) -> DataKey:
        if len(self._by_id) >= MOST:
            self._by_id.clear()
            self._by_holder.clear()
        self._by_holder[key.holder] = self._by_id[key.id] = key
        return key

    def _masters(self) -> Ring:
        if self._ring is None:
            raise NoRing("the database was opened without a key ring (TETSUZUKI_KEY_RING)")
        return self._ring


class Site:
    """Whether sealing was begun, and whether it is done, remembered once it is so: neither is ever taken back."""

    __slots__ = ("_begun", "_done")

    def __init__(self) -> None:
        self._begun = self._done = False

    @property
    def known(self) -> bool:
        """Whether it was begun, as far as is known."""
        return self._begun

    def sealing(self, session: Session) -> bool:
        """Whether what is written now is sealed. One SELECT as long as it is not."""
        if not self._begun:
            self._look(session)
        return self._begun

    def finished(self, session: Session) -> bool:
        """Whether nothing plain is left. One SELECT as long as there is."""
        if not self._done:
            self._look(session)
        return self._done

    def _look(self, session: Session) -> None:
        row = _BEGUN.one_or_none(session, {})
        if row is not None:
            self._begun, self._done = row.begun, row.done


def about(holder: str, key: str) -> str:
    """To what a wrap is bound."""
    return f"{holder}|{key}"
