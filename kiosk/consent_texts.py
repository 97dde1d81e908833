"""The exact words that a citizen agrees to; their digest is filed with the consent, so that it can be proved."""

from kiosk.catalog import Service
from kiosk.texts import _
from kiosk.visit import Helper, HelperKind


def privacy_text(office: str) -> str:
    """One purpose, said plainly, never ticked beforehand (Law 91/2025/QH15 on personal data, in force 1 Jan 2026)."""
    return _(
        "Tôi đồng ý để {office} dùng thông tin và giấy tờ tôi đưa vào máy này, chỉ để nộp và giải quyết hồ sơ của tôi."
    ).format(office=office)


def helper_text() -> str:
    """What a helper may do, and what only the citizen does; the helper is named on the same page."""
    return _(
        "Tôi đồng ý để người này giúp tôi thao tác trên máy trong lần nộp này. "
        "Tôi tự quyết định nội dung và tự bấm Nộp. Tôi có thể dừng bất cứ lúc nào."
    )


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


def helper_band_text(helper: Helper) -> str:
    """Who helps, for the band that stays on every page; empty where nobody has been named."""
    return " – ".join(part for part in (helper.name, helper.unit) if part)
