"""How values of a dossier are worded on the portal's pages."""

from collections.abc import Mapping
from datetime import datetime

from kiosk.manifest import Assurance, Party, WireAddress
from portal.instants import VIETNAM

_SOURCES = {"card": "đọc từ thẻ", "citizen": "công dân khai", "helper": "người hỗ trợ nhập", "computed": "máy tính ra"}
_DELIVERIES = {"desk": "Nhận tại quầy", "post": "Nhận qua bưu điện", "electronic": "Nhận bản điện tử"}
_ROUTES = {"desk": "Nộp tại quầy một cửa", "online_by_agreement": "Nộp trực tuyến theo thỏa thuận"}
_COPIES = {
    "original": "bản chính",
    "certified": "bản sao có chứng thực",
    "copy": "bản chụp",
    "electronic": "bản điện tử",
}
_ORIGINS = {"scanner": "máy quét", "camera": "máy ảnh", "file": "tệp", "generated": "máy lập"}
_PAYMENTS = {"at_counter": "nộp tại quầy", "paid": "đã nộp", "none": "không phải nộp"}
_CONSENTS = {"privacy": "Xử lý dữ liệu cá nhân", "helper": "Có người hỗ trợ", "declaration": "Cam đoan"}
_HELPERS = {
    "none": "không có",
    "volunteer": "tình nguyện viên",
    "staff": "cán bộ",
    "relative": "người nhà",
}
_ACTORS = {
    "citizen": "công dân",
    "helper": "người hỗ trợ",
    "staff": "cán bộ",
    "kiosk": "máy",
    "portal": "cổng",
}
_EVENTS = {"declared": "Công dân đã cam đoan", "sealed": "Đã khóa hồ sơ tại máy"}

WORDS: Mapping[str, Mapping[str, str]] = {
    "source": _SOURCES,
    "delivery": _DELIVERIES,
    "route": _ROUTES,
    "copy": _COPIES,
    "origin": _ORIGINS,
    "payment": _PAYMENTS,
    "consent": _CONSENTS,
    "helper": _HELPERS,
    "actor": _ACTORS,
    "event": _EVENTS,
}


def word(code: str, kind: str) -> str:
    """The Vietnamese word for a code of one of WORDS; a code that is not known is shown as it is."""
    return WORDS[kind].get(code, code)


def instant(value: datetime) -> str:
    """Day and time in Vietnam, "21/11/2026 08:05"."""
    return value.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def time_of_day(value: datetime) -> str:
    """The time in Vietnam, "08:05"."""
    return value.astimezone(VIETNAM).strftime("%H:%M")


def date(value: str | None) -> str:
    """An ISO date of reduced precision in Vietnamese order: "1958-03" becomes "03/1958"."""
    return "/".join(reversed(value.split("-"))) if value else ""


def dong(value: int | None) -> str:
    """An amount, "16.000 đ"; None is one that the kiosk did not know."""
    if value is None:
        return "chưa rõ"
    return f"{value:,} đ".replace(",", ".")


def size(value: int) -> str:
    """The size of a file, "1,4 MB"."""
    return f"{value / 1_000_000:.1f} MB".replace(".", ",") if value >= 100_000 else f"{value / 1000:.0f} kB"


def address(value: WireAddress | None) -> str:
    """An address on one line; what a card printed stands where nothing newer was chosen."""
    if value is None:
        return ""
    parts = (value.line, value.commune.name if value.commune else "", value.province.name if value.province else "")
    return ", ".join(part for part in parts if part) or value.as_printed


def assurance(value: Assurance) -> str:
    """How sure the desk is of a person; a card's code proves nothing and is never called verified."""
    match value.level:
        case "typed":
            return "tự khai, chưa đối chiếu"
        case "card_code":
            return "theo mã trên thẻ, chưa đối chiếu"
        case "card_seen_by_staff":
            return f"cán bộ đã xem thẻ ({value.attested_by})"
        case "vneid":
            return "tài khoản VNeID"


def identity_numbers(value: Party) -> str:
    """The papers that name a person, on one line."""
    return "; ".join(
        " ".join(part for part in (paper.number, issued(paper.issued_on, paper.issued_by)) if part)
        for paper in value.ids
    )


def issued(on: str | None, by: str) -> str:
    """When and by whom a paper was issued, in brackets; empty if neither is known."""
    known = ", ".join(part for part in (date(on), by) if part)
    return f"(cấp {known})" if known else ""


FILTERS = {
    "word": word,
    "instant": instant,
    "time_of_day": time_of_day,
    "date": date,
    "dong": dong,
    "size": size,
    "address": address,
    "assurance": assurance,
    "identity_numbers": identity_numbers,
}
