"""/operator: health, jobs, undelivered mail, published versions; the data check; trying a job again."""

from flask import Response, redirect, request

from payments import doctor as money_doctor
from procedures import doctor, jobs
from procedures.errors import NotFound
from procedures.reaching.routes import unreachable
from web.access import MAY, policy
from web.context import now, reading, services, today, writing
from web.operator.checks import run_checks
from web.operator.frame import READER, blueprint, show
from web.operator.library import versions
from web.operator.outbox import MOST, counts, failed, is_known, undelivered


@blueprint.get("/operator")
@policy(READER)
def overview() -> Response:
    """What works, what waits, what broke."""
    checks = run_checks(services(), now())
    with reading() as session:
        return show(
            "overview.html",
            moment=now(),
            checks=checks,
            counts=counts(session),
            failed=failed(session),
            mail=undelivered(session, now()),
            unreachable=unreachable(session, MOST),
            versions=versions(session, today()),
            retried="retried" in request.args,
        )


@blueprint.get("/operator/doctor")
@policy(READER)
def ask_to_examine() -> Response:
    """What would be checked, and a button: it reads everything there is, which no link or reload should set off."""
    return show("doctor.html", moment=None, findings=(), files=False)


@blueprint.post("/operator/doctor")
@policy(MAY("doctor.run"))
def examine() -> Response:
    """The standing promises checked now; with `files`, every file against its hash too."""
    files = "files" in request.form
    with reading() as session:
        blobs = services().blobs if files else None
        findings = [*doctor.run(session, blobs), *money_doctor.run(session, blobs)]
    return show("doctor.html", moment=now(), findings=findings, files=files)


@blueprint.post("/operator/jobs/<job_id>/retry")
@policy(MAY("job.retry"))
def retry(job_id: str) -> Response:
    """Give a job that was given up a new start; pressed twice, it starts once."""
    with writing() as session:
        if not jobs.revive(session, now(), job_id) and not is_known(session, job_id):
            raise NotFound
    return redirect("/operator?retried", 303)
