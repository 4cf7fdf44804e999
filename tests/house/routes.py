"""Whether every route says who may use it."""

from flask import Flask

from web.access import MARK


def undeclared(app: Flask) -> list[str]:
    """Routes whose view has no policy."""
    return [
        f"{rule.rule} ({rule.endpoint}): nobody said who may use it. "
        "Put @policy(…) of web.access under the route decorator."
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], MARK)
    ]


def beyond_forms(app: Flask) -> list[str]:
    """Routes that no form can reach."""
    return [
        f"{rule.rule}: {', '.join(odd)} cannot be sent by a form. Use POST, so that it works without JavaScript."
        for rule in app.url_map.iter_rules()
        if (odd := sorted((rule.methods or set()) & {"PUT", "PATCH", "DELETE"}))
    ]
