"""The sentence for each state of device, line and kiosk: what happened, what it means, what to do."""

from kiosk.capture import FileProblem
from kiosk.errors import DiskFull, KioskError
from kiosk.filing import NotReady
from kiosk.ports import Attention, DeviceProblem, DeviceReason, DeviceStatus, Ready, Unavailable
from kiosk.texts import _


def camera_sentence(reason: DeviceReason) -> str:
    """Why the camera cannot read a card now. There is always the way of typing."""
    match reason:
        case DeviceReason.NO_PICTURE:
            return _("Máy ảnh không có hình. Ông/bà xem ống kính có bị che không, hoặc bấm “Tự gõ thông tin”.")
        case DeviceReason.BUSY:
            return _("Máy ảnh đang bận. Ông/bà chờ một chút, hoặc bấm “Tự gõ thông tin”.")
        case _:
            return _("Máy ảnh chưa dùng được. Ông/bà bấm “Tự gõ thông tin” để làm tiếp.")


def paper_camera_sentence(reason: DeviceReason) -> str:
    """Why papers cannot be photographed now. Pages from before are kept, and there are other ways."""
    match reason:
        case DeviceReason.NO_PICTURE:
            return _("Máy ảnh không có hình. Ông/bà xem ống kính có bị che không rồi thử lại.")
        case DeviceReason.BUSY:
            return _("Máy ảnh đang bận. Ông/bà chờ một chút rồi thử lại.")
        case _:
            return _("Máy ảnh chưa dùng được. Các trang đã có vẫn còn. Ông/bà dùng cách khác, hoặc gọi hỗ trợ.")


def scanner_sentence(reason: DeviceReason) -> str:
    """Why the scanner stopped. Finished pages are kept, and the sentence may say so truthfully."""
    match reason:
        case DeviceReason.JAM:
            return _("Máy quét bị kẹt giấy. Nhờ cán bộ gỡ giấy rồi quét tiếp. Các trang đã quét vẫn còn.")
        case DeviceReason.DOUBLE_FEED:
            return _("Máy quét kéo hai tờ cùng lúc. Ông/bà đặt lại các tờ chưa quét. Các trang đã quét vẫn còn.")
        case DeviceReason.COVER_OPEN:
            return _("Nắp máy quét đang mở. Ông/bà đậy nắp lại rồi quét tiếp.")
        case DeviceReason.FEEDER_EMPTY | DeviceReason.PAPER_OUT:
            return _("Máy quét chưa có giấy. Ông/bà đặt giấy vào rồi quét lại.")
        case DeviceReason.BUSY:
            return _("Máy quét đang bận. Ông/bà chờ một chút rồi quét lại.")
        case DeviceReason.TIMEOUT:
            return _("Máy quét không trả lời. Ông/bà quét lại, hoặc gọi hỗ trợ.")
        case DeviceReason.CANCELLED:
            return _("Đã dừng quét. Các trang đã quét vẫn còn.")
        case _:
            return _("Máy quét chưa dùng được. Các trang đã quét vẫn còn. Ông/bà bấm “Gọi hỗ trợ”.")


def printer_sentence(reason: DeviceReason) -> str:
    """Why there is no slip. The dossier is safe already, and its code is on the screen."""
    match reason:
        case DeviceReason.PAPER_OUT:
            return _("Máy in hết giấy. Hồ sơ vẫn an toàn. Ông/bà chụp lại hoặc ghi lại mã này.")
        case DeviceReason.JAM:
            return _("Máy in bị kẹt giấy. Hồ sơ vẫn an toàn. Ông/bà chụp lại hoặc ghi lại mã này.")
        case DeviceReason.COVER_OPEN:
            return _("Nắp máy in đang mở. Hồ sơ vẫn an toàn. Nhờ cán bộ đậy nắp rồi bấm “In lại phiếu”.")
        case _:
            return _("Chưa in được phiếu. Hồ sơ vẫn an toàn. Ông/bà chụp lại hoặc ghi lại mã này.")


def page_printer_sentence(problem: DeviceProblem) -> str:
    """Why an A4 page did not come out. Nothing is lost by it: the same button prints it again."""
    match problem.reason:
        case DeviceReason.PAPER_OUT:
            return _("Máy in A4 hết giấy. Nhờ cán bộ thêm giấy, rồi ông/bà bấm in lại.")
        case DeviceReason.JAM:
            return _("Máy in A4 bị kẹt giấy. Nhờ cán bộ gỡ giấy, rồi ông/bà bấm in lại.")
        case DeviceReason.COVER_OPEN:
            return _("Nắp máy in A4 đang mở. Nhờ cán bộ đậy nắp, rồi ông/bà bấm in lại.")
        case DeviceReason.INK_OUT:
            return _("Máy in A4 hết mực. Nhờ cán bộ thay mực, rồi ông/bà bấm in lại.")
        case DeviceReason.BUSY:
            return _("Máy in A4 đang bận. Ông/bà chờ một chút rồi bấm in lại.")
        case DeviceReason.TIMEOUT:
            return _("Máy in A4 không trả lời. Ông/bà xem giấy đã ra chưa, chưa thì bấm in lại.")
        case _:
            return _("Chưa in được trên máy in A4. Ông/bà bấm in lại, hoặc hỏi quầy.")


def strip_printer_sentence(problem: DeviceProblem) -> str:
    """Why a guide did not come out of the printer of slips."""
    match problem.reason:
        case DeviceReason.PAPER_OUT:
            return _("Máy in hết giấy. Nhờ cán bộ thay giấy, rồi ông/bà bấm in lại.")
        case _:
            return _("Chưa in được. Ông/bà bấm in lại, hoặc hỏi quầy.")


def stick_sentence(reason: DeviceReason) -> str:
    """Why no stick can be read now."""
    match reason:
        case DeviceReason.NOT_CONNECTED:
            return _("Máy chưa thấy USB. Ông/bà cắm USB vào máy rồi chờ vài giây.")
        case DeviceReason.CANCELLED:
            return _("Đã dừng. Các trang đã lấy vẫn còn.")
        case _:
            return _("Máy chưa đọc được USB. Ông/bà rút ra rồi cắm lại, hoặc đưa bản giấy để quét.")


def file_sentence(reason: FileProblem) -> str:
    """Why a file from a stick was not taken, and what to do instead: paper can always be scanned."""
    match reason:
        case FileProblem.TOO_LARGE:
            return _("Tệp này quá lớn nên máy không nhận. Ông/bà chọn tệp nhỏ hơn, hoặc đưa bản giấy để quét.")
        case FileProblem.TOO_MANY_PAGES:
            return _("Tệp này có quá nhiều trang. Ông/bà chọn tệp khác, hoặc đưa bản giấy để quét các trang cần nộp.")
        case FileProblem.PICTURE_TOO_LARGE:
            return _("Ảnh trong tệp này quá lớn nên máy không mở. Ông/bà chọn ảnh khác, hoặc đưa bản giấy để quét.")
        case FileProblem.ENCRYPTED:
            return _(
                "Tệp này có mật khẩu nên máy không mở được. Ông/bà bỏ mật khẩu rồi chép lại, hoặc đưa bản giấy để quét."
            )
        case FileProblem.BROKEN:
            return _("Tệp này bị hỏng hoặc chép chưa hết. Ông/bà chép lại vào USB, hoặc đưa bản giấy để quét.")
        case FileProblem.WRONG_KIND:
            return _(
                "Máy chỉ nhận tệp PDF và ảnh JPG, PNG, không đọc được loại này. Ông/bà chọn tệp khác, "
                "hoặc đưa bản giấy để quét."
            )
        case FileProblem.TOO_HARD:
            return _("Máy không mở được tệp này. Ông/bà chọn tệp khác, hoặc đưa bản giấy để quét.")
        case FileProblem.GONE:
            return _("Máy không còn thấy tệp này. Ông/bà cắm lại USB rồi chọn lại. Các trang đã lấy vẫn còn.")


def health_lines(camera: DeviceStatus, scanner: DeviceStatus, printer: DeviceStatus) -> tuple[str, ...]:
    """What the first page says of devices that are not well, and what can still be done."""
    lines = []
    if isinstance(camera, Unavailable):
        lines.append(_("Máy ảnh chưa dùng được – ông/bà vẫn làm được, tự gõ thông tin."))
    if isinstance(scanner, Unavailable):
        lines.append(_("Máy quét chưa dùng được – thủ tục cần quét giấy tờ thì nhờ cán bộ."))
    match printer:
        case Ready():
            pass
        case Attention(reason=DeviceReason.PAPER_LOW):
            lines.append(_("Máy in sắp hết giấy."))
        case _:
            lines.append(_("Máy in chưa dùng được – vẫn nộp được, mã hồ sơ hiện trên màn hình."))
    return tuple(lines)


def not_ready_sentence(reason: NotReady) -> tuple[str, str]:
    """Why the kiosk takes no dossiers: a heading and what the staff should know. Nothing that was kept is lost."""
    match reason:
        case NotReady.NO_KEYS:
            advice = _("Kho khóa của máy chưa mở được nên máy chưa thể giữ hồ sơ an toàn.")
        case NotReady.NOT_ENROLLED:
            advice = _("Máy chưa được đăng ký với cổng. Cán bộ chạy lệnh: kiosk enrol.")
        case NotReady.WRONG_KEY:
            advice = _("Khóa của máy không đúng với kho hồ sơ. Các hồ sơ đã lưu vẫn còn nguyên.")
        case NotReady.STORE_CORRUPT:
            advice = _("Kho hồ sơ cần kiểm tra. Máy giữ nguyên dữ liệu và không ghi đè.")
        case NotReady.STORE_IN_USE:
            advice = _("Phần mềm đang chạy ở một cửa sổ khác trên máy này.")
        case NotReady.DISK_FULL:
            advice = _("Ổ đĩa của máy đã đầy. Các hồ sơ đã lưu vẫn còn nguyên.")
        case NotReady.NO_CATALOG:
            advice = _("Danh mục thủ tục của máy có lỗi, cần cán bộ kiểm tra.")
        case NotReady.FAULT:
            advice = _("Máy gặp lỗi. Các hồ sơ đã lưu vẫn còn nguyên.")
    return _("Máy tạm ngừng phục vụ"), advice


def problem_sentence(error: Exception) -> str:
    """The sentence for an error that no screen expected; never a traceback, never English."""
    if isinstance(error, DiskFull):
        return _("Ổ đĩa của máy đã đầy nên chưa lưu được. Những gì ông/bà đã làm vẫn còn. Xin gọi hỗ trợ.")
    if isinstance(error, DeviceProblem):
        return _("Thiết bị gặp trục trặc. Những gì ông/bà đã làm vẫn còn. Ông/bà thử lại hoặc gọi hỗ trợ.")
    if isinstance(error, KioskError):
        return _("Máy chưa làm được việc này. Những gì ông/bà đã làm vẫn còn. Ông/bà thử lại hoặc gọi hỗ trợ.")
    return _("Máy gặp lỗi. Những gì ông/bà đã làm vẫn còn. Xin gọi hỗ trợ.")
