"""The roles of staff: which there are, and where each can be held."""

from procedures.actors import EVERYWHERE

OF_AN_OFFICE = ("clerk", "approver", "cashier", "manager")
"""Held in one office, or in every office."""
OF_THE_HOUSE = ("finance", "author", "auditor", "operator")
"""Held in every office at once: what they look after belongs to no single one."""
ROLES = OF_AN_OFFICE + OF_THE_HOUSE


def can_be_held(role: str, office: str) -> bool:
    """Whether there is such a role, and it can be held there."""
    return role in OF_AN_OFFICE or (role in OF_THE_HOUSE and office == EVERYWHERE)
