"""What stands on the small slip of a visit that was saved to be gone on with: the code, until when, what to bring.

Nothing of the person, and not which service: paper gets lost, and the code opens nothing without the card.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.dates import format_moment
from kiosk.ids import format_draft_code
from kiosk.texts import _


@dataclass(frozen=True, slots=True)
class DraftSlip:
    """The finished content; every text is ready to be read. `code` is grouped for reading aloud."""

    title: str
    office_name: str
    code: str
    until: str
    next_steps: tuple[str, ...]
    phone: str
    marks: tuple[str, ...]


def draft_slip(office: tuple[str, str], code: str, until: datetime, *, with_card: bool, test: bool) -> DraftSlip:
    """The slip for a bare code. `office` is its name and telephone ("" without one). `with_card`: a card was shown, and
    opens the draft together with the code."""
    return DraftSlip(
        title=_("PHIẾU LÀM TIẾP – CHƯA NỘP"),
        office_name=office[0],
        code=format_draft_code(code),
        until=_("Máy giữ đến {moment}, sau đó xóa.").format(moment=format_moment(until)),
        next_steps=next_steps(with_card=with_card),
        phone=office[1],
        marks=(_("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ"),) if test else (),
    )


def next_steps(*, with_card: bool) -> tuple[str, ...]:
    """How to go on with it."""
    bring = _("Mang theo thẻ căn cước và mã này.") if with_card else _("Mang theo giấy tờ tùy thân và mã này.")
    show = _("Đưa thẻ căn cước và nhập mã này.") if with_card else _("Nhờ cán bộ mở giúp bằng mã này.")
    return (bring, _("Ở đúng máy này, bấm “Làm tiếp hồ sơ đang dở”."), show)
