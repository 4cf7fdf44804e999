"""`tetsuzuki demo`: prepare and run everything on this machine, for trying it out."""

import argparse
import os
import sys
from pathlib import Path

from web.cli import FINE, PROBLEMS, WrongUse
from web.cli.installation import installation_settings
from web.cli.speech import add_language, complain, language_of_terminal, tell
from web.demo.environment import Ports, addresses, environment
from web.demo.supervisor import Child, DidNotStart, Supervisor, taken
from web.issuer.people import PEOPLE
from web.settings import Settings

WORKERS = "2"


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--data-dir DIR] [--port N] [--issuer-port N] [--stripe-port N] [--language ja|en]`."""
    usual = language_of_terminal()
    told = tell("data_dir_option", usual)
    parser.add_argument("--data-dir", type=Path, default=Path(".data"), metavar="DIR", help=told)
    parser.add_argument("--port", type=int, default=8000, help=tell("port_option", usual))
    parser.add_argument("--issuer-port", type=int, default=8001, help=tell("issuer_port_option", usual))
    parser.add_argument("--stripe-port", type=int, default=8002, help=tell("stripe_port_option", usual))
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """Run until Ctrl-C."""
    ports = Ports(options.port, options.issuer_port, options.stripe_port)
    if busy := taken([ports.web, ports.issuer, ports.stripe]):
        raise WrongUse(tell("ports_taken", options.language, ports=", ".join(map(str, busy))))
    variables = environment(options.data_dir.resolve(), ports)
    os.environ.update(variables)
    settings = installation_settings()
    if settings.production:
        raise WrongUse(tell("demo_not_in_production", options.language))
    supervisor = Supervisor(variables, settings.data_dir / "logs")
    supervisor.stop_on_signals()
    try:
        return _run(supervisor, settings, ports, options.language)
    except DidNotStart as error:
        complain(tell("demo_failed", options.language, why=error))
        return PROBLEMS
    finally:
        supervisor.stop()


def _run(supervisor: Supervisor, settings: Settings, ports: Ports, language: str) -> int:
    for child in _stand_ins(settings, ports):
        supervisor.start(child)
    from web.demo.preparation import prepare  # heavy, so only now: the processes above start meanwhile

    for line in prepare(settings, language):
        print(line)
    website, worker = _own(ports)
    supervisor.start(website)
    supervisor.wait_until_ready()
    if not supervisor.stopping:
        supervisor.start(worker)  # only now: while it loads, it would keep people waiting for the first page
        print(_welcome(settings, language), flush=True)
        supervisor.watch()
    print(tell("demo_stopped", language), flush=True)
    return FINE


def _stand_ins(settings: Settings, ports: Ports) -> list[Child]:
    data = str(settings.data_dir)
    issuer = [sys.executable, "-m", "web.issuer", "--port", str(ports.issuer)]
    issuer += ["--public-url", settings.public_url, "--data-dir", data]
    stripe = [sys.executable, "-m", "payments.sandbox", "--port", str(ports.stripe)]
    stripe += ["--webhook-url", f"{settings.public_url}/webhooks/stripe"]
    stripe += ["--webhook-secret", settings.stripe_webhook_secret, "--api-key", settings.stripe_secret_key]
    stripe += ["--state", str(settings.data_dir / "sandbox-stripe.db")]
    return [Child("issuer", issuer, (ports.issuer, "/healthz")), Child("stripe", stripe, (ports.stripe, "/"))]


def _own(ports: Ports) -> list[Child]:
    tetsuzuki = [sys.executable, "-m", "web.cli"]
    serve = [*tetsuzuki, "serve", "--port", str(ports.web), "--workers", WORKERS]
    return [Child("web", serve, (ports.web, "/healthz")), Child("worker", [*tetsuzuki, "worker"])]


def _welcome(settings: Settings, language: str) -> str:
    lines = ["", tell("demo_ready", language)]
    lines += [f"  {tell(key, language)}: {address}" for key, address in addresses(settings).items()]
    lines += ["", tell("demo_people", language)]
    lines += [f"  {person.shown.say(language)} ({_part(person.part, language)})" for person in PEOPLE.values()]
    return "\n".join((*lines, "", tell("demo_stop", language)))


def _part(part: str, language: str) -> str:
    from engine.words import say

    return say(f"identity.role_{part}", language)
