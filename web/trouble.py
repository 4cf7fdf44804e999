"""Which errors pass by themselves or by an operator's hand: no database, no room, a file that cannot be read."""

import errno

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

AGAIN_AFTER = "15"  # seconds until asking again makes sense
KINDS = (DBAPIError, PoolTimeout, OSError)
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def is_trouble(error: BaseException) -> bool:
    """Whether whoever asked may well ask again in a moment, and it was neither them nor a fault of the program."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return isinstance(error, PoolTimeout) or (isinstance(error, OSError) and error.errno in NO_ROOM)
