"""What the pages for people are made with: templates, security headers, cookies, and who is logged in."""

import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, cast

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from portal.accounts import SESSION_MAX_S, Accounts
from portal.formats import FILTERS
from portal.opening import Portal

FOLDER = Path(__file__).parent
SESSION_COOKIE = "portal_session"
FORM_COOKIE = "portal_form"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class LogInFirst(Exception):
    """A page was asked for without a session."""


@dataclass(frozen=True, slots=True)
class Site:
    """The portal as people see it."""

    portal: Portal
    accounts: Accounts
    templates: Environment

    def page(self, request: Request, name: str, values: dict[str, object], status: int = 200) -> Response:
        """A page with its security headers, and the form token that its forms send back."""
        form_token = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
        shown = {"test": self.portal.test, "form_token": form_token, **values}
        response = HTMLResponse(self.templates.get_template(name).render(shown), status, headers=HEADERS)
        set_cookie(request, response, FORM_COOKIE, form_token)
        return response

    def message(self, request: Request, status: int, text: str) -> Response:
        """A page that says one sentence."""
        return self.page(request, "message.html", {"text": text}, status)


def make_site(portal: Portal, accounts: Accounts) -> Site:
    """The site of a portal; everything that comes from outside is escaped in its pages."""
    templates = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(FILTERS)
    return Site(portal, accounts, templates)


def site_of(request: Request) -> Site:
    """The site that the app was made with."""
    return cast(Site, request.app.state.site)


OfSite = Annotated[Site, Depends(site_of)]


def reader_of(request: Request, site: OfSite) -> str:
    """The account whose session the request carries. Raises LogInFirst."""
    token = request.cookies.get(SESSION_COOKIE)
    name = site.accounts.who(token) if token else None
    if name is None:
        raise LogInFirst
    return name


Reader = Annotated[str, Depends(reader_of)]


def to_log_in(_request: Request, _error: Exception) -> Response:
    """Show the way to who has no session."""
    return RedirectResponse("/login", 303, headers={"Cache-Control": "no-store"})


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """A cookie that no script reads and no other site sends."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, SESSION_MAX_S, httponly=True, samesite="strict", secure=secure)


def is_own_form(request: Request, form_token: str) -> bool:
    """Whether a form carries what the cookie carries: another site can make a browser send neither."""
    cookie = request.cookies.get(FORM_COOKIE, "")
    return bool(cookie) and hmac.compare_digest(cookie.encode(), form_token.encode())
