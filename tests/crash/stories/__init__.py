"""Whole cases, played by everybody who has a part in them."""

from collections.abc import Callable, Mapping

from tests.crash.play import Play
from tests.crash.stories import certified, exchange, money, office, people, upgraded

Story = Callable[[Play], None]

STORIES: Mapping[str, Story] = {
    "certified": certified.certified,
    "corrected": office.corrected,
    "batch": office.batch,
    "letters": people.letters,
    "signed in": people.signed_in,
    "konbini": money.konbini,
    "issue fee": money.issue_fee,
    "refunded": money.refunded,
    "counter": money.counter,
    "system": exchange.system,
    "closing": money.closing,
    "upgraded": upgraded.upgraded,
}
