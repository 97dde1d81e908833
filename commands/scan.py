"""`kiosk scan --out FILE.pdf`: scan to a PDF/A without opening the kiosk."""

import argparse
import sys
from pathlib import Path

from commands.self_command import self_command
from devices.pages import PicturePages
from devices.registry import make_scanner
from kiosk.config import DeviceSettings, load_settings
from kiosk.errors import ConfigProblem
from kiosk.ports import DeviceProblem, PageImage, Scanner, ScanOptions
from kiosk.texts import _

FAILED = 1
WRONG_SETTINGS = 2


def run(argv: list[str]) -> int:
    """0: the PDF is written; 1: no page, or it could not be written; 2: wrong settings.

    Pages that were whole before a fault are written, and the fault is told.
    """
    arguments = _parser().parse_args(argv)
    try:
        scanner = _scanner(arguments.device, arguments.config)
    except ConfigProblem as problem:
        print(_("Cấu hình sai: {problem}").format(problem=problem), file=sys.stderr)
        return WRONG_SETTINGS
    pages: list[PageImage] = []
    code = 0
    try:
        options = ScanOptions(arguments.dpi, not arguments.grey, arguments.feeder)
        scanner.scan(options, pages.append, lambda: False)
    except DeviceProblem as problem:
        print(_("Máy quét không làm xong: {problem}").format(problem=problem), file=sys.stderr)
        code = FAILED
    return _write(pages, arguments.out) or code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk scan", description="scan to a PDF/A")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument("--device", metavar="ID", help="SANE's name of the scanner or a part of it, or a folder")
    parser.add_argument("--feeder", action="store_true", help="take all pages of the document feeder")
    parser.add_argument("--grey", action="store_true", help="without colours")
    parser.add_argument("--dpi", type=int, default=ScanOptions().dpi)
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    return parser


def _scanner(device: str | None, config: Path | None) -> Scanner:
    """The scanner named on the command line, else the office's."""
    if device is None:
        settings = load_settings(config, Path()).scanner
    elif Path(device).is_dir():
        settings = DeviceSettings.model_validate({"driver": "folder", "source": device})
    else:
        settings = DeviceSettings.model_validate({"driver": "sane", "device": device})
    return make_scanner(settings, self_command("sane-worker"))


def _write(pages: list[PageImage], out: Path) -> int:
    if not pages:
        return FAILED
    try:
        out.write_bytes(PicturePages().to_pdf(pages, out.stem))
    except OSError as error:
        print(_("Không ghi được tệp: {error}").format(error=error), file=sys.stderr)
        return FAILED
    print(_("Đã quét {count} trang vào {file}").format(count=len(pages), file=out))
    return 0
