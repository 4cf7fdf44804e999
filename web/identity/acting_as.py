"""Acting as oneself or for the business that the sign-in told of."""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from web.access import RESIDENT, policy
from web.context import services, visit, writing
from web.identity.addresses import issuer_address
from web.identity.pages import blueprint
from web.identity.sessions import act_as
from web.pages.local_paths import local_path

WHO = frozenset({"self", "business"})


@blueprint.post("/account/act-as")
@policy(RESIDENT)
def choose_whom() -> Response:
    """Switch, and go to where one's own cases of that kind are: those of the other are not there any more."""
    who, token = request.form.get("as", ""), visit().session_token
    if token and who in WHO:
        with writing() as session:
            act_as(session, token, who)
    return redirect("/applications", 303)


@blueprint.get("/sign-in/as-business")
@policy(RESIDENT)
def business_needed() -> str:
    """Says that a procedure is for businesses, with the ways to sign in for one."""
    then, signed_in = local_path(request.args.get("next")), visit().signed_in
    able = [one for one in services().issuers.configured if one.knows_businesses]
    return render_template(
        "identity/as_business.html",
        business=signed_in.business if signed_in else None,
        links=[(one.title, issuer_address(one.id, then)) for one in able],
    )
