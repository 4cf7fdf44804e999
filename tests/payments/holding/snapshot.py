"""What stands in the books, without what chance and the clock wrote there."""

from typing import Any

from sqlalchemy import Connection

QUERIES = (
    "SELECT status FROM application ORDER BY id",
    "SELECT status, method, yen FROM charge ORDER BY demanded_at, id",
    "SELECT attempt, status, session_id, waiting_until IS NULL FROM checkout ORDER BY attempt, session_id",
    "SELECT provider, payment_id, state, yen FROM payment ORDER BY payment_id",
    """SELECT p.payment_id, c.purpose, s.yen FROM payment_share s JOIN payment p ON p.id = s.payment_id
       JOIN charge c ON c.id = s.charge_id ORDER BY p.payment_id, c.purpose, s.yen""",
    """SELECT r.yen, r.status, r.provider_refund_id, p.payment_id
       FROM refund r JOIN payment p ON p.id = r.payment_id ORDER BY r.requested_at""",
    "SELECT dispute_id, status, yen FROM dispute ORDER BY dispute_id",
    """SELECT kind, CASE WHEN kind LIKE 'fee_%' THEN 'a case' ELSE provider_object END, expected, found,
       resolved_at IS NULL FROM discrepancy""",  # of a fee that changed, the subject is the case's own number
    """SELECT kind, state, payload, CASE WHEN state = 'done' OR attempts < 2 THEN 0 ELSE attempts END
       FROM job WHERE kind LIKE 'payment.%' ORDER BY kind, payload, state""",
    "SELECT event_id, handled_at IS NULL FROM provider_event ORDER BY event_id",
    """SELECT p.kind, e.debit, e.credit, e.yen, CAST(p.day AS TEXT)
       FROM ledger_posting p JOIN ledger_entry e ON e.posting_id = p.id
       ORDER BY p.day, p.kind, e.debit, e.credit, e.yen""",
    "SELECT transaction_id FROM provider_transaction ORDER BY transaction_id",
)


def books(connection: Connection) -> tuple[object, ...]:
    """Rows of everything about money, in an order that depends neither on the run nor on where NULL sorts."""
    driver: Any = connection.connection.driver_connection
    return tuple(tuple(sorted(driver.execute(query).fetchall(), key=str)) for query in QUERIES)
