"""`tetsuzuki client`: register other systems, give them secrets and keys, take them away."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from procedures.actors import SYSTEM
from procedures.clients import managing
from procedures.clients.client import SCOPES, Client
from procedures.clients.managing import ClientRefused, Wanted
from procedures.errors import NotFound
from procedures.outgoing import subscriptions
from procedures.submitting.applicants import LEVELS
from web.cli import FINE, PROBLEMS, WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import complain, language_of_terminal, tell
from web.services import utc_now


def arguments(parser: argparse.ArgumentParser) -> None:
    """`list | add NAME --scope … | secret ID | keys ID FILE | revoke ID [--secret ID]`."""
    usual = language_of_terminal()
    actions = parser.add_subparsers(dest="action", metavar=tell("client_action", usual), required=True)
    actions.add_parser("list", help=tell("client_list_help", usual)).set_defaults(act=_list)
    add = actions.add_parser("add", help=tell("client_add_help", usual))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--scope", action="append", choices=SCOPES, required=True)
    add.add_argument("--office", action="append", metavar="ID", required=True)
    add.add_argument("--procedure", action="append", metavar="ID", required=True)
    add.add_argument("--level", choices=LEVELS, default=LEVELS[0])
    add.set_defaults(act=_add)
    for name, act in (("secret", _secret), ("keys", _keys), ("revoke", _revoke)):
        action = actions.add_parser(name, help=tell(f"client_{name}_help", usual))
        action.add_argument("client", metavar="ID")
        action.set_defaults(act=act)
        if name == "keys":
            action.add_argument("file", type=Path, metavar="FILE")
        if name == "revoke":
            action.add_argument("--secret", metavar="ID")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 for a client that is not there or cannot be like this."""
    usual = language_of_terminal()
    act: Callable[[Session, argparse.Namespace], list[str]] = options.act
    try:
        with installation_database(installation_settings()).write() as session:
            lines = act(session, options)
    except NotFound:
        complain(tell("client_unknown", usual))
        return PROBLEMS
    except ClientRefused as refusal:
        complain(tell("client_refused", usual, what=refusal.what))
        return PROBLEMS
    print("\n".join(lines))
    return FINE


def _list(session: Session, _options: argparse.Namespace) -> list[str]:
    lines = []
    for one in managing.every(session):
        lines.append(_line(one))
        lines += [
            f"  {secret.id}  {secret.made_at:%Y-%m-%d}"
            for secret in managing.secrets_of(session, one.id)
            if secret.revoked_at is None
        ]
    return lines


def _line(one: Client) -> str:
    reach = f"{','.join(one.offices)} / {','.join(one.procedures)}"
    return f"{one.id}  {'×' if one.revoked_at else ' '} {one.name}  {' '.join(one.scopes)}  {reach}"


def _add(session: Session, options: argparse.Namespace) -> list[str]:
    wanted = Wanted(
        name=options.name,
        scopes=options.scope,
        offices=options.office,
        procedures=options.procedure,
        level=options.level,
    )
    return [managing.register(session, SYSTEM, utc_now(), wanted)]


def _secret(session: Session, options: argparse.Namespace) -> list[str]:
    """The secret alone, so that it can be piped to where it is kept."""
    return [managing.add_secret(session, SYSTEM, utc_now(), options.client)]


def _keys(session: Session, options: argparse.Namespace) -> list[str]:
    managing.set_keys(session, SYSTEM, utc_now(), options.client, _read(options.file))
    return [tell("client_changed", language_of_terminal())]


def _revoke(session: Session, options: argparse.Namespace) -> list[str]:
    if options.secret:
        managing.revoke_secret(session, SYSTEM, utc_now(), options.client, options.secret)
    else:
        subscriptions.end_all(session, SYSTEM, utc_now(), options.client)
        managing.revoke(session, SYSTEM, utc_now(), options.client)
    return [tell("client_revoked", language_of_terminal())]


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise WrongUse(tell("client_file", language_of_terminal(), path=path, why=error)) from error
    return found if isinstance(found, dict) else {}
