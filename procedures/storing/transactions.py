"""A session that costs a page nothing but its connection, as long as the page runs fixed statements only."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session


class OneTransaction(Session):
    """A session inside the transaction that `connection` has begun, and which whoever began it also ends.

    Everything the ORM needs is set up when something first asks for it: half of what a small read would cost.
    """

    def __init__(self, connection: Connection) -> None:
        self._own_connection = connection

    def __getattr__(self, name: str) -> Any:
        """Reached for what is not there yet: the session's own state."""
        if "identity_map" in self.__dict__:
            raise AttributeError(name)
        super().__init__(self._own_connection, expire_on_commit=False)
        return getattr(self, name)

    def connection(self, *_: object, **__: object) -> Connection:
        """The connection, without a look at mappers and binds: there is only this one."""
        return self._own_connection

    def settle(self) -> None:
        """Write what the ORM still holds back; for the one who commits."""
        if "identity_map" in self.__dict__:
            self.flush()

    def leave(self) -> None:
        """Forget the objects; the transaction is not touched."""
        if "identity_map" in self.__dict__:
            self.close()
