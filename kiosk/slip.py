"""What stands on the paper that a citizen takes home: content only, in the order of what matters; no layout.

It is our own, never an official receipt: only the competent office issues the acceptance slip (form 01 of Circular
03/2025/TT-VPCP). Until the portal's verified receipt it says "kept, not filed" and promises no date; by the route
`prepare` "prepared, not filed".
"""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from kiosk.dates import format_moment, format_weekday, vietnam_day
from kiosk.draft_slip import DraftSlip
from kiosk.fees import owed_text
from kiosk.form_rules import masked_number
from kiosk.guide import Guide
from kiosk.ids import format_slip_code
from kiosk.ports import DeviceStatus
from kiosk.texts import _, composed, without_stop

QR_PREFIX = "DTC1:"
_TOKEN_BYTES_MIN = 16  # 128 bits: not to be guessed; its SHA-256 is in the manifest


class SlipKind(StrEnum):
    """What the slip may claim."""

    FILED = "filed"
    KEPT = "kept"
    HELD = "held"
    PREPARED = "prepared"


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """One part of the dossier and how many pages of it were taken."""

    name: str
    pages: int


@dataclass(frozen=True, slots=True)
class SlipFee:
    """One line of what is owed, in whole đồng, with the reason shown to the citizen. None is for the counter to say."""

    name: str
    amount_vnd: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SlipOffice:
    """Where the slip was printed, and whom to call. `phone` may be empty: then the citizen asks at the counter."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class SlipDossier:
    """The dossier as the slip tells of it.

    `slip_code` is bare (ten characters); `token` is the random secret of the QR; `usual_time` is the service's own,
    such as "3 ngày làm việc"; `at_once` is what the citizen has to do before leaving, `next_steps` comes after.
    `online`: it goes to a portal by agreement; `reachable`: the submitter left a phone, e-mail or address.
    """

    slip_code: str
    token: bytes
    service_name: str
    owner_name: str
    owner_number: str
    papers: tuple[SlipPaper, ...]
    fees: tuple[SlipFee, ...]
    usual_time: str
    fee_note: str = ""
    at_once: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    helper_mark: str = ""
    online: bool = False
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class SlipReceipt:
    """What a verified receipt of the portal says."""

    received_at: datetime
    national_code: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class SlipPrinting:
    """This sheet of paper. `call_after` is the second working day from now, None where the calendar ends before it."""

    printed_at: datetime
    call_after: date | None
    copy_number: int = 1
    test: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """The finished content; every text is ready to be read. `slip_code` is grouped for reading aloud."""

    kind: SlipKind
    title: str
    office_name: str
    statement: str
    slip_code: str
    national_code: str  # "" while there is none; then `code_note` says so
    code_note: str
    service_name: str
    owner_name: str
    owner_number: str  # masked: paper gets lost
    next_steps: tuple[str, ...]
    contact: str
    phone: str
    papers: tuple[SlipPaper, ...]
    fees: tuple[SlipFee, ...]
    fee_note: str
    qr_text: str  # "" where nothing can be looked up
    footer: tuple[str, ...]
    marks: tuple[str, ...]  # what must be seen at once: a test, a reprint
    at_once: tuple[str, ...] = ()  # the steps that come before all others, before the citizen leaves

    @property
    def owed(self) -> str:
        """What is owed altogether, in words."""
        return owed_text(fee.amount_vnd for fee in self.fees)


Printable = Slip | Guide | DraftSlip


class ReceiptPrinter(Protocol):
    """A printer of slips, and of guides where no page printer can."""

    @property
    def name(self) -> str: ...

    def status(self) -> DeviceStatus: ...

    def print_slip(self, slip: Printable) -> None:
        """Print and cut. Blocks; raises DeviceProblem, after which nobody knows whether paper came out."""
        ...


@dataclass(frozen=True, slots=True)
class _Standing:
    """What differs between the kinds of slip."""

    kind: SlipKind
    title: str
    statement: str
    code_note: str
    next_steps: tuple[str, ...]
    contact: str
    national_code: str = ""


def filed_slip(office: SlipOffice, dossier: SlipDossier, receipt: SlipReceipt, printing: SlipPrinting) -> Slip:
    """The slip after a verified receipt."""
    due, keep = _usual_time(dossier), _("Xin giữ phiếu này để tra cứu và nhận kết quả.")
    if receipt.due_at is not None:
        due = _("Hẹn trả kết quả: {day}.").format(day=format_weekday(vietnam_day(receipt.due_at)))
    standing = _Standing(
        kind=SlipKind.FILED,
        title=_("PHIẾU NỘP HỒ SƠ TRỰC TUYẾN") if dossier.online else _("PHIẾU NỘP HỒ SƠ"),
        statement=_("Hồ sơ của ông/bà đã được nộp lúc {moment}.").format(moment=format_moment(receipt.received_at)),
        national_code=receipt.national_code or "",
        code_note="" if receipt.national_code else _("Mã hồ sơ: sẽ được cấp sau"),
        next_steps=(_news(dossier), due, *dossier.next_steps, keep),
        contact=_if_no_word(_("chưa có tin về hồ sơ"), office, printing),
    )
    return _slip(standing, office, dossier, printing)


def kept_slip(office: SlipOffice, dossier: SlipDossier, printing: SlipPrinting) -> Slip:
    """The slip while no receipt is there yet: the dossier is safe at the desk, and not filed."""
    standing = _Standing(
        kind=SlipKind.KEPT,
        title=_("PHIẾU GHI NHẬN – CHƯA NỘP"),
        statement=_("Hồ sơ của ông/bà đã được lưu an toàn tại máy này nhưng CHƯA NỘP."),
        code_note=_("Mã hồ sơ: chưa có"),
        next_steps=(
            _("Máy sẽ tự gửi hồ sơ. Ông/bà không phải làm lại."),
            _("Hồ sơ chỉ được coi là đã nộp khi cổng dịch vụ công xác nhận. Mời ông/bà hỏi tại quầy bằng mã phiếu."),
            _usual_time(dossier),
            *dossier.next_steps,
        ),
        contact=_if_no_word(_("chưa có tin là hồ sơ đã nộp"), office, printing),
    )
    return _slip(standing, office, dossier, printing)


def held_slip(office: SlipOffice, dossier: SlipDossier, printing: SlipPrinting) -> Slip:
    """The slip of a dossier that the portal refused: it is kept, and does not go out by itself any more."""
    standing = _Standing(
        kind=SlipKind.HELD,
        title=_("PHIẾU GHI NHẬN – CHƯA NỘP"),
        statement=_("Hồ sơ của ông/bà đã được lưu an toàn nhưng cổng chưa nhận. Cán bộ cần xem lại."),
        code_note=_("Mã hồ sơ: chưa có"),
        next_steps=(
            _("Mời ông/bà đưa phiếu này cho cán bộ tại quầy ngay bây giờ."),
            _("Hồ sơ chỉ được coi là đã nộp khi cổng dịch vụ công xác nhận."),
        ),
        contact=_("Cần hỏi thêm, {whom}").format(whom=_whom(office)),
    )
    return _slip(standing, office, dossier, printing)


def prepared_slip(office: SlipOffice, dossier: SlipDossier, printing: SlipPrinting) -> Slip:
    """The slip of the route `prepare`: the citizen files elsewhere, and nothing of it stays here."""
    bring = _("Ông/bà mang theo thẻ căn cước.")
    if dossier.papers:
        bring = _("Ông/bà mang theo thẻ căn cước và bản gốc các giấy tờ ghi trên phiếu này.")
    standing = _Standing(
        kind=SlipKind.PREPARED,
        title=_("PHIẾU CHUẨN BỊ HỒ SƠ – CHƯA NỘP"),
        statement=_("Máy đã CHUẨN BỊ giấy tờ giúp ông/bà. Hồ sơ CHƯA NỘP; máy không gửi và không giữ lại."),
        code_note=_("Mã hồ sơ: chưa có, vì hồ sơ chưa nộp"),
        next_steps=(*dossier.next_steps, bring, *dossier.at_once, _usual_time(dossier)),
        contact=_("Cần hỏi thêm, {whom}").format(whom=_whom(office)),
    )
    return _slip(standing, office, dossier, printing)


def _slip(standing: _Standing, office: SlipOffice, dossier: SlipDossier, printing: SlipPrinting) -> Slip:
    number = dossier.owner_number
    return Slip(
        kind=standing.kind,
        title=standing.title,
        office_name=office.name,
        statement=standing.statement,
        slip_code=format_slip_code(dossier.slip_code),
        national_code=standing.national_code,
        code_note=standing.code_note,
        service_name=dossier.service_name,
        owner_name=dossier.owner_name,
        owner_number=masked_number(number) if len(number) > 6 else "",  # a short one would be half told
        next_steps=standing.next_steps,
        contact=standing.contact,
        phone=office.phone,
        papers=dossier.papers,
        fees=dossier.fees,
        fee_note=dossier.fee_note,
        qr_text="" if standing.kind is SlipKind.PREPARED else qr_text(dossier.token),
        footer=_footer(dossier, printing),
        marks=_marks(printing),
        at_once=dossier.at_once if standing.kind in (SlipKind.FILED, SlipKind.KEPT) else (),
    )


def qr_text(token: bytes) -> str:
    """The text of the slip's QR: a random token and nothing else. ValueError for a token that could be guessed."""
    if len(token) < _TOKEN_BYTES_MIN:
        raise ValueError(f"a slip's token has at least {_TOKEN_BYTES_MIN} bytes")
    return QR_PREFIX + base64.urlsafe_b64encode(token).decode("ascii").rstrip("=")


def _news(dossier: SlipDossier) -> str:
    """Nobody is promised a word who left no way to send one."""
    if dossier.reachable:
        return _("Cán bộ kiểm tra hồ sơ. Nếu thiếu giấy tờ, cán bộ sẽ báo cho ông/bà.")
    return _("Cán bộ kiểm tra hồ sơ. Mời ông/bà hỏi tại quầy bằng mã phiếu.")


def _usual_time(dossier: SlipDossier) -> str:
    """The service's own words: a term ("3 ngày làm việc"), or where it is told."""
    return _("Thời gian giải quyết từ khi được tiếp nhận: {time}.").format(time=without_stop(dossier.usual_time))


def _if_no_word(no_news: str, office: SlipOffice, printing: SlipPrinting) -> str:
    """Whom to ask if no word comes in two working days."""
    if printing.call_after is None:
        until = _("Nếu sau 2 ngày làm việc")
    else:
        until = _("Nếu đến hết {day} (2 ngày làm việc)").format(day=format_weekday(printing.call_after))
    return composed("{} {}, {}", until, no_news, _whom(office))


def _whom(office: SlipOffice) -> str:
    return _("mời ông/bà gọi:") if office.phone else _("mời ông/bà hỏi tại quầy.")


def _footer(dossier: SlipDossier, printing: SlipPrinting) -> tuple[str, ...]:
    printed = _("In lúc {moment}").format(moment=format_moment(printing.printed_at))
    helped = _("Có người hỗ trợ: {mark}").format(mark=dossier.helper_mark) if dossier.helper_mark else ""
    no_receipt = _("Phiếu này không thay cho Giấy tiếp nhận hồ sơ và hẹn trả kết quả.")
    return tuple(line for line in (printed, helped, no_receipt) if line)


def _marks(printing: SlipPrinting) -> tuple[str, ...]:
    again = _("Bản in lại số {number}").format(number=printing.copy_number) if printing.copy_number > 1 else ""
    return tuple(mark for mark in (_("BẢN THỬ – KHÔNG CÓ GIÁ TRỊ") if printing.test else "", again) if mark)
