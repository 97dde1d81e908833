"""Load the vendored Be Vietnam Pro with enough height for stacked Vietnamese marks."""

import struct

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

from kiosk.resources import resource_path

FAMILY = "Be Vietnam Pro"
_FACES = ("Regular", "Medium", "SemiBold", "Bold")
# The font says it ascends 1000 units (of 1000), but Ẳ and Ễ reach 1220: line edits cut the marks off NGUYỄN.
_ASCENT_UNITS = 1240
_HHEA_ASCENDER = 4
_OS2_TYPO_ASCENDER = 68


def load_fonts() -> None:
    """Register the four weights with Qt. Raises OSError when a file is missing or is not a font."""
    for face in _FACES:
        path = resource_path("fonts", f"BeVietnamPro-{face}.ttf")
        font = with_room_for_marks(path.read_bytes())
        if QFontDatabase.addApplicationFontFromData(QByteArray(font)) < 0:
            raise OSError(f"not a usable font: {path.name}")


def with_room_for_marks(font: bytes) -> bytes:
    """The same TrueType font with its ascent raised, in memory only: the file stays as its authors made it.

    Offsets are those of the OpenType specification: `hhea.ascender` and `OS/2.sTypoAscender` are int16.
    """
    patched = bytearray(font)
    (table_count,) = struct.unpack_from(">H", font, 4)
    for index in range(table_count):
        tag, _checksum, offset, _length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"hhea":
            struct.pack_into(">h", patched, offset + _HHEA_ASCENDER, _ASCENT_UNITS)
        elif tag == b"OS/2":
            struct.pack_into(">h", patched, offset + _OS2_TYPO_ASCENDER, _ASCENT_UNITS)
    return bytes(patched)
