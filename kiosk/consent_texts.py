"""The exact words that a citizen agrees to; their digest is filed with the consent, so that it can be proved."""

from kiosk.catalog import Route, Service
from kiosk.texts import _
from kiosk.visit import Helper, HelperKind


def privacy_text(office: str, route: Route) -> str:
    """One purpose, said plainly, never ticked beforehand (Law 91/2025/QH15 on personal data, in force 1 Jan 2026)."""
    text = _(
        "Tôi đồng ý để {office} dùng thông tin và giấy tờ tôi đưa vào máy này, chỉ để nộp và giải quyết hồ sơ của tôi."
    )
    if route is Route.PREPARE:
        text = _(
            "Tôi đồng ý để {office} dùng thông tin và giấy tờ tôi đưa vào máy này, "
            "chỉ để chuẩn bị và in giấy tờ cho tôi."
        )
    return text.format(office=office)


def privacy_facts(route: Route, kept_h: int = 0) -> tuple[str, ...]:
    """Who sees the data, where they go and when they are gone. An unfinished visit is kept for so many hours; 0 where
    none is."""
    never_asked = _("Không ai được hỏi mã OTP hay mật khẩu của ông/bà.")
    half_way = _("Làm dở thì máy giữ kín phần đang làm nhiều nhất {hours} giờ để làm tiếp, rồi xóa.").format(
        hours=kept_h
    )
    last = (half_way, never_asked) if kept_h else (never_asked,)
    if route is Route.PREPARE:
        return (
            _("Máy không gửi thông tin và giấy tờ của ông/bà đi đâu."),
            _("Máy xóa hết khi ông/bà làm xong hoặc bấm “Rời máy, xóa hết”."),
            *last,
        )
    return (
        _("Chỉ cán bộ giải quyết hồ sơ được xem."),
        _("Máy giữ hồ sơ có khóa mã, và xóa sau khi cơ quan đã nhận đủ."),
        *last,
    )


def helper_text(route: Route, helper: Helper) -> str:
    """What this helper may do, and what only the citizen does, for this one dossier."""
    who = helper_band_text(helper)
    if route is Route.PREPARE:
        text = _(
            "Tôi đồng ý để {who} giúp tôi thao tác trên máy này trong lần này. "
            "Tôi tự quyết định nội dung. Tôi có thể dừng bất cứ lúc nào."
        )
        return text.format(who=who)
    text = _(
        "Tôi đồng ý để {who} giúp tôi thao tác trên máy này trong lần nộp này. "
        "Tôi tự quyết định nội dung và tự bấm Nộp. Tôi có thể dừng bất cứ lúc nào."
    )
    return text.format(who=who)


def declaration_text(service: Service) -> str:
    """The pledge of the service's own form, in the first person."""
    return _(service.declaration_pledge)


def helper_kind_text(kind: HelperKind) -> str:
    """The role's name."""
    match kind:
        case HelperKind.NONE:
            return _("Tự thực hiện")
        case HelperKind.VOLUNTEER:
            return _("Đoàn viên, tình nguyện viên")
        case HelperKind.STAFF:
            return _("Cán bộ")
        case HelperKind.RELATIVE:
            return _("Người thân")


def helper_role_text(helper: Helper) -> str:
    """The helper's role; who has shown no badge with its PIN has told a name that nobody has checked."""
    role = helper_kind_text(helper.kind)
    return role if helper.code else _("{role}, không xác minh").format(role=role)


def helper_band_text(helper: Helper) -> str:
    """Who helps, for the band that stays on every page and for the consent; empty where nobody has been named."""
    return " – ".join(part for part in (helper.name, helper.unit) if part)
