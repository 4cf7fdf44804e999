"""The panels of a case's page: each a module here with `read`, and a template of the same name in desk/panels.

A panel that needs facts of its own is a new module, found by its name, and one line in case.html.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from sqlalchemy.orm import Session

from procedures.actors import Actor
from procedures.cases import CaseView
from web.settings import Settings


@dataclass(frozen=True, slots=True)
class Look:
    """A case as it is opened: by whom, when, in which language they read; `asked` is what the address asks for."""

    case: CaseView
    actor: Actor
    now: datetime
    language: str
    settings: Settings
    asked: Mapping[str, str] = field(default_factory=dict)


class Panel(Protocol):
    """A module of this folder."""

    def read(self, session: Session, look: Look) -> object:
        """What its template needs, as `panels.NAME`; few and indexed statements, as every opening pays for them."""
        ...


@cache
def panels() -> Mapping[str, Panel]:
    """Every panel with facts of its own, by its name."""
    return {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}


def facts_of(session: Session, look: Look) -> dict[str, object]:
    """What all panels need to draw this case."""
    return {name: panel.read(session, look) for name, panel in panels().items()}
