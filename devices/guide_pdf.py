"""Prints the guide of a service to one A4 page of PDF/A-2b, in the typeface and with the pictures of the screens."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from devices.typst_job import TIMEOUT_S, compile_pdf
from kiosk.catalog import Picture
from kiosk.dates import format_day
from kiosk.guide import Guide, GuidePaper, Need, Topic
from kiosk.guide_look import paper_titles, picture_of_paper, picture_of_topic
from kiosk.texts import _

TEMPLATE = "_guide"


class GuidePdf:
    """Renders guides. `templates` has the template, `icons` the pictures: both go to the child as text, for it can
    read no file."""

    def __init__(self, worker_command: Sequence[str], templates: Path, icons: Path, fonts: Path) -> None:
        self._command = tuple(worker_command)
        self._templates = templates
        self._icons = icons
        self._fonts = fonts

    def render(self, guide: Guide, *, demo: bool = False) -> bytes:
        """The guide as PDF/A-2b. Blocks; raises DeviceProblem (TIMEOUT, FAILED)."""
        source = (self._templates / f"{TEMPLATE}.typ").read_text(encoding="utf-8")
        content = json.dumps({**_content(guide), "icons": self._pictures(), "demo": demo}, ensure_ascii=False)
        return compile_pdf(self._command, source, content, self._fonts, TIMEOUT_S)

    def _pictures(self) -> dict[str, str]:
        names = {*map(picture_of_paper, Picture), *map(picture_of_topic, Topic)}
        return {name: (self._icons / f"{name}.svg").read_text(encoding="utf-8") for name in names}


def _content(guide: Guide) -> dict[str, Any]:
    office = guide.office
    return {
        "title": guide.name,
        "kicker": _("HƯỚNG DẪN CHUẨN BỊ"),
        "everyday": guide.everyday if guide.everyday != guide.name else "",
        "code": _("Mã thủ tục: {code}").format(code=guide.code) if guide.code else "",
        "office": " · ".join(text for text in (office.name, office.phone) if text),
        "boxes": [text for text in (guide.closed, guide.linked) if text],
        "groups": [
            {"title": title, "tick": need is not Need.LOOKED_UP, "papers": papers}
            for need, title in paper_titles().items()
            if (papers := [_paper(paper) for paper in guide.papers_that(need)])
        ],
        "rows_title": _("Cần biết"),
        "rows": [
            {"icon": picture_of_topic(row.topic), "label": row.label, "text": row.text, "more": row.more}
            for row in guide.rows
        ],
        "notes_title": _("Lưu ý"),
        "notes": guide.notes,
        "foot": [
            guide.checked,
            _("In ngày {day}. Tờ này chỉ để hướng dẫn, không phải giấy tiếp nhận hồ sơ.").format(
                day=format_day(guide.printed_on)
            ),
        ],
    }


def _paper(paper: GuidePaper) -> dict[str, Any]:
    return {
        "icon": picture_of_paper(paper.picture),
        "name": paper.name,
        "kind": paper.kind,
        "notes": paper.notes,
    }
