"""Reads XML from devices that nobody vouches for: no document types, so no entities; small, shallow, or refused."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_BYTES = 1024 * 1024  # the capabilities of a large office machine have some 60 KB
_MAX_DEPTH = 32
_MAX_ELEMENTS = 20_000


class BadXml(ValueError):
    """Not XML, or XML of a kind that no device has to send."""


def read_xml(content: bytes) -> Element:
    """The root element. Names stand without their namespaces: makers write them in different ones. Raises BadXml."""
    if len(content) > MAX_BYTES:
        raise BadXml(f"{len(content)} bytes of XML")
    reader = _Reader()
    try:
        return reader.read(content)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two for encodings that are unknown
        raise BadXml(str(error)) from error


class _Reader:
    """One document. The standard library's own parser would expand entities that the document defines."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0
        self._elements = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._builder.data
        self._parser.buffer_text = True

    def read(self, content: bytes) -> Element:
        self._parser.Parse(content, True)  # noqa: FBT003 -- expat takes it by position only
        root: Element = self._builder.close()
        return root

    def _start(self, name: str, _attributes: object) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise BadXml("too deep or too many elements")
        self._builder.start(_local(name), {})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_local(name))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_declaration: object) -> None:
    raise BadXml("a document type, which could define entities")
