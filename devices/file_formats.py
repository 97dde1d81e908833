"""What a file is, by its first bytes; its name says nothing that could be relied on."""

from enum import StrEnum

from kiosk.capture import FileKind

HEAD_BYTES = 1024
"""So much of a file is looked at: readers of PDF find its mark anywhere in there (ISO 32000-1, annex H, note 13)."""


class FileFormat(StrEnum):
    """The formats that are known by sight. Those that are not drawn are listed all the same: a telephone makes HEIC,
    and a person who sees the picture and is told why it does not work can do something about it."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    TIFF = "tiff"
    GIF = "gif"


DRAWN = {FileFormat.PDF, FileFormat.JPEG, FileFormat.PNG, FileFormat.WEBP}
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}  # ISO/IEC 23008-12, annex B


def format_of(head: bytes) -> FileFormat | None:
    """The format of a file that begins with these bytes."""
    marks = {
        b"\xff\xd8\xff": FileFormat.JPEG,
        b"\x89PNG\r\n\x1a\n": FileFormat.PNG,
        b"II*\x00": FileFormat.TIFF,
        b"MM\x00*": FileFormat.TIFF,
        b"GIF8": FileFormat.GIF,
    }
    for mark, found in marks.items():
        if head.startswith(mark):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileFormat.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return FileFormat.HEIC
    return FileFormat.PDF if b"%PDF-" in head[:HEAD_BYTES] else None


def kind_of(head: bytes) -> FileKind | None:
    """What people call it; None for what is no paper."""
    found = format_of(head)
    if found is None:
        return None
    return FileKind.PDF if found is FileFormat.PDF else FileKind.PICTURE
