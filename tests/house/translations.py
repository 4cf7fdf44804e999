"""What the translations of the catalogue lack; `python -m tests.house.translations` prints it to be filled in."""

import json
import sys
from collections.abc import Mapping

from engine.words import TRANSLATED, catalogue, translations
from tests.house.wording import MAY_DIFFER, parameters_of

NOT_FOR_RESIDENTS = frozenset(
    {
        "api",
        "cli",
        "author",
        "audit",
        "authority",
        "desk",
        "papers",
        "queue",
        "doctor",
        "inventory",
        "expressions",
        "finance",
        "importing",
        "manage",
        "operator",
        "payment",
        "problems",
        "submission_schema",
        "versions",
        "why",
    }
)
"""Areas that only staff, authors, operators and those who try out read; every other area is for residents."""
BUT_FOR_RESIDENTS = ("desk.letter_",)
"""Beginnings of keys in these areas that residents read all the same."""


def is_for_residents(key: str) -> bool:
    """Whether residents may meet this wording, so that it is needed in every language."""
    return key.split(".", 1)[0] not in NOT_FOR_RESIDENTS or key.startswith(BUT_FOR_RESIDENTS)


def missing(entries: Mapping[str, Mapping[str, str]], language: str) -> list[str]:
    """Keys that residents read and that are not translated."""
    return [key for key, wording in entries.items() if is_for_residents(key) and not wording.get(language)]


def obsolete(entries: Mapping[str, Mapping[str, str]], translated: Mapping[str, str]) -> list[str]:
    """Translated keys that the catalogue does not have any more."""
    return [key for key in translated if key not in entries]


def differing(entries: Mapping[str, Mapping[str, str]], translated: Mapping[str, str], language: str) -> list[str]:
    """Translations that do not take the same parameters as the Japanese wording."""
    found = []
    for key, words in translated.items():
        if key in entries and key not in MAY_DIFFER:
            wanted, given = _filled_in(entries[key]["ja"]), _filled_in(words)
            if wanted != given:
                found.append(
                    f"{key}: {language} takes {sorted(given)}, ja takes {sorted(wanted)}. Correct it in "
                    f"engine/words/translations/{language}, or take the line out; it is then shown in English."
                )
    return found


def _filled_in(words: str) -> frozenset[str]:
    """The parameters of a wording, and the marks # and @ in whose place scripts put something."""
    return parameters_of(words) | {mark for mark in "#@" if mark in words}


def main(arguments: list[str]) -> int:
    """Print what is missing as YAML to fill in, each key above the wordings that there are."""
    entries, found = catalogue(), 0
    for language in arguments or TRANSLATED:
        for key in obsolete(entries, translations(language)):
            print(f"# {language}: {key} is obsolete: take it out.")
            found += 1
        for key in missing(entries, language):
            area, name = key.split(".", 1)
            print(f"# {language}/{area}.yaml")
            for spoken in ("ja", "en"):
                print(f"#   {spoken}: {json.dumps(entries[key].get(spoken, ''), ensure_ascii=False)}")
            print(f'{name}: ""')
            found += 1
    print(f"# {found} to do")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
