"""The bundle that `make bundle` leaves: its size, every part over 5 MB with why it is there, and its start."""

import os
import sys
from collections import Counter
from pathlib import Path

from commands.bench_figure import Figure, figure_of
from commands.bench_machine import scratch
from commands.bench_start import enrolled_kiosk, start_figures
from commands.self_command import MAIN

BIG_MB = 5.0
_MEGA = 1_000_000

# Why a part is there. A part over 5 MB that is not named here misses the target: somebody has to ask what it is for.
WHY = {
    "PySide6": "Qt: windows, fonts, SVG; a third of it are ICU's tables, which Qt's core is linked to",
    "cv2": "OpenCV: camera, page finding; one library, linked to all that is in the folder below",
    "opencv_python_headless.libs": "linked into OpenCV and cannot be left out: OpenBLAS, FFmpeg, AV1",
    "typst": "sets the printed declarations as PDF/A",
    "numpy": "pictures as arrays, for OpenCV and zxing-cpp",
    "numpy.libs": "OpenBLAS, to which numpy is linked",
    "kiosk": "the program: our code and all packages that are pure Python, compiled",
    "cryptography": "ciphers and signatures, with its own OpenSSL",
    "pillow.libs": "JPEG, PNG and TIFF of scanned pages, fonts of the slip",
    "pikepdf.libs": "qpdf, which makes scanned pages into PDF/A",
    "pydantic_core": "checks settings and what comes over the wire",
    "pypdfium2_raw": "PDFium: opens the PDFs that people bring, and draws pages for printers that take none",
    "rapidfuzz": "the search for services that forgives slips of the finger, built three times for as many processors",
    "lxml": "the metadata by which a PDF says that it is PDF/A",
    "libpython3.11.so.1.0": "Python",
}


def measure() -> list[Figure]:
    """Nothing is built here: without a bundle the only figure says how to make one."""
    program = bundled_program()
    if not program.is_file():
        return [Figure("bundle: not built; `make bundle` makes it", "", 0.0, 0.0, 0.0, 0.0, "")]
    sizes_mb = part_sizes_mb(program.parent)
    with scratch() as folder:
        started = start_figures("bundle", (str(program), "bench"), enrolled_kiosk(folder))
    return [*size_figures(sizes_mb), *started]


def bundled_program() -> Path:
    """The program in dist/, or this one if it is a bundle itself."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable)
    name = "kiosk.exe" if os.name == "nt" else "kiosk"
    return MAIN.parent / "dist" / "kiosk" / name


def size_figures(sizes_mb: Counter[str]) -> list[Figure]:
    """The size of the whole, and how many of the big parts nobody has given a reason for."""
    big = [(name, size) for name, size in sizes_mb.most_common() if size > BIG_MB]
    lines = [f"{size:6.1f} MB  {name}: {WHY.get(name, 'NOT KNOWN')}" for name, size in big]
    unknown = [name for name, _ in big if name not in WHY]
    parts = figure_of("bundle: parts over 5 MB", "MB", [size for _, size in big] or [0.0])
    return [
        figure_of("bundle: size", "MB", [sum(sizes_mb.values())]),
        parts.judged_by(len(unknown), "without a known reason", 0).with_details(lines=lines, unknown=unknown),
    ]


def part_sizes_mb(folder: Path) -> Counter[str]:
    """MB by part: a folder or file at the top of the bundle. Links count nothing."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            inside = path.relative_to(folder).parts
            sizes[inside[1] if inside[0] == "_internal" else inside[0]] += path.stat().st_size
    return Counter({name: size / _MEGA for name, size in sizes.items()})
