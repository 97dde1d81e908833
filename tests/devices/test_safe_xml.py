"""Tests of devices.safe_xml: what is refused before it can do harm."""

import pytest

from devices.safe_xml import MAX_BYTES, BadXml, read_xml

BILLION_LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<lolz>&c;</lolz>"""
LOCAL_FILE = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><x>&file;</x>'


def test_names_stand_without_their_namespaces() -> None:
    root = read_xml(b'<a:status xmlns:a="urn:one" xmlns:b="urn:two"><b:State>Idle &amp; well</b:State></a:status>')
    assert (root.tag, root.findtext("State")) == ("status", "Idle & well")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"<html><p>Sign in</html>",
        b"<a>",
        b"<a>&unknown;</a>",
        BILLION_LAUGHS,
        LOCAL_FILE,
        b"<a>" * 40 + b"</a>" * 40,
        b"<a>" + b"<b/>" * 30_000 + b"</a>",
        b"<a>" + b" " * MAX_BYTES + b"</a>",
        b'<?xml version="1.0" encoding="no-such-encoding"?><a/>',
    ],
)
def test_what_no_device_has_to_send_is_refused(content: bytes) -> None:
    with pytest.raises(BadXml):
        read_xml(content)
