"""`tetsuzuki keys`: the master keys that wrap the key of each case: which there are, a new one, dropping an old one."""

import argparse
from collections.abc import Callable

from procedures.keyring.ring import MasterMissing, Ring, RingBroken
from procedures.keyring.rotating import rewrap, wraps
from web.cli import FINE, PROBLEMS, WrongUse
from web.cli.installation import installation_database, installation_settings
from web.cli.speech import add_language, complain, language_of_terminal, tell
from web.settings import Settings

Act = Callable[[Settings, Ring, argparse.Namespace], int]


def arguments(parser: argparse.ArgumentParser) -> None:
    """`list | new [--later] | use ID | rewrap | drop ID`."""
    usual = language_of_terminal()
    actions = parser.add_subparsers(dest="action", metavar=tell("command", usual), required=True)
    for name, act in ACTS.items():
        action = actions.add_parser(name, help=tell(f"keys_{name}_help", usual))
        if name == "new":
            action.add_argument("--later", action="store_true", help=tell("keys_later_option", usual))
        if name in {"use", "drop"}:
            action.add_argument("id", metavar="ID")
        add_language(action)
        action.set_defaults(act=act)


def run(options: argparse.Namespace) -> int:
    """Exit code 1 for a key that is not there, or is still needed."""
    settings = installation_settings()
    act: Act = options.act
    try:
        return act(settings, Ring(settings.ring_file), options)
    except RingBroken as error:
        raise WrongUse(str(error)) from error
    except MasterMissing as error:
        complain(str(error))
        return PROBLEMS


def _list(settings: Settings, ring: Ring, options: argparse.Namespace) -> int:
    masters = ring.masters()
    with installation_database(settings).read() as session:
        counted = wraps(session)
    for name in sorted({*masters.keys, *counted}):
        word = "in_use" if name == masters.current else "missing" if name not in masters.keys else "other"
        print(f"{name}  {counted.get(name, 0)}  {tell(f'keys_{word}', options.language)}")
    return FINE if counted.keys() <= masters.keys.keys() else PROBLEMS


def _new(_settings: Settings, ring: Ring, options: argparse.Namespace) -> int:
    print(tell("keys_made", options.language, id=ring.add(use=not options.later), file=ring.file))
    return FINE


def _use(_settings: Settings, ring: Ring, options: argparse.Namespace) -> int:
    ring.use(options.id)
    print(tell("keys_used", options.language, id=options.id))
    return FINE


def _rewrap(settings: Settings, _ring: Ring, options: argparse.Namespace) -> int:
    print(tell("keys_rewrapped", options.language, count=rewrap(installation_database(settings))))
    return FINE


def _drop(settings: Settings, ring: Ring, options: argparse.Namespace) -> int:
    with installation_database(settings).read() as session:
        left = wraps(session).get(options.id, 0)
    if left:
        complain(tell("keys_still_needed", options.language, id=options.id, count=left))
        return PROBLEMS
    ring.drop(options.id)
    print(tell("keys_dropped", options.language, id=options.id))
    return FINE


ACTS: dict[str, Act] = {"list": _list, "new": _new, "use": _use, "rewrap": _rewrap, "drop": _drop}
