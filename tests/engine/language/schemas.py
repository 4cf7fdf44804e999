"""`python -m tests.engine.language.schemas`: writes procedure_specs/schema/*.json from the declared language."""

import json
from pathlib import Path

from engine.language import concepts_schema, procedure_schema, tariff_schema
from tests.house.tree import ROOT

FOLDER = ROOT / "procedure_specs" / "schema"
COMMAND = "python -m tests.engine.language.schemas"


def files() -> dict[Path, str]:
    """What each file should hold."""
    schemas = {"procedure": procedure_schema(), "concepts": concepts_schema(), "tariff": tariff_schema()}
    return {
        FOLDER / f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
