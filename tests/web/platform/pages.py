"""Adding a view to a finished application, for tests about what surrounds every view."""

from collections.abc import Callable, Sequence

from flask import Flask

from web.access import POLICIES, Who, policies_of, policy


def add_page(app: Flask, path: str, view: Callable[..., object], *who: Who, methods: Sequence[str] = ("GET",)) -> None:
    """Serve `view` at `path` for `who`; without `who` it stays undeclared."""

    def call() -> object:  # a function of its own: a policy is marked on the function
        return view()

    app.add_url_rule(path, path, policy(*who)(call) if who else call, methods=methods)
    if who:
        app.extensions[POLICIES] = policies_of(app)
