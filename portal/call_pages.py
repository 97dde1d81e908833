"""The page on which the office sees that somebody at a kiosk calls for help, and says that they come."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from portal.help_calls import open_calls, see
from portal.pages import FormText
from portal.site import HEADERS, SESSION_COOKIE, LogInFirst, OfSite, is_own_form

REFRESH_S = 5
"""The page asks again by itself: no script of ours runs in the portal's pages."""

router = APIRouter(include_in_schema=False)


def watcher_of(request: Request, site: OfSite) -> str:
    """The account of a session of today. It may lie open untouched all day: it shows nothing of anybody, and opens no
    dossier. Raises LogInFirst."""
    token = request.cookies.get(SESSION_COOKIE)
    name = site.accounts.on_watch(token) if token else None
    if name is None:
        raise LogInFirst
    return name


Watcher = Annotated[str, Depends(watcher_of)]


@router.get("/calls")
def calls(request: Request, site: OfSite, watcher: Watcher) -> Response:
    """Who calls now, longest first."""
    page = site.page(request, "calls.html", {"reader": watcher, "calls": open_calls(site.portal)})
    page.headers["Refresh"] = str(REFRESH_S)
    return page


@router.post("/calls/{call_id}")
def come(request: Request, site: OfSite, watcher: Watcher, call_id: UUID, form_token: FormText) -> Response:
    """ "Tôi đến ngay": the kiosk tells it to who waits there."""
    if not is_own_form(request, form_token):
        return site.message(request, 403, "Yêu cầu không đến từ trang này.")
    see(site.portal, call_id, watcher)
    return RedirectResponse("/calls", 303, headers=HEADERS)
