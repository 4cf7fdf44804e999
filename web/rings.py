"""Where the master keys of an installation come from."""

from procedures.keyring.ring import Ring, ensure_ring
from web.settings import Settings


def ring_of(settings: Settings) -> Ring:
    """The key ring. The local run makes one; in production one that is missing is never made anew."""
    return Ring(settings.ring_file) if settings.production else ensure_ring(settings.ring_file)
