"""Tests of the portal's pages (portal/pages.py, portal/site.py): who may read, what is shown, what is logged."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import requests

from portal.accounts import FREE_TRIES, Accounts
from portal.opening import Portal
from portal.site import FORM_COOKIE, SESSION_COOKIE
from tests.portal.desk import NAME, NUMBER, TIMEOUT_S, Desk, Dossier, document, dossier_of

PASSWORD = "mật khẩu dài"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000000049454e44ae426082"
)


class Browser:
    """A browser that keeps cookies and goes where it is sent."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = requests.Session()
        self.http.trust_env = False

    def get(self, path: str) -> requests.Response:
        return self.http.get(self.url + path, timeout=TIMEOUT_S)

    def post(self, path: str, **form: str) -> requests.Response:
        return self.http.post(self.url + path, data=form, timeout=TIMEOUT_S)

    def form_token(self, path: str) -> str:
        found = re.search(r'name="form_token" value="([^"]+)"', self.get(path).text)
        assert found
        return found[1]

    def log_in(self, password: str = PASSWORD) -> requests.Response:
        return self.post("/login", name="mau", password=password, form_token=self.form_token("/login"))


@pytest.fixture
def stranger(portal: Portal, url: str) -> Iterator[Browser]:
    """Has an account and is not logged in."""
    Accounts(portal.database, portal.now).add("mau", PASSWORD)
    browser = Browser(url)
    yield browser
    browser.http.close()


@pytest.fixture
def reader(stranger: Browser) -> Browser:
    """Is logged in."""
    assert stranger.log_in().status_code == 200
    return stranger


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    """Two papers: a PDF and a picture with a hostile name."""
    pdf = document(b"%PDF-1.7 made up")
    hostile = {"media_type": "image/png", "file_name": 'a"; x=\r\n<script>.png'}
    filed = dossier_of(desk.manifest(pdf, document(PNG, **hostile)), b"%PDF-1.7 made up", PNG)
    assert desk.file(filed).status_code == 201
    return filed


def test_without_an_account_the_page_says_how_to_make_one(url: str) -> None:
    browser = Browser(url)
    page = browser.get("/")
    assert page.url == f"{url}/login"
    assert "kiosk portal user add" in page.text
    browser.http.close()


def test_every_page_of_a_dossier_needs_a_session(stranger: Browser, dossier: Dossier) -> None:
    for path in ("/", f"/dossiers/{dossier.client_ref}", f"/dossiers/{dossier.client_ref}/papers/{dossier.client_ref}"):
        page = stranger.get(path)
        assert page.url == f"{stranger.url}/login"
        assert NAME not in page.text


def test_logging_in_shows_the_list_with_names_shortened(reader: Browser, dossier: Dossier) -> None:
    page = reader.get("/")
    assert "NGUYỄN V. M." in page.text
    assert NAME not in page.text
    assert f"/dossiers/{dossier.client_ref}" in page.text
    assert "BẢN THỬ" in page.text


def test_the_session_cookie_is_for_this_site_and_no_script(stranger: Browser) -> None:
    form = {"name": "mau", "password": PASSWORD, "form_token": stranger.form_token("/login")}
    answer = stranger.http.post(f"{stranger.url}/login", data=form, timeout=TIMEOUT_S, allow_redirects=False)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))


def test_a_wrong_password_is_told_and_then_locked(stranger: Browser) -> None:
    for _ in range(FREE_TRIES):
        page = stranger.log_in("sai mật khẩu")
        assert (page.status_code, "không đúng" in page.text) == (401, True)
    page = stranger.log_in()
    assert (page.status_code, "thử lại sau" in page.text) == (429, True)


@pytest.mark.parametrize("path", ["/login", "/logout"])
def test_a_form_of_another_site_is_refused(reader: Browser, path: str) -> None:
    assert reader.post(path, name="mau", password=PASSWORD, form_token="guessed").status_code == 403
    reader.http.cookies.pop(FORM_COOKIE)
    assert reader.post(path, name="mau", password=PASSWORD, form_token="").status_code in (403, 422)
    assert "Hồ sơ đã nhận" in reader.get("/").text


def test_logging_out_ends_the_session_here_and_at_the_portal(reader: Browser) -> None:
    token = reader.http.cookies[SESSION_COOKIE]
    reader.post("/logout", form_token=reader.form_token("/"))
    assert SESSION_COOKIE not in reader.http.cookies
    reader.http.cookies.set(SESSION_COOKIE, token)
    assert reader.get("/").url == f"{reader.url}/login"


def test_a_dossier_shows_everything_and_where_it_came_from(reader: Browser, dossier: Dossier) -> None:
    text = reader.get(f"/dossiers/{dossier.client_ref}").text
    for shown in (
        NAME,
        NUMBER,
        "03/1958",
        "theo mã trên thẻ, chưa đối chiếu",
        "đọc từ thẻ",
        "công dân khai",
        "người hỗ trợ nhập",
        "Không rõ",
        "16.000 đ",
        "Tôi cam đoan lời khai là đúng.",
        "tình nguyện viên, LÊ THỊ VÍ DỤ, Đoàn phường Mẫu",
        "16/11/2026 12:00",
        "Giấy tờ chứng minh",
    ):
        assert shown in text, shown


def test_what_people_wrote_is_escaped(reader: Browser, desk: Desk) -> None:
    hostile = desk.dossier(summary="<script>alert(1)</script>")
    desk.file(hostile)
    text = reader.get(f"/dossiers/{hostile.client_ref}").text
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def papers_of(reader: Browser, dossier: Dossier) -> list[str]:
    text = reader.get(f"/dossiers/{dossier.client_ref}").text
    return list(dict.fromkeys(re.findall(r'href="(/dossiers/[^"]+/papers/[^"]+)"', text)))


def test_papers_are_shown_in_the_browser(reader: Browser, dossier: Dossier) -> None:
    pdf, picture = (reader.get(path) for path in papers_of(reader, dossier))
    assert (pdf.headers["Content-Type"], pdf.content) == ("application/pdf", b"%PDF-1.7 made up")
    assert (picture.headers["Content-Type"], picture.content) == ("image/png", PNG)
    name = quote('a"; x=\r\n<script>.png', safe="")
    assert picture.headers["Content-Disposition"] == f"inline; filename*=UTF-8''{name}"


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/xhtml+xml"])
def test_a_paper_that_could_run_is_only_downloaded(reader: Browser, desk: Desk, media_type: str) -> None:
    page = b"<script>alert(1)</script>"
    hostile = dossier_of(desk.manifest(document(page, media_type=media_type)), page)
    desk.file(hostile)
    [path] = papers_of(reader, hostile)
    answer = reader.get(path)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_every_look_is_logged_and_shown(portal: Portal, reader: Browser, dossier: Dossier) -> None:
    reader.get("/")
    [pdf, _] = papers_of(reader, dossier)
    reader.get(pdf)
    viewings = Accounts(portal.database, portal.now).viewings(dossier.client_ref)
    assert [(viewing.account, viewing.document_id) for viewing in viewings] == [
        ("mau", pdf.rpartition("/")[2]),
        ("mau", None),
    ]
    text = reader.get(f"/dossiers/{dossier.client_ref}").text
    assert "mau: Giấy tờ chứng minh" in text.partition("Ai đã xem")[2]


def test_what_is_not_there_is_said_in_vietnamese(reader: Browser, dossier: Dossier) -> None:
    nothing = "00000000-0000-7000-8000-000000000000"
    for path in (f"/dossiers/{nothing}", f"/dossiers/{dossier.client_ref}/papers/{nothing}"):
        page = reader.get(path)
        assert page.status_code == 404
        assert "Không có" in page.text


def test_pages_allow_no_script_and_no_frame_and_no_cache(reader: Browser, dossier: Dossier) -> None:
    for path in ("/login", "/", f"/dossiers/{dossier.client_ref}", *papers_of(reader, dossier)):
        headers = reader.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_the_style_is_there(stranger: Browser) -> None:
    style = stranger.get("/static/portal.css")
    assert style.headers["Content-Type"].startswith("text/css")
    assert "style=" not in stranger.get("/login").text  # the policy allows none inline


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999"])
def test_a_page_number_that_is_none_is_refused(reader: Browser, page: str) -> None:
    assert reader.get(f"/?page={page}").status_code == 422


def test_a_page_beyond_the_last_is_empty(reader: Browser, dossier: Dossier) -> None:
    assert str(dossier.client_ref) not in reader.get("/?page=7").text
