"""What each figure of the acceptance test is called in the report that people read."""

from kiosk.texts import _


def figure_words(name: str) -> str:
    """The figure's name with its unit; a figure without a name of its own keeps that of the JSON."""
    return {**_picture_words(), **_paper_words(), **_other_words()}.get(name, name)


def _picture_words() -> dict[str, str]:
    return {
        "name": _("Thiết bị"),
        "frames": _("Số hình đã xem"),
        "width_px": _("Chiều rộng hình (điểm ảnh)"),
        "height_px": _("Chiều cao hình (điểm ảnh)"),
        "first_frame_s": _("Hình đầu tiên sau (giây)"),
        "frames_per_s": _("Số hình mỗi giây"),
        "brightness": _("Độ sáng (0–255)"),
        "sharpness": _("Độ nét"),
        "read": _("Số hình đọc được mã thẻ"),
        "other_codes": _("Số hình có mã khác"),
        "look_ms": _("Thời gian xem một hình (mili giây)"),
        "slowest_ms": _("Lâu nhất (mili giây)"),
        "first_read_s": _("Đọc được lần đầu sau (giây)"),
    }


def _paper_words() -> dict[str, str]:
    return {
        "page_found": _("Số hình tìm thấy tờ giấy"),
        "target_found": _("Số hình thấy tờ chuẩn"),
        "unsteady_mm": _("Độ rung (mm)"),
        "pages": _("Số trang"),
        "page_s": _("Thời gian một trang (giây)"),
        "dpi": _("Độ phân giải đã chọn (dpi)"),
        "pdf_bytes": _("Cỡ tệp PDF (byte)"),
        "dpi_x": _("Độ phân giải đo được, chiều ngang (dpi)"),
        "dpi_y": _("Độ phân giải đo được, chiều dọc (dpi)"),
        "skew_deg": _("Góc nghiêng (độ)"),
        "distortion_mm": _("Độ méo (mm)"),
        "line_pairs_x": _("Số cặp vạch đọc rõ trên 1 mm, chiều ngang"),
        "line_pairs_y": _("Số cặp vạch đọc rõ trên 1 mm, chiều dọc"),
        "colours": _("Màu nhận đúng"),
        "missed": _("Màu nhận sai"),
        "seen_good": _("Người kiểm tra thấy tốt"),
        "code_read_back": _("Đọc lại được mã trên phiếu"),
    }


def _other_words() -> dict[str, str]:
    return {
        "letters": _("Số ký tự của mã"),
        "is_card": _("Là mã của thẻ"),
        "seconds": _("Thời gian (giây)"),
        "files": _("Số tệp dùng được"),
        "left_out": _("Số tệp không dùng được"),
        "free_mb": _("Còn trống (MB)"),
        "fsync_ms": _("Thời gian ghi chắc chắn (mili giây)"),
        "slowest_fsync_ms": _("Ghi lâu nhất (mili giây)"),
        "kiosk_runs": _("Phần mềm đang chạy"),
        "line": _("Trạng thái kết nối"),
        "answer_s": _("Cổng trả lời sau (giây)"),
        "clock_off_s": _("Đồng hồ của máy nhanh hơn cổng (giây)"),
    }
