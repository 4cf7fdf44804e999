"""/finance/bank: handing in a statement of the bank, looking at what it says, importing it, and reading it again."""

from flask import Response, redirect, request

from engine.digits import LARGEST_SHORT, whole
from engine.words import say
from payments.bank.files import LONGEST_ACCOUNT, Preview, hand_in, preview
from payments.bank.importing import FileHasTroubles, confirm
from payments.bank.reading import accounts, statement, statements
from web.access import MAY, policy
from web.context import current_actor, language, now, reading, writing
from web.finance.frame import READER, blueprint, show

SHOWN = 30
"""Troubles, and new lines, that the preview shows; how many more there are is told."""


@blueprint.get("/finance/bank")
@policy(READER)
def show_bank() -> Response:
    """The accounts, the statements, and the form to hand in another."""
    return _bank()


@blueprint.post("/finance/bank")
@policy(MAY("finance.bank"))
def take_file() -> Response:
    """Keep the file until it is confirmed, and show what it says."""
    upload = request.files.get("file")
    account = request.form.get("account", "").strip()
    if upload is None or not upload.filename:
        return _bank([("#file", say("finance.bank_no_file", language()))], account)
    if len(account) > LONGEST_ACCOUNT:
        return _bank([("#account", say("finance.bank_account_long", language(), most=LONGEST_ACCOUNT))], "")
    content = upload.read()
    with writing() as session:
        file_id = hand_in(session, current_actor(), now(), upload.filename, content, account)
    return redirect(f"/finance/bank/files/{file_id}", 303)


@blueprint.get("/finance/bank/files/<file_id>")
@policy(MAY("finance.bank"))
def show_file(file_id: str) -> Response:
    """What a file says and what is wrong with it, before it is imported. 404 for one that is not there."""
    with reading() as session:
        return _preview(preview(session, file_id))


@blueprint.post("/finance/bank/files/<file_id>/confirm")
@policy(MAY("finance.bank"))
def take_confirmation(file_id: str) -> Response:
    """Import all of it."""
    try:
        with writing() as session:
            new = confirm(session, current_actor(), now(), file_id)
    except FileHasTroubles:
        with reading() as session:
            return _preview(preview(session, file_id), 422)
    return redirect(f"/finance/bank?new={new}", 303)


@blueprint.get("/finance/bank/statements/<statement_id>")
@policy(READER)
def show_statement(statement_id: str) -> Response:
    """Its lines, and what each is. 404 for one that is not there."""
    with reading() as session:
        return show("statement.html", statement=statement(session, statement_id))


def _bank(problems: list[tuple[str, str]] | None = None, account: str = "") -> Response:
    with reading() as session:
        known, held = accounts(session), statements(session)
    return show(
        "bank.html",
        422 if problems else 200,
        problems=problems or [],
        account=account,
        accounts=known,
        statements=held,
        new=whole(request.args.get("new", ""), LARGEST_SHORT),
    )


def _preview(seen: Preview, status: int = 200) -> Response:
    troubles = seen.reading.troubles
    return show(
        "bank_file.html",
        status,
        seen=seen,
        parts=list(zip(seen.reading.statements, seen.fresh, strict=True)),
        troubles=[(trouble.place, trouble.say(language())) for trouble in troubles[:SHOWN]],
        more=max(0, len(troubles) - SHOWN),
        shown=SHOWN,
    )
