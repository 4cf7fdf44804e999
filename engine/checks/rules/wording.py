"""Wording is there in every language that the procedure speaks or promises; English is expected of all."""

from engine.checks.subject import Subject
from engine.checks.wordings import NAMES, coverage, needed, speaks, texts
from engine.language.kinds.words import LANGUAGES
from engine.problems import Code
from engine.source import MappingNode, ScalarNode, SequenceNode

MISSING_LANGUAGE = Code("missing-language", example="title: 犬の登録      # no en", severity="warning")
MISSING_WORDING = Code("missing-wording", example="languages: [ja, en, ko]      # and a title without ko")


def check(subject: Subject) -> None:
    """Of promised languages each place is reported, of others the first and how many there are."""
    promised = promised_languages(subject)
    for language in promised:
        report_missing(subject, language)
    written = list(texts(subject.root))
    for language in LANGUAGES[1:]:
        missing = [path for path, node in written if not speaks(node, language) and needed(language, path)]
        spoken = language == "en" or any(
            isinstance(node, MappingNode) and language in node.pairs for _, node in written
        )
        if missing and spoken and language not in promised:
            name = NAMES[language]
            count, total = len(missing), len(written)
            subject.problem(MISSING_LANGUAGE, missing[0], language=language, name=name, count=count, total=total)


def report_missing(subject: Subject, language: str) -> None:
    """Report every place where `language` is missing."""
    for path in coverage(subject, language).missing:
        subject.problem(MISSING_WORDING, path, language=language, name=NAMES[language])


def promised_languages(subject: Subject) -> tuple[str, ...]:
    """What the spec declares as its `languages`; Japanese is always there."""
    node = subject.root.get("languages")
    items = node.items if isinstance(node, SequenceNode) else []
    wanted = {item.text for item in items if isinstance(item, ScalarNode)}
    return tuple(language for language in LANGUAGES[1:] if language in wanted)
