"""The installation that a command works on: its settings and its database."""

from typing import TYPE_CHECKING

from web.cli import WrongUse
from web.settings import Settings, SettingsRefused

if TYPE_CHECKING:
    from procedures.database import Database

SEVERAL = 2  # website and worker: several processes, whatever their exact number


def installation_settings() -> Settings:
    """The settings of the environment. Raises `WrongUse` with everything that is wrong with them."""
    try:
        settings = Settings.from_environment()
    except SettingsRefused as error:
        raise WrongUse(str(error)) from error
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings


def installation_database(settings: Settings) -> "Database":
    """Its database. Raises `WrongUse` where it cannot be opened safely."""
    from procedures.database import UnsafeDatabase, open_database
    from web.rings import ring_of

    try:
        return open_database(settings.database, SEVERAL, ring_of(settings))
    except UnsafeDatabase as error:
        raise WrongUse(str(error)) from error
