"""Answers given to one version, carried over to the next: kept, or set aside and asked again, never lost."""

from engine.versions.moving.migrating import Migrated, SetAside, migrate_answers
from engine.versions.moving.places import Place, field_paths, relocate

__all__ = ["Migrated", "Place", "SetAside", "field_paths", "migrate_answers", "relocate"]
