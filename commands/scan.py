"""`kiosk scan --out FILE.pdf`: scan to a PDF/A without opening the kiosk; `--list` says which scanners are found."""

import argparse
import sys
from pathlib import Path

from commands.self_command import self_command
from devices.pages import PicturePages
from devices.registry import make_scanner
from devices.scanner_ways import listed_escl, listed_sane
from kiosk.config import DeviceSettings, load_settings
from kiosk.errors import ConfigProblem
from kiosk.ports import DeviceProblem, PageImage, Scanner, ScanOptions, ScanSource
from kiosk.texts import _

FAILED = 1
WRONG_SETTINGS = 2


def run(argv: list[str]) -> int:
    """0: the PDF is written, or scanners are listed; 1: no page, none found, or it could not be written; 2: wrong
    settings.

    Pages that were whole before a fault are written, and the fault is told.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.list:
        return _list()
    if arguments.out is None:
        parser.error("--out FILE.pdf or --list is needed")
    try:
        scanner = _scanner(arguments.device, arguments.config)
    except ConfigProblem as problem:
        print(_("Cấu hình sai: {problem}").format(problem=problem), file=sys.stderr)
        return WRONG_SETTINGS
    pages: list[PageImage] = []
    code = 0
    try:
        options = ScanOptions(arguments.dpi, not arguments.grey, ScanSource(arguments.source))
        scanner.scan(options, pages.append, lambda: False)
    except DeviceProblem as problem:
        print(_("Máy quét không làm xong: {problem}").format(problem=problem), file=sys.stderr)
        code = FAILED
    return _write(pages, arguments.out) or code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk scan", description="scan to a PDF/A")
    parser.add_argument("--out", type=Path, metavar="FILE.pdf")
    parser.add_argument("--list", action="store_true", help="say which scanners are found, and nothing more")
    parser.add_argument(
        "--device",
        metavar="ID",
        help="eSCL address (http://HOST/eSCL), SANE's name, a part of a model's name, or a folder",
    )
    sources = parser.add_mutually_exclusive_group()
    sources.add_argument("--source", choices=[source.value for source in ScanSource], default=ScanSource.AUTO.value)
    sources.add_argument(
        "--feeder",
        dest="source",
        action="store_const",
        const=ScanSource.FEEDER.value,
        help="take all pages of the document feeder",
    )
    sources.add_argument(
        "--both-sides",
        dest="source",
        action="store_const",
        const=ScanSource.FEEDER_BOTH_SIDES.value,
        help="take both sides of all papers in the document feeder",
    )
    parser.add_argument("--grey", action="store_true", help="without colours")
    parser.add_argument("--dpi", type=int, default=ScanOptions().dpi)
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")
    return parser


def _scanner(device: str | None, config: Path | None) -> Scanner:
    """The scanner named on the command line, else the office's."""
    settings = load_settings(config, Path()).scanner if device is None else _named(device)
    return make_scanner(settings, self_command("sane-worker"))


def _named(device: str) -> DeviceSettings:
    """A folder, an address, a name of SANE's (`backend:device`), or a model that any way may lead to."""
    if Path(device).is_dir():
        return DeviceSettings.of("folder", source=device)
    if device.startswith(("http://", "https://")):
        return DeviceSettings.of("escl", address=device)
    if ":" in device:
        return DeviceSettings.of("sane", device=device)
    return DeviceSettings.of("auto", name=device)


def _list() -> int:
    """One line a scanner: the driver, what the driver takes, the model."""
    scanners = listed_escl()
    try:
        scanners += listed_sane(self_command("sane-worker"))
    except DeviceProblem as problem:
        print(_("Không hỏi được SANE: {problem}").format(problem=problem), file=sys.stderr)
    for scanner in scanners:
        print(scanner.way, scanner.identity, scanner.name, sep="\t")
    if not scanners:
        print(_("Không thấy máy quét nào"), file=sys.stderr)
    return 0 if scanners else FAILED


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
