"""How the effects of a save lie in the draft: with the revision that it made, so that they are never told late."""

from dataclasses import asdict, fields

from engine.effects import NOTHING, Effects
from procedures.storing import answers as stored


def pack(effects: Effects, revision: int) -> str | None:
    """What the column holds; nothing where there is nothing to tell."""
    return stored.pack({**asdict(effects), "revision": revision}) if effects.any else None


def unpack(packed: str | None, revision: int) -> Effects:
    """The effects of the save that made `revision`; nothing where the draft was changed in another way since."""
    if packed is None:
        return NOTHING
    kept = stored.unpack(packed)
    if kept["revision"] != revision:
        return NOTHING
    return Effects(**{one.name: None if kept[one.name] is None else tuple(kept[one.name]) for one in fields(Effects)})
