"""Cuts the bytes that a hand-held reader sends into texts."""

from kiosk.scanned_text import bare_text

MAX_BYTES = 4096  # a QR code holds at most 2,953 bytes (ISO/IEC 18004, version 40-L)
_ENDS = b"\r\n"


class ScannedBytes:
    """Takes bytes as they come. A text ends with CR, LF, both, or silence; one that is too long is dropped to its end.

    It begins deaf, until the first silence: what the reader still held may be the card of whoever was here before.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._deaf = True

    def take(self, chunk: bytes) -> list[str]:
        """The texts that these bytes end."""
        texts = []
        for piece in chunk.splitlines(keepends=True):
            if self._deaf:
                continue
            self._held += piece
            if len(self._held) > MAX_BYTES:
                self._held.clear()
                self._deaf = True
            elif piece[-1] in _ENDS:
                texts += self._end()
        return texts

    def silence(self) -> list[str]:
        """The reader has sent nothing for a while: what was held is a whole text."""
        self._deaf = False
        return self._end()

    def _end(self) -> list[str]:
        text = decoded(bytes(self._held))
        self._held.clear()
        return [text] if text else []


def decoded(sent: bytes) -> str:
    """The text in UTF-8, or else in Windows' Vietnamese code page, to which some readers are set; "" if it is neither.

    Bytes that were meant as something else become a text that `kiosk.scanned_text` doubts.
    """
    for code_page in ("utf-8", "cp1258"):
        try:
            return bare_text(sent.decode(code_page))
        except UnicodeDecodeError:
            continue
    return ""
