"""The slip of a saved visit on paper: every text of it is drawn."""

import dataclasses
from dataclasses import replace
from typing import Any

from devices.paper_sheet import Paper
from devices.slip_layout import SlipLayout
from kiosk.draft_slip import DraftSlip
from kiosk.resources import resource_path

LAYOUT = SlipLayout(resource_path("fonts"))
SLIP = DraftSlip(
    "PHIẾU LÀM TIẾP – CHƯA NỘP",
    "Bộ phận Một cửa xã Mẫu",
    "7K3M-9PQ4",
    "Máy giữ đến 09:41 ngày 02/12/2026, sau đó xóa.",
    ("Mang theo thẻ căn cước và mã này.", "Đưa thẻ căn cước và nhập mã này."),
    "024 3000 0000",
    ("BẢN THỬ",),
)


def test_everything_on_it_is_drawn() -> None:
    paper = Paper(384, 203)  # the narrower of the usual ones, 58 mm
    drawn = LAYOUT.render(SLIP, paper)
    assert (drawn.mode, drawn.width) == ("1", paper.width_px)
    for field in dataclasses.fields(DraftSlip):
        other: dict[str, Any] = {field.name: "KHÁC" if isinstance(getattr(SLIP, field.name), str) else ()}
        assert LAYOUT.render(replace(SLIP, **other), paper).tobytes() != drawn.tobytes(), field.name
