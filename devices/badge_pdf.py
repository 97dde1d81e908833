"""Prints a helper's badge to one A4 page of PDF/A-2b: a card to cut out, with its QR."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import segno

from devices.typst_job import TIMEOUT_S, compile_pdf
from kiosk.badge_card import BadgeCard
from kiosk.texts import _

TEMPLATE = "_badge"
_QUIET_MODULES = 4  # ISO/IEC 18004


class BadgePdf:
    """Renders badges. `templates` has the template."""

    def __init__(self, worker_command: Sequence[str], templates: Path, fonts: Path) -> None:
        self._command = tuple(worker_command)
        self._templates = templates
        self._fonts = fonts

    def render(self, card: BadgeCard) -> bytes:
        """The badge as PDF/A-2b. Blocks; raises DeviceProblem (TIMEOUT, FAILED)."""
        source = (self._templates / f"{TEMPLATE}.typ").read_text(encoding="utf-8")
        advice = _("In đúng cỡ thật (100 %), cắt theo các dấu ở góc, rồi ép nhựa.")
        content = json.dumps({**asdict(card), "qr": qr_svg(card.qr_text), "advice": advice}, ensure_ascii=False)
        return compile_pdf(self._command, source, content, self._fonts, TIMEOUT_S)


def qr_svg(text: str) -> str:
    """The QR with its quiet zone as SVG, of the second weakest correction: large modules are worth more to a cheap
    camera than correction is on a laminated card."""
    buffer = io.BytesIO()
    segno.make_qr(text, error="M", boost_error=False).save(
        buffer, kind="svg", border=_QUIET_MODULES, light="#fff", xmldecl=False, omitsize=True
    )
    return buffer.getvalue().decode()
