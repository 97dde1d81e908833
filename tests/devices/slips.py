"""Made-up slips for tests of layout and printers."""

from datetime import UTC, date, datetime

from kiosk.slip import (
    Slip,
    SlipDossier,
    SlipFee,
    SlipOffice,
    SlipPaper,
    SlipPrinting,
    SlipReceipt,
    filed_slip,
    held_slip,
    kept_slip,
)

NOW = datetime(2026, 11, 16, 7, 5, tzinfo=UTC)  # 14:05 in Việt Nam
OFFICE = SlipOffice("Bộ phận Một cửa xã Mẫu", "024 0000 0000")
DOSSIER = SlipDossier(
    slip_code="7K2M9PQR4D",
    token=bytes(range(16)),
    service_name="Cấp bản sao trích lục hộ tịch",
    owner_name="NGUYỄN VĂN MẪU",
    owner_number="001058000123",
    papers=(SlipPaper("Giấy ủy quyền", 2),),
    fees=(SlipFee("Phí cấp bản sao trích lục", 16000, "2 bản × 8.000 đồng"),),
    usual_time="trong ngày làm việc",
    reachable=True,
)
RECEIPT = SlipReceipt(NOW, "H26.21.3-261116-0012", None)
PRINTING = SlipPrinting(NOW, date(2026, 11, 18))


def filed() -> Slip:
    """A slip after a receipt."""
    return filed_slip(OFFICE, DOSSIER, RECEIPT, PRINTING)


def kept() -> Slip:
    """A slip before it."""
    return kept_slip(OFFICE, DOSSIER, PRINTING)


def held() -> Slip:
    """A slip of what the portal refused."""
    return held_slip(OFFICE, DOSSIER, PRINTING)
