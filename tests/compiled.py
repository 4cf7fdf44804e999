"""What many tests compile is compiled once a process, and never changed: specs, addresses, files that are cleaned."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """For the whole of the tests."""
    with compiling_once(), building_once(), cleaning_once():
        yield


@contextmanager
def compiling_once() -> Iterator[None]:
    """The library keeps what it compiled, by everything that it was compiled from."""
    from procedures import library

    compiling, kept = library._compile, {}

    def once(source, file, concepts_source, tariff_sources, *, checked=True):  # noqa: ANN001, ANN202 - as the library's
        key = (source, file, concepts_source, tuple(sorted(tariff_sources.items())), checked)
        if key not in kept:
            kept[key] = compiling(source, file, concepts_source, tariff_sources, checked=checked)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(library, "_compile", once)
        yield


@contextmanager
def building_once() -> Iterator[None]:
    """Each application compiles a function for each of its 290 routes, nearly all that making one costs; here one does.

    What such a function does follows from the parts of its address and what stands in for them by default.
    """
    from werkzeug.routing import Rule

    compiling, kept = Rule._compile_builder, {}

    def once(rule, append_unknown=True):  # noqa: ANN001, ANN202 - as werkzeug's
        key = (tuple(rule._trace), tuple(sorted((rule.defaults or {}).items())), append_unknown)
        if key not in kept:
            kept[key] = compiling(rule, append_unknown)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@contextmanager
def cleaning_once() -> Iterator[None]:
    """The same bytes are cleaned by the same process: starting one for each is most of what sending a file costs."""
    from procedures.errors import FileRefused
    from procedures.uploads import content

    cleaning, kept = content.clean_apart, {}

    def once(kind, received, max_pages):  # noqa: ANN001, ANN202 - as the cleaner's
        key = (kind, sha256(received).digest(), max_pages)
        if key not in kept:
            try:
                kept[key] = cleaning(kind, received, max_pages)
            except FileRefused as refused:
                kept[key] = refused
        if isinstance(kept[key], FileRefused):
            raise FileRefused(kept[key].key, **kept[key].params)
        return kept[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content, "clean_apart", once)
        yield
