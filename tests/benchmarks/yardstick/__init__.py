"""The yardstick: the same five-step form, written by hand as an able programmer would with Flask-WTF and the ORM."""
