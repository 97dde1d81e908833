"""The pages for people with a personal account: log in, see what came in, read a dossier and its papers."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import FileResponse, RedirectResponse, StreamingResponse

from kiosk.manifest import DocumentRecord
from portal.accounts import Locked, LoggedIn, WrongPassword
from portal.formats import time_of_day
from portal.inbox import StoredDossier, inbox_page, paper, stored_dossier
from portal.site import FOLDER, HEADERS, SESSION_COOKIE, OfSite, Reader, is_own_form, set_cookie

SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
# A browser's own PDF reader is an object of the paper's page; nothing else of it may run or load.
_PAPER_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; object-src 'self'; img-src 'self'; "
    "style-src 'unsafe-inline'; frame-ancestors 'none'",
}

router = APIRouter(include_in_schema=False)

FormText = Annotated[str, Form()]


@router.get("/login")
def log_in_page(request: Request, site: OfSite) -> Response:
    """The form to log in with; without any account it says how to make one."""
    return site.page(request, "login.html", {"problem": "", "can_log_in": site.accounts.exist()})


@router.post("/login")
def log_in(request: Request, site: OfSite, name: FormText, password: FormText, form_token: FormText) -> Response:
    """Start a session, or say why not."""
    if not is_own_form(request, form_token):
        return site.message(request, 403, "Trang đăng nhập đã cũ. Xin mở lại trang và thử lại.")
    match site.accounts.log_in(name, password):
        case LoggedIn(token):
            response = RedirectResponse("/", 303, headers=HEADERS)
            set_cookie(request, response, SESSION_COOKIE, token)
            return response
        case Locked(until):
            problem = f"Đã nhập sai nhiều lần. Xin thử lại sau {time_of_day(until)}."
            return site.page(request, "login.html", {"problem": problem, "can_log_in": True}, 429)
        case WrongPassword():
            problem = "Tên hoặc mật khẩu không đúng."
            return site.page(request, "login.html", {"problem": problem, "can_log_in": True}, 401)


@router.post("/logout")
def log_out(request: Request, site: OfSite, form_token: FormText) -> Response:
    """End the session."""
    if not is_own_form(request, form_token):
        return site.message(request, 403, "Yêu cầu không đến từ trang này.")
    site.accounts.log_out(request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse("/login", 303, headers=HEADERS)
    response.delete_cookie(SESSION_COOKIE)
    return response


@router.get("/")
def inbox(request: Request, site: OfSite, reader: Reader, page: Annotated[int, Query(ge=1, le=10**6)] = 1) -> Response:
    """What came in, latest first."""
    return site.page(request, "inbox.html", {"reader": reader, "page": inbox_page(site.portal, page)})


@router.get("/dossiers/{client_ref}")
def dossier(request: Request, site: OfSite, reader: Reader, client_ref: UUID) -> Response:
    """One dossier; the look is logged first."""
    found = stored_dossier(site.portal, client_ref)
    if found is None:
        return site.message(request, 404, "Không có hồ sơ này.")
    site.accounts.record_viewing(reader, client_ref)
    values = {
        "reader": reader,
        "dossier": found,
        "manifest": found.manifest,
        "viewings": site.accounts.viewings(client_ref),
        "paper_names": {str(document.id): document.part.name for document in found.manifest.documents},
        "inline": SHOWN_INLINE,
    }
    return site.page(request, "dossier.html", values)


@router.get("/dossiers/{client_ref}/papers/{document_id}")
def dossier_paper(request: Request, site: OfSite, reader: Reader, client_ref: UUID, document_id: UUID) -> Response:
    """One paper; the look is logged first."""
    document = _document(stored_dossier(site.portal, client_ref), document_id)
    if document is None:
        return site.message(request, 404, "Không có giấy tờ này.")
    site.accounts.record_viewing(reader, client_ref, document_id)
    shown_inline = document.media_type in SHOWN_INLINE
    disposition = "inline" if shown_inline else "attachment"
    headers = {
        **_PAPER_HEADERS,
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(document.file_name, safe='')}",
        "Content-Length": str(document.size),
    }
    media_type = document.media_type if shown_inline else "application/octet-stream"
    return StreamingResponse(paper(site.portal, document), headers=headers, media_type=media_type)


@router.get("/static/portal.css")
def style() -> Response:
    """The pages' style."""
    return FileResponse(FOLDER / "static" / "portal.css", headers={"X-Content-Type-Options": "nosniff"})


def _document(found: StoredDossier | None, document_id: UUID) -> DocumentRecord | None:
    documents = found.manifest.documents if found else ()
    return next((document for document in documents if document.id == document_id), None)
