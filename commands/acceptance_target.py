"""The printed target of the acceptance test and a specimen card to cut out, as one PDF/A-2b of two A4 pages."""

import json
from collections.abc import Sequence
from typing import Any

import segno

from commands.self_command import self_command
from devices import target_layout as layout
from devices.typst_job import compile_pdf
from kiosk.resources import resource_path
from kiosk.texts import _

TEMPLATE = "_target"
CODE_MM = 13.0  # codes of real cards are printed 11 to 15 mm wide
TEXT_SIZES_PT = (14, 12, 11, 10, 9, 8, 7, 6)
CODE_2021 = "001058000123|012345678|NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội|15082021"
CODE_2024 = (
    "001058000123||NGUYỄN VĂN MẪU|01011958|Nam|Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội|20082024"
    "||NGUYỄN VĂN THỬ|LÊ THỊ MẪU|"
)


def acceptance_target() -> bytes:
    """The PDF. Blocks for about a second; raises DeviceProblem."""
    source = (resource_path("declarations") / f"{TEMPLATE}.typ").read_text(encoding="utf-8")
    content = json.dumps({**_sheet(), "cards": _cards()}, ensure_ascii=False)
    return compile_pdf(self_command("typst-worker"), source, content, resource_path("fonts"))


def _sheet() -> dict[str, Any]:
    return {
        "title": _("TỜ CHUẨN ĐỂ KIỂM TRA MÁY"),
        "advice": _("In đúng cỡ thật (100 %), không chọn vừa trang. Thước ngang phải dài đúng 150 mm."),
        "marker_mm": layout.MARKER_MM,
        "markers": [
            {"x": x, "y": y, "svg": _svg(layout.marker_modules(number))}
            for number, (x, y) in enumerate(layout.MARKERS_MM)
        ],
        "patch": {"y": layout.PATCH_Y_MM, "w": layout.PATCH_MM[0], "h": layout.PATCH_MM[1]},
        "patches": [{"x": patch.x_mm, "colour": patch.colour} for patch in layout.PATCHES],
        "group_mm": layout.GROUP_MM,
        "groups": [
            {"x": x, "y": y, "pairs": pairs, "upright": upright}
            for upright in (True, False)
            for number, pairs in enumerate(layout.LINE_PAIRS_PER_MM)
            for x, y in [layout.group_mm(number, upright=upright)]
        ],
        "pairs_title": _("Số cặp vạch trên 1 mm"),
        "texts": [
            {"pt": size, "words": _("{size} pt: Trích lục khai sinh số 0123456789 – Ẫ Ễ Ỗ Ữ Ặ ỵ đ").format(size=size)}
            for size in TEXT_SIZES_PT
        ],
    }


def _cards() -> dict[str, Any]:
    rows = (
        (_("Số"), "001058000123"),
        (_("Họ và tên"), "NGUYỄN VĂN MẪU"),
        (_("Ngày sinh"), "01/01/1958"),
        (_("Giới tính"), "Nam"),
        (_("Nơi thường trú"), "Thôn Mẫu, Hòa Bình, Thường Tín, Hà Nội"),
    )
    return {
        "title": _("THẺ MẪU ĐỂ THỬ MÁY ẢNH"),
        "advice": _("In đúng cỡ thật (100 %). Cắt theo các dấu ở góc, gấp ở giữa rồi dán hai mặt lại."),
        "banner": _("THẺ MẪU – KHÔNG CÓ GIÁ TRỊ"),
        "mark": _("MẪU"),
        "code_mm": CODE_MM,
        "front": {"svg": _code(CODE_2021), "rows": rows, "note": _("Mặt trước: mã theo mẫu năm 2021")},
        "back": {"svg": _code(CODE_2024), "rows": (), "note": _("Mặt sau: mã theo mẫu năm 2024")},
    }


def _code(text: str) -> str:
    """The code as cards carry it: the weakest error correction, no border."""
    matrix = segno.make_qr(text, error="L", boost_error=False).matrix
    return _svg(tuple(tuple(bool(module) for module in row) for row in matrix))


def _svg(modules: Sequence[Sequence[bool]]) -> str:
    """Dark modules as one path; each row's neighbours are joined, so that no hairline shows between them."""
    side, runs = len(modules), []
    for y, row in enumerate(modules):
        x = 0
        while x < side:
            width = next((step for step, dark in enumerate(row[x:]) if not dark), side - x)
            if width:
                runs.append(f"M{x} {y}h{width}v1h-{width}z")
            x += max(width, 1)
    path = "".join(runs)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path d="{path}" fill="#000"/></svg>'
    )
