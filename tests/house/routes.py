"""Whether every route says who may use it."""

from flask import Flask

from procedures.authority import row_of
from web.access import MARK, Policy


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


def changing_by_reading(app: Flask) -> list[str]:
    """Routes that change something although the table of authority calls their action reading."""
    return [
        f"{rule.rule} ({rule.endpoint}): {action} only reads, and an auditor may do it. Declare what the form does, "
        "@policy(MAY(…)), by a row of procedures/authority/table.py that changes something."
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or set())
        for action in actions(getattr(app.view_functions[rule.endpoint], MARK, None))
        if row_of(action).reads
    ]


def actions(policy: Policy | None) -> list[str]:
    """What the groups of a policy must be allowed to do; empty for a route that is not for staff alone."""
    return [who.action for who in policy.who if who.action] if policy else []
