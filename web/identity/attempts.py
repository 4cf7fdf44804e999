"""Where sign-ins that are under way wait: Flask's signed cookie session, used for nothing else."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class Attempts(SecureCookieSessionInterface):
    """Costs nothing on the pages of everybody who is not about to sign in."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """An empty session where there is no cookie, without setting up what would verify it."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nothing where there was nothing and nobody has looked, without finding out what a cookie would be like."""
        if session or session.accessed:
            super().save_session(app, session, response)
