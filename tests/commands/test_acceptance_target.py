"""Tests of the printed target: two A4 pages of PDF/A, true to size, with codes that are read."""

import io
from pathlib import Path

import pikepdf
import pytest

from commands import devices
from commands.acceptance_target import CODE_2021, CODE_2024, CODE_MM
from devices.code_reader import ZxingCodeReader
from devices.pictures import to_frame
from kiosk.card import CardRead, Layout, parse_card
from tests.devices.target_made import card_sheet, target_pdf

DPI = 300
FRONT_MM, BACK_MM = (19.4, 60, 105, 114), (105, 60, 190.6, 114)


def test_two_pages_of_a4_as_pdf_a() -> None:
    with pikepdf.open(io.BytesIO(target_pdf())) as document:
        sizes = [[round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] for page in document.pages]
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
    assert sizes == [[210, 297], [210, 297]]


@pytest.mark.parametrize(
    ("side_mm", "text", "layout"), [(FRONT_MM, CODE_2021, Layout.CARD_2021), (BACK_MM, CODE_2024, Layout.CARD_2024)]
)
def test_each_side_of_the_card_has_its_code(side_mm: tuple[float, ...], text: str, layout: Layout) -> None:
    left, top, right, foot = (round(edge / 25.4 * DPI) for edge in side_mm)
    side = card_sheet(DPI).crop((left, top, right, foot))
    assert ZxingCodeReader().read(to_frame(side)) == text
    card = parse_card(text)
    assert isinstance(card, CardRead)
    assert card.layout is layout
    assert 11 <= CODE_MM <= 15


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "target.pdf"
    assert devices.run(["--print-target", str(file)]) == 0
    assert file.read_bytes().startswith(b"%PDF-")
    assert "In đúng cỡ thật" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert devices.run(["--print-target", str(tmp_path / "no" / "target.pdf")]) == 1
    assert "Không ghi được tệp" in capsys.readouterr().err
