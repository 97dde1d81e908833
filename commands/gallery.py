"""`kiosk gallery`: draw every screen, in every state, size and look, into pictures for people to look at."""

import argparse
import logging
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from commands.composition import load_shipped
from commands.gallery_index import write_index
from commands.gallery_scenes import SCENES
from commands.gallery_stage import Props, Stage, make_props
from commands.page_ink import check_page
from commands.qt_app import install_qt_log
from kiosk.errors import KioskError
from kiosk.resources import resource_path
from kiosk.texts import FIRST_LANGUAGE, _, languages
from ui.theme import Theme
from ui.tokens import Contrast, Panel, TextSize

SERVICE = "2.000635"
FAILED = 1
USUAL_INCH = 21.5
PANELS = {
    (1920, 1080): 21.5,
    (1366, 768): 15.6,
    (1080, 1920): 21.5,
    (3840, 2160): 32.0,
}
DEFAULT_SIZES = ((1920, 1080), (1366, 768), (1080, 1920))
_PNG_QUALITY = 80  # of zlib: little squeezing, which is fast


def run(argv: list[str]) -> int:
    """0 when all pictures are written; 1 when the shipped data is wrong, or --check finds something; 2 for an unknown
    screen or size."""
    parser = _parser()
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    names = [name for name in SCENES if options.screen in ("", name) or name.startswith(f"{options.screen}-")]
    if not names:
        parser.error(f"no screen is called {options.screen!r}; there are: {', '.join(SCENES)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options.out.mkdir(parents=True, exist_ok=True)
    language = _.language
    try:
        _.switch(options.lang, resource_path("locale"))
        gallery = Gallery(options, names)
        count = gallery.draw()
        write_index(options.out)
    except KioskError as error:
        print(f"kiosk gallery: failed: {error}", file=sys.stderr)
        return FAILED
    finally:
        _.switch(language, resource_path("locale"))
    print(f"kiosk gallery: {count} pictures of {len(names)} screens in {options.out}")
    for finding in gallery.findings:
        print(finding)
    return FAILED if gallery.findings else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk gallery", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--screen", default="", metavar="NAME", help="one screen with all its states, or one state")
    parser.add_argument("--size", type=_size, metavar="WxH", help="in pixels, for example 1920x1080")
    parser.add_argument("--text", choices=[size.value for size in TextSize])
    parser.add_argument("--contrast", choices=[each.value for each in Contrast], default=Contrast.LIGHT.value)
    parser.add_argument("--check", action="store_true", help="measure every page, and say what is wrong with it")
    parser.add_argument("--lang", choices=[*languages(resource_path("locale"))], default=FIRST_LANGUAGE)
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _cross, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) >= 640 and int(height) >= 480):
        raise argparse.ArgumentTypeError(f"{text!r} is no size like 1920x1080")
    return int(width), int(height)


class Gallery:
    """Draws on this thread; another one writes the files."""

    def __init__(self, options: argparse.Namespace, names: list[str]) -> None:
        self._out: Path = options.out
        self._names = names
        self._contrast = Contrast(options.contrast)
        self._language: str = options.lang
        self._checks: bool = options.check
        self.findings: list[str] = []
        """What --check found wrong, each with its picture."""
        self._sizes = (options.size,) if options.size else DEFAULT_SIZES
        self._texts = (TextSize(options.text),) if options.text else tuple(TextSize)

    def draw(self) -> int:
        """The number of pictures, once the last one is on disk. Raises KioskError for wrong shipped data."""
        app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(app, QApplication)
        install_qt_log()
        props = make_props(load_shipped(), SERVICE)
        theme = Theme(app, Panel())
        with ThreadPoolExecutor(1) as writer:
            written = [writer.submit(_write, image, path) for image, path in self._pictures(theme, props)]
            for each in written:
                each.result()
        return len(written)

    def _pictures(self, theme: Theme, props: Props) -> Iterator[tuple[QImage, Path]]:
        for width, height in self._sizes:
            theme.set_panel(Panel(width, height, PANELS.get((width, height), USUAL_INCH)))
            for text in self._texts:
                theme.set_look(text, self._contrast)
                stage = Stage(theme, props)
                for name in self._names:
                    SCENES[name](stage)
                    look = f"{width}x{height}-{text}-{self._contrast}-{self._language}"
                    yield stage.frame.grab().toImage(), self._out / f"{name}-{look}.png"
                    if self._checks:
                        self.findings += [f"{name}-{look}: {finding}" for finding in check_page(theme, stage.frame)]
                    stage.clear()
                stage.close()


def _write(image: QImage, path: Path) -> None:
    if not image.save(str(path), quality=_PNG_QUALITY):
        raise OSError(f"{path} could not be written")
