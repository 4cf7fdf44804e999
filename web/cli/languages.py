"""How far specs speak the languages that somebody asks about."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from engine.language.kinds.words import LANGUAGES
from engine.problems import Problem
from web.cli.speech import language_of_terminal, tell


@dataclass(frozen=True, slots=True)
class Spoken:
    """Of one spec: how many wordings there are and how many of them speak each language; a warning for each gap."""

    file: str
    counts: Mapping[str, tuple[int, int]]
    problems: tuple[Problem, ...]

    def says(self, language: str) -> str:
        """One line: `dog.yaml: en 42/45, zh 0/45`."""
        counts = ", ".join(f"{spoken} {there}/{total}" for spoken, (there, total) in self.counts.items())
        return tell("spoken", language, file=self.file, counts=counts)


def wished_languages(wish: str) -> tuple[str, ...]:
    """The languages of an option such as `en,zh`; `all` for every one. Refuses others."""
    wanted = tuple(one.strip() for one in wish.split(",")) if wish != "all" else LANGUAGES[1:]
    if unknown := [one for one in wanted if one not in LANGUAGES]:
        told = tell("no_such_language", language_of_terminal(), wanted=", ".join(unknown), known=", ".join(LANGUAGES))
        raise argparse.ArgumentTypeError(told)
    return wanted


def spoken_in(file: Path, languages: Sequence[str]) -> Spoken | None:
    """None for a spec whose mistakes forbid to look, and for what is no procedure."""
    from engine.checks.rules.wording import report_missing  # which brings the compiler along
    from engine.checks.subject import Subject
    from engine.checks.wordings import coverage
    from engine.problems import Report
    from web.cli.specs import compile_file

    compiled = compile_file(file)
    if compiled.procedure is None or compiled.root is None:
        return None
    counts, problems = {}, []
    for language in languages:
        subject = Subject(compiled.procedure, compiled.root, Report(str(file)))
        found = coverage(subject, language)
        counts[language] = (found.there, found.total)
        report_missing(subject, language)
        problems += [replace(problem, severity="warning") for problem in subject.report.problems]
    return Spoken(str(file), counts, tuple(problems))
