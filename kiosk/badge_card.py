"""What stands on a helper's badge: content only, ready to be read; no layout."""

from dataclasses import dataclass

from kiosk.badges import MadeBadge
from kiosk.dates import format_day
from kiosk.texts import _


@dataclass(frozen=True, slots=True)
class BadgeCard:
    """The finished content. `mark` is on the badges of a demo alone."""

    title: str
    name: str
    unit: str
    code: str
    qr_text: str
    until: str
    notes: tuple[str, ...]
    mark: str = ""


def badge_card(made: MadeBadge, *, demo: bool = False) -> BadgeCard:
    """The card of a badge that was just made."""
    return BadgeCard(
        title=_("NGƯỜI HỖ TRỢ"),
        name=made.helper.name,
        unit=made.helper.unit,
        code=made.helper.code,
        qr_text=made.badge.text,
        until=_("Dùng đến hết ngày {day}").format(day=format_day(made.last_day)),
        notes=(
            _("Thẻ chỉ của một người, dùng cùng mã PIN của người đó. Không cho mượn, không chụp ảnh mã vuông."),
            _("Người hỗ trợ không quyết định và không bấm Nộp thay. Mất thẻ: báo ngay cho cán bộ Bộ phận Một cửa."),
        ),
        mark=_("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ") if demo else "",
    )
