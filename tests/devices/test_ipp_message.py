"""IPP on the wire: what RFC 8010 shows byte by byte, and answers that are cut off anywhere."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.ipp_message import Attribute, NotIpp, Operation, Tag, read_answer, request

URI = "ipp://192.0.2.7/ipp/print"


def value(tag: int, name: bytes, content: bytes) -> bytes:
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(content)) + content


ANSWER = b"".join(
    (
        b"\x01\x01\x00\x00\x00\x00\x00\x01\x01",
        value(0x47, b"attributes-charset", b"utf-8"),
        b"\x04",
        value(0x23, b"printer-state", b"\x00\x00\x00\x05"),
        value(0x44, b"printer-state-reasons", b"media-empty-error"),
        value(0x44, b"", b"toner-low-warning"),
        value(0x22, b"printer-is-accepting-jobs", b"\x00"),
        value(0x35, b"printer-info", b"\x00\x02vi\x00\x04M\xc3\xa1y"),
        value(0x33, b"copies-supported", b"\x00\x00\x00\x01\x00\x00\x00\x63"),
        b"\x03",
    )
)


def test_a_request_begins_with_version_operation_charset_language_and_printer() -> None:
    asked = request(
        Operation.GET_PRINTER_ATTRIBUTES, URI, [Attribute.of(Tag.KEYWORD, "requested-attributes", "one", "two")]
    )
    assert asked == b"".join(
        (
            b"\x01\x01\x00\x0b\x00\x00\x00\x01\x01",
            value(0x47, b"attributes-charset", b"utf-8"),
            value(0x48, b"attributes-natural-language", b"en"),
            value(0x45, b"printer-uri", URI.encode()),
            value(0x44, b"requested-attributes", b"one"),
            value(0x44, b"", b"two"),
            b"\x03",
        )
    )


def test_the_document_follows_the_attributes_of_the_job() -> None:
    sent = request(Operation.PRINT_JOB, URI, (), [Attribute.of(Tag.KEYWORD, "media", "iso_a4_210x297mm")], b"%PDF-")
    assert sent.endswith(b"\x02" + value(0x44, b"media", b"iso_a4_210x297mm") + b"\x03%PDF-")


def test_an_answer_is_read_and_what_nobody_needs_is_passed_over() -> None:
    answer = read_answer(ANSWER)
    assert answer.good
    assert answer.number("printer-state") == 5
    assert answer.texts("printer-state-reasons") == ("media-empty-error", "toner-low-warning")
    assert answer.attributes["printer-is-accepting-jobs"] == (False,)
    assert answer.texts("printer-info") == ("Máy",)
    assert "copies-supported" not in answer.attributes
    assert answer.number("no-such", 4) == 4


def test_a_refusal_is_not_good() -> None:
    assert not read_answer(b"\x01\x01\x04\x0a\x00\x00\x00\x01\x03").good


@pytest.mark.parametrize("end", range(len(ANSWER)))
def test_an_answer_that_is_cut_off_is_none(end: int) -> None:
    with pytest.raises(NotIpp):
        read_answer(ANSWER[:end])


@given(st.binary(max_size=200))
def test_noise_is_an_answer_or_none_and_nothing_worse(noise: bytes) -> None:
    with suppress(NotIpp):
        read_answer(noise)
