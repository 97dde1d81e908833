"""Prints what this machine lacks outside Python, as Debian packages: one line for each use that needs them.

Asks for the thing itself (a library that loads, a program, a header), not for a package's name, so that other
distributions and later Debian releases, which name packages otherwise, are judged rightly. Runs before anything is
installed: standard library only.

    --names    only the names, in one line
    --must     only that without which nothing works
"""

import ctypes
import importlib.util
import shutil
import sys
import sysconfig
from pathlib import Path

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"

VENV = "the virtual environment"
QT = "every use of Qt"
SCREEN = "a real screen (X11 or Wayland)"
SOUND = "reading pages aloud, and sounds (Qt's multimedia)"
DEMO_VOICE = "the placeholder voice of kiosk run --demo (espeak-ng stays a program of its own)"
SCANNER = "scanners (SANE; its Python driver is compiled here)"
CARD_BACKS = "reading the lines on the back of ID cards (cards are read by their code without it)"
TESTS = "tests on a virtual screen"
PROVINCE = "a portal for a province, and its tests (PostgreSQL)"
BUNDLE = "make bundle"

# What the libraries and platform plugins of PySide6-Essentials 6.11 name as NEEDED (readelf -d) and do not bring along.
LIBRARIES = [
    ("libEGL.so.1", "libegl1", QT),
    ("libGL.so.1", "libgl1", QT),
    ("libX11.so.6", "libx11-6", QT),
    ("libxkbcommon.so.0", "libxkbcommon0", QT),
    ("libdbus-1.so.3", "libdbus-1-3", QT),
    ("libfontconfig.so.1", "libfontconfig1", QT),
    ("libfreetype.so.6", "libfreetype6", QT),
    ("libglib-2.0.so.0", "libglib2.0-0", QT),
    ("libgssapi_krb5.so.2", "libgssapi-krb5-2", QT),
    ("libbrotlidec.so.1", "libbrotli1", QT),
    ("libzstd.so.1", "libzstd1", QT),
    ("libX11-xcb.so.1", "libx11-xcb1", SCREEN),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", SCREEN),
    ("libxcb-cursor.so.0", "libxcb-cursor0", SCREEN),
    ("libxcb-glx.so.0", "libxcb-glx0", SCREEN),
    ("libxcb-icccm.so.4", "libxcb-icccm4", SCREEN),
    ("libxcb-image.so.0", "libxcb-image0", SCREEN),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", SCREEN),
    ("libxcb-randr.so.0", "libxcb-randr0", SCREEN),
    ("libxcb-render-util.so.0", "libxcb-render-util0", SCREEN),
    ("libxcb-render.so.0", "libxcb-render0", SCREEN),
    ("libxcb-shape.so.0", "libxcb-shape0", SCREEN),
    ("libxcb-shm.so.0", "libxcb-shm0", SCREEN),
    ("libxcb-sync.so.1", "libxcb-sync1", SCREEN),
    ("libxcb-util.so.1", "libxcb-util1", SCREEN),
    ("libxcb-xfixes.so.0", "libxcb-xfixes0", SCREEN),
    ("libxcb-xkb.so.1", "libxcb-xkb1", SCREEN),
    ("libwayland-client.so.0", "libwayland-client0", SCREEN),
    ("libwayland-cursor.so.0", "libwayland-cursor0", SCREEN),
    ("libpulse.so.0", "libpulse0", SOUND),
    ("libsane.so.1", "libsane1", SCANNER),
]

PROGRAMS = [
    ("scanimage", "sane-utils", SCANNER),
    ("gcc", "gcc", SCANNER),
    ("tesseract", "tesseract-ocr", CARD_BACKS),
    ("espeak-ng", "espeak-ng", DEMO_VOICE),
    ("Xvfb", "xvfb", TESTS),
    ("xauth", "xauth", TESTS),
    ("dbus-run-session", "dbus", TESTS),
    ("objdump", "binutils", BUNDLE),
]

HEADERS = [
    (Path("/usr/libexec/at-spi-bus-launcher"), "at-spi2-core", TESTS),
    (Path("/usr/include/stdio.h"), "libc6-dev", SCANNER),
    (Path("/usr/include/sane/sane.h"), "libsane-dev", SCANNER),
    (Path(sysconfig.get_path("include")) / "Python.h", f"{PYTHON}-dev", SCANNER),
]


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the library and everything that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_postgresql() -> bool:
    """Debian keeps the server's programs out of the path, a folder for each version."""
    return shutil.which("initdb") is not None or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def missing() -> dict[str, list[str]]:
    """The lacking Debian packages by what needs them."""
    lacking = [] if importlib.util.find_spec("ensurepip") else [(f"{PYTHON}-venv", VENV)]
    lacking += [(package, need) for name, package, need in LIBRARIES if not loads(name)]
    lacking += [(package, need) for name, package, need in PROGRAMS if shutil.which(name) is None]
    lacking += [(package, need) for path, package, need in HEADERS if not path.exists()]
    lacking += [] if has_postgresql() else [("postgresql", PROVINCE)]
    return {need: [package for package, its in lacking if its == need] for _, need in lacking}


def main(options: list[str]) -> None:
    lacking = missing()
    if "--must" in options:
        lacking = {need: packages for need, packages in lacking.items() if need in (VENV, QT)}
    if "--names" in options:
        print(*(package for packages in lacking.values() for package in packages))
    else:
        for need, packages in lacking.items():
            print(f"{need}: {' '.join(packages)}")


if __name__ == "__main__":
    main(sys.argv[1:])
