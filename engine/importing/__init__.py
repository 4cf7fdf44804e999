"""Outside definitions become specs: JSON Schema of any draft in, readable YAML and a list of what was lost out."""

from engine.importing.importing import Imported, Wishes, import_schema
from engine.importing.notes import Note, Refused

__all__ = ["Imported", "Note", "Refused", "Wishes", "import_schema"]
