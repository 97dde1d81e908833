"""The slip of a dossier that exists nowhere: what a printer is tried with."""

from datetime import datetime, timedelta

from kiosk.slip import Slip, SlipDossier, SlipFee, SlipOffice, SlipPaper, SlipPrinting, kept_slip
from kiosk.texts import _


def specimen_slip(now: datetime) -> Slip:
    """Every kind of line that a slip has, marked a test, with the letters that printers get wrong. Its code opens
    nothing."""
    printing = SlipPrinting(printed_at=now, call_after=(now + timedelta(days=2)).date(), test=True)
    dossier = SlipDossier(
        slip_code="0000000000",
        token=bytes(16),
        service_name=_("Phiếu thử: Ẫ Ễ Ỗ Ữ Ặ ỵ đ ạ"),
        owner_name="NGUYỄN VĂN MẪU",
        owner_number="",
        papers=(SlipPaper(_("Giấy tờ thử"), 1),),
        fees=(SlipFee(_("Không có phí"), 0),),
        usual_time=_("0 ngày làm việc"),
    )
    return kept_slip(SlipOffice(_("Kiểm tra thiết bị"), ""), dossier, printing)
