"""The yardstick's application: five steps, a check page, a receipt; SQLite through SQLAlchemy sessions."""

import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, abort, redirect, render_template, session, url_for
from flask_wtf import CSRFProtect, FlaskForm
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tests.benchmarks.yardstick.forms import AddressForm, BirthForm, CopiesForm, NameForm, SubmitForm
from tests.benchmarks.yardstick.models import Application, Base

STEPS: dict[str, tuple[str, type[FlaskForm]]] = {
    "name": ("お名前", NameForm),
    "address": ("ご住所", AddressForm),
    "birth": ("生年月日", BirthForm),
    "copies": ("写し", CopiesForm),
}
Page = str | Response | tuple[str, int]


def pragmas(connection: object, _record: object) -> None:
    """Write-ahead log, every commit on disk: what a careful programmer sets for SQLite."""
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def next_page(step: str, application: Application) -> str:
    """Where to go after `step`."""
    path = [name for name in STEPS if name != "copies" or application.wants_copies == "yes"]
    after = path.index(step) + 1
    return url_for("step", name=path[after]) if after < len(path) else url_for("check")


def create_app(database: str) -> Flask:
    """The application on the SQLite file `database`."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="yardstick", TEMPLATES_AUTO_RELOAD=False)
    CSRFProtect(app)
    engine = create_engine(f"sqlite:///{database}")
    event.listen(engine, "connect", pragmas)
    Base.metadata.create_all(engine)

    def mine(orm: Session) -> Application:
        return orm.get(Application, session.get("application", "")) or abort(404)

    add_steps(app, lambda: Session(engine), mine)
    add_check(app, lambda: Session(engine), mine)
    return app


def add_steps(app: Flask, open_session: Callable[[], Session], mine: Callable[[Session], Application]) -> None:
    """The start and the four steps."""

    @app.get("/start")
    def start() -> Page:
        session["application"] = secrets.token_hex(16)
        with open_session() as orm:
            orm.add(Application(id=session["application"]))
            orm.commit()
        return redirect(url_for("step", name="name"))

    @app.route("/steps/<name>", methods=["GET", "POST"])
    def step(name: str) -> Page:
        title, form_class = STEPS.get(name) or abort(404)
        with open_session() as orm:
            application = mine(orm)
            form = form_class(obj=application)
            if form.validate_on_submit():
                form.populate_obj(application)
                address = next_page(name, application)
                orm.commit()
                return redirect(address, 303)
            page = render_template("step.html", title=title, form=form)
        return (page, 422) if form.is_submitted() else page


def add_check(app: Flask, open_session: Callable[[], Session], mine: Callable[[Session], Application]) -> None:
    """The page of answers, the submission, the receipt."""

    @app.route("/check", methods=["GET", "POST"])
    def check() -> Page:
        form = SubmitForm()
        with open_session() as orm:
            application = mine(orm)
            if form.validate_on_submit():
                application.reference = application.reference or secrets.token_hex(4)
                application.submitted_at = datetime.now(UTC)
                orm.commit()
                return redirect(url_for("receipt"), 303)
            shown = {
                field.label.text: getattr(application, field.name)
                for _, form_class in STEPS.values()
                for field in form_class()
                if field.name != "csrf_token" and getattr(application, field.name) is not None
            }
            return render_template("check.html", title="内容の確認", form=form, answers=shown)

    @app.get("/receipt")
    def receipt() -> Page:
        with open_session() as orm:
            return render_template("receipt.html", title="受け付けました", reference=mine(orm).reference)


def from_environment() -> Flask:
    """For gunicorn: the application on the file that `YARDSTICK_DATABASE` names."""
    return create_app(os.environ["YARDSTICK_DATABASE"])
