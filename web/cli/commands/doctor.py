"""`tetsuzuki doctor`: re-check on live data what the project promises."""

import argparse

import payments.doctor
import procedures.doctor
from engine.words import say
from payments.keeping import HOLDS
from procedures.checks.finding import found
from procedures.checks.keys import overdue
from procedures.papers.sealing import faults
from web.cli import FINE, PROBLEMS
from web.cli.commands.serve import require_current_database
from web.cli.installation import installation_settings
from web.cli.speech import add_language, complain, tell
from web.services import Overrides, utc_now
from web.wiring import services_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """`[--language ja|en]`."""
    add_language(parser)


def run(options: argparse.Namespace) -> int:
    """One line a finding; exit code 1 means that a person must look."""
    require_current_database()
    services = services_of(installation_settings(), None, Overrides())
    with services.database.read() as session:
        blobs = services.blobs
        findings = [*procedures.doctor.run(session, blobs), *payments.doctor.run(session, blobs)]
        findings += overdue(session, utc_now(), HOLDS)
    findings += [found(check, file) for check, file in faults(services.settings.seal_dir, utc_now())]
    for finding in findings:
        print(f"{finding.check}: {finding.object_id}: {say(finding.message, options.language)}")
    complain(tell("doctor_found", options.language, count=len(findings)))
    return PROBLEMS if findings else FINE
