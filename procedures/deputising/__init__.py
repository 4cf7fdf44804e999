"""Deputies (代決): who decides in whose place while they are away, and the absent one's look afterwards (後閲)."""

from procedures.deputising.looking import Unseen, mark_seen, unseen
from procedures.deputising.naming import DeputyRefused, Named, end, name_deputy, named
from procedures.deputising.standing import standing_in

__all__ = ["DeputyRefused", "Named", "Unseen", "end", "mark_seen", "name_deputy", "named", "standing_in", "unseen"]
