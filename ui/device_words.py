"""What the staff read of a device: its kind, how it is, and what to do about it."""

from collections.abc import Callable, Mapping

from kiosk.counter_devices import DeviceKind
from kiosk.ports import DeviceReason, DeviceStatus, Ready
from kiosk.texts import _


def kind_words(kind: DeviceKind) -> str:
    """The device's everyday name."""
    match kind:
        case DeviceKind.CAMERA:
            return _("Máy ảnh đọc thẻ")
        case DeviceKind.PAPER_CAMERA:
            return _("Máy ảnh chụp giấy")
        case DeviceKind.SCANNER:
            return _("Máy quét")
        case DeviceKind.CODE_SCANNER:
            return _("Máy quét mã cầm tay")
        case DeviceKind.FILES:
            return _("Cổng cắm USB")
        case DeviceKind.PRINTER:
            return _("Máy in phiếu")
        case DeviceKind.PAGE_PRINTER:
            return _("Máy in A4")
        case DeviceKind.LAMP:
            return _("Đèn báo gọi hỗ trợ")
        case DeviceKind.MRZ_READER:
            return _("Bộ đọc dòng chữ sau thẻ")
        case DeviceKind.PRINT_READER:
            return _("Bộ đọc chữ in")


def state_words(kind: DeviceKind, status: DeviceStatus) -> tuple[str, str]:
    """How it is, and what to do, which is empty where nothing is to be done."""
    if isinstance(status, Ready):
        return _("Dùng được"), ""
    return reason_words(kind, status.reason)


def reason_words(kind: DeviceKind, reason: DeviceReason) -> tuple[str, str]:
    """What is wrong, and what to do."""
    match kind, reason:
        case DeviceKind.FILES, DeviceReason.NOT_CONNECTED:
            return _("Chưa cắm USB"), _("Cắm USB vào khi cần dùng.")
        case ((DeviceKind.MRZ_READER | DeviceKind.PRINT_READER), DeviceReason.NO_DRIVER):
            return _("Chưa cài"), _("Không bắt buộc; máy vẫn làm việc.")
        case _:
            return _REASONS.get(reason, _REASONS[DeviceReason.FAILED])()


_REASONS: Mapping[DeviceReason, Callable[[], tuple[str, str]]] = {
    DeviceReason.NOT_CONNECTED: lambda: (
        _("Không thấy thiết bị"),
        _("Kiểm tra dây, nguồn điện và cấu hình."),
    ),
    DeviceReason.NO_DRIVER: lambda: (_("Thiếu trình điều khiển"), _("Báo người quản trị cài thêm.")),
    DeviceReason.BUSY: lambda: (_("Đang bận"), _("Chờ một chút, hoặc tắt chương trình khác đang dùng.")),
    DeviceReason.JAM: lambda: (_("Kẹt giấy"), _("Gỡ giấy ra.")),
    DeviceReason.DOUBLE_FEED: lambda: (_("Kéo hai tờ cùng lúc"), _("Đặt giấy lại cho ngay.")),
    DeviceReason.COVER_OPEN: lambda: (_("Nắp đang mở"), _("Đậy nắp lại.")),
    DeviceReason.PAPER_OUT: lambda: (_("Hết giấy"), _("Thêm giấy.")),
    DeviceReason.PAPER_LOW: lambda: (_("Sắp hết giấy"), _("Chuẩn bị giấy mới.")),
    DeviceReason.INK_OUT: lambda: (_("Hết mực"), _("Thay mực.")),
    DeviceReason.INK_LOW: lambda: (_("Sắp hết mực"), _("Chuẩn bị mực mới.")),
    DeviceReason.FEEDER_EMPTY: lambda: (_("Chưa có giấy"), _("Đặt giấy vào.")),
    DeviceReason.NO_PICTURE: lambda: (_("Không có hình"), _("Xem ống kính có bị che không.")),
    DeviceReason.TIMEOUT: lambda: (_("Không trả lời"), _("Tắt rồi bật lại thiết bị.")),
    DeviceReason.CANCELLED: lambda: (_("Đã dừng"), ""),
    DeviceReason.FAILED: lambda: (_("Bị lỗi"), _("Tắt rồi bật lại; nếu còn lỗi thì báo người quản trị.")),
}
