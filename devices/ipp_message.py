"""The few messages of the Internet Printing Protocol that a print takes, as bytes (RFC 8010)."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

Value = str | int | bool


class Operation(IntEnum):
    """What is asked of the printer (RFC 8011, section 5.4.15)."""

    PRINT_JOB = 0x0002
    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B


class Tag(IntEnum):
    """Groups and kinds of values (RFC 8010, section 3.5)."""

    OPERATION = 0x01
    JOB = 0x02
    END = 0x03
    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT_WITH_LANGUAGE = 0x35
    NAME_WITH_LANGUAGE = 0x36
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MEDIA_TYPE = 0x49


_FIRST_VALUE_TAG = 0x10  # below it are the tags that begin a group
_VERSION = b"\x01\x01"  # 1.1, which every printer must take, one of 2.x as well (PWG 5100.12, section 4)
_TEXTS = range(0x40, 0x60)  # all kinds of characters


class NotIpp(ValueError):
    """The bytes are no whole IPP message."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a request, with one value or several."""

    tag: Tag
    name: str
    values: tuple[Value, ...]

    @staticmethod
    def of(tag: Tag, name: str, *values: Value) -> "Attribute":
        """The attribute with those values."""
        return Attribute(tag, name, values)


@dataclass(frozen=True, slots=True)
class IppAnswer:
    """What the printer says: its status code and every attribute that it sent, all values as a tuple. Values of kinds
    that nothing here looks at (ranges, resolutions, collections) are left out."""

    status: int
    attributes: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether it was done, if perhaps with something ignored (RFC 8011, appendix B)."""
        return self.status < 0x0100

    def texts(self, name: str) -> tuple[str, ...]:
        """The attribute's values that are texts."""
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, str))

    def numbers(self, name: str) -> tuple[int, ...]:
        """The attribute's values that are numbers."""
        return tuple(value for value in self.attributes.get(name, ()) if isinstance(value, int))

    def number(self, name: str, default: int = 0) -> int:
        """The attribute's first value, if that is a number."""
        value = next(iter(self.attributes.get(name, ())), default)
        return value if isinstance(value, int) else default


def request(
    operation: Operation,
    uri: str,
    asked: Sequence[Attribute] = (),
    job: Sequence[Attribute] = (),
    document: bytes = b"",
) -> bytes:
    """A request to the printer of that URI: attributes of the operation, of the job, and the document behind them."""
    head = struct.pack(">2sHI", _VERSION, operation, 1)
    usual = (
        Attribute.of(Tag.CHARSET, "attributes-charset", "utf-8"),
        Attribute.of(Tag.LANGUAGE, "attributes-natural-language", "en"),
        Attribute.of(Tag.URI, "printer-uri", uri),
    )
    groups = [bytes([Tag.OPERATION]), *map(_encoded, (*usual, *asked))]
    if job:
        groups += [bytes([Tag.JOB]), *map(_encoded, job)]
    return b"".join((head, *groups, bytes([Tag.END]), document))


def read_answer(content: bytes) -> IppAnswer:
    """The answer in `content`. Raises NotIpp for anything that is cut off or does not fit together."""
    try:
        _version, status, _request_id = struct.unpack_from(">2sHI", content)
        found: dict[str, tuple[Value, ...]] = {}
        for name, value in _values(content):
            found[name] = (*found.get(name, ()), value)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotIpp(str(error)) from error
    return IppAnswer(status, found)


def _encoded(attribute: Attribute) -> bytes:
    """Further values of an attribute have an empty name."""
    names = (attribute.name, *[""] * (len(attribute.values) - 1))
    pairs = zip(names, attribute.values, strict=True)
    return b"".join(
        struct.pack(">BH", attribute.tag, len(name)) + name.encode("ascii") + _sized(_content(attribute.tag, value))
        for name, value in pairs
    )


def _content(tag: Tag, value: Value) -> bytes:
    if tag is Tag.BOOLEAN:
        return bytes([bool(value)])
    return struct.pack(">i", value) if isinstance(value, int) else value.encode()


def _sized(content: bytes) -> bytes:
    return struct.pack(">H", len(content)) + content


def _values(content: bytes) -> Iterator[tuple[str, Value]]:
    """Name and value of everything up to the end tag; a value without a name belongs to the name before it."""
    position, name = 8, ""
    while (tag := content[position]) != Tag.END:
        position += 1
        if tag < _FIRST_VALUE_TAG:
            continue
        own_name, position = _piece(content, position)
        raw, position = _piece(content, position)
        name = own_name.decode("ascii") or name
        if (value := _decoded(tag, raw)) is not None:
            yield name, value


def _piece(content: bytes, position: int) -> tuple[bytes, int]:
    """The bytes whose length stands at `position`, and where they end."""
    (size,) = struct.unpack_from(">H", content, position)
    start, end = position + 2, position + 2 + size
    if end > len(content):
        raise IndexError("a value is cut off")
    return content[start:end], end


def _decoded(tag: int, raw: bytes) -> Value | None:
    if tag in (Tag.INTEGER, Tag.ENUM):
        (number,) = struct.unpack(">i", raw)
        return int(number)
    if tag == Tag.BOOLEAN:
        return raw != b"\0"
    if tag in (Tag.TEXT_WITH_LANGUAGE, Tag.NAME_WITH_LANGUAGE):
        _language, start = _piece(raw, 0)
        return _piece(raw, start)[0].decode()
    return raw.decode() if tag in _TEXTS else None
