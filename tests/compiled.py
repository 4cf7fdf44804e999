"""Specs that many tests publish are compiled once a process: what came out is never changed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """The library keeps what it compiled, for the whole of the tests."""
    with compiling_once():
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
