"""What an Ogg Opus file says of itself, without decoding it (RFC 3533, RFC 7845): channels and how long it lasts."""

from dataclasses import dataclass

_PAGE_HEAD = 27  # octets before a page's table of segments
_SAMPLES_A_SECOND = 48_000  # of Opus, whatever was recorded


@dataclass(frozen=True, slots=True)
class OpusFile:
    """A whole file as its pages tell."""

    channels: int
    duration_s: float


def read_opus(content: bytes) -> OpusFile | None:
    """None for what is no whole Ogg Opus file: another format, or one that was cut off."""
    at, pages = 0, 0
    head, last, ended = b"", 0, False
    while at < len(content):
        page = content[at : at + _PAGE_HEAD]
        if len(page) < _PAGE_HEAD or page[:4] != b"OggS":
            return None
        segments = content[at + _PAGE_HEAD : at + _PAGE_HEAD + page[26]]
        body = at + _PAGE_HEAD + page[26]
        at = body + sum(segments)
        if at > len(content) or len(segments) < page[26]:
            return None
        if pages == 0:
            head = content[body:at]
        granule = int.from_bytes(page[6:14], "little", signed=True)
        last = max(last, granule)
        ended = bool(page[5] & 4)
        pages += 1
    if head[:8] != b"OpusHead" or len(head) < 19 or not ended:
        return None
    skipped = int.from_bytes(head[10:12], "little")
    return OpusFile(head[9], max(0, last - skipped) / _SAMPLES_A_SECOND)
