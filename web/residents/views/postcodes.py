"""What a postcode stands for, for the script that fills in an address."""

from flask import jsonify
from werkzeug.wrappers import Response

from engine.fields.keyboards import digits_of
from web.access import ANYONE, policy
from web.postcodes import places
from web.residents.routes import blueprint


@blueprint.get("/postcodes/<postcode>")
@policy(ANYONE)
def postcode_places(postcode: str) -> Response:
    """`{"places": [{"prefecture", "city", "street"}]}`; an unknown postcode has none."""
    found = [
        {"prefecture": place.prefecture, "city": place.city, "street": place.street}
        for place in places(digits_of(postcode))
    ]
    return jsonify(places=found)
